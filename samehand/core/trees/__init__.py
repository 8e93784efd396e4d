"""Decision trees: data that is checked, and walked from the start with each answer."""

from samehand.core.trees.reading import MOST_NODES, checked
from samehand.core.trees.shape import in_order, onward
from samehand.core.trees.values import (
    FAILED,
    HELPED,
    SAID_OF_TRIES,
    UNABLE,
    Answer,
    End,
    Fault,
    Faulty,
    Node,
    Question,
    Tree,
    Try,
)
from samehand.core.trees.walking import LostWay, Step, Walk, joined, longest, solution_of, split, walk

__all__ = [
    "FAILED",
    "HELPED",
    "MOST_NODES",
    "SAID_OF_TRIES",
    "UNABLE",
    "Answer",
    "End",
    "Fault",
    "Faulty",
    "LostWay",
    "Node",
    "Question",
    "Step",
    "Tree",
    "Try",
    "Walk",
    "checked",
    "in_order",
    "joined",
    "longest",
    "onward",
    "solution_of",
    "split",
    "walk",
]
