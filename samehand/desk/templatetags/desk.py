"""What every page of the desk shows around its work."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Max
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samehand.cases.models import Case
from samehand.cases.queries import counts
from samehand.core.topics import title_of
from samehand.desk.notice_hints import hints_of
from samehand.desk.office.menu import items
from samehand.desk.turns import handed_out, state_of
from samehand.lib.clock import now
from samehand.lib.models import Event
from samehand.people.queries import on_shift

register = template.Library()

CHOICES = (
    ("mails", "inbox", _("I take mails"), _("one at a time, as they come")),
    ("break", "coffee", _("Break"), _("I am back soon")),
    ("phone", "phone", _("On the phone"), _("the next mail waits")),
    ("away", "moon", _("Away"), _("what I have not answered goes to others")),
)

REFUSALS = {
    "no_such_user": _("there is no such mailbox"),
    "no_such_domain": _("there is no such domain"),
    "disabled": _("the mailbox is closed"),
    "mailbox_full": _("the mailbox is full"),
    "too_large": _("it is too large for that server"),
    "policy": _("that server does not trust it"),
    "unreachable": _("that server could not be reached"),
}

LINKED, SHOWN = 20_000, 60_000


@register.inclusion_tag("desk/_rail.html", takes_context=True)
def rail(context: Context, view: str = "") -> dict[str, Any]:
    """The lists with what waits in them, and who is on shift."""
    me, moment = context["request"].user, now()
    return {
        "me": me,
        "view": view or "",
        "counts": counts(me, moment),
        "on_shift": on_shift(moment),
        "office": items(me),
    }


@register.inclusion_tag("desk/_notice_hint.html")
def notice_hint(case: Case) -> dict[str, Any]:
    return {"case": case, "hints": hints_of(case, now())}


@register.inclusion_tag("desk/_post.html", takes_context=True)
def post(context: Context, back: str = "") -> dict[str, Any]:
    """What she does now, and what else she may say of herself; nothing where mails are not handed out."""
    request = context["request"]
    if not handed_out(request.user):
        return {"hands_out": False, "back": back}
    state = state_of(request.user)
    choices = [{"wish": wish, "icon": icon, "word": word, "what": what} for wish, icon, word, what in CHOICES]
    word = next(one["word"] for one in choices if one["wish"] == state)
    return {
        "hands_out": True,
        "back": back,
        "state": state,
        "word": word,
        "choices": choices,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def here_address(context: Context) -> str:
    """Where the open page gives signs of her; nowhere when nobody asks."""
    return reverse("desk:here") if handed_out(context["request"].user) else ""


@register.simple_tag
def last_event() -> int:
    """Where the page's knowledge ends: the live line goes on from here."""
    return Event.objects.aggregate(last=Max("id"))["last"] or 0


@register.filter
def topic(key: str) -> str:
    """A topic's name in the reader's language."""
    return title_of(key, get_language() or "pl")


@register.filter
def refusal(reason: str) -> str:
    """Why a mail did not arrive, as people say it."""
    return str(REFUSALS.get(reason) or gettext("that server would not take it"))


@register.filter
def size(octets: int) -> str:
    """ "3 kB", "1.4 MB"."""
    if octets < 1000:
        return f"{octets} B"
    return f"{octets / 1000:.0f} kB" if octets < 1_000_000 else f"{octets / 1_000_000:.1f} MB"


@register.filter
def urlize_words(text: str) -> SafeString:
    """Somebody's words with their addresses made links. What is longer than a book's chapter is in the original."""
    if len(text) > LINKED:
        return format_html("{}", text[:SHOWN] + (" […]" if len(text) > SHOWN else ""))
    linked = urlize(text, nofollow=True, autoescape=True)
    # urlize has escaped the writer's own quotes: only its own attribute can match.
    return SafeString(linked.replace('rel="nofollow"', 'rel="nofollow noreferrer" target="_blank"'))
