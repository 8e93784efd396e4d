"""A customer whom the guide knows says what came of a solution: her ledger learns it, and so does her consultant."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samehand.cases import actions
from samehand.guide.queries import published
from samehand.lib.clock import now
from samehand.lib.languages import in_language
from samehand.lib.limits import limited
from samehand.lib.origins import is_ours
from samehand.lib.publishing import private
from samehand.portal.guide import addresses, reader
from samehand.portal.guide.slowing import VOTES, too_often


@csrf_exempt
@require_POST
@in_language
@limited(VOTES, too_often)
def outcome(request: HttpRequest, language: str, problem: str, solution: str) -> HttpResponse:
    known = reader.of(request).customer
    if known is None or not is_ours(request):
        return HttpResponseForbidden()
    article = published(language).filter(problem__key=problem).first()
    if article is None:
        raise Http404
    if (helped := {"yes": True, "no": False}.get(request.POST.get("helped", ""))) is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    told = actions.say_outcome(
        customer_id=known.pk,
        problem_id=article.problem_id,
        solution_key=solution,
        helped=helped,
        how="guide",
        now=now(),
    )
    if told is None:
        raise Http404
    return private(redirect(f"{addresses.of_article(article)}#{solution}"))
