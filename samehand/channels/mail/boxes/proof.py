"""The page that proves it: what arrived, what became of it, and each mailbox beside its ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django import app

from samehand.cases import ledger
from samehand.channels.mail.boxes import reconciling
from samehand.channels.mail.framing import framed
from samehand.channels.mail.models import TROUBLES, Reconciliation
from samehand.lib.clock import now
from samehand.lib.events import Fact, record
from samehand.people.access import needs_lead

VIEW = "office-mail"
LATEST = 24


@dataclass(frozen=True, slots=True)
class Way:
    name: str
    counted: ledger.Counted


@needs_lead
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    rows = ledger.counted()
    moment = now()
    context: dict[str, Any] = {
        "sentence": sentence(ledger.summed(rows)),
        "ways": [Way(_way(row), row) for row in rows],
        "running": reconciling.running(moment),
        "runs": list(Reconciliation.objects.filter(ended_at__isnull=False)[:LATEST]),
    }
    if context["runs"]:
        latest = context["runs"][0]
        context |= {"latest": latest, "verdict": verdict(latest)}
        context["boxes"] = [{**one, "why": _why(one["trouble"])} for one in latest.mailboxes]
    template = "mail/_proof.html" if "HX-Request" in request.headers else "mail/proof.html"
    return framed(request, template, context, view=VIEW)


@needs_lead
@require_POST
def check_now(request: HttpRequest) -> HttpResponse:
    """Begin a comparison, unless one runs already; the page follows it."""
    moment = now()
    with transaction.atomic():
        if not reconciling.running(moment):
            run = reconciling.begin(now=moment)
            app.configure_task(reconciling.TASK, queue="desk", lock=reconciling.TASK).defer(run=run.pk)
            record([Fact("mail.asked", data={"run": run.pk, "by": request.user.pk})], now=moment)
    return redirect("mail:proof")


def sentence(sums: ledger.Sum) -> str:
    """ "12,481 messages arrived: 12,478 filed, 0 waiting, 3 put aside"."""
    return _("%(arrived)s: %(filed)s, %(waiting)s, %(aside)s.") % {
        "arrived": _said(ngettext("%(n)s message arrived", "%(n)s messages arrived", sums.arrived), sums.arrived),
        "filed": _said(ngettext("%(n)s filed", "%(n)s are filed", sums.filed), sums.filed),
        "waiting": _said(ngettext("%(n)s waits", "%(n)s wait", sums.waiting), sums.waiting),
        "aside": _said(ngettext("%(n)s put aside", "%(n)s are put aside", sums.aside), sums.aside),
    }


def verdict(run: Reconciliation) -> str:
    """What the last comparison proved, in a sentence."""
    if run.lost:
        return _said(ngettext("%(n)s message is missing.", "%(n)s messages are missing.", run.lost), run.lost)
    if run.not_compared:
        unread = run.not_compared
        return _said(
            ngettext("%(n)s mailbox could not be compared.", "%(n)s mailboxes could not be compared.", unread), unread
        )
    return _("Nothing is lost: every mail on the servers is here, and every mail here can be read.")


def _said(words: str, number: int) -> str:
    return words % {"n": number_format(number, force_grouping=True)}


def _way(row: ledger.Counted) -> str:
    if row.channel != "mail":
        return _("the customers' page")
    return {"door": _("our own door (SMTP, LMTP)"), "import": _("archives taken in")}.get(row.mailbox, row.mailbox)


def _why(trouble: str) -> str:
    return str(TROUBLES.get(trouble.partition(": ")[0], TROUBLES["other"])) if trouble else ""
