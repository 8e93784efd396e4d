"""Other people's odd mails: each is read or put aside, and how much of what their owners expect we see."""

from __future__ import annotations

import email
import email.message

import pytest

from samehand.channels.mail.reading.bodies import content_of
from samehand.channels.mail.reading.tree import grow, leaves
from tests.mail import agreement
from tests.mail.samples import CORPUS, multipart
from tests.mail.test_hostile_mail import everything

outside = pytest.mark.skipif(
    not agreement.FOLDER.is_dir(),
    reason=f"the corpora are not at {agreement.FOLDER}; SAMEHAND_SHARED names their folder",
)

# What we reach, less a little: a change that costs agreement is to be seen, not to be forbidden.
FLOORS = {
    "chatwoot attachment_count": 3,
    "chatwoot auto_submitted": 2,
    "chatwoot references": 2,
    "chatwoot reply_contains": 3,
    "chatwoot subject": 4,
    "discourse_trimmer reply_text": 30,
    "django_helpdesk subject": 4,
    "django_helpdesk body_text": 2,
    "flufl_bounce bounce": 59,
    "flufl_bounce bounce_permanent": 59,
    "flufl_bounce bounce_recipients": 60,
    "mail_parser_reply reply_contains": 11,
    "mail_parser_reply reply_not_contains": 7,
    "perl_bounceparser bounce": 58,
    "perl_bounceparser bounce_recipients": 19,
    "quotequail reply_text": 4,
    "talon reply_text": 9,
    "zammad from": 40,
    "zammad from_name": 39,
    "zammad subject": 41,
    "zammad body": 26,
    "zammad to": 33,
    "zammad attachments": 6,
}


@outside
def test_we_agree_with_their_owners_as_far_as_we_did() -> None:
    reached = {name: agreeing for name, (agreeing, _) in agreement.table(list(agreement.judge())).items()}

    assert {name: reached.get(name, 0) for name in FLOORS if reached.get(name, 0) < FLOORS[name]} == {}


@outside
def test_every_mail_is_read_or_put_aside() -> None:
    for case in agreement.cases():
        everything(case.raw)


def same_parts_as_the_standard_library(raw: bytes) -> bool:
    """An independent reader finds the same parts with the same bytes in them."""
    theirs = list(_parts(email.message_from_bytes(raw)))
    ours = [(leaf.kind, content_of(leaf)) for leaf, _ in leaves(grow(raw, []))]
    return [kind for kind, _ in ours] == [kind for kind, _ in theirs] and all(
        kind.startswith("message/") or _plain(mine) == _plain(other)
        for (kind, mine), (_, other) in zip(ours, theirs, strict=True)
    )


def _parts(message: email.message.Message) -> list[tuple[str, bytes]]:
    if message.get_content_maintype() == "message":
        return [(message.get_content_type(), b"")]
    if not message.is_multipart():
        return [(message.get_content_type(), message.get_payload(decode=True))]  # type: ignore[list-item]
    return [part for inner in message.get_payload() for part in _parts(inner)]  # type: ignore[arg-type,union-attr]


def _plain(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").strip()


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.eml")), ids=lambda path: path.stem)
def test_our_samples_have_the_parts_that_the_standard_library_sees(path: object) -> None:
    assert same_parts_as_the_standard_library(path.read_bytes())  # type: ignore[attr-defined]


def test_the_comparison_notices_a_difference() -> None:
    """The standard library stops at a line without a colon; we read on."""
    raw = multipart(b"Content-Type: text/html\r\nno field\r\nContent-Language: pl\r\n\r\n<p>x")

    assert not same_parts_as_the_standard_library(raw)


@outside
def test_their_mails_mostly_have_the_parts_that_the_standard_library_sees() -> None:
    """Where we differ, the mail is broken: a delimiter without its blank line, a padding in the middle."""
    mails = [case for case in agreement.cases() if case.kind == "eml"]
    differing = [case.file for case in mails if not same_parts_as_the_standard_library(case.raw)]

    assert len(differing) <= 15, differing
