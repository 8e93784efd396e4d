"""Decision trees as values: questions, things to try, ends; how one walks them, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

LANGUAGES = ("pl", "en")
Words: TypeAlias = Mapping[str, str]  # language -> text

# What one says of a solution that she tried.
HELPED, FAILED, UNABLE = "helped", "failed", "unable"
SAID_OF_TRIES = (HELPED, FAILED, UNABLE)


@dataclass(frozen=True, slots=True)
class Answer:
    key: str
    words: Words
    next: str


@dataclass(frozen=True, slots=True)
class Question:
    """`help` says how to find the answer out; it may be empty."""

    id: str
    question: Words
    help: Words
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Try:
    """A solution (`problem#solution`) to try on the way. It helped: all is solved; it did not: `next`; it could not be
    done: `unable`."""

    id: str
    solution: str
    next: str
    unable: str


@dataclass(frozen=True, slots=True)
class End:
    """Where it ends: `solution` (`target` is problem#solution), `article` (a problem), `setup` or `case`.

    `words` say why here; a case has its `topic` and is `urgent` when it cannot wait its turn.
    """

    id: str
    kind: str
    target: str
    words: Words
    topic: str = ""
    urgent: bool = False


Node: TypeAlias = Question | Try | End


@dataclass(frozen=True, slots=True)
class Tree:
    key: str
    problem: str
    titles: Words
    summaries: Words
    start: str
    nodes: Mapping[str, Node]

    @property
    def ends(self) -> list[End]:
        return [node for node in self.nodes.values() if isinstance(node, End)]

    @property
    def solutions(self) -> list[str]:
        """Every problem#solution that it tries or ends in, each once."""
        tried = [node.solution for node in self.nodes.values() if isinstance(node, Try)]
        return list(dict.fromkeys([*tried, *(end.target for end in self.ends if end.kind == "solution")]))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a definition. `where` is a node or a place in it, `word` what the fault is about.

    Kinds: no-tree, too-large, bad-key, no-text, no-start, bad-node, bad-end, bad-answers, same-answer, dangling,
    unreachable, cycle (`word` is the way round: "apn -> data -> apn"), dead-end, too-many.
    """

    kind: str
    where: str = ""
    word: str = ""


class Faulty(Exception):
    """A definition that is no tree; `faults` are all that was found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.kind} {fault.where} {fault.word}".strip() for fault in faults))
        self.faults = faults
