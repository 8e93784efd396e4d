"""Mails are handed out one at a time: the engine of core.routing decides in the transaction of each event."""

from samehand.cases.actions.dispatching.ending import answered
from samehand.cases.actions.dispatching.keeping import keep_for, keep_for_owner, let_go
from samehand.cases.actions.dispatching.lining_up import line_up, settle
from samehand.cases.actions.dispatching.moments import catch_up, end_shift, move_on, next_moment, step
from samehand.cases.actions.dispatching.presence import begin, go_away, here, say
from samehand.cases.actions.dispatching.rostering import roster_changed
from samehand.cases.actions.dispatching.table import hands_out
from samehand.cases.actions.dispatching.writing import WAKE

__all__ = [
    "WAKE",
    "answered",
    "begin",
    "catch_up",
    "end_shift",
    "go_away",
    "hands_out",
    "here",
    "keep_for",
    "keep_for_owner",
    "let_go",
    "line_up",
    "move_on",
    "next_moment",
    "roster_changed",
    "say",
    "settle",
    "step",
]
