"""What the HTML of a mail says about its parts: here is the signature, from here on it is the old mail.

While HTML becomes text, a sign stands in the text for each of these; `unmarked` takes them out again and says in which
lines they stood. No mail holds the signs: they are code points that Unicode gives to nobody.
"""

from __future__ import annotations

import re

from samehand.core.quotes import Hints

WROTE, REST, SIGNATURE, END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_SIGNS = re.compile(f"[{WROTE}{REST}{SIGNATURE}{END}]")
MARKABLE = frozenset(["div", "hr", "p", "pre", "table"])

# Gmail, Thunderbird and Roundcube; Outlook, Yahoo, Zimbra, Zoho; the last two are how Outlook draws its line.
_STRUCTURE = re.compile(
    r"""\b(?:
    (?P<wrote>gmail_attr\b | moz-cite-prefix | reply-intro) |
    (?P<rest>divrplyfwdmsg | stopspelling | appendonsend | outlookmessageheader | \w*yahoo_quoted\b | zwchr\b |
      zmail_extra\b | moz-forward-container | mail-editor-reference-message-container | olk_src_body_section |
      border-top:\s?solid\s\#?(?:e1e1e1|b5c4df)\s1\.0pt) |
    (?P<signature>moz-signature | gmail_signature\b | ms-outlook-(?:mobile-)?signature | applemailsignature |
      composer_signature | protonmail_signature_block\b(?!-) | messagesignaturesection | __sig_p\w{2,3}__ |
      id\s?=\s?["']?(?:x_)?signature\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGN_OF = {"wrote": WROTE, "rest": REST, "signature": SIGNATURE}


def sign_of(attributes: str) -> str:
    """The sign for an element with these attributes; '' for most."""
    if "id=" in attributes or "class=" in attributes or "border-top" in attributes or "marker=" in attributes:
        found = _STRUCTURE.search(attributes[:2_000])
        return _SIGN_OF[found.lastgroup or ""] if found else ""
    return ""


def without_signs(text: str) -> str:
    return text if text.isascii() else _SIGNS.sub("", text)


def unmarked(text: str) -> tuple[str, Hints | None]:
    """The text without signs, and what they said of its lines; None when there were none."""
    if text.isascii() or not _SIGNS.search(text):
        return text, None
    kept: list[str] = []
    marks: list[tuple[str, int]] = []
    dropped = False
    for line in text.split("\n"):
        bare = line
        if signs := _SIGNS.findall(line):
            bare = _SIGNS.sub("", line).strip()
            marks += [(sign, len(kept) + (sign == END and not line.startswith(END))) for sign in signs]
            if not bare:
                dropped = True
                continue
        if not bare and dropped and not (kept and kept[-1]):
            # The sign stood alone between two blank lines: one of them is enough.
            continue
        dropped = dropped and not bare
        kept.append(bare)
    return "\n".join(kept).rstrip("\n"), _hints(marks, len(kept))


def _hints(marks: list[tuple[str, int]], end: int) -> Hints:
    starts = [at for sign, at in marks if sign == SIGNATURE]
    ends = [at for sign, at in marks if sign == END]
    return Hints(
        wrote=tuple(at for sign, at in marks if sign == WROTE),
        rest=tuple(at for sign, at in marks if sign == REST),
        signatures=tuple(
            (start, next((at for at in ends[number : number + 1] if at >= start), end))
            for number, start in enumerate(starts)
        ),
    )
