"""One function, one transaction, one sentence of the business."""

from samehand.cases.actions.answering import (
    AlreadyAnswered,
    note,
    reopen,
    reply,
    send_again,
    solve,
)
from samehand.cases.actions.delivering import deliver, rescue
from samehand.cases.actions.handing_over import NotOnTheDesk, assign_waiting, hand_over, take
from samehand.cases.actions.intake import Accepted, Incoming, accept, file_carefully, file_waiting, replay
from samehand.cases.actions.writing import NothingToSend
from samehand.cases.senders import NotOurAddress

__all__ = [
    "Accepted",
    "AlreadyAnswered",
    "Incoming",
    "NotOnTheDesk",
    "NotOurAddress",
    "NothingToSend",
    "accept",
    "assign_waiting",
    "deliver",
    "file_carefully",
    "file_waiting",
    "hand_over",
    "note",
    "reopen",
    "replay",
    "reply",
    "rescue",
    "send_again",
    "solve",
    "take",
]
