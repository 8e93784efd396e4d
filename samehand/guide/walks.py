"""A way through a tree in words: what was asked, what she answered, what she tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from samehand.core.articles import filled
from samehand.core.trees import FAILED, HELPED, LostWay, Step, Tree, Walk, split, walk
from samehand.guide import facts, trees
from samehand.guide.models import Revision, Solution, SolutionText
from samehand.guide.queries import everywhere
from samehand.guide.rendering import words

# More than any tree asks, and in an address still short.
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Line:
    """`solution` is problem#solution when it was a step to try; `said` is what the address says of it."""

    asked: str
    answered: str
    said: str
    solution: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody answered, in `language`; `tried` are the problem#solution that did not help."""

    key: str
    answers: str
    title: str
    lines: tuple[Line, ...]
    tried: tuple[str, ...]
    topic: str
    problem: str
    urgent: bool

    @property
    def text(self) -> str:
        return "\n".join(f"{line.asked} {line.answered}" for line in self.lines)


def walked(key: str, answers: str) -> Walk | None:
    """The way in a published tree; None when there is no such tree, or the answers are not of it."""
    tree = trees.published_tree(key)
    if tree is None or len(answers) > LONGEST:
        return None
    try:
        return walk(tree, split(answers))
    except LostWay:
        return None


def told(key: str, answers: str, language: str) -> Told | None:
    """The way in words; None when it is none, or nothing has been answered yet."""
    way = walked(key, answers)
    return told_of(way, language) if way and way.steps else None


def told_of(way: Walk, language: str) -> Told:
    tree, said = way.tree, facts.values(language)
    titles = titles_of([step.solution for step in way.steps if step.solution], language)
    ends = [end for end in tree.ends if end.id == way.end]
    return Told(
        tree.key, ".".join(way.answers), title_of(tree, language), lines_of(way, language, said, titles), way.failed,
        ends[0].topic if ends else "", tree.problem, bool(ends and ends[0].urgent),
    )  # fmt: skip


def title_of(tree: Tree, language: str) -> str:
    return tree.titles[language]


def lines_of(way: Walk, language: str, said: Mapping[str, str], titles: Mapping[str, str]) -> tuple[Line, ...]:
    with override(language):
        return tuple(_line(step, language, said, titles) for step in way.steps)


def _line(step: Step, language: str, said: Mapping[str, str], titles: Mapping[str, str]) -> Line:
    if step.answer:
        asked = getattr(step.node, "question", {}).get(language, "")
        return Line(filled(asked, said), filled(step.answer.words[language], said), step.said)
    title = titles.get(step.solution) or _("The next step")
    verdict = {HELPED: _("I tried it and it helped."), FAILED: _("I tried it and it did not help.")}
    return Line(f"{title}:", verdict.get(step.said, _("I could not do this.")), step.said, step.solution)


def titles_of(solutions: list[str], language: str) -> dict[str, str]:
    """What the solutions (problem#solution) are called in this language, else in the other."""
    problems = {each.partition("#")[0] for each in solutions}
    rows = SolutionText.objects.filter(solution__problem__key__in=problems).select_related("solution__problem")
    said = facts.values(language)
    # The language asked for comes last and stays.
    found = sorted(rows, key=lambda row: row.language == language)
    named = {str(row.solution): words(row.title, said) for row in found}
    return {each: named[each] for each in solutions if each in named}


def article_of(problem: str, language: str) -> Revision | None:
    """The published article of a problem in this language, else in whichever it has."""
    rows = everywhere().filter(problem__key=problem)
    return max(rows, key=lambda row: row.language == language, default=None)


def there(solutions: tuple[str, ...]) -> list[Solution]:
    """Those of the solutions that the house has, in their order."""
    problems = {each.partition("#")[0] for each in solutions}
    found = {str(row): row for row in Solution.objects.filter(problem__key__in=problems).select_related("problem")}
    return [found[each] for each in solutions if each in found]
