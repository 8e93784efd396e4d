"""To which case a mail belongs: by proof only, never by its subject.

Our marks look like `helpdesk+sh-7k3m9qx2.<mac>@domain` and `<sh-7k3m9qx2.unique.mac@domain>`. They are lower case and
read in any case, because mail systems on the way change the case of letters. Each purpose has a key of its own: a mark
for one purpose is worth nothing for another.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

ProofKind = Literal["address", "message_id", "in_reply_to", "references"]

_CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghjkmnpqrstvwxyz")
_MARK_BYTES = 10  # 80 bits are 16 letters: short enough for the 64 of a local part
_TOKEN_BYTES = 20  # the page's link alone opens the page
_REFERENCE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UNIQUE = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")


class Signer:
    """Makes and checks the marks by which our own addresses, Message-IDs and page links prove their case.

    References go in in any case and come out in capitals ("SH-7K3M9QX2"). What is not ours, or was changed, is None.
    """

    __slots__ = ("_address", "_bounce", "_message_id", "_page")

    def __init__(self, secret: bytes) -> None:
        if not secret:
            raise ValueError("The secret that signs addresses and links must not be empty.")
        self._address = _key(secret, "reply address")
        self._bounce = _key(secret, "bounce address")
        self._message_id = _key(secret, "message id")
        self._page = _key(secret, "page")

    def reply_address(self, base: str, reference: str) -> str:
        """The address under which an answer joins the case: `base` with a signed tag (28 letters longer)."""
        return _tagged(base, _sign(self._address, _lower(reference), _MARK_BYTES))

    def case_of_address(self, address: str) -> str | None:
        """The reference that a bare address (no display name) proves."""
        return _upper(_proven(self._address, _tag(address), _MARK_BYTES))

    def bounce_address(self, base: str, message: int) -> str:
        """The envelope's sender of the answer with that number: what comes back to it speaks of that answer."""
        return _tagged(base, _sign(self._bounce, f"b-{message}", _MARK_BYTES))

    def message_of_bounce(self, address: str) -> int | None:
        """The number of the answer that a bare address proves; the same stands in a bounce as its envelope id."""
        proven = _proven(self._bounce, _tag(address), _MARK_BYTES)
        return int(proven.removeprefix("b-")) if proven else None

    def message_id(self, reference: str, unique: str, domain: str) -> str:
        """Our own Message-ID, with its <>; `unique` tells the messages of a case apart in any letter case."""
        if not _UNIQUE.fullmatch(unique.lower()):
            raise ValueError(f"Not fit for a Message-ID: {unique!r}")
        return f"<{_sign(self._message_id, f'{_lower(reference)}.{unique.lower()}', _MARK_BYTES)}@{domain}>"

    def case_of_message_id(self, mid: str) -> str | None:
        """The reference that a Message-ID (with or without its <>) proves."""
        reference, _unique = self.marks_of_message_id(mid)
        return reference

    def marks_of_message_id(self, mid: str) -> tuple[str | None, str]:
        """The reference that a Message-ID proves, and what it was told apart by."""
        local, _at, _domain = mid.strip().removeprefix("<").rpartition("@")
        proven = _proven(self._message_id, local, _MARK_BYTES)
        reference, _dot, unique = (proven or "").partition(".")
        return _upper(reference), unique

    def page_token(self, reference: str, turn: int = 0) -> str:
        """What the link to the customer's page carries; safe in a path. Each `turn` has a link of its own."""
        lowered = _lower(reference)
        return _sign(self._page, f"{lowered}.{turn}" if turn else lowered, _TOKEN_BYTES)

    def case_of_page(self, token: str) -> str | None:
        reference, _turn = self.page_of(token)
        return reference

    def page_of(self, token: str) -> tuple[str | None, int]:
        """The reference that a link's token proves, and the turn of its key."""
        reference, _dot, turn = (_proven(self._page, token, _TOKEN_BYTES) or "").partition(".")
        return _upper(reference), int(turn or 0)


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a mail belongs to a case: a signed mark names the `reference`, a known Message-ID the `case_id`.

    A signed Message-ID says by `unique` which of our messages it is: when that one has been moved to another case, the
    mail follows it there, and the reference is only the fall-back.
    """

    kind: ProofKind
    reference: str | None = None
    case_id: int | None = None
    unique: str = ""


# A mail that quotes our marks by the hundred is answered by the first ones as well as by all.
_MOST_MARKS = 20


def proofs_of_signature(
    signer: Signer, recipients: Iterable[str], in_reply_to: str = "", references: Iterable[str] = ()
) -> tuple[Proof, ...]:
    """What the marks that we signed ourselves prove, the best first; needs no look into the database.

    The reply address comes first. But a Message-ID of the very case that it names says more exactly which message is
    meant, so it stands before it.
    """
    addressed = [reference for address in recipients if (reference := signer.case_of_address(address))]
    answered = list(islice(_signed_ids(signer, in_reply_to, references), _MOST_MARKS))
    best: list[Proof] = []
    for reference in addressed[:_MOST_MARKS]:
        best += [proof for proof in answered if proof.reference == reference]
        best.append(Proof("address", reference=reference))
    return tuple(dict.fromkeys(best + answered))


def _signed_ids(signer: Signer, in_reply_to: str, references: Iterable[str]) -> Iterator[Proof]:
    for _kind, mid in _answered_ids(in_reply_to, references):
        reference, unique = signer.marks_of_message_id(mid)
        if reference:
            yield Proof("message_id", reference=reference, unique=unique)


def find_own(in_reply_to: str, references: Iterable[str], own: Mapping[str, int]) -> Proof | None:
    """What the Message-IDs of the sender's own cases (with their <>) prove. An id that stands in several of them, as
    some programs give out the same one again and again, is mapped to 0 and proves nothing."""
    for kind, mid in _answered_ids(in_reply_to, references):
        if case_id := own.get(mid):
            return Proof(kind, case_id=case_id)
    return None


def new_reference(random: bytes) -> str:
    """The public reference of a new case from 5 random bytes (more are cut): "SH-7K3M9QX2", without I, L, O and U."""
    if len(random) < 5:
        raise ValueError("A reference needs 5 random bytes.")
    return f"SH-{_letters(random[:5]).upper()}"


def _tagged(base: str, tag: str) -> str:
    local, at, domain = base.rpartition("@")
    if not (at and local and domain):
        raise ValueError(f"Not an address: {base!r}")
    return f"{local}+{tag}@{domain}"


def _tag(address: str) -> str:
    """What follows the last plus of the local part."""
    _base, plus, tag = address.rpartition("@")[0].rpartition("+")
    return tag if plus else ""


def _answered_ids(in_reply_to: str, references: Iterable[str]) -> Iterator[tuple[ProofKind, str]]:
    """The ids that a mail answers, nearest first. Some programs write more than an id into In-Reply-To."""
    for mid in _MESSAGE_ID.findall(in_reply_to):
        yield "in_reply_to", mid
    for mid in reversed(tuple(references)):
        yield "references", mid


def _key(secret: bytes, purpose: str) -> bytes:
    return hmac.digest(secret, f"samehand: {purpose}".encode(), "sha256")


def _sign(key: bytes, text: str, size: int) -> str:
    return f"{text}.{_mac(key, text, size)}"


def _proven(key: bytes, signed: str, size: int) -> str | None:
    """The text in front of the mark, if the mark is right. Non-ASCII letters are out: some fold to ASCII ones."""
    text, _dot, mac = signed.strip().lower().rpartition(".")
    if not text or len(mac) * 5 != size * 8 or not signed.isascii():
        return None
    return text if hmac.compare_digest(_mac(key, text, size), mac) else None


def _mac(key: bytes, text: str, size: int) -> str:
    return _letters(hmac.digest(key, text.encode("ascii"), "sha256")[:size])


def _letters(raw: bytes) -> str:
    """Crockford's base32 in lower case; whole fives of bytes need no padding."""
    return b32encode(raw).translate(_CROCKFORD).decode("ascii")


def _lower(reference: str) -> str:
    lowered = reference.lower()
    if not _REFERENCE.fullmatch(lowered):
        raise ValueError(f"Not a case reference: {reference!r}")
    return lowered


def _upper(reference: str | None) -> str | None:
    return reference.upper() if reference else None
