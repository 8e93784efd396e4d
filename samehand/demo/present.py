"""What lies on the desk right now: cases that wait, one of them nearly too late, one too late, one answer sent back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.conf import settings

from samehand.cases.models import Case
from samehand.demo import letters
from samehand.demo.cast import Subscriber
from samehand.demo.ledger import touch
from samehand.demo.life import DAY, HOUR, MINUTE, Acquaintance, Act, Life
from samehand.demo.storybook import of_language, phrases
from samehand.demo.voices import Talk

ANIA, MAREK, EWA, KASIA = "anna@fala.example", "marek@fala.example", "ewa@fala.example", "kasia@fala.example"
# How many minutes ago, and whose customer (nobody's: a new one). The oldest of them has less than ten minutes left.
COMES_BACK = ((17.4, ANIA), (14.2, MAREK), (10.6, ANIA), (6.3, EWA))
NEW_CASE = ((22.3, ANIA), (15.8, EWA), (12.9, ANIA), (8.1, MAREK), (2.6, ANIA))
NEWCOMERS = (13.5, 4.4, 1.2)
LATE, SENT_BACK, FORGED = 41.5, 19.7, 11.8
NO_SENDER = "It names no sender: there is nobody to answer."
OUR_OWN = "It carries our own address as its sender: filing it could start a loop."


def fill_desk(life: Life, strangers: Iterator[Subscriber]) -> None:
    """The last three quarters of an hour, after `life` has run."""
    _absent(life)
    acts: list[tuple[float, Act]] = []
    acts += [(ago, partial(_comes_back, life, email)) for ago, email in COMES_BACK]
    acts += [(ago, partial(_new_case, life, email)) for ago, email in NEW_CASE]
    acts += [(ago, partial(_newcomer, life, strangers)) for ago in NEWCOMERS]
    acts += [(LATE, partial(_late, life)), (SENT_BACK, partial(_sent_back, life))]
    for ago, act in sorted(acts, key=lambda pair: -pair[0]):
        act(life.now - ago * MINUTE)
    _put_aside(life, next(strangers))
    _forged(life, life.now - FORGED * MINUTE)


def _served(life: Life, email: str) -> list[Acquaintance]:
    """Customers whom this consultant knows and who have nothing open."""
    wanted = life.hands.staff[email]
    found = [
        one for one in life.people if one.customer.served_by == wanted and not any(talk.waiting for talk in one.talks)
    ]
    # With somebody whose customers are few, whoever is free will do.
    return found or [one for one in life.people if one.talks and not any(talk.waiting for talk in one.talks)]


def _someone(life: Life, email: str) -> Acquaintance:
    return life.dice.choice(_served(life, email))


def _new_case(life: Life, email: str, at: datetime) -> None:
    life.begin(_someone(life, email), at)


def _newcomer(life: Life, strangers: Iterator[Subscriber], at: datetime) -> None:
    life.begin(life.meet(next(strangers), at, 1), at)


def _comes_back(life: Life, email: str, at: datetime) -> None:
    """One who was answered in the last days asks again."""
    talks = [
        talk
        for one in _served(life, email)
        for talk in one.talks
        if talk.last and talk.last.author == life.hands.staff[email] and at - 6 * DAY < talk.last.at < at - HOUR
    ]
    if not talks:
        life.begin(_someone(life, email), at)
        return
    talk = life.dice.choice([talk for talk in talks if talk.more and not talk.thanked] or talks)
    life.ask(talk, at, "" if talk.more else life.dice.choice(phrases(talk.story.language)["ask"]))


def _late(life: Life, at: datetime) -> None:
    """Kasia's shift ended before she could answer; Ania has the case now, and the promise is broken."""
    kasia, ania = life.hands.staff[KASIA], life.hands.staff[ANIA]
    one = life.dice.choice([one for one in _served(life, KASIA) if one.person.language == "pl"])
    story = next(story for story in of_language("pl") if story.key == "przelew-niezaksiegowany")
    talk = life.begin(one, at, story)
    life.ledger.noted(talk.case, kasia, phrases("pl")["late_hand_over"], at + 33 * MINUTE)
    life.hands.give(talk.case, ania, "handed_over")


def _sent_back(life: Life, at: datetime) -> None:
    """The customer's mailbox is full: the answer did not arrive, so the promise waits again."""
    talk = life.begin(_someone(life, MAREK), at)
    asked = list(talk.waiting)
    answer = life.answer(talk, at + 9 * MINUTE)
    life.ledger.refuse(answer, answer.at + MINUTE / 6)
    life.ledger.unsettle(asked)
    talk.waiting = asked
    talk.case.status, talk.case.due_at = Case.Status.OPEN, asked[0].due_at
    life.hands.hold(talk.case)


def _absent(life: Life) -> None:
    """A customer's robot answers that he is away: it asks nothing."""
    talks: list[Talk] = [
        talk
        for one in life.people
        for talk in one.talks
        if talk.last and not talk.waiting and life.now - 5 * DAY < talk.last.at < life.now - 2 * HOUR
        and talk.story.language == "pl"
    ]  # fmt: skip
    for talk in life.dice.sample(talks, min(2, len(talks))):
        at = talk.last.at + MINUTE if talk.last else life.now
        life.ledger.came(talk.case, life.voices.absence(talk, at), at, talk.writes_to, talk.person)
        touch(talk.case, at, "")


def _put_aside(life: Life, person: Subscriber) -> None:
    """Two mails that are no case: one without a sender, one that came back with our own address."""
    said, dice = phrases("pl"), life.dice
    for hours, subject, text, reason in (
        (26, said["newsletter_subject"], said["newsletter"], NO_SENDER),
        (5, said["loop_subject"], said["loop"], OUR_OWN),
    ):
        at = life.now - hours * HOUR
        raw = letters.letter(
            dice,
            person,
            to=settings.ADDRESS,
            subject=subject,
            text=text,
            at=at.astimezone(life.zone),
            message_id=letters.new_id(dice, person),
        )
        sender = b"" if reason == NO_SENDER else f"From: {settings.ADDRESS}\r\n".encode()
        head, _, rest = raw.partition(b"\r\n")
        life.ledger.aside(sender + rest if head.startswith(b"From:") else raw, at, "", reason)


def _forged(life: Life, at: datetime) -> None:
    """Somebody in the name of Ania's customer wants a new SIM card sent elsewhere; the domain knows nothing of it."""
    said, ledger = phrases("pl"), life.ledger
    person = next(one.person for one in _served(life, ANIA) if one.person.language == "pl" and one.person.shown_name)
    false = ledger.pretender(person, at)
    case = ledger.open(false, "pl", at)
    raw = letters.letter(
        life.dice,
        replace(person, signs=person.shown_name),
        to=settings.ADDRESS,
        subject=said["forged_subject"],
        text=f"{said['forged']}\n\n{person.shown_name}",
        at=at.astimezone(life.zone),
        message_id=letters.new_id(life.dice, person),
        proof=letters.NO,
    )
    message = ledger.came(case, raw, at, settings.ADDRESS, person, letters.NO)
    life.hands.assign(case, false, at)
    life.hands.give(case, life.hands.staff[ANIA], "free_for_all")
    case.due_at, case.status = message.due_at, Case.Status.OPEN
    touch(case, at, message.reply_text)
