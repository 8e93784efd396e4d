"""ARC (RFC 8617): what a host that we name saw before it changed the mail, a mailing list or a forwarder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samehand.channels.mail.proving import canonical, signatures
from samehand.channels.mail.proving.heads import Field, Head
from samehand.channels.mail.proving.signatures import Signature, Unusable, tags_of
from samehand.channels.mail.proving.words import is_named, words
from samehand.core.names import Names
from samehand.core.trust import Check

MAX_SETS = 10
_KINDS = (b"arc-authentication-results", b"arc-message-signature", b"arc-seal")


@dataclass(frozen=True, slots=True)
class Set:
    """What one host added; `number` counts from the first who sealed."""

    number: int
    results: Field
    message: Field
    seal: Field

    @property
    def sealer(self) -> str:
        """Whose key the seal is checked with, and nobody else: a field may be written so that it seems to name two."""
        signed = signatures.signature(self.seal)
        return signed.domain if signed else ""


def sealed(head: Head, mail: bytes, named: Sequence[str], names: Names, domain: str) -> tuple[Check, str]:
    """(what it says of the writer's domain, the sealer) when the chain is whole and a sealer whom we name saw the
    domain pass; two empty values else. Raises Away when a key cannot be had."""
    sets = _chain(head)
    if not sets or not is_named(sets[-1].sealer, named):
        return Check(), ""
    try:
        whole = _is_whole(sets, head, mail, names)
    except Unusable:
        whole = False
    # From the last sealer backwards, as long as each is one whom we name.
    for one in reversed(sets) if whole else ():
        if not is_named(one.sealer, named):
            break
        if _saw_it_pass(one, domain):
            return Check("pass", domain), one.sealer
    return Check(), ""


def _chain(head: Head) -> list[Set]:
    """All the sets in order; none when one is missing or stands twice."""
    found: dict[int, dict[bytes, Field]] = {}
    for field in head.fields:
        if field.name in _KINDS:
            number = tags_of(field.value.partition(b";")[0] if field.name == _KINDS[0] else field.value).get("i", "")
            kept = found.setdefault(int(number) if number.isdecimal() and len(number) < 3 else 0, {})
            if field.name in kept:
                return []
            kept[field.name] = field
    numbers = sorted(found)
    if numbers != list(range(1, len(numbers) + 1)) or len(numbers) > MAX_SETS:
        return []
    if any(len(kept) != len(_KINDS) for kept in found.values()):
        return []
    return [Set(number, *(found[number][kind] for kind in _KINDS)) for number in numbers]


def _is_whole(sets: Sequence[Set], head: Head, mail: bytes, names: Names) -> bool:
    """The last host's signature fits the mail as it is, and each seal fits all that lies below it."""
    for one in sets:
        wanted = "none" if one.number == 1 else "pass"
        if tags_of(one.seal.value).get("cv", "").lower() != wanted:
            return False
    return _message_fits(sets[-1], head, mail, names) and all(
        _seal_fits(sets[: index + 1], names) for index in range(len(sets))
    )


def _message_fits(one: Set, head: Head, mail: bytes, names: Names) -> bool:
    signed = _signature(one.message)
    if "arc-seal" in signatures.signed_names(signed.tags) or "from" not in signatures.signed_names(signed.tags):
        return False
    key = signatures.key_of(names.texts(signed.key_name), signed)
    if signatures.body_hash(signed.tags, mail[head.body :]) != signatures.bytes_of(signed.tags, "bh"):
        return False
    text = signatures.signed_text(signed, head.fields)
    return signatures.fits(key, signatures.bytes_of(signed.tags, "b"), text)


def _seal_fits(sets: Sequence[Set], names: Names) -> bool:
    signed = _signature(sets[-1].seal)
    key = signatures.key_of(names.texts(signed.key_name), signed)
    text = b"".join(_of_set(one, last=one is sets[-1]) for one in sets)
    return signatures.fits(key, signatures.bytes_of(signed.tags, "b"), text)


def _of_set(one: Set, *, last: bool) -> bytes:
    head = b"".join(canonical.header(field.name, field.raw, "relaxed") for field in (one.results, one.message))
    if last:
        return head + signatures.without_itself(one.seal, "relaxed")
    return head + canonical.header(one.seal.name, one.seal.raw, "relaxed")


def _signature(field: Field) -> Signature:
    found = signatures.signature(field)
    if not found:
        raise Unusable
    # "i" is the set's number here, and no identity.
    found.tags.pop("i", None)
    return found


def _saw_it_pass(one: Set, domain: str) -> bool:
    said = one.results.value.partition(b";")[2].decode("utf-8", "replace").replace("\r", "").replace("\n", "")
    results = words(said).results
    return any(
        (result.method, result.result) == ("dmarc", "pass") and result.domain("header.from") == domain
        for result in results
    )
