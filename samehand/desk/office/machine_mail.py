"""What machines wrote without a case: everybody may look through it, and make a case of what a person waits for."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samehand.cases import actions
from samehand.cases.channels import channel
from samehand.cases.models import MachineMail
from samehand.cases.queries import SHOWN, machine_mail, machine_mail_behind
from samehand.core.arrivals import Unreadable
from samehand.desk.office.acting import me
from samehand.lib import blobs
from samehand.lib.clock import now

PAGE = 50
VIEW = "office-machines"


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("words", "").strip()[:200]
    after = request.GET.get("after", "")
    mails = list(_behind(machine_mail(query), after)[: PAGE + 1])
    rest = _key(mails[PAGE - 1]) if len(mails) > PAGE else ""
    context = {"view": VIEW, "mails": mails[:PAGE], "words": query, "after": after, "next": rest}
    return render(request, "office/machine_mail.html", context)


@login_required
@require_safe
def one(request: HttpRequest, mail_id: int) -> HttpResponse:
    mail = get_object_or_404(MachineMail.objects.select_related("arrival"), pk=mail_id)
    return render(request, "office/machine_mail_one.html", {"view": VIEW, "mail": mail, "text": _text(mail)})


@login_required
@require_POST
def open_case(request: HttpRequest, mail_id: int) -> HttpResponse:
    if actions.make_case(machine_mail_id=mail_id, author_id=me(request).pk, now=now()):
        messages.success(request, _("It becomes a case in a moment, with the promise it has had since it came."))
    else:
        messages.info(request, _("It no longer lies here: somebody was quicker."))
    return redirect("office:machine_mail")


def _key(mail: MachineMail) -> str:
    return f"{mail.received_at.timestamp()}_{mail.pk}"


def _behind(mails: QuerySet[MachineMail], after: str) -> QuerySet[MachineMail]:
    moment, _line, number = after.partition("_")
    try:
        return machine_mail_behind(mails, datetime.fromtimestamp(float(moment), UTC), int(number))
    except (ValueError, OverflowError, OSError):
        return mails


def _text(mail: MachineMail) -> str:
    row = mail.arrival
    try:
        return channel(row.channel).read(blobs.get(row.blob), row.received_at, row.envelope).text[:SHOWN]
    except (blobs.BlobMissing, Unreadable):
        return ""
