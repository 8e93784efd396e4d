"""Numbers as addresses, forms and headers name them: anything may stand there."""

from __future__ import annotations


def number(text: str | None) -> int | None:
    """None for what is no number, and for one that no row could have."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
