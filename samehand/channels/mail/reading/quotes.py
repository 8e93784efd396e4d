"""The writer's own words: what a mail program quoted under them and the signature are folded away.

Line by line and by what stands at a line's edges, so that time grows with the text and with nothing else. When it is
not clear that words are somebody else's, they stay: too much on the screen is a nuisance, a lost sentence is a broken
promise.
"""

from __future__ import annotations

from samehand.channels.mail.reading.marks import is_phone_footer, is_quoted, mark_at

# A text of more lines is no letter; it is left alone.
MAX_LINES = 50_000
SIGNATURE_LINES = 15


def reply_text(text: str) -> str:
    """What the writer said himself; the whole text when nothing else is left. Never empty for a text that is not."""
    if text.count("\n") > MAX_LINES:
        return text
    lines = text.split("\n")
    start, end = 0, _start_of_quote(lines)
    if end is None:
        end = _before_trailing_quote(lines, _without_signature(lines, len(lines)))
        start = _behind_leading_quote(lines, end)
    own = "\n".join(lines[start : _without_signature(lines, end)]).strip("\n").rstrip()
    return own if own.strip() else text.strip("\n").rstrip()


def _start_of_quote(lines: list[str]) -> int | None:
    """The line where a mail program began to repeat an earlier mail and after which the writer says nothing more."""
    inside = False
    for at, line in enumerate(lines):
        if not line or line.isspace():
            continue
        quoted = is_quoted(line)
        # Within a quote every mark belongs to the quote.
        mark = 0 if quoted and inside else mark_at(lines, at)
        inside = quoted
        if mark and not _answers_below(lines, at + mark):
            return at
    return None


def _answers_below(lines: list[str], at: int) -> bool:
    """Quoted lines follow, and under or between them stands text that is not quoted: answers in between."""
    quoted = False
    for number in range(at, len(lines)):
        line = lines[number]
        if is_quoted(line):
            quoted = True
        elif line.strip():
            # Not marked by ">" at all: the rest is the old mail.
            return quoted and not _is_tail(lines, number)
    return False


def _is_tail(lines: list[str], at: int) -> bool:
    """From here on there is only a signature, a phone's line, or one more quoted mail."""
    first = lines[at].strip()
    if first in ("--", "—") or is_phone_footer(lines[at]):
        return True
    mark = mark_at(lines, at)
    return bool(mark) and not any(line.strip() and not is_quoted(line) for line in lines[at + mark :])


def _behind_leading_quote(lines: list[str], end: int) -> int:
    """One quote at the very top and all of the answer under it: the answer."""
    at = next((number for number in range(end) if lines[number].strip()), end)
    mark = 0 if at == end else mark_at(lines, at)
    if not mark:
        return 0
    below = at + mark
    while below < end and (not lines[below].strip() or is_quoted(lines[below])):
        below += 1
    return 0 if any(is_quoted(line) for line in lines[below:end]) else below


def _before_trailing_quote(lines: list[str], end: int) -> int:
    """A block of "> " lines at the very end goes, unless the writer leads up to it with a colon (a text message that
    he quotes)."""
    at = end
    while at > 0 and (not lines[at - 1].strip() or is_quoted(lines[at - 1])):
        at -= 1
    if at == 0 or not any(map(is_quoted, lines[at:end])):
        return end
    return end if lines[at - 1].rstrip()[-1:] == ":" else at


def _without_signature(lines: list[str], end: int) -> int:
    for at in range(max(1, end - SIGNATURE_LINES - 1), end):
        if lines[at][:2] == "--" and lines[at].rstrip() == "--":
            end = at
            break
    while end > 1 and (not lines[end - 1].strip() or is_phone_footer(lines[end - 1])):
        end -= 1
    return end
