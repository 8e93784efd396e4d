"""The desk's lists: my queue, the team's, nobody's, waiting, solved, all; and search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samehand.cases import queries
from samehand.cases.access import visible_to
from samehand.cases.models import Case
from samehand.desk import paging
from samehand.desk.numbers import number
from samehand.desk.office.beginning import steps
from samehand.desk.showing import Row, rows
from samehand.desk.turns import given_to, with_lines
from samehand.lib.clock import now
from samehand.people.models import Staff
from samehand.people.queries import terms

SOME = 30
PROMISES = {
    "broken": _("promise broken, still waiting"),
    "at_risk": _("promise at risk"),
    "missed": _("a promise of today was broken"),
}


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    rows: list[Row]
    more: str = ""


@dataclass(frozen=True, slots=True)
class List:
    title: Any
    by_promise: bool = True


LISTS = {
    "queue": List(_("My queue")),
    "team": List(_("Team")),
    "nobody": List(_("Nobody's yet")),
    "waiting": List(_("Waiting for customers"), by_promise=False),
    "solved": List(_("Solved"), by_promise=False),
    "all": List(_("All cases"), by_promise=False),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The desk for us, the guide for everybody else."""
    if request.user.is_authenticated:
        return redirect("desk:queue")
    return redirect("guide:home", language=get_language() or settings.LANGUAGE_CODE)


@require_safe
@login_required
def show(request: HttpRequest, view: str) -> HttpResponse:
    """One list, whole page."""
    return render(request, "desk/list.html", _list(request, view))


@require_safe
@login_required
def list_rows(request: HttpRequest) -> HttpResponse:
    """The rows of a list alone: what the live line fetches again."""
    view = request.GET.get("view", "queue")
    if view not in LISTS:
        raise Http404
    return render(request, "desk/_rows.html", _list(request, view))


@require_safe
@login_required
def rail(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/rail.html", {"view": request.GET.get("view", "")})


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/_notices.html")


@require_safe
@login_required
def beside(request: HttpRequest, reference: str) -> HttpResponse:
    """My queue as it stands beside an open case."""
    return render(request, "desk/_beside.html", beside_case(request.user, reference, now()))


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").split())[:200]
    found = rows(queries.search(request.user, query), terms(), now()) if query else []
    return render(request, "desk/search.html", {"query": query, "rows": found, "page_size": queries.PAGE})


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A list that shows only some of its cases, as an address asks for it."""

    promise: str = ""
    owner: int | None = None

    @classmethod
    def asked(cls, request: HttpRequest) -> Narrowed:
        promise = request.GET.get("promise", "")
        return cls(promise if promise in PROMISES else "", number(request.GET.get("owner")))

    @property
    def query(self) -> str:
        asked = {"promise": self.promise, "owner": self.owner}
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def words(self) -> str:
        """What is shown; empty when it is all."""
        person = Staff.objects.filter(pk=self.owner).first() if self.owner else None
        told = [str(PROMISES[self.promise])] if self.promise else []
        return ", ".join([*told, person.full_name] if person else told)

    def of(self, cases: QuerySet[Case], moment: datetime) -> QuerySet[Case]:
        if self.owner is not None:
            cases = cases.filter(owner_id=self.owner)
        return queries.with_promise(cases, self.promise, moment) if self.promise else cases


def beside_case(user: Any, reference: str, moment: datetime) -> dict[str, Any]:
    mine = with_lines(rows(queries.my_queue(user, moment)[:SOME], terms(), moment), user, moment)
    return {"beside": mine, "current": reference, **given_to(user, moment)}


def _list(request: HttpRequest, view: str) -> dict[str, Any]:
    moment, after = now(), request.GET.get("after", "")
    key, behind = (
        (paging.promise_key, paging.behind_promise)
        if LISTS[view].by_promise
        else (paging.touched_key, paging.behind_touched)
    )
    narrowed = Narrowed.asked(request)
    found = paging.page(narrowed.of(_cases(request.user, view, moment), moment), after, behind, key)
    shown = with_lines(rows(found.cases, terms(), moment), cast(Staff, request.user), moment)
    sections = _my_sections(request.user, shown, moment, after) if view == "queue" else [Section("", shown)]
    sections = [section for section in sections if section.rows]
    return {
        "view": view,
        "steps": steps(cast(Staff, request.user)) if view == "queue" and not sections else [],
        "title": LISTS[view].title,
        "sections": sections,
        "next": found.next,
        "after": after,
        "narrowed": narrowed,
        "waiting": sum(1 for row in shown if row.due),
        "late": sum(1 for row in shown if row.due and row.due.state == "broken"),
        "first": next((row.due for row in shown if row.due and row.due.state != "broken"), None),
        "now": moment,
        **(given_to(cast(Staff, request.user), moment) if view == "queue" and not after else {}),
    }


def _my_sections(user: Any, shown: list[Row], moment: datetime, after: str) -> list[Section]:
    """What needs an answer, what is open without a question, and below it what waits for the customer."""
    sections = [
        Section("answer", [row for row in shown if row.due]),
        Section("open", [row for row in shown if not row.due]),
    ]
    if not after:
        waiting = list(queries.my_waiting(user)[: SOME + 1])
        more = "waiting" if len(waiting) > SOME else ""
        sections.append(Section("waiting", rows(waiting[:SOME], terms(), moment), more))
    return sections


def _cases(user: Staff | Any, view: str, moment: datetime) -> QuerySet[Case]:
    """Which cases a list holds; every one of them through `visible_to`."""
    if view == "queue":
        return queries.my_queue(user, moment)
    if view == "team":
        return queries.team_queue(moment).filter(pk__in=visible_to(user).values("pk"))
    if view == "nobody":
        return queries.unassigned(moment).filter(pk__in=visible_to(user).values("pk"))
    status = {"waiting": Case.Status.WAITING, "solved": Case.Status.SOLVED}.get(view, "")
    return queries.recent(user, status)
