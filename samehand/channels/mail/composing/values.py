"""What a mail is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samehand.core.dispatches import CannotBeSent

# Under it stands what was said before. The splitters of mail programs know the form, ours as well.
MARKER = "-- Odpowiedz powyżej tej linii / Reply above this line --"


class CannotBeWritten(CannotBeSent):
    """An address or a Message-ID of the answer cannot stand in a mail; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Person:
    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """`content_id` is set for a picture that stands within the text, at the place that says `[name]`."""

    name: str
    content_type: str
    data: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Something said before: `lead` is the line over it ("W dniu ... pisze:")."""

    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """What is read: greeting, text and closing, lines that ask something, a line with the page's
    address, and what was said before."""

    text: str
    greeting: str = ""
    closing: str = ""
    asks: Sequence[str] = ()
    footer: str = ""
    history: Sequence[Quoted] = ()
    language: str = "pl"
    title: str = ""

    @property
    def own(self) -> str:
        """All that the consultant says, greeting to closing."""
        return "\n\n".join(block for block in map(lines_of, (self.greeting, self.text, self.closing)) if block)


def lines_of(text: str) -> str:
    """With line ends of one kind, without blank lines around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip("\n")
