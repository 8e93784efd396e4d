"""One function, one transaction, one sentence of the business."""

from samehand.cases.actions.answering import (
    AlreadyAnswered,
    note,
    reopen,
    reply,
    send_again,
    solve,
)
from samehand.cases.actions.briefing import BriefChanged, NothingWritten, edit_brief, use_brief
from samehand.cases.actions.choosing_to_wait import (
    ChangedTooOften,
    NothingToWaitFor,
    NotOffered,
    OfferChanged,
    end_choices,
    wait_for_owner,
    wait_no_more,
)
from samehand.cases.actions.delivering import deliver, rescue
from samehand.cases.actions.forecasting import reckon_forecast
from samehand.cases.actions.handing_over import InOthersHands, NotOnTheDesk, assign_waiting, hand_over, take
from samehand.cases.actions.intake import Accepted, Incoming, accept, file_carefully, file_waiting, replay
from samehand.cases.actions.locking import Joined
from samehand.cases.actions.offering import (
    AlreadyFailed,
    NoOutcome,
    NothingOffered,
    guess_problem,
    name_problem,
    record_offer,
    say_outcome,
    set_outcome,
    tell_outcome,
    undo_outcome,
)
from samehand.cases.actions.rearranging import (
    CannotBeUndone,
    NothingLeft,
    NothingToMove,
    NotOnePerson,
    SameCase,
    dismiss_hint,
    merge,
    move,
    split,
    undo,
)
from samehand.cases.actions.recalling import TOGETHER, LeftAlready, cancel, send_all_again
from samehand.cases.actions.receipting import send_receipts
from samehand.cases.actions.setting_apart import make_case
from samehand.cases.actions.trusting import NobodyToVouchFor, NoReason, NotInCopy, let_in, let_out, vouch
from samehand.cases.actions.writing import NothingToSend
from samehand.cases.recipients import NotARecipient
from samehand.cases.senders import NotOurAddress

__all__ = [
    "TOGETHER",
    "Accepted",
    "AlreadyAnswered",
    "AlreadyFailed",
    "BriefChanged",
    "CannotBeUndone",
    "ChangedTooOften",
    "InOthersHands",
    "Incoming",
    "Joined",
    "LeftAlready",
    "NoOutcome",
    "NoReason",
    "NobodyToVouchFor",
    "NotARecipient",
    "NotInCopy",
    "NotOffered",
    "NotOnTheDesk",
    "NotOnePerson",
    "NotOurAddress",
    "NothingLeft",
    "NothingOffered",
    "NothingToMove",
    "NothingToSend",
    "NothingToWaitFor",
    "NothingWritten",
    "OfferChanged",
    "SameCase",
    "accept",
    "assign_waiting",
    "cancel",
    "deliver",
    "dismiss_hint",
    "edit_brief",
    "end_choices",
    "file_carefully",
    "file_waiting",
    "guess_problem",
    "hand_over",
    "let_in",
    "let_out",
    "make_case",
    "merge",
    "move",
    "name_problem",
    "note",
    "reckon_forecast",
    "record_offer",
    "reopen",
    "replay",
    "reply",
    "rescue",
    "say_outcome",
    "send_again",
    "send_all_again",
    "send_receipts",
    "set_outcome",
    "solve",
    "split",
    "take",
    "tell_outcome",
    "undo",
    "undo_outcome",
    "use_brief",
    "vouch",
    "wait_for_owner",
    "wait_no_more",
]
