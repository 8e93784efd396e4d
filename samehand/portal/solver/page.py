"""One page of guided questions: what is asked or offered now, what has been answered, where each answer leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samehand.core.articles import filled
from samehand.core.trees import FAILED, HELPED, UNABLE, End, Question, Walk, joined, longest, solution_of
from samehand.guide import facts, walks
from samehand.guide.models import Came, Revision
from samehand.guide.rendering import page as rendered
from samehand.guide.rendering import words
from samehand.lib.clock import now
from samehand.portal.guide import addresses


@dataclass(frozen=True, slots=True)
class Choice:
    words: str
    address: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that is behind her; `address` goes back to it."""

    asked: str
    answered: str
    address: str


@dataclass(frozen=True, slots=True)
class Solution:
    """A way out as the article has it. `address` leads to it there."""

    title: str
    html: SafeString
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    summary: str
    address: str


class Page:
    """`kind`: question, try, solution, article, setup, case, solved."""

    def __init__(self, way: Walk, language: str, scope: frozenset[str]) -> None:
        self.way, self.tree, self.language, self.scope = way, way.tree, language, scope
        self.facts = facts.values(language, now())

    @property
    def kind(self) -> str:
        if self.way.solved:
            return "solved"
        if self.way.node is None:
            return "case"
        if isinstance(self.way.node, End):
            # A solution that no article has any more is a case.
            return "case" if self.way.node.kind == "solution" and not self.solution else self.way.node.kind
        return "question" if isinstance(self.way.node, Question) else "try"

    @cached_property
    def title(self) -> str:
        return self._filled(walks.title_of(self.tree, self.language))

    @property
    def summary(self) -> str:
        return self.tree.summaries.get(self.language, "")

    @cached_property
    def heading(self) -> str:
        node = self.way.node
        if isinstance(node, Question):
            return self._filled(node.question[self.language])
        if self.kind in ("try", "solution") and self.solution:
            return self.solution.title
        return {
            "try": _("The next step"),
            "article": _("Read this now"),
            "setup": _("Set up your phone"),
            "solved": _("Good that it works"),
        }.get(self.kind, _("We take it from here"))

    @property
    def help(self) -> str:
        node = self.way.node
        return self._filled(node.help.get(self.language, "")) if isinstance(node, Question) else ""

    @property
    def because(self) -> str:
        """Why it ends here."""
        node = self.way.node
        return self._filled(node.words.get(self.language, "")) if isinstance(node, End) else ""

    @property
    def left(self) -> int:
        """How many questions may still come, this one too."""
        return longest(self.tree, self.way.node)

    @property
    def choices(self) -> list[Choice]:
        node = self.way.node
        if isinstance(node, Question):
            return [Choice(self._filled(each.words[self.language]), self._on(each.key)) for each in node.answers]
        if self.kind not in ("try", "solution"):
            return []
        said = [Choice(_("It helped"), self._on(HELPED), "good"), Choice(_("It did not help"), self._on(FAILED))]
        return [*said, Choice(_("I cannot do this"), self._on(UNABLE))]

    @cached_property
    def solution(self) -> Solution | None:
        problem, _mark, key = solution_of(self.way.node).partition("#")
        article = walks.article_of(problem, self.language) if key else None
        if article is None:
            return None
        said = self.facts if article.language == self.language else facts.values(article.language, now())
        for section in rendered(article, scope=self.scope, facts=said).sections:
            if section.key == key:
                return Solution(section.title, section.html, self._article(article, key), article.language)
        return None

    @cached_property
    def article(self) -> Article | None:
        node = self.way.node
        found = (
            walks.article_of(node.target, self.language) if isinstance(node, End) and node.kind == "article" else None
        )
        if found is None:
            return None
        return Article(words(found.title, self.facts), words(found.summary, self.facts), self._article(found))

    @cached_property
    def answered(self) -> list[Answered]:
        return [
            Answered(line.asked, line.answered, self.address_of(self.way.answers[:place]))
            for place, line in enumerate(self.told.lines)
        ]

    @cached_property
    def told(self) -> walks.Told:
        return walks.told_of(self.way, self.language)

    @property
    def contact(self) -> str:
        """The contact form, which sends along what she answered."""
        there = addresses.of("contact", self.language)
        return f"{there}?{urlencode({'tree': self.tree.key, 'answers': joined(self.way.answers)})}"

    @property
    def back(self) -> str:
        return self.address_of(self.way.answers[:-1]) if self.way.steps else ""

    @property
    def here(self) -> str:
        return self.address_of(self.way.answers)

    @property
    def again(self) -> str:
        return self.address_of(())

    def address_of(self, answers: Sequence[str], language: str = "") -> str:
        there = addresses.of("tree", language or self.language, tree=self.tree.key)
        return f"{there}?{urlencode({'answers': joined(answers)})}" if answers else there

    def _on(self, said: str) -> str:
        return self.address_of((*self.way.answers, said))

    def _article(self, article: Revision, key: str = "") -> str:
        there = addresses.of_article(article, **{"from": Came.SOLVER})
        return f"{there}#{key}" if key else there

    def _filled(self, text: str) -> str:
        return filled(text, self.facts)
