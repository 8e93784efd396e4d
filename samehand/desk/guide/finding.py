"""The rows that a page of the editors' guide is about."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_datetime

from samehand.desk.office.acting import me
from samehand.guide.access import visible_to
from samehand.guide.models import Problem, Revision
from samehand.people.models import Language


def problem_of(key: str) -> Problem:
    return get_object_or_404(Problem.objects.select_related("category", "owner"), key=key)


def revision_of(request: HttpRequest, revision_id: int) -> Revision:
    seen = visible_to(me(request)).select_related("problem__category", "author", "reviewer", "based_on")
    return get_object_or_404(seen, pk=revision_id)


def open_draft(request: HttpRequest, problem: Problem, language: str) -> Revision | None:
    seen = visible_to(me(request)).select_related("author", "reviewer", "based_on")
    return seen.filter(problem=problem, language=language, state__in=Revision.OPEN).first()


def seen_of(request: HttpRequest) -> datetime | None:
    """When what she had before her was saved; a mangled moment is none, and the text counts as changed meanwhile."""
    try:
        return parse_datetime(request.POST.get("seen", ""))
    except ValueError:
        return None


def known_language(language: str) -> str:
    if language not in Language.values:
        raise Http404
    return language
