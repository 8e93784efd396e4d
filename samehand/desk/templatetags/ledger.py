"""Shares of the ledger in words."""

from __future__ import annotations

from django import template

from samehand.core.shares import Share
from samehand.desk.solutions.showing import in_words

register = template.Library()


@register.filter
def share(found: Share) -> str:
    return in_words(found)
