"""Small cares for text: what may stand in one line, and what must not stand in any."""

from __future__ import annotations

import re

# Bidi embeddings, overrides and isolates turn a name round before the reader's eyes; zero-width signs hide in it.
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad\u061c"
)
_FORBIDDEN = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f{_INVISIBLE}]")


def one_line(text: str) -> str:
    """The text on one line, white space collapsed, without control letters and bidi overrides."""
    if _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub("", text)
    return " ".join(text.split())
