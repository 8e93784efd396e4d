"""What leads learn from the ledger: what helps, what does not, and what was not offered again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samehand.cases.success import Success, kept, sent_in_spite, solved_at_first, successes, unhelpful
from samehand.cases.tried import title_of
from samehand.core.scopes import NAMES
from samehand.core.shares import Share
from samehand.desk.numbers import number
from samehand.lib.clock import now
from samehand.people.access import needs_lead

SPANS = (7, 30, 90, 365)
MOST = 300
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("problem", "solution", "title", "family", "offered", "outcomes", "helped", "low", "high")


@dataclass(frozen=True, slots=True)
class Row:
    """A solution in the table; `families` are (name, share)."""

    success: Success
    families: tuple[tuple[str, Share], ...]


@needs_lead
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    since, until, days = _span(request)
    found = successes(since, until)
    again = [(one, title_of(one.offer)) for one in sent_in_spite(since, until)[:50]]
    context = {
        "view": "solutions",
        "days": days,
        "spans": SPANS,
        "rows": [_row(one) for one in found[:MOST]],
        "unhelpful": unhelpful(found),
        "first": solved_at_first(since, until),
        "kept": kept(since, until),
        "again": again,
    }
    return render(request, "solutions/page.html", context)


@needs_lead
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The same as a table for spreadsheets: a line for all phones and one for each family."""
    since, until, days = _span(request)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in successes(since, until):
        writer.writerows([_safe(cell) for cell in line] for line in _lines(one))
    headers = {
        "Content-Disposition": f'attachment; filename="solutions-{days}-days.csv"',
        "Cache-Control": "private, no-store",
    }
    # The mark at the beginning tells Excel that this is UTF-8.
    return HttpResponse(
        b"\xef\xbb\xbf" + out.getvalue().encode(), content_type="text/csv; charset=utf-8", headers=headers
    )


def _span(request: HttpRequest) -> tuple[datetime, datetime, int]:
    asked = number(request.GET.get("days"))
    days = asked if asked in SPANS else 30
    moment = now()
    return moment - timedelta(days=days), moment, days


def _row(one: Success) -> Row:
    return Row(one, tuple((_family(name), found) for name, found in one.families if found.of))


def _family(key: str) -> str:
    name = NAMES.get(key)
    if name is None:
        return _("other phones")
    return name.en if (get_language() or "pl")[:2] == "en" else name.pl


def _lines(one: Success) -> Iterator[tuple[object, ...]]:
    for family, found in (("", one.share), *one.families):
        offered = one.offered if not family else ""
        share = (found.of, found.count, f"{found.low:.3f}", f"{found.high:.3f}")
        yield (one.problem_key, one.solution_key, one.title, family, offered, *share)


def _safe(cell: object) -> str:
    """A title that begins like a formula must not become one in somebody's spreadsheet."""
    text = str(cell)
    return f"'{text}" if text.startswith(_DANGEROUS) else text
