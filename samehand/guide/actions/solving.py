"""The solutions of a problem, as its published versions word them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from samehand.guide import facts
from samehand.guide.models import Problem, Revision, Solution, SolutionText
from samehand.guide.rendering import Plain, plain


def take_stock(problem: Problem, now: datetime) -> None:
    """Solutions that stand in a published version are there, in the order of the source; the others are retired."""
    shown = {revision.language: revision for revision in problem.revisions.filter(state=Revision.State.PUBLISHED)}
    worded = {language: plain(shown[language], facts=facts.values(language)) for language in shown}
    keys = list(dict.fromkeys(_keys(worded, problem.source_language)))
    _keep(problem, keys, now)
    rows = {row.key: row for row in problem.solutions.all()}
    for language, words in worded.items():
        _word(rows, language, words)
    SolutionText.objects.filter(solution__problem=problem).exclude(language__in=list(shown)).delete()


def _keys(worded: dict[str, Plain], source: str) -> Iterable[str]:
    for language in sorted(worded, key=lambda language: (language != source, language)):
        yield from (section.key for section in worded[language].sections if section.key)


def _keep(problem: Problem, keys: list[str], now: datetime) -> None:
    for place, key in enumerate(keys):
        # One that comes back is the same one: what was tried of it before still counts.
        Solution.objects.update_or_create(problem=problem, key=key, defaults={"place": place, "retired_at": None})
    problem.solutions.filter(retired_at=None).exclude(key__in=keys).update(retired_at=now)


def _word(rows: dict[str, Solution], language: str, words: Plain) -> None:
    solutions = {section.key: section for section in words.sections if section.key}
    for key, section in solutions.items():
        SolutionText.objects.update_or_create(
            solution=rows[key], language=language, defaults={"title": section.title[:200], "text": section.text}
        )
    gone = SolutionText.objects.filter(solution__in=list(rows.values()), language=language)
    gone.exclude(solution__key__in=solutions).delete()
