"""What was tried and what to try next, in the words of the consultant's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samehand.cases.models import Case, Outcome
from samehand.cases.success import suggested
from samehand.cases.tried import TO_US, Tried, tried_in
from samehand.core.shares import Share
from samehand.core.solutions import Suggestion
from samehand.guide import facts, queries
from samehand.guide.models import OwnedDevice, Problem, Revision, Solution
from samehand.guide.rendering import Plain, plain
from samehand.guide.rendering.targets import address
from samehand.lib.spoken import day

MOST = 6
CHANNELS = {
    "mail": gettext_lazy("by mail"),
    "web": gettext_lazy("on the page"),
    "phone": gettext_lazy("by phone"),
    "letter": gettext_lazy("by letter"),
    "social": gettext_lazy("on social media"),
    "guide": gettext_lazy("found it in the guide"),
}
HOWS = {
    "mail": gettext_lazy("the customer wrote"),
    "page": gettext_lazy("said on the customer's page"),
    "link": gettext_lazy("said by a link"),
    "guide": gettext_lazy("said in the guide"),
    "phone": gettext_lazy("said by phone"),
    "staff": gettext_lazy("written down by a colleague"),
}
OUTCOMES = (
    (Outcome.HELPED, gettext_lazy("Helped"), "check"),
    (Outcome.FAILED, gettext_lazy("Did not help"), "x"),
    (Outcome.NOT_TRIED, gettext_lazy("Not tried"), "circle-dashed"),
)


@dataclass(frozen=True, slots=True)
class Offerable:
    """A suggestion as the composer shows it; `words` go into the answer."""

    solution_id: int
    title: str
    counts: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """Something that was tried, with the words for how it went."""

    tried: Tried

    @property
    def channel_word(self) -> str:
        return str(CHANNELS.get(self.tried.channel, self.tried.channel))

    @property
    def outcome_word(self) -> str:
        return str(Outcome(self.tried.outcome).label)

    @property
    def how_word(self) -> str:
        return str(HOWS.get(self.tried.outcome_how, ""))


def panel(case: Case) -> dict[str, Any]:
    """What was tried for the case's problem, by the latest first, and what to try next."""
    tried = [Row(one) for one in tried_in(case)]
    articles = _articles(case)
    return {
        "tried": tried,
        "tried_failed": sum(one.tried.outcome == Outcome.FAILED for one in tried),
        "problem_title": title_of(case.problem),
        "suggestions": _offerable(case, articles),
        "problem_solutions": _solutions(case),
        "tried_outcomes": OUTCOMES,
        "tried_channels": [(key, CHANNELS[key]) for key in ("phone", "letter", "social", "mail", "web")],
    }


def lines_of(case: Case, moment: datetime) -> list[tuple[str, str, str, str]]:
    """What was tried elsewhere than in the case's own answers, for its brief: what, how it went, its outcome, her
    words. What its answers advised, the brief takes from them."""
    own = [Row(one) for one in tried_in(case) if one.channel != "mail" or one.case_id != case.pk]
    return [
        (
            one.tried.title,
            " · ".join(
                filter(None, (one.tried.by_name, one.channel_word, day(one.tried.at, moment), one.outcome_word))
            ),
            one.tried.outcome,
            one.tried.words,
        )
        for one in own
    ]


def title_of(problem: Problem | None) -> str:
    """What the guide calls the problem in the reader's language."""
    if problem is None:
        return ""
    there = {
        one.language: one.title for one in Revision.objects.filter(problem=problem, state=Revision.State.PUBLISHED)
    }
    return there.get((get_language() or "pl")[:2]) or next(iter(there.values()), problem.key)


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every problem by its shelf: (shelf, [(key, title)])."""
    language = (get_language() or "pl")[:2]
    shown = list(queries.published(language).order_by("problem__category__place", "problem__category__key", "title"))
    shelves = groupby(shown, key=lambda one: one.problem.category)
    return [
        (shelf.names.get(language, shelf.key), [(one.problem.key, one.title) for one in ones])
        for shelf, ones in shelves
    ]


def counted(found: Share) -> str:
    """ "helped 14 of 17, 59–94%": few trials say little, and the interval says how little."""
    if not found.of:
        return _("nobody has said yet whether it helps")
    said = {"count": found.count, "of": found.of, "low": round(100 * found.low), "high": round(100 * found.high)}
    return _("helped %(count)d of %(of)d, %(low)d–%(high)d%%") % said


def in_words(found: Share) -> str:
    """ "14 of 17, 59–94%"."""
    if not found.of:
        return _("no outcome yet")
    said = {"count": found.count, "of": found.of, "low": round(100 * found.low), "high": round(100 * found.high)}
    return _("%(count)d of %(of)d, %(low)d–%(high)d%%") % said


def _articles(case: Case) -> tuple[Revision, Plain] | None:
    """The published article of the case's problem in the customer's language, for her phone."""
    if case.problem is None:
        return None
    for language in (case.language, "pl", "en"):
        found = queries.published(language).filter(problem=case.problem).first()
        if found:
            known = facts.values(language)
            return found, plain(found, scope=_scope(case), facts=known, base=settings.URL)
    return None


def _scope(case: Case) -> frozenset[str]:
    owned = OwnedDevice.objects.filter(customer=case.customer_id).select_related("device").first()
    return frozenset({owned.device.family}) if owned else frozenset()


def _offerable(case: Case, article: tuple[Revision, Plain] | None) -> list[Offerable]:
    if article is None:
        return []
    keys = dict(Solution.objects.filter(problem=case.problem).values_list("pk", "key"))
    found = [_one(one, keys.get(one.solution, ""), *article) for one in suggested(case)]
    return [one for one in found if one][:MOST]


def _one(suggestion: Suggestion, key: str, revision: Revision, article: Plain) -> Offerable | None:
    section = article.solution(key)
    if section is None:
        return None
    shelf = revision.problem.category
    path = address(
        "article", revision.language, category=shelf.slugs.get(revision.language, shelf.key), slug=revision.slug
    )
    link = f"\n{settings.URL}{path}#{key}" if path else ""
    counts = counted(suggestion.share)
    if suggestion.of_family:
        counts = _("%(counts)s, on phones like this one") % {"counts": counts}
    return Offerable(suggestion.solution, section.title, counts, f"{section.title}\n{section.text}{link}\n")


def _solutions(case: Case) -> list[tuple[int, str]]:
    """The solutions of the case's problem, to note one that was tried."""
    if not case.problem_id:
        return []
    language = (get_language() or "pl")[:2]
    rows = Solution.objects.filter(problem=case.problem_id, retired_at=None).exclude(key__in=TO_US)
    rows = rows.prefetch_related("texts").order_by("place")
    return [(one.pk, next((t.title for t in one.texts.all() if t.language == language), one.key)) for one in rows]
