"""What did not help: the articles that help the fewest, and what readers wrote."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from samehand.desk.guide.frame import VIEW, tabs
from samehand.desk.office.acting import me
from samehand.guide import actions, queries
from samehand.lib.clock import now
from samehand.people.access import needs_staff

PAGE = 50
WORST = 10


@needs_staff
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.complaints(), PAGE).get_page(request.GET.get("page"))
    context = {
        "view": VIEW,
        "tabs": tabs(me(request), "votes"),
        "votes": list(page),
        "page": page,
        "worst": queries.unhelpful(get_language() or "pl", limit=WORST),
    }
    return render(request, "guide_desk/votes.html", context)


@needs_staff
@require_POST
def see_to(request: HttpRequest, vote_id: int) -> HttpResponse:
    actions.see_to(vote_id=vote_id, by=me(request), now=now())
    return redirect("desk_guide:votes")
