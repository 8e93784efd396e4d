"""The pages of notices, for leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samehand.desk.numbers import number
from samehand.desk.office.acting import me
from samehand.desk.office.notices import showing
from samehand.desk.office.notices.forms import NoticeForm, as_sent, said_by
from samehand.desk.office.notices.presets import preset
from samehand.desk.office.notices.refusals import field_of, refused
from samehand.lib.clock import now
from samehand.people.access import needs_lead
from samehand.people.actions import noticing
from samehand.people.actions.timetable import zone
from samehand.people.models import Notice
from samehand.people.queries import service_hours

VIEW = "office-notices"
LONGER = (30, 60, 120)
Act = Callable[[noticing.Announcement], Notice]


@needs_lead
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    context = {"view": VIEW, "longer": LONGER, **showing.lists(now(), zone())}
    return render(request, "office/notices/list.html", context)


@needs_lead
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    moment = now()
    first = preset(request.GET.get("as", ""), moment, zone(), service_hours().promise_minutes)
    form = NoticeForm(request.POST or None, initial=first)
    if _wanted(request) and _done(form, lambda said: noticing.announce(by=me(request), said=said, now=moment), moment):
        messages.success(request, _("Customers are told, and promises keep to it from now on."))
        return redirect("office:notices")
    return _form(request, form, moment)


@needs_lead
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, notice_id: int) -> HttpResponse:
    notice, moment = get_object_or_404(Notice, pk=notice_id), now()
    form = NoticeForm(request.POST or None, initial=said_by(notice, zone()))

    def change(said: noticing.Announcement) -> Notice:
        return noticing.change(by=me(request), notice_id=notice_id, said=said, now=moment)

    if _wanted(request) and _done(form, change, moment):
        messages.success(request, _("Changed. Promises keep to it from now on; those given before stay."))
        return redirect("office:notices")
    return _form(request, form, moment, notice)


@needs_lead
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """How the notice would read, while it is being written; what is not whole yet shows nothing."""
    shown = _preview(NoticeForm(request.POST), now(), number(request.GET.get("notice")))
    return render(request, "office/notices/_preview.html", {"preview": shown})


@needs_lead
@require_POST
def prolong(request: HttpRequest, notice_id: int) -> HttpResponse:
    minutes = number(request.POST.get("minutes"))
    if minutes not in LONGER:
        return redirect("office:notices")
    until = get_object_or_404(Notice, pk=notice_id).ends_at + timedelta(minutes=minutes)
    return _acted(request, partial(noticing.prolong, ends_at=until), notice_id, _("It lasts longer now."))


@needs_lead
@require_POST
def end(request: HttpRequest, notice_id: int) -> HttpResponse:
    return _acted(request, noticing.end, notice_id, _("It is over: pages and promises are as always."))


@needs_lead
@require_POST
def withdraw(request: HttpRequest, notice_id: int) -> HttpResponse:
    return _acted(request, noticing.withdraw, notice_id, _("Taken back, as if it had never been said."))


def _acted(request: HttpRequest, act: Callable[..., Notice], notice_id: int, said: str) -> HttpResponse:
    try:
        act(by=me(request), notice_id=notice_id, now=now())
    except noticing.Refused as refusal:
        messages.error(request, refused(refusal))
    else:
        messages.success(request, said)
    return redirect("office:notices")


def _wanted(request: HttpRequest) -> bool:
    return request.method == "POST" and "preview" not in request.POST


def _done(form: NoticeForm, act: Act, moment: datetime) -> bool:
    if not form.is_valid():
        return False
    try:
        act(form.announcement(zone(), moment))
    except noticing.Refused as refusal:
        form.add_error(field_of(refusal), refused(refusal))
        return False
    return True


def _form(request: HttpRequest, form: NoticeForm, moment: datetime, notice: Notice | None = None) -> HttpResponse:
    context = {
        "view": VIEW,
        "form": form,
        "notice": notice,
        "over": notice is not None and (notice.withdrawn_at is not None or notice.ends_at <= moment),
        "preview": _preview(form, moment, notice.pk if notice else None),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "office/notices/form.html", context, status=status)


def _preview(form: NoticeForm, moment: datetime, notice_id: int | None) -> showing.Preview | None:
    """Of what is written, or of what stood in the form at first."""
    shown = form if form.is_bound else NoticeForm(as_sent(form.initial))
    if not shown.is_valid():
        return None
    try:
        notice = noticing.draft(shown.announcement(zone(), moment), moment)
    except noticing.Refused:
        return None
    notice.pk = notice_id
    return showing.preview(notice, moment, zone())
