"""The header of a mail as its signers saw it: fields in their order, byte by byte."""

from __future__ import annotations

import re
from typing import NamedTuple

from samehand.channels.mail.reading.tree import Fields

# A longer header is nobody's who signs: it counts as unsigned.
MAX_HEAD = 1_000_000
_END = re.compile(rb"\n\r?\n")
_FIELD = re.compile(rb"^(([!-9;-~]{1,200}+)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+))", re.MULTILINE)
_PLAIN = re.compile(rb"[^<>@,;:()\\]*+<[!#-;=?A-Z^-~]{1,100}@([a-z0-9-]+(?:\.[a-z0-9-]+)+)>\s*", re.IGNORECASE)
_SENDERS = {b"from": "from", b"sender": "sender", b"reply-to": "reply-to", b"return-path": "return-path"}


class Field(NamedTuple):
    """`name` in lower case; `raw` is the whole field, with the first half of the line end behind it."""

    name: bytes
    value: bytes
    raw: bytes


class Head:
    """`fields` from the top; `body` is where the body begins in the mail."""

    __slots__ = ("body", "fields")

    def __init__(self, mail: bytes) -> None:
        end = _END.search(mail, 0, MAX_HEAD)
        stop, self.body = (end.start() + 1, end.end()) if end else (min(len(mail), MAX_HEAD), len(mail))
        self.fields = [Field(name.lower(), value, raw) for raw, name, value in _FIELD.findall(mail, 0, stop)]

    def all(self, name: bytes) -> list[Field]:
        return [field for field in self.fields if field[0] == name]

    def plain_domain(self) -> str:
        """The domain of the one plain mailbox in From; "" for whatever wants to be read with care."""
        written = self.all(b"from")
        found = _PLAIN.fullmatch(written[0].value) if len(written) == 1 else None
        return found[1].decode("ascii").lower() if found else ""

    def senders(self) -> Fields:
        """The fields that can name the writer."""
        found: Fields = {}
        for name, value, _raw in self.fields:
            if name in _SENDERS:
                found.setdefault(_SENDERS[name], []).append(value)
        return found
