"""Which parts are envelopes, and what is in them: their text joins the message, their files its attachments.

Files within an envelope are numbered beyond all others (core.arrivals.INSIDE): the numbers of the other parts stay
what they always were, because the cases remember them.
"""

from __future__ import annotations

from samehand.channels.mail.reading.bodies import Body, content_of, sort_out
from samehand.channels.mail.reading.inside import armour, invitations, rtf, smime, tnef
from samehand.channels.mail.reading.names import kind_of
from samehand.channels.mail.reading.tree import Node, grow
from samehand.core.arrivals import INSIDE, Remark

# A mail that brings more envelopes was built to cost us time; the others stay shut.
MAX_OPENED = 5
MAX_FILES = 1_000

_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
_SMIME = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature"}
_CALENDARS = {"text/calendar", "application/ics"}
_PGP = {"application/pgp-encrypted": armour.SEALED, "application/pgp-signature": armour.SIGNED}
LETTERS = {"message/rfc822", "message/global"}
_SPECIAL = _TNEF | _SMIME | _SIGNATURES | _CALENDARS | set(_PGP)
SEALED = {"smime-sealed", armour.SEALED}


def unpack(root: Node, body: Body) -> list[Remark]:
    """Put what the envelopes hold into `body`, and tell what a reader should know of them."""
    remarks: list[Remark] = []
    opened = 0
    for index, leaf in tuple(body.attachments):
        kind = _special(leaf)
        if not kind or opened >= MAX_OPENED:
            continue
        opened += 1
        remark = _unpacked(root, body, kind, index, leaf)
        if remark and remark.kind not in {one.kind for one in remarks}:
            remarks.append(remark)
    return remarks


def _special(leaf: Node) -> str:
    if leaf.kind in _SPECIAL:
        return leaf.kind
    if leaf.kind == "application/octet-stream":
        name = leaf.params.get("name", "").lower()
        return "application/ms-tnef" if name == "winmail.dat" else _SMIME_BY_NAME.get(name, "")
    return ""


_SMIME_BY_NAME = {"smime.p7m": "application/pkcs7-mime"}


def _unpacked(root: Node, body: Body, kind: str, index: int, leaf: Node) -> Remark | None:
    if kind in _PGP:
        return Remark(_PGP[kind])
    if kind in _CALENDARS:
        return invitations.remark_of(content_of(leaf))
    if kind in _SIGNATURES:
        return _beside(root, leaf)
    inner = _tnef(leaf) if kind in _TNEF else _signed(leaf)
    if isinstance(inner, Remark) or inner is None:
        return inner
    texts, files, remark = inner
    if kind not in _TNEF or not _has_words(body):
        body.texts.extend((text, -1 - index) for text in texts)
    at = next(place for place, (number, _) in enumerate(body.attachments) if number == index) + 1
    body.attachments[at:at] = [((index + 1) * INSIDE + number, file) for number, file in files[:MAX_FILES]]
    return remark


_Inner = tuple[list[Node], list[tuple[int, Node]], Remark | None]


def _has_words(body: Body) -> bool:
    return any(leaf.body().strip() for leaf, _ in body.texts)


def _tnef(leaf: Node) -> _Inner | None:
    raw = content_of(leaf)
    found = tnef.opened(raw)
    if found is None:
        return None
    return _letters(found), [(number, _file(raw, file)) for number, file in enumerate(found.files)], None


def _letters(found: tnef.Envelope) -> list[Node]:
    plain = found.text or ("" if found.html else rtf.words(rtf.unpacked(found.rtf), found.codec))
    texts = [_made(plain.encode("utf-8", "replace"), "text/plain", charset="utf-8")] if plain.strip() else []
    return texts + ([_made(found.html, "text/html", charset=found.codec)] if found.html else [])


def _made(content: bytes, kind: str, **params: str) -> Node:
    return Node(content, {}, kind, params, 0, len(content))


def _file(raw: bytes, file: tnef.File) -> Node:
    fields = {"content-id": [f"<{file.content_id}>".encode("ascii", "ignore")]} if file.content_id else {}
    return Node(raw, fields, file.kind or kind_of(file.name), {"name": file.name}, file.start, file.end)


def _signed(leaf: Node) -> _Inner | Remark | None:
    found = smime.opened(content_of(leaf))
    if isinstance(found, smime.Sealed):
        return Remark("smime-sealed")
    if found is None or found.content is None:
        return None
    inner = sort_out(grow(found.content, []))
    texts = [text for text, _ in inner.texts]
    return texts, [(number, file) for number, file in inner.attachments if number < INSIDE], _remark(found)


def _beside(root: Node, leaf: Node) -> Remark | None:
    """A signature that stands beside what it signs, in the mail's outermost multipart."""
    pair = root.children if root.kind == "multipart/signed" and len(root.children) == 2 else []
    words = pair[0].mail[pair[0].head : pair[0].end] if pair and pair[1] is leaf else None
    if words is not None and b"\r\n" not in words:
        words = words.replace(b"\n", b"\r\n")
    found = smime.opened(content_of(leaf), words)
    return _remark(found) if isinstance(found, smime.Signed) else None


def _remark(found: smime.Signed) -> Remark:
    said = {"state": found.state, "signer": found.signer[:200], "issuer": found.issuer[:200]}
    return Remark("smime-signed", {name: word.replace("\x00", "") for name, word in said.items() if word})


def file_inside(leaf: Node, number: int) -> Node | None:
    """The file with this number in an envelope or a forwarded mail."""
    if leaf.kind in LETTERS:
        inner = sort_out(grow(content_of(leaf), [])).attachments
    else:
        kind = _special(leaf)
        found = _tnef(leaf) if kind in _TNEF else _signed(leaf) if kind in _SMIME else None
        inner = found[1] if isinstance(found, tuple) else []
    return next((file for place, file in inner if place == number), None)
