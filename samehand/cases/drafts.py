"""A draft held against the ledger: which solutions it offers, by link, by insertion, or in other words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Count, Max

from samehand.cases.models import Case, Offer
from samehand.cases.tried import of_case, perhaps_tried
from samehand.core import solutions
from samehand.core.solutions import Advice, Allow, Draft, Refuse, Tried, Weights
from samehand.guide.models import Redirect, Revision, Solution, SolutionText

LINKS = 50
# Letters of an advice that are kept.
ADVICE = 2_000
_URL = re.compile(r"https?://[^\s<>\"]{1,600}")
# As the public pages have them: shelf and article, in both languages.
_ARTICLE = re.compile(r"^/(?P<language>pl|en)/(?:pomoc|help)/[^/]{1,120}/(?P<slug>[^/\x00]{1,120})/?$")
# How an inserted solution says where a link of its own leads.
_ASIDE = re.compile(r" \(https?://[^\s)]{1,600}\)")
Linked = tuple[int, str]


def draft_of(text: str, inserted: Collection[int] = ()) -> Draft:
    """A draft with what its links lead to; `inserted` are solutions that the composer put in. What those mention on the
    way, and where they link to, is no advice of the writer's own."""
    put_in = _still_in(text, inserted)
    text = _besides(text, put_in)
    linked = _linked(text)
    solutions_of: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Solution.objects.filter(problem__in={problem for problem, _mark in linked})
    for pk, problem, key in rows.values_list("pk", "problem_id", "key"):
        solutions_of[problem][key] = pk
    chosen, whole = set(), set()
    for problem, mark in linked:
        if mark in solutions_of[problem]:
            chosen.add(solutions_of[problem][mark])
        else:
            whole.add(problem)
            chosen |= set(solutions_of[problem].values())
    return Draft(text, frozenset(chosen), frozenset(whole), wordings(put_in))


def _still_in(text: str, inserted: Collection[int]) -> frozenset[int]:
    """Of one that was deleted again, no line is left."""
    lines = {_bare(line) for line in text.splitlines()}
    return frozenset(solution for solution, brought in _brought(inserted).items() if brought & lines)


def _besides(text: str, inserted: Collection[int]) -> str:
    """The text without the lines that solutions which the composer put in brought along."""
    brought = set().union(*_brought(inserted).values())
    return "\n".join(line for line in text.splitlines() if _bare(line) not in brought)


def _brought(inserted: Collection[int]) -> dict[int, set[str]]:
    """The lines of each, in every language."""
    return {
        solution: {_bare(line) for one in texts for line in (one.title, *one.text.splitlines())} - {""}
        for solution, texts in wordings(inserted).items()
    }


def _bare(line: str) -> str:
    return _ASIDE.sub("", line).strip()


def link_to(text: str, problem: int) -> str:
    """The address by which a text links to the article of a problem."""
    return next((url for url in _urls(text) if any(there == problem for there, _mark in _linked(url))), "")


def judged(case: Case, draft: Draft, now: datetime) -> Allow | Refuse:
    """What failed for this customer and problem refuses; for a problem that nobody has named yet it warns."""
    tried = [*_tried(list(of_case(case).select_related("solution")))]
    tried += _tried(list(perhaps_tried(case, now).select_related("solution")), outcome="unknown")
    return solutions.judge(draft, tried, weights_now()) if tried else Allow()


def tried_of(case: Case, solution_ids: Collection[int]) -> set[int]:
    """Of these solutions, those that failed for the case's customer or that she is still at, whatever they were
    offered as."""
    tried, heavy, worded = _tried(list(of_case(case).select_related("solution"))), weights_now(), wordings(solution_ids)
    decided = {pk: solutions.judge(Draft("", inserted={pk: worded.get(pk, ())}), tried, heavy) for pk in solution_ids}
    return {pk for pk, decision in decided.items() if decision != Allow()}


def wordings(solution_ids: Collection[int]) -> Mapping[int, tuple[Advice, ...]]:
    """How the solutions read, in every language."""
    found: dict[int, list[Advice]] = defaultdict(list)
    texts = SolutionText.objects.filter(solution__in=solution_ids).order_by("pk")
    for solution, title, text in texts.values_list("solution_id", "title", "text"):
        found[solution].append(Advice(title, text))
    return {solution: tuple(texts) for solution, texts in found.items()}


def words_of(solution_id: int, language: str) -> str:
    """Its title and steps as they read today, to be kept with an offer."""
    texts = SolutionText.objects.filter(solution=solution_id).values_list("language", "title", "text")
    found = sorted(texts, key=lambda one: one[0] != language)
    return f"{found[0][1]}\n{found[0][2]}"[:ADVICE] if found else ""


def as_given(offer: Offer) -> tuple[Advice, ...]:
    """A solution of the guide in the words of then."""
    title, _line, steps = offer.text.partition("\n")
    return (Advice(title, steps),) if offer.text else ()


def weights_now() -> Weights:
    """How heavy words are among all that the guide advises; reckoned anew when solutions come or go."""
    known = SolutionText.objects.aggregate(count=Count("pk"), newest=Max("pk"))
    return _weights(known["count"], known["newest"] or 0)


@lru_cache(maxsize=2)
def _weights(count: int, newest: int) -> Weights:
    rows = SolutionText.objects.values_list("title", "text")
    return solutions.weights(Advice(title, text) for title, text in rows)


def _tried(offers: list[Offer], outcome: str = "") -> list[Tried]:
    given = [offer.solution for offer in offers if offer.solution]
    known = wordings({solution.pk for solution in given})
    beside: dict[int, set[int]] = defaultdict(set)
    articles = Solution.objects.filter(problem__in={solution.problem_id for solution in given})
    for pk, problem in articles.values_list("pk", "problem_id"):
        beside[problem].add(pk)
    return [_as_tried(offer, known, beside, outcome) for offer in offers]


def _as_tried(
    offer: Offer, known: Mapping[int, tuple[Advice, ...]], beside: Mapping[int, set[int]], outcome: str
) -> Tried:
    said = outcome or offer.outcome
    if offer.solution:
        # Also in the words in which it was given: the article may say something else by now, or nothing.
        wordings = dict.fromkeys((*known.get(offer.solution.pk, ()), *as_given(offer)))
        others = frozenset(beside[offer.solution.problem_id] - {offer.solution.pk})
        return Tried(offer.pk, offer.solution.pk, said, tuple(wordings), beside=others)
    if articles := _linked(offer.text):
        return Tried(offer.pk, 0, said, (), articles[0][0])
    return Tried(offer.pk, 0, said, (Advice("", offer.text),))


def _linked(text: str) -> list[Linked]:
    """The articles that a text links to, by their present or an old address, each with the mark behind it."""
    found = [one for url in _urls(text) if (one := _address(url))]
    if not found:
        return []
    slugs = {slug for _language, slug, _mark in found}
    there = Redirect.objects.filter(slug__in=slugs).values_list("language", "slug", "problem_id")
    published = Revision.objects.filter(slug__in=slugs, state=Revision.State.PUBLISHED)
    problems = {(language, slug): problem for language, slug, problem in there}
    problems |= {
        (language, slug): problem for language, slug, problem in published.values_list("language", "slug", "problem_id")
    }
    ways = ((problems.get((language, slug)), mark) for language, slug, mark in found)
    return list(dict.fromkeys((problem, mark) for problem, mark in ways if problem))


def _urls(text: str) -> list[str]:
    return [url.rstrip(".,;:!?)]»”") for url in _URL.findall(text[: solutions.LETTERS])[:LINKS]]


def _address(url: str) -> tuple[str, str, str] | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    ours = urlsplit(settings.URL)
    match = _ARTICLE.match(unquote(parts.path)) if parts.netloc.lower() == ours.netloc.lower() else None
    return (match["language"], match["slug"], parts.fragment) if match else None
