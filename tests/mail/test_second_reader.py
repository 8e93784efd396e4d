"""An independent, compiled reader (fast-mail-parser) sees what we see, wherever both see something.

Its known differences are named below, each with its reason; a new one is a mistake of one of us."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import fast_mail_parser
import pytest

from samehand.channels.mail.reading import read_mail
from samehand.channels.mail.reading.bodies import content_of
from samehand.channels.mail.reading.tree import grow, leaves
from samehand.core.arrivals import Unreadable
from tests.mail import agreement
from tests.mail.samples import CORPUS, mail
from tests.personas import MONDAY

outside = pytest.mark.skipif(
    not agreement.FOLDER.is_dir(),
    reason=f"the corpora are not at {agreement.FOLDER}; SAMEHAND_SHARED names their folder",
)


def differences(raw: bytes) -> set[str]:
    """The fields in which the two readers differ; {'refused'} for a mail that one of them does not read."""
    try:
        theirs = fast_mail_parser.parse_email(raw)
    except fast_mail_parser.ParseError:
        return {"refused by the other"}
    try:
        ours = read_mail(raw)
    except Unreadable:
        return {"put aside by us"}
    found = set()
    if theirs.subject.strip() and _bare(theirs.subject) != _bare(ours.subject):
        found.add("subject")
    addresses = [one.address.lower() for one in (theirs.from_, *theirs.to) if one]
    mine = {ours.from_address, *ours.to}
    if any("@" in one and one.isascii() and one not in mine for one in addresses):
        found.add("addresses")
    if theirs.date_parsed and ours.date and theirs.date_parsed != ours.date:
        found.add("date")
    return found | _parts(raw)


def _parts(raw: bytes) -> set[str]:
    """Whether both find the same bytes in the parts that are neither text nor a mail."""
    try:
        root = fast_mail_parser.parse_email_tree(raw)
        theirs = Counter(_plain(part.content) for part in _leaves(root))
    except fast_mail_parser.ParseError:
        return {"refused by the other"}
    ours = Counter(_plain(content_of(leaf)) for leaf, _ in leaves(grow(raw, [])) if _is_file(leaf.kind))
    return {"files"} if ours != theirs else set()


def _leaves(part: fast_mail_parser.PyMimePart) -> Iterable[fast_mail_parser.PyMimePart]:
    if part.children and not part.is_message:
        for child in part.children:
            yield from _leaves(child)
    elif _is_file(part.content_type.lower()):
        yield part


def _is_file(kind: str) -> bool:
    return not kind.startswith(("text/", "message/", "multipart/"))


def _plain(content: bytes | None) -> bytes:
    return (content or b"").replace(b"\r\n", b"\n").strip()


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", words)


# What differs in our samples, and why.
OURS = {
    # Padding in the middle: it refuses the whole mail, we read what is there.
    "broken-base64": {"refused by the other"},
    # It believes the label and loses the letters.
    "cp1250-labelled-utf-8": {"subject"},
}
# It refuses a mail as a whole for one base64 that is broken, or for one header without its end.
REFUSED = {
    "cpython/msg_39.txt", "flanker/enclosed-bad-encoding.eml", "flanker/enclosed-broken.eml", "flanker/enclosed.eml",
    "flanker/iphone.eml", "flanker/mailgun-pic.eml", "flanker/russian-attachment-yahoo.eml",
    "perl_bounceparser/quota-4.msg", "zammad/mail004.box", "zammad/mail062.box", "zammad/mail073.box",
}  # fmt: skip
THEIRS = {name: {"refused by the other"} for name in REFUSED} | {
    # A Content-Type that is none: text for us, as RFC 2045 says; for the other a file of no type.
    "cpython/msg_14.txt": {"files"},
    "flanker/spam/broken-ctype.eml": {"files"},
    # A letter of UTF-8 cut in two by its words, which the other loses; raw bytes of an unnamed Chinese charset.
    "flufl_bounce/simple_39.txt": {"subject"},
    "flufl_bounce/sina_01.txt": {"subject"},
}


def test_it_agrees_on_our_samples() -> None:
    found = {path.stem: differences(path.read_bytes()) for path in sorted(CORPUS.glob("*.eml"))}

    assert {name: one for name, one in found.items() if one} == OURS


@outside
def test_it_agrees_on_the_mails_of_others() -> None:
    mails = {case.file: case.raw for case in agreement.cases() if case.kind == "eml"}
    found = {name: differences(raw) for name, raw in mails.items()}

    assert {name: one for name, one in found.items() if one} == THEIRS


def test_a_difference_would_be_seen() -> None:
    raw = mail(Subject="Pytanie", Date="Mon, 23 Nov 2026 10:00:00 +0100")
    shown = read_mail(raw)

    assert differences(raw) == set()
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(f"{__name__}.read_mail", lambda _raw: replace(shown, subject="x", to=(), date=MONDAY))
        assert differences(raw) == {"subject", "addresses", "date"}


# Why it is not our first reader.


def test_it_takes_the_first_of_two_senders_without_a_word() -> None:
    raw = b"From: bank@x.test\nFrom: zofia@poczta.test\nSubject: x\n\nx"

    assert fast_mail_parser.parse_email(raw).headers["From"] == ["bank@x.test", "zofia@poczta.test"]
    assert read_mail(raw).from_doubt or "several From" in " ".join(read_mail(raw).defects)
