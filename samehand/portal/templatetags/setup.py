"""What the pages of the set-up of phones may say."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def on_screen(line: str) -> SafeString:
    """A step; what stands between **two stars** is what one sees on the screen."""
    parts = (("b" if place % 2 else "span", conditional_escape(part)) for place, part in enumerate(line.split("**")))
    return format_html_join("", "<{0}>{1}</{0}>", parts)
