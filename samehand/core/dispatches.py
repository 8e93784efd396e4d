"""What leaves the house, and what the other side said to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said before in the same matter, to be shown under the answer."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An answer on its way out. The same dispatch always gives the same bytes: a retry is no second mail.

    `history` is what was said before, the latest first. `sender_name` is blank when the usual one
    is made of the `author`'s first name. `automatic`: no person wrote it. `outcome_url`: where the customer says
    whether the advice in it helped ("/helped" behind it) or not ("/failed").
    """

    recipient: str
    recipient_name: str
    sender_address: str
    author: str
    subject: str
    text: str
    at: datetime
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    reply_to: str
    page_url: str
    language: str
    history: tuple[Said, ...] = ()
    files: tuple[File, ...] = ()
    sender_name: str = ""
    greeting: str = ""
    closing: str = ""
    automatic: bool = False
    outcome_url: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The other server took it; `response` is its own words."""

    response: str


class CannotBeSent(Exception):
    """The answer cannot be put into the channel's form; the sentence says why."""


class ChannelError(Exception):
    """The other side would not take it. `permanent`: it will not take it later either. `doubt`: it did not say so
    itself, and may have it nevertheless."""

    def __init__(self, response: str, *, permanent: bool, doubt: bool = False) -> None:
        super().__init__(response)
        self.doubt = doubt
        self.response = response
        self.permanent = permanent
