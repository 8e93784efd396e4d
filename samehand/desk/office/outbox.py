"""Answers on their way: what leaves, waits, was refused or taken back, and the server's words on each."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from samehand.cases import actions, outbox
from samehand.cases.access import messages_visible_to
from samehand.cases.models import Delivery, Message
from samehand.desk.again import again_words
from samehand.desk.office.acting import me
from samehand.lib.clock import now
from samehand.people.access import needs_lead

PAGE = 50
WORDS = {
    "leaving": gettext_lazy("Leaving"),
    "delayed": gettext_lazy("Delayed"),
    "refused": gettext_lazy("Refused"),
    "unconfirmed": gettext_lazy("Unconfirmed"),
    "cancelled": gettext_lazy("Taken back"),
}


@needs_lead
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    counts = outbox.counts()
    name = _list(request.GET.get("list", ""), counts)
    after = request.GET.get("after", "")
    rows = list(_behind(outbox.deliveries(request.user, name), after)[: PAGE + 1])
    context = {
        "view": "office-queue",
        "tabs": [(key, words, counts[key]) for key, words in WORDS.items()],
        "list": name,
        "after": after,
        "rows": rows[:PAGE],
        "next": _key(rows[PAGE - 1]) if len(rows) > PAGE else "",
        "together": name in actions.TOGETHER and counts[name] > 0,
    }
    piece = "HX-Request" in request.headers
    return render(request, "office/_queue.html" if piece else "office/queue.html", context)


@needs_lead
@require_POST
def again(request: HttpRequest, message_id: int) -> HttpResponse:
    try:
        actions.send_again(message_id=_known(request, message_id).pk, author_id=me(request).pk, now=now())
    except actions.AlreadyFailed as failed:
        messages.error(request, again_words(failed.met, now()))
    return _back(request)


@needs_lead
@require_POST
def cancel(request: HttpRequest, message_id: int) -> HttpResponse:
    try:
        actions.cancel(message_id=_known(request, message_id).pk, author_id=me(request).pk, now=now())
        messages.success(request, _("Taken back. The customer waits for another answer."))
    except actions.LeftAlready:
        messages.error(request, _("Too late: it has left already, or may have."))
    return _back(request)


@needs_lead
@require_POST
def again_all(request: HttpRequest) -> HttpResponse:
    count = actions.send_all_again(state=request.POST.get("list", ""), author_id=me(request).pk, now=now())
    said = ngettext("%(count)d answer is back in line.", "%(count)d answers are back in line.", count)
    messages.success(request, said % {"count": count})
    return _back(request)


def _known(request: HttpRequest, message_id: int) -> Message:
    return get_object_or_404(messages_visible_to(request.user), pk=message_id, delivery__isnull=False)


def _back(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("list", "")
    return redirect(f"{reverse('office:queue')}?list={name}" if name in WORDS else reverse("office:queue"))


def _list(asked: str, counts: dict[str, int]) -> str:
    """The list that was asked for, else the first one in which a person is needed."""
    if asked in WORDS:
        return asked
    return next((name for name in ("unconfirmed", "refused", "delayed") if counts[name]), "leaving")


def _key(row: Delivery) -> str:
    return f"{row.queued_at.timestamp()}_{row.pk}"


def _behind(rows: QuerySet[Delivery], after: str) -> QuerySet[Delivery]:
    moment, _line, number = after.partition("_")
    try:
        return outbox.behind(rows, datetime.fromtimestamp(float(moment), UTC), int(number))
    except (ValueError, OverflowError, OSError):
        return rows
