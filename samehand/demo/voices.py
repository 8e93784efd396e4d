"""What customers and consultants say in a case: the story's words in the right form, as mails and answers."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from samehand.cases.models import Case, Message
from samehand.demo import letters
from samehand.demo.cast import Subscriber
from samehand.demo.hands import Hands
from samehand.demo.storybook import Story, of_language, phrases
from samehand.demo.wording import fill, in_words
from samehand.people.models import Customer, Staff


@dataclass(eq=False)
class Talk:
    """A case as it goes on: which story, how far and in which words, and what still waits for an answer."""

    story: Story
    person: Subscriber
    customer: Customer
    case: Case
    facts: dict[str, str]
    round: int = 0
    way: int = 0
    thanked: bool = False
    waiting: list[Message] = field(default_factory=list)
    last: Message | None = None

    @property
    def more(self) -> bool:
        return self.round < len(self.story.rounds)

    @property
    def writes_to(self) -> str:
        return str(self.last.reply_to[0] if self.last else settings.ADDRESS)


class Voices:
    def __init__(self, dice: Random, hands: Hands, zone: ZoneInfo) -> None:
        self.dice, self.hands, self.zone = dice, hands, zone
        self.told: Counter[str] = Counter()
        # Two of the same on one page would look odd. Less than there are stories in English.
        self.lately: deque[str] = deque(maxlen=4)

    def story_for(self, person: Subscriber, known: set[str]) -> Story:
        """One that fits the customer, is new to him, and has not been told too often."""
        fitting = [
            story
            for story in of_language(person.language)
            if story.key not in known and (person.she or not story.women_only) and story.key not in self.lately
        ]
        weights = [story.weight / (1 + 0.6 * self.told[story.key]) for story in fitting]
        story = self.dice.choices(fitting, weights)[0]
        known.add(story.key)
        self.told[story.key] += 1
        self.lately.append(story.key)
        return story

    def next_words(self, talk: Talk) -> tuple[str, str]:
        """What the customer says next in the story, and what he attaches."""
        first, part = talk.story.rounds[0], talk.story.rounds[talk.round]
        follows = talk.round and len(part.ask) == len(first.ask)
        talk.way = talk.way if follows else part.ask.index(self._rarest(part.ask))
        talk.round += 1
        words = part.ask[talk.way]
        return words, part.attachment_of(words)

    def _rarest(self, texts: tuple[str, ...]) -> str:
        """One of the texts that were used least."""
        least = min(self.told[text] for text in texts)
        text = self.dice.choice([text for text in texts if self.told[text] == least])
        self.told[text] += 1
        return text

    def mail(self, talk: Talk, words: str, at: datetime, *, attach: str = "") -> bytes:
        """The customer's mail: the first of the case, or an answer to the consultant's last."""
        person, owner = talk.person, self.hands.owner(talk.case)
        called = self.hands.about[owner.pk]["called" if talk.story.language == "pl" else "first_name"] if owner else ""
        named = talk.facts | {"imie_konsultanta": called}
        said = fill(words, named, writer_is_she=person.she, reader_is_she=self.hands.she(owner))
        return letters.letter(
            self.dice,
            person,
            to=talk.writes_to,
            subject=f"Re: {talk.case.subject}" if talk.case.subject else self._subject(talk),
            text=letters.own_words(person, said),
            at=at.astimezone(self.zone),
            message_id=letters.new_id(self.dice, person),
            answered=self._answered(talk.last, talk.story.language) if talk.last else None,
            attach=attach,
        )

    def absence(self, talk: Talk, at: datetime) -> bytes:
        """The customer's robot says that he is away."""
        said = phrases("pl")
        return letters.letter(
            self.dice,
            talk.person,
            to=talk.writes_to,
            subject=said["absence_subject"].format(temat=talk.case.subject),
            text=said["absence"],
            at=at.astimezone(self.zone),
            message_id=letters.new_id(self.dice, talk.person),
            answered=self._answered(talk.last, talk.story.language) if talk.last else None,
            headers=(("Auto-Submitted", "auto-replied"),),
        )

    def answer(self, talk: Talk, author: Staff, at: datetime) -> str:
        """The consultant's words; who is late says so first."""
        part = talk.story.rounds[max(talk.round - 1, 0)]
        words = part.answer[talk.way] if part.paired else self._rarest(part.answer)
        said, due_at = phrases(talk.story.language), talk.case.due_at
        if due_at is not None and at > due_at:
            sorry = self.dice.choice(said["sorry"]).format(do=f"{due_at.astimezone(self.zone):%H:%M}")
            words = f"{sorry}\n\n{words}"
        body = self._in_form(talk, author, words)
        closing = said.get("closing") or self.hands.about[author.pk]["closing"]
        return f"{said['hello']}, {talk.person.called}{said['stop']}\n\n{body}\n\n{closing}\n{author.first_name}"

    def note(self, talk: Talk, author: Staff) -> str:
        """A word for colleagues, or nothing."""
        own = talk.story.notes if talk.round == 1 else ()
        if self.dice.random() > (0.55 if own else 0.1):
            return ""
        return self._in_form(talk, author, self.dice.choice(own or phrases(talk.story.language)["notes"]))

    def hand_over(self, talk: Talk) -> str:
        return str(self.dice.choice(phrases(talk.story.language)["hand_over"]))

    def _in_form(self, talk: Talk, author: Staff, words: str) -> str:
        return fill(words, talk.facts, writer_is_she=self.hands.she(author), reader_is_she=talk.person.she)

    def _subject(self, talk: Talk) -> str:
        subject = self.dice.choice(talk.story.subjects)
        return fill(subject, talk.facts, writer_is_she=talk.person.she, reader_is_she=True)

    def _answered(self, message: Message, language: str) -> letters.Answered:
        when = in_words(message.at.astimezone(self.zone), language)
        line = phrases(language)["wrote"].format(kiedy=when, kto=f"{message.from_name} (Fala Mobile)")
        return letters.Answered(message.message_id, message.references, message.text, line)
