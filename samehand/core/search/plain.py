"""Markdown as the words that a reader sees, without links' targets, marks of headings and scopes, and facts' names."""

from __future__ import annotations

import re

_AWAY = (
    (re.compile(r"^:::.*$", re.M), " "),
    (re.compile(r"\{#[\w-]*\}"), " "),
    (re.compile(r"\{\{\s*\w*\s*\}\}"), " "),
    (re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*\)"), r"\1"),
    (re.compile(r"<[^<>\n]{1,200}>"), " "),
    (re.compile(r"[*_`#>|~]+"), " "),
)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*)$", re.M)


def plain(markdown: str) -> str:
    for pattern, instead in _AWAY:
        markdown = pattern.sub(instead, markdown)
    return markdown


def headings(markdown: str) -> str:
    """The words of the headings, a line each."""
    return "\n".join(plain(heading) for heading in _HEADING.findall(markdown))
