"""HTML that would cost a browser's parser, and ours, the square of its length: seen before it is parsed.

The rules of HTML5 let unclosed elements pile up: each further tag looks through the pile, and formatting that was never
closed is opened again in every paragraph. 160 kB of "<div>" hold a parser for seconds. And each sign with a name of its
own ("&nbsp;") is put to a text that is copied for it: 2 MB of them hold it for half a minute. No letter is like that.
"""

from __future__ import annotations

import re

MAX_TAGS = 100_000
MAX_SIGNS = 30_000
MAX_OPEN = 1_000
MAX_REOPENED = 300_000
LOOK_DOWN = 60

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20}+)")
_FORMATS = {
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"
}  # fmt: skip
# Never open, or of no weight.
_LIGHT = {
    "area", "base", "body", "br", "col", "colgroup", "embed", "head", "hr", "html", "img", "input", "link", "meta",
    "option", "param", "source", "tbody", "tfoot", "thead", "track", "wbr",
}  # fmt: skip
# The next of their kind closes them.
_CHAINS = {"p", "li", "dd", "dt", "td"}
# What was opened before these cannot be closed from within them.
_WALLS = {"table", "td", "object", "button", "caption", "marquee", "applet", "template"}


def is_tangled(html: str) -> bool:
    """Whether the elements that are left open, or the named signs, would make the parsing too dear."""
    if html.count("&") > MAX_SIGNS:
        return True
    pile: list[str] = []
    loose = reopened = 0
    for number, (slash, tag) in enumerate(_TAG.findall(html)):
        name = tag.lower()
        reopened += loose
        if number > MAX_TAGS or len(pile) + loose > MAX_OPEN or reopened > MAX_REOPENED:
            return True
        if name in ("th", "tr"):
            name = "td"
        if name in _LIGHT:
            continue
        if slash or name in _CHAINS:
            loose += _close(pile, name)
        if not slash and tag.lower() != "tr":
            pile.append(name)
    return False


def _close(pile: list[str], name: str) -> int:
    """Take the element off the pile with all that stands on it; how many formats among those stay in force."""
    for down in range(1, min(len(pile), LOOK_DOWN) + 1):
        if pile[-down] == name:
            left = sum(above in _FORMATS for above in pile[len(pile) - down + 1 :])
            del pile[-down:]
            # Formats end with their cell.
            return 0 if name in _WALLS else left
        if pile[-down] in _WALLS and name != "table":
            return 0
    return 0
