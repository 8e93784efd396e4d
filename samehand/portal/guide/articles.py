"""The page of an article: a problem and its ways out, for the reader's own phone and tariff."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samehand.guide import facts, queries, shelves
from samehand.guide.actions.asking import opened_after
from samehand.guide.models import Came, Kind, Revision
from samehand.guide.rendering import Rendered, page, words
from samehand.guide.shelves import Shelf
from samehand.lib.clock import now
from samehand.lib.languages import in_language
from samehand.lib.publishing import public
from samehand.portal.guide import addresses, finding, reader, structured
from samehand.portal.guide.choosing import choice
from samehand.portal.guide.coming import Coming, coming
from samehand.portal.guide.frame import Head, shown
from samehand.portal.guide.lists import entries
from samehand.portal.guide.standing import behind
from samehand.portal.guide.tried import sections_for
from samehand.portal.guide.votes import voting


@require_safe
@in_language
@public
def article(request: HttpRequest, language: str, category: str, slug: str) -> HttpResponse:
    there = queries.article(language, slug)
    if there is None:
        return _elsewhere(request, language, slug)
    found = there.revision
    if there.moved or category != Shelf.of(found.problem.category, language).slug:
        return redirect(addresses.of_article(found), permanent=True)
    came = coming(request)
    if came.query:
        opened_after(query=came.query, language=language, problem=found.problem, now=now())
    return _page(request, found, came)


def _elsewhere(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """An address that it has in another language; else what its words find."""
    other = shelves.elsewhere(language, slug)
    if other is None:
        return finding.nothing(request, language, slug)
    if here := shelves.translations(other.problem).get(language):
        return redirect(addresses.of_article(here))
    head = Head(title=_("Not in this language yet"), path=addresses.of("home", language), hidden=True)
    return shown(request, language, "untranslated.html", head, status=404, entry_list=entries([other], Came.ELSEWHERE))


def _page(request: HttpRequest, found: Revision, came: Coming) -> HttpResponse:
    language, known = found.language, reader.of(request)
    versions = shelves.translations(found.problem)
    said = facts.values(language, now())
    voted = voting(request, found)
    chosen = choice(request, found, known.customer)
    rendered = page(found, scope=chosen.scope, facts=said)
    crumbs = _crumbs(found)
    title, summary = words(found.title, said), words(found.summary, said)
    head = Head(
        title=title,
        path=addresses.of_article(found),
        description=summary,
        others={code: addresses.of_article(one) for code, one in versions.items()},
        data=(
            structured.crumbs((*crumbs, (title, addresses.of_article(found)))),
            _data(found, title, summary, rendered),
        ),
    )
    return shown(
        request, language, "article.html", head, own=bool(voted.mine),
        revision=found, problem=found.problem, title=title, summary=summary, crumbs=crumbs, checked_on=_checked(found),
        intro=rendered.intro, sections=sections_for(rendered, known.customer, found.problem),
        contents=[one for one in rendered.sections if one.solution], choice=chosen, came=came,
        related=entries(shelves.by_keys(found.problem.related, language), Came.RELATED),
        behind=behind(found, versions), voting=voted, only_here=_only_here(versions),
    )  # fmt: skip


def _crumbs(found: Revision) -> tuple[tuple[str, str], ...]:
    shelf = Shelf.of(found.problem.category, found.language)
    there = addresses.of("category", found.language, category=shelf.slug)
    return ((_("Help"), addresses.of("home", found.language)), (shelf.name, there))


def _data(found: Revision, title: str, summary: str, rendered: Rendered) -> structured.Data:
    if found.problem.kind == Kind.TECHNICAL and any(one.steps for one in rendered.sections):
        parts = [(one.title, one.steps) for one in rendered.sections]
        return structured.how_to(title, summary, found.language, parts)
    told = [rendered.intro, *(f"{one.title}. {one.html}" for one in rendered.sections)]
    return structured.question(title, found.language, " ".join(strip_tags(" ".join(told)).split()))


def _checked(found: Revision) -> date | None:
    """When somebody last looked at it: the day from which its next look is counted, or that of its version."""
    published = timezone.localtime(found.published_at).date() if found.published_at else None
    problem = found.problem
    looked = problem.review_by - timedelta(days=problem.review_every) if problem.review_by else None
    return max(
        (day for day in (published, looked) if day and day <= timezone.localtime(now()).date()), default=published
    )


def _only_here(versions: dict[str, Revision]) -> bool:
    return len(versions) == 1
