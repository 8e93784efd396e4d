"""A tree as an outline: each question with where its answers lead, and how many came to each end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.utils.translation import gettext as _

from samehand.core.trees import FAILED, HELPED, UNABLE, End, Node, Question, Tree, Try, in_order
from samehand.guide import walks
from samehand.guide.models import TreeEnding

LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Way:
    words: str
    to: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """`kind`: question, try, solution, article, setup, case; `count`: who came to this end within 30 days."""

    id: str
    kind: str
    words: str
    ways: tuple[Way, ...]
    count: int


def drawn(tree: Tree, language: str, counts: Mapping[str, int]) -> list[Drawn]:
    """In the order in which one comes to them, with what the guide calls that to which they lead."""
    nodes = [tree.nodes[key] for key in in_order(tree)]
    titles = _titles(nodes, language)
    return [_node(node, language, counts.get(node.id, 0), titles) for node in nodes]


def _titles(nodes: list[Node], language: str) -> dict[str, str]:
    named = {node.target for node in nodes if isinstance(node, End)} | {
        node.solution for node in nodes if isinstance(node, Try)
    }
    articles = {key: found.title for key in named if "#" not in key and (found := walks.article_of(key, language))}
    return articles | walks.titles_of(sorted(key for key in named if "#" in key), language)


def counts_of(tree_id: int, today: date) -> dict[str, int]:
    rows = TreeEnding.objects.filter(tree=tree_id, day__gt=today - LATELY).order_by()
    return dict(rows.values_list("end").annotate(times=Sum("count")))


def _node(node: Node, language: str, count: int, titles: Mapping[str, str]) -> Drawn:
    if isinstance(node, Question):
        ways = tuple(Way(answer.words[language], answer.next) for answer in node.answers)
        return Drawn(node.id, "question", node.question[language], ways, count)
    if isinstance(node, End):
        words = node.words.get(language, "")
        target = titles.get(node.target, node.target)
        return Drawn(node.id, node.kind, " · ".join(filter(None, (words, target))), (), count)
    said = {HELPED: _("It helped"), FAILED: _("It did not help"), UNABLE: _("I cannot do this")}
    ways = (Way(said[FAILED], node.next), Way(said[UNABLE], node.unable))
    return Drawn(node.id, "try", titles.get(node.solution, node.solution), ways, count)
