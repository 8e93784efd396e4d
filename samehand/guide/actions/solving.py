"""The solutions of a problem, as its published versions word them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from samehand.guide import facts
from samehand.guide.models import Problem, Revision, Solution, SolutionText
from samehand.guide.rendering import Plain, PlainSection, plain


def take_stock(problem: Problem, now: datetime) -> None:
    """Solutions that stand in a published version are there, in the order of the source; the others are retired."""
    shown = {revision.language: revision for revision in problem.revisions.filter(state=Revision.State.PUBLISHED)}
    worded = {language: plain(shown[language], facts=facts.values(language)) for language in shown}
    rows = _kept(problem, list(dict.fromkeys(_keys(worded, problem.source_language))), now)
    said = {
        (rows[section.key].pk, language): section
        for language, words in worded.items()
        for section in words.sections
        if section.key
    }
    _word(problem, said)


def _keys(worded: dict[str, Plain], source: str) -> Iterable[str]:
    for language in sorted(worded, key=lambda language: (language != source, language)):
        yield from (section.key for section in worded[language].sections if section.key)


def _kept(problem: Problem, keys: list[str], now: datetime) -> dict[str, Solution]:
    """The solutions by their keys. One that comes back is the same one: what was tried of it before still counts."""
    rows = {row.key: row for row in problem.solutions.all()}
    for place, key in enumerate(keys):
        row = rows.setdefault(key, Solution(problem=problem, key=key, place=-1))
        if row.place != place or row.retired_at is not None:
            row.place, row.retired_at = place, None
            row.save()
    problem.solutions.filter(retired_at=None).exclude(key__in=keys).update(retired_at=now)
    return rows


def _word(problem: Problem, said: dict[tuple[int, str], PlainSection]) -> None:
    """Every solution is worded in each language as it stands there; what stands nowhere any more goes."""
    there = {(row.solution_id, row.language): row for row in SolutionText.objects.filter(solution__problem=problem)}
    for (solution, language), section in said.items():
        row = there.pop((solution, language), None) or SolutionText(solution_id=solution, language=language)
        title = section.title[:200]
        if (row.title, row.text) != (title, section.text) or row.pk is None:
            row.title, row.text = title, section.text
            row.save()
    SolutionText.objects.filter(pk__in=[row.pk for row in there.values()]).delete()
