"""The ledger is written: what was offered, what came of it, and what was kept from being offered again."""

from samehand.cases.actions.offering.hearing import hear
from samehand.cases.actions.offering.naming import guess_problem, name_problem
from samehand.cases.actions.offering.outcomes import NoOutcome, say_outcome, set_outcome, tell_outcome, undo_outcome
from samehand.cases.actions.offering.recording import NothingOffered, record_offer
from samehand.cases.actions.offering.sending import AlreadyFailed, offered_by, prevent, refuse_failed

__all__ = [
    "AlreadyFailed",
    "NoOutcome",
    "NothingOffered",
    "guess_problem",
    "hear",
    "name_problem",
    "offered_by",
    "prevent",
    "record_offer",
    "refuse_failed",
    "say_outcome",
    "set_outcome",
    "tell_outcome",
    "undo_outcome",
]
