"""The brief of a case on the desk: in words, to be read, edited and called back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samehand.cases import actions
from samehand.cases.access import visible_to
from samehand.cases.actions.briefing import MAX_TEXT
from samehand.cases.briefs import Told, opens_by_itself, told
from samehand.cases.models import Case
from samehand.core.briefs import Brief, Given, Quote, Tried
from samehand.desk.numbers import number
from samehand.desk.solutions.showing import lines_of
from samehand.lib.clock import now
from samehand.lib.spoken import by, when
from samehand.people.models import Staff

ENDS = {
    "helped": gettext_lazy("it helped"),
    "partly": gettext_lazy("it helped in part"),
    "failed": gettext_lazy("it did not help"),
    "unclear": gettext_lazy("the customer wrote"),
    "silent": gettext_lazy("nothing came back"),
}
TONES = {
    "authority": gettext_lazy("speaks of authorities or courts"),
    "leaving": gettext_lazy("speaks of leaving"),
    "complaint": gettext_lazy("complains formally"),
    "upset": gettext_lazy("upset"),
    "urgent": gettext_lazy("says it is urgent"),
    "thankful": gettext_lazy("thankful"),
    "calm": gettext_lazy("calm"),
}
GRAVE = ("authority", "leaving", "complaint", "upset")


@dataclass(frozen=True, slots=True)
class Line:
    """`text` was said by somebody; `note` are our words of it. `state` is an outcome, a fate or a tone."""

    text: str
    note: str = ""
    state: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    lines: tuple[Line, ...]


def brief_of(case: Case, reader: Staff, moment: datetime) -> dict[str, Any]:
    """What the pages need to show a case's brief."""
    found = told(case, moment)
    return {
        "brief": found,
        "brief_sections": sections(found.rule, moment, [Line(*one) for one in lines_of(case, moment)]),
        "brief_since": [Line(one.text, _said(one, moment)) for one in found.since],
        "brief_open": opens_by_itself(case, reader),
    }


def sections(brief: Brief, moment: datetime, elsewhere: Sequence[Line] = ()) -> list[Section]:
    """The rule's brief in the reader's language; `elsewhere` is what was tried by phone, in other cases, in
    the guide."""
    told = (
        ("wants", _("Wants"), [Line(one.text) for one in brief.wants]),
        ("tried", _("Tried"), [*elsewhere, *(_tried(one, moment) for one in brief.tried)]),
        ("promised", _("Promised"), [_given(one, moment) for one in brief.promised]),
        ("notes", _("Notes"), [Line(one.text, _said(one, moment)) for one in brief.notes]),
        ("tone", _("Tone"), list(_tone(brief))),
    )
    return [Section(key, title, tuple(lines)) for key, title, lines in told if lines]


def _said(one: Quote, moment: datetime) -> str:
    return f"{one.name or _('customer')}, {when(one.at, moment)}"


def _tried(one: Tried, moment: datetime) -> Line:
    return Line(one.what.text, f"{_said(one.what, moment)} · {ENDS[one.outcome]}", one.outcome, one.reaction)


def _given(one: Given, moment: datetime) -> Line:
    return Line(one.what.text, f"{_said(one.what, moment)} · {_fate(one, moment)}", one.fate)


def _fate(one: Given, moment: datetime) -> str:
    if one.fate == "due" and one.until:
        return by(one.until, moment)
    if one.fate == "past":
        return _("its time is over, nobody has written since")
    return _("written to since") if one.fate == "followed" else _("without a date")


def _tone(brief: Brief) -> Iterator[Line]:
    for key, why in brief.tone:
        yield Line(str(TONES[key]), "", "grave" if key in GRAVE else key, why)
    if brief.reminders:
        again = ngettext("asked again %(count)d time", "asked again %(count)d times", brief.reminders)
        yield Line(again % {"count": brief.reminders}, "", "grave")


def as_text(told: list[Section]) -> str:
    """What one begins with who edits the rule's words."""
    blocks = []
    for section in told:
        lines = [f"– {line.text}{_aside(line)}" for line in section.lines]
        blocks.append("\n".join([f"{section.title}:", *lines]))
    return "\n\n".join(blocks)


def _aside(line: Line) -> str:
    note = f" ({line.note})" if line.note else ""
    return f"{note}: „{line.quote}”" if line.quote else note


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def brief(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel, or with `edit` its form; a POST keeps what was written."""
    case = get_object_or_404(visible_to(request.user), reference=reference.upper())
    if request.method == "POST":
        return _keep(request, case)
    return _show(request, case, editing="edit" in request.GET)


def _keep(request: HttpRequest, case: Case) -> HttpResponse:
    said = request.POST
    text = said.get("text", "")
    try:
        actions.edit_brief(
            case_id=case.pk,
            author_id=_me(request),
            text=text,
            version=number(said.get("version")) or 0,
            seen=number(said.get("seen")) or 0,
            now=now(),
        )
    except actions.NothingWritten:
        return _show(request, case, editing=True, typed=text, trouble=_("Write something first."))
    except actions.BriefChanged:
        trouble = _("Not kept: somebody changed it meanwhile. Theirs stands above, yours below.")
        return _show(request, case, editing=True, typed=text, trouble=trouble, theirs=True)
    except actions.Joined:
        trouble = _("Not kept: this case is part of another one now.")
        return _show(request, case, editing=True, typed=text, trouble=trouble)
    return _show(request, case)


@login_required
@require_POST
def use(request: HttpRequest, reference: str) -> HttpResponse:
    """The rule's words, or with `own` those that somebody wrote."""
    case = get_object_or_404(visible_to(request.user), reference=reference.upper())
    if not case.merged_into_id:
        actions.use_brief(case_id=case.pk, author_id=_me(request), own="own" in request.POST, now=now())
    return _show(request, case)


def _show(request: HttpRequest, case: Case, *, editing: bool = False, typed: str = "", **more: Any) -> HttpResponse:
    """The panel for htmx; without a script the page of the case, where it opens."""
    moment = now()
    context = brief_of(case, cast(Staff, request.user), moment)
    found: Told = context["brief"]
    begun = found.own.text if found.own and found.own.in_use else as_text(context["brief_sections"])
    context |= {"case": case, "editing": editing, "typed": typed or begun, "most": MAX_TEXT, **more}
    if "HX-Request" in request.headers:
        return render(request, "desk/_brief_body.html", context)
    if not editing:
        return redirect(f"{case_address(case)}#brief")
    return render(request, "desk/brief.html", {**context, "view": ""})


def case_address(case: Case) -> str:
    return reverse("desk:case", args=[case.reference])


def _me(request: HttpRequest) -> int:
    return cast(int, request.user.pk)
