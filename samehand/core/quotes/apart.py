"""What was folded away, told apart again by one who knows only the text and the own words in it."""

from __future__ import annotations

from samehand.core.quotes.marks import marks
from samehand.core.quotes.splitting import Split, split


def apart(text: str, own: str) -> Split:
    """The text split around own words that are known: when they were found, the mail's HTML may have said more."""
    found = split(text)
    if not own.strip() or found.reply_text == own.strip("\n").rstrip():
        return found
    rest = _without(text.split("\n"), own.split("\n"))
    at = _first_of_quote(rest)
    return Split(own, "\n".join(rest[at:]).strip("\n").rstrip(), "\n".join(rest[:at]).strip("\n").rstrip())


def _without(lines: list[str], own: list[str]) -> list[str]:
    """The lines that are not own words; these stand among them in their order."""
    rest: list[str] = []
    next_own = 0
    for line in lines:
        if next_own < len(own) and line.rstrip() == own[next_own].rstrip():
            next_own += 1
        else:
            rest.append(line)
    return rest


def _first_of_quote(rest: list[str]) -> int:
    """Where the quote begins among what is folded; above it stands the signature."""
    found, quoted = marks(rest)
    return min(found.keys() | quoted, default=len(rest))
