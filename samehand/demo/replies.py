"""What the customers of the demo say to an answer: thanks, "still the same", or a question; at most three times."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from samehand.demo import letters
from samehand.demo.cast import Subscriber
from samehand.demo.crowd import is_made_up, person_of
from samehand.demo.storybook import phrases
from samehand.demo.wording import fill, in_words

ROUNDS = 3
SOON, LATER = 60, 240
# Of a hundred, how many thank, say that it did not help, ask something, say nothing; by how often they wrote already.
MOODS = ((40, 24, 22, 14), (60, 12, 13, 15), (80, 0, 0, 20))
KINDS = ("thanks", "still", "ask", "")


@dataclass(frozen=True, slots=True)
class Sent:
    """A consultant's answer as the customer has it before him."""

    person: Subscriber
    reply_to: str
    subject: str
    message_id: str
    references: tuple[str, ...]
    text: str
    sender: str
    at: datetime


class Diary:
    """Which answers the customers have dealt with; a line each, so that a restart forgets nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        lines = path.read_text().splitlines() if path.exists() else []
        rows = [line.split("\t") for line in lines if line.count("\t") == 1]
        self.dealt_with = {name for name, _ in rows}
        self.rounds = Counter(thread for _, thread in rows if thread)

    def note(self, name: str, thread: str) -> None:
        """`thread` is the reply address that was written to; "" when the customer keeps silent."""
        with self.path.open("a") as file:
            file.write(f"{name}\t{thread}\n")
        self.dealt_with.add(name)
        self.rounds[thread] += bool(thread)


def read_sent(raw: bytes) -> Sent | None:
    """The answer, when it went to a customer of the demo and can be replied to."""
    mail = message_from_bytes(raw, policy=policy.default)
    name, address = parseaddr(str(mail["To"] or ""))
    reply_to = parseaddr(str(mail["Reply-To"] or ""))[1]
    if not is_made_up(address) or not reply_to or mail["Auto-Submitted"]:
        return None
    language = "en" if str(mail["Content-Language"] or "").lower().startswith("en") else "pl"
    return Sent(
        person=person_of(name, address, language),
        reply_to=reply_to,
        subject=str(mail["Subject"] or ""),
        message_id=str(mail["Message-ID"] or "").strip(),
        references=tuple(str(mail["References"] or "").split()),
        text=_text(mail),
        sender=parseaddr(str(mail["From"] or ""))[0],
        at=mail["Date"].datetime,
    )


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()).replace("\r\n", "\n").strip() if body else ""


def write(dice: Random, sent: Sent, *, rounds: int, now: datetime, zone: ZoneInfo) -> bytes | None:
    """The customer's reply, or None when he leaves it at that. `rounds` counts his replies so far."""
    kind = dice.choices(KINDS, MOODS[min(rounds, ROUNDS - 1)])[0] if rounds < ROUNDS else ""
    if not kind:
        return None
    person, said = sent.person, phrases(sent.person.language)
    about = {"imie_konsultanta": sent.sender.partition(" ")[0]}
    words = fill(dice.choice(said[kind]), about, writer_is_she=person.she, reader_is_she=True)
    line = said["wrote"].format(kiedy=in_words(sent.at.astimezone(zone), person.language), kto=sent.sender)
    return letters.letter(
        dice,
        person,
        to=sent.reply_to,
        subject=sent.subject,
        text=letters.own_words(person, f"{words}{_from_a_phone(dice, person)}"),
        at=now.astimezone(zone),
        message_id=letters.new_id(dice, person),
        answered=letters.Answered(sent.message_id, sent.references, sent.text, line),
        attach="png" if kind == "still" and ("zdjęcie" in words or dice.random() < 0.25) else "",
    )


def _from_a_phone(dice: Random, person: Subscriber) -> str:
    return f"\n\n{dice.choice(phrases(person.language)['phone'])}" if dice.random() < 0.2 else ""
