"""Six weeks at Fala Mobile: customers write, consultants on shift answer, cases change hands; by the house's rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from samehand.cases.models import Case, Message
from samehand.core.hours import add
from samehand.demo.cast import Subscriber, facts
from samehand.demo.hands import Hands
from samehand.demo.ledger import Ledger, touch
from samehand.demo.storybook import Story, phrases
from samehand.demo.voices import Talk, Voices
from samehand.people.models import Customer, Staff

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATE_SHARE = 0.04
# How busy each hour of a day is, from midnight.
BUSY = (1, 0, 0, 0, 0, 1, 3, 6, 9, 11, 11, 10, 9, 8, 8, 8, 9, 10, 11, 10, 9, 6, 4, 2)
QUIET = 75 * MINUTE

Act = Callable[[datetime], object]


@dataclass(eq=False)
class Acquaintance:
    """A subscriber as the desk knows him; `wants` counts the cases that he will still open."""

    person: Subscriber
    customer: Customer
    wants: int = 0
    known: set[str] = field(default_factory=set)
    talks: list[Talk] = field(default_factory=list)


class Life:
    def __init__(self, ledger: Ledger, hands: Hands, now: datetime) -> None:
        self.ledger, self.hands, self.now, self.dice = ledger, hands, now, ledger.dice
        self.zone = ledger.hours.tz
        self.voices = Voices(self.dice, hands, self.zone)
        self.people: list[Acquaintance] = []
        self.line: list[tuple[datetime, int, Act]] = []
        self.order = count()

    def run(self) -> None:
        """Let everything happen up to now. Nobody asks anything in the last hour or so: that is the present's part."""
        while self.line and self.line[0][0] < self.now:
            at, _, act = heappop(self.line)
            act(at)
        self.line.clear()

    def meet(self, person: Subscriber, at: datetime, wants: int) -> Acquaintance:
        """A subscriber whose first mail comes at `at`."""
        one = Acquaintance(person, self.ledger.customer(person, at), wants)
        self.people.append(one)
        return one

    def expect(self, one: Acquaintance, at: datetime) -> None:
        self._later(at, lambda then: self._case(one, then), asks=True)

    def begin(self, one: Acquaintance, at: datetime, story: Story | None = None) -> Talk:
        """A new case of this customer, with his first mail."""
        story = story or self.voices.story_for(one.person, one.known)
        case = self.ledger.open(one.customer, story.language, at)
        talk = Talk(story, one.person, one.customer, case, facts(self.dice, one.person, at.astimezone(self.zone)))
        one.talks.append(talk)
        self.ask(talk, at)
        return talk

    def ask(self, talk: Talk, at: datetime, words: str = "", attach: str = "") -> Message:
        """The customer writes: what comes next in his story, or `words`."""
        if not words:
            words, attach = self.voices.next_words(talk)
        raw = self.voices.mail(talk, words, at, attach=attach)
        message = self.ledger.came(talk.case, raw, at, talk.writes_to, talk.person)
        self.hands.assign(talk.case, talk.customer, at)
        talk.waiting.append(message)
        talk.case.due_at = min(row.due_at for row in talk.waiting if row.due_at)
        talk.case.status = Case.Status.OPEN
        touch(talk.case, at, message.reply_text or message.text)
        return message

    def answer(self, talk: Talk, at: datetime) -> Message:
        """A consultant answers all that waits."""
        author, asked = self._hands_for(talk, at), talk.waiting[-1]
        text = self.voices.answer(talk, author, at)
        if note := self.voices.note(talk, author):
            self.ledger.noted(talk.case, author, note, asked.at + (at - asked.at) * 0.8)
        message = self.ledger.went(talk.case, author, talk.person, text, at, asked)
        self.ledger.settle(talk.waiting, message)
        talk.waiting, talk.last = [], message
        talk.customer.served_by, talk.customer.served_at = author, at
        self.hands.let_go(talk.case)
        talk.case.due_at, talk.case.status = None, Case.Status.WAITING
        touch(talk.case, at, text)
        return message

    def solve(self, talk: Talk, at: datetime) -> None:
        """The consultant closes the case; what still waits needs no answer."""
        if talk.waiting:
            self.hands.let_go(talk.case)
        for message in talk.waiting:
            message.waived_at = at
        talk.waiting = []
        talk.case.due_at, talk.case.status = None, Case.Status.SOLVED
        touch(talk.case, at, "")

    def some_moment(self, first: datetime, last: datetime) -> datetime:
        """A moment between the two at which people write mails."""
        while True:
            at = first + self.dice.random() * (last - first)
            if self.dice.random() * max(BUSY) < BUSY[at.astimezone(self.zone).hour]:
                return at

    def _later(self, at: datetime, act: Act, *, asks: bool = False) -> None:
        if not asks or at < self.now - QUIET:
            heappush(self.line, (at.astimezone(UTC), next(self.order), act))

    def _case(self, one: Acquaintance, at: datetime) -> None:
        talk = self.begin(one, at)
        self._will_answer(talk, at)
        one.wants -= 1
        if one.wants > 0:
            self.expect(one, self._next_case_at(talk.case, at))

    def _will_answer(self, talk: Talk, at: datetime) -> None:
        late = self.dice.random() < LATE_SHARE
        minutes = self.dice.uniform(32, 70) if late else min(max(self.dice.lognormvariate(2.4, 0.5), 2), 28.5)
        self._later(self._by_now(add(self.ledger.hours, at, minutes * MINUTE)), lambda then: self._answered(talk, then))

    def _by_now(self, at: datetime) -> datetime:
        return min(at, self.now - self.dice.uniform(2, 20) * MINUTE)

    def _answered(self, talk: Talk, at: datetime) -> None:
        """The answer, and what the customer will do about it."""
        self.answer(talk, at)
        dice, fresh = self.dice, at > self.now - 7 * DAY
        if talk.more and dice.random() < 0.62:
            self._later(self._back_at(talk.case, at), lambda then: self._asks_more(talk, then), asks=True)
        elif not talk.thanked and dice.random() < (0.4 if talk.round == 1 else 0.15):
            self._later(self._back_at(talk.case, at), lambda then: self._thanks(talk, then), asks=True)
        elif dice.random() < (0.15 if fresh else 0.9):
            talk.case.status = Case.Status.SOLVED
        else:
            self._later(at + dice.uniform(3, 8) * DAY, lambda then: self.solve(talk, then))

    def _asks_more(self, talk: Talk, at: datetime) -> None:
        self.ask(talk, at)
        self._will_answer(talk, at)

    def _thanks(self, talk: Talk, at: datetime) -> None:
        talk.thanked = True
        self.ask(talk, at, self.dice.choice(phrases(talk.story.language)["thanks"]))
        soon = add(self.ledger.hours, at, self.dice.uniform(1, 24) * MINUTE)
        self._later(self._by_now(soon), lambda then: self.solve(talk, then))

    def _next_case_at(self, case: Case, at: datetime) -> datetime:
        """Some days later, mostly at a time when the same hands are there."""
        found = self.some_moment(at + 2 * DAY, at + 13 * DAY)
        for _try in range(12):
            if self.hands.works(case.owner_id, found):
                break
            found = self.some_moment(at + 2 * DAY, at + 13 * DAY)
        return found

    def _back_at(self, case: Case, at: datetime) -> datetime:
        """When the customer comes back: often the same day, mostly while the same hands are there."""
        found = at + HOUR
        for _try in range(14):
            found = at + min(self.dice.lognormvariate(0.3, 1.6), 70) * HOUR
            awake = BUSY[found.astimezone(self.zone).hour] > 3
            if awake and self.hands.works(case.owner_id, found + 25 * MINUTE):
                break
        return found

    def _hands_for(self, talk: Talk, at: datetime) -> Staff:
        """Who answers: the owner; when she is not there, the colleague to whom she gave the case."""
        owner = self.hands.owner(talk.case)
        if owner and self.hands.works(owner.pk, at):
            return owner
        colleague = self.hands.colleague(talk.case, at) or owner or self.hands.staff["ola@fala.example"]
        self.hands.give(talk.case, colleague, "handed_over" if owner else "free_for_all")
        if owner and self.dice.random() < 0.7:
            asked = talk.waiting[-1]
            self.ledger.noted(talk.case, owner, self.voices.hand_over(talk), asked.at + (at - asked.at) * 0.3)
        return colleague
