"""A person joins two cases, splits one, moves messages; and takes it back."""

from samehand.cases.actions.rearranging.changes import NothingToMove, SameCase
from samehand.cases.actions.rearranging.hinting import dismiss_hint
from samehand.cases.actions.rearranging.joining import NotOnePerson, merge
from samehand.cases.actions.rearranging.parting import NothingLeft, move, split
from samehand.cases.actions.rearranging.undoing import CannotBeUndone, undo

__all__ = [
    "CannotBeUndone",
    "NotOnePerson",
    "NothingLeft",
    "NothingToMove",
    "SameCase",
    "dismiss_hint",
    "merge",
    "move",
    "split",
    "undo",
]
