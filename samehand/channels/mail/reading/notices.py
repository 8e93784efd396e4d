"""What a bounce says of the mail that did not arrive: for good or only late, why, in whose words, and which mail."""

from __future__ import annotations

import re

from samehand.channels.mail.reading.bodies import Body, content_of
from samehand.channels.mail.reading.bounces import notice_lines, statuses
from samehand.channels.mail.reading.charsets import header_text
from samehand.channels.mail.reading.fields import ids
from samehand.channels.mail.reading.text import one_line
from samehand.core.arrivals import Notice
from samehand.core.refusals import understood

MAX_WORDS = 300
_READS = 60_000
_LINE = rb"^%s[ \t]*+:[ \t]*+([^\r\n]{1,1000}+(?:\r?\n[ \t][^\r\n]{0,500}+){0,8}+)"
_ACTION = re.compile(_LINE % b"action", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(_LINE % b"status", re.IGNORECASE | re.MULTILINE)
_DIAGNOSTIC = re.compile(_LINE % b"diagnostic-code", re.IGNORECASE | re.MULTILINE)
_ENVELOPE_ID = re.compile(_LINE % b"original-envelope-id", re.IGNORECASE | re.MULTILINE)
_MESSAGE_ID = re.compile(
    rb"^[> \t]{0,20}+message-id[ \t]*+:[ \t]*+\r?\n?[ \t]*+(<[^<>\r\n]{1,500}+>)", re.IGNORECASE | re.MULTILINE
)
_RETURNED = (
    "message/rfc822",
    "message/global",
    "message/rfc822-headers",
    "message/global-headers",
    "text/rfc822-headers",
)
_LATE = re.compile(
    r"(?:delivery|message|mail)(?: \S++){0,3} delayed|delayed (?:mail|message)|"
    r"warning: (?:could not send|message)|"
    r"(?:will|we'll) (?:keep|continue|still be|be) (?:\w++ ){0,2}(?:try|retr|attempt)|"
    r"do not need to resend|no action is required|not yet been delivered|jeszcze nie została dostarczona|"
    r"nie (?:została|mogła zostać) jeszcze|opóźnion|ponowi\w* prób|kolejne próby"
)  # fmt: skip
# Where a server's own words begin when no report repeats them.
_CODED = re.compile(r"(?<![0-9.#-])[45][0-9]{2}(?: |-[^0-9\s])|(?<![0-9.])[45]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")
_SAID = re.compile(r"unknown|not found|full|quota|exist|exceed|disabled|reject|denied|not listed|pełn", re.IGNORECASE)


def notice(body: Body, subject: str, text: str) -> Notice:
    reports = [report for report in statuses(body) if not _only_done(report)]
    joined = b"\n\n".join(reports)[:200_000]
    actions = {header_text(action).split(";")[0].strip().lower() for action in _ACTION.findall(joined)}
    failed = (
        "failed" in actions
        if actions & {"failed", "delayed"}
        else not _LATE.search(f"{subject}\n{text[:3_000]}".lower())
    )
    status = next((header_text(one) for one in _failing(_STATUS.findall(joined))), "")
    words = _words(joined, text)
    meant = understood(words, status, final=failed)
    return Notice(
        failed=failed,
        hard=meant.hard,
        reason=meant.reason,
        words=words,
        message_ids=tuple(dict.fromkeys(_returned_ids(body, text)))[:20],
        envelope_ids=tuple(_without_xtext(header_text(one).strip()) for one in _ENVELOPE_ID.findall(joined)[:5]),
    )


def _only_done(report: bytes) -> bool:
    actions = {action.strip().lower() for action in _ACTION.findall(report)}
    return bool(actions) and not actions - {b"delivered", b"relayed", b"expanded"}


def _failing(codes: list[bytes]) -> list[bytes]:
    return [code for code in codes if not code.lstrip().startswith(b"2")]


def _words(reports: bytes, text: str) -> str:
    said = [header_text(one.replace(b"\r", b"").replace(b"\n", b" ")) for one in _failing(_DIAGNOSTIC.findall(reports))]
    for words in said:
        kind, _semicolon, rest = words.partition(";")
        if spoken := one_line(rest if " " not in kind.strip() else words):
            return spoken[:MAX_WORDS]
    lines = [one_line(line)[:MAX_WORDS] for line in notice_lines(text)]
    return next((line for said in (_CODED, _SAID) for line in lines if said.search(line)), "")


def _returned_ids(body: Body, text: str) -> list[str]:
    """The Message-IDs of what came back: a whole mail, its header, or what old servers copy under their notice."""
    found: list[bytes] = []
    for _, leaf in body.attachments[:20]:
        if leaf.kind in _RETURNED:
            # Its header only: a mail that came back may quote others.
            found += _MESSAGE_ID.findall(content_of(leaf)[:_READS].partition(b"\n\n")[0].partition(b"\r\n\r\n")[0])[:1]
    if not found:
        found = _MESSAGE_ID.findall(text[:_READS].encode("utf-8", "replace"))[:3]
    return [one for raw in found for one in ids(raw)]


def _without_xtext(envelope_id: str) -> str:
    """RFC 3461: "+2B" stands for a plus; not every server undoes it."""
    return (
        re.sub(r"\+([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), envelope_id)[:MAX_WORDS]
        if "+2B" in envelope_id
        else envelope_id[:MAX_WORDS]
    )
