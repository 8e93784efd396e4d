"""What every template may say: icons, people, promises, moments. The guide to the parts heads parts.css."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from samehand.lib import spoken
from samehand.lib.clock import now

register = template.Library()
SHORT_COMPOUND = re.compile(r"\b\w{1,6}-\w{1,6}\b")


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """A symbol of icons.svg; decorative unless it gets a label."""
    address = f"{static('house/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag
def avatar(person: Any, size: str = "", hue: int | None = None) -> SafeString:
    """Initials on the person's own ground; nobody is a dashed circle. The name stands beside it, so it is hidden."""
    initials = getattr(person, "initials", "") if person else "?"
    tint = "none" if not person else (hue if hue is not None else (person.pk or 0)) % 5
    return format_html(
        '<span class="avatar" data-tint="{}" data-size="{}" aria-hidden="true">{}</span>', tint, size, initials
    )


@register.inclusion_tag("parts/promise.html")
def promise(due: spoken.Due | None) -> dict[str, Any]:
    """A promise in words and shape; see `spoken.Due`."""
    if due is None or due.due_at is None or due.state == "none":
        return {"due": None}
    moment = now()
    answered = due.answered_at
    return {
        "due": due,
        "share": due.share(moment),
        "by": spoken.by(due.due_at, moment),
        "left": spoken.left(due.due_at, moment),
        "answered": spoken.when(answered, moment) if answered else "",
        "late_by": spoken.late(answered - due.due_at) if answered and answered > due.due_at else "",
    }


@register.filter
def whole(text: str) -> SafeString:
    """Words such as Wi-Fi do not break at their hyphen: in a heading the break is seen from afar."""
    marked = SHORT_COMPOUND.sub(r'<span class="whole">\g<0></span>', conditional_escape(text))
    return mark_safe(marked)  # noqa: S308  # escaped above


@register.filter
def when(moment: datetime | None) -> str:
    return spoken.when(moment, now()) if moment else ""


@register.filter
def brief(moment: datetime | None) -> str:
    return spoken.brief(moment, now()) if moment else ""


@register.filter
def by(moment: datetime | None) -> str:
    return spoken.by(moment, now()) if moment else ""


@register.filter
def day(moment: datetime | None) -> str:
    return spoken.day(moment, now()) if moment else ""


@register.filter
def span(length: timedelta | None) -> str:
    return spoken.span(length) if length is not None else ""


@register.filter
def clock(moment: datetime | None) -> str:
    return spoken.clock(moment) if moment else ""
