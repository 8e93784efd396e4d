"""A way through a tree: the answers so far, re-walked from the start each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samehand.core.trees.shape import onward
from samehand.core.trees.values import FAILED, HELPED, SAID_OF_TRIES, UNABLE, Answer, End, Node, Question, Tree, Try

# In addresses the answers stand one after another: wifi.no.failed
SEPARATOR = "."


class LostWay(Exception):
    """The answers do not belong to this tree: it has changed since, or somebody made them up."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was asked and said; `said` is the key of an answer, or helped, failed, unable of a solution."""

    node: Node
    said: str

    @property
    def answer(self) -> Answer | None:
        if not isinstance(self.node, Question):
            return None
        return next(answer for answer in self.node.answers if answer.key == self.said)

    @property
    def solution(self) -> str:
        """The problem#solution that this step was to try, or ""."""
        return solution_of(self.node)


@dataclass(frozen=True, slots=True)
class Walk:
    """Where one stands: `node` is what is next; None when a solution has helped (`solved`), or the last one has not."""

    tree: Tree
    steps: tuple[Step, ...]
    node: Node | None

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(step.said for step in self.steps)

    @property
    def solved(self) -> str:
        """The problem#solution that helped, or ""."""
        last = self.steps[-1] if self.steps else None
        return last.solution if last and last.said == HELPED else ""

    @property
    def failed(self) -> tuple[str, ...]:
        """The solutions that were tried on the way and did not help."""
        tried = (step.solution for step in self.steps if step.solution and step.said == FAILED)
        return tuple(dict.fromkeys(tried))

    @property
    def end(self) -> str:
        """The id of the end: of a node, or of the solution that helped or was the last; "" while it goes on."""
        if isinstance(self.node, End):
            return self.node.id
        return self.steps[-1].node.id if self.node is None else ""


def walk(tree: Tree, answers: Sequence[str]) -> Walk:
    """Follow the answers from the start; `LostWay` when the tree knows one of them not."""
    node: Node | None = tree.nodes[tree.start]
    steps: list[Step] = []
    for said in answers:
        if node is None:
            raise LostWay
        steps.append(Step(node, said))
        following = _next(node, said)
        node = tree.nodes[following] if following else None
    return Walk(tree, tuple(steps), node)


def split(text: str) -> tuple[str, ...]:
    """The answers of an address; "" are none."""
    return tuple(text.split(SEPARATOR)) if text else ()


def joined(answers: Sequence[str]) -> str:
    return SEPARATOR.join(answers)


def longest(tree: Tree, node: Node | None) -> int:
    """How many questions may still come, this one too: what a progress line says is never too little."""
    from_here: dict[str, int] = {}

    def steps(key: str) -> int:
        if key not in from_here:
            ways = onward(tree.nodes[key])
            from_here[key] = 1 + max(steps(way) for way in ways) if ways else 0
        return from_here[key]

    return steps(node.id) if node else 0


def solution_of(node: Node | None) -> str:
    """The problem#solution that one is to try here, on the way or at its end; ""."""
    if isinstance(node, Try):
        return node.solution
    return node.target if isinstance(node, End) and node.kind == "solution" else ""


def _next(node: Node, said: str) -> str:
    if not isinstance(node, Question):
        if said not in SAID_OF_TRIES or not solution_of(node):
            raise LostWay
        return {HELPED: "", FAILED: node.next, UNABLE: node.unable}[said] if isinstance(node, Try) else ""
    for answer in node.answers:
        if answer.key == said:
            return answer.next
    raise LostWay
