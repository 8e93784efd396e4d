"""What the engine is told and what it says. Moments are minutes on any clock whose day begins at a multiple of 1440."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

DAY = 1440.0

Span = tuple[float, float]
Spans = Mapping[int, tuple[Span, ...]]

GiveReason = Literal["owner", "second", "known", "fits", "best_of_rest", "late", "urgent", "assigned"]
HoldReason = Literal["assigned", "owner", "second", "fits", "anybody"]
State = Literal["off", "free", "busy", "break", "call"]
HELD = ("release", "fit_hold", "near_hold", "own_bonus", "circle_bonus", "aside_own", "aside_all")


@dataclass(frozen=True, slots=True)
class Rules:
    """What an operator may set, in minutes; the defaults suit a promise of thirty."""

    open_at: float = 480.0
    close_at: float = 1320.0
    promise: float = 30.0
    word_after: float = 15.0  # a work that lasts longer says a first word
    word_before_due: float = 1.0  # so does one whose promise ends
    word_takes: float = 3.0  # nobody says anything before he has read
    # So long before the promise ends it is asked whether the owner (or who knows the case) can begin in time: she is
    # waited for when the chance is at least so large.
    patience: tuple[tuple[float, float], ...] = ((30.0, 0.05), (18.0, 0.2), (14.0, 0.3), (10.0, 0.4), (6.0, 0.4))
    release: float = 8.0  # so long before the promise ends it is asked whether she is there for whom alone it is kept
    last_start: float = 3.5  # a first word is still in time when the work begins so long before
    fit_hold: float = 8.0  # a new case waits so long for a person whose roster fits
    fit_share: float = 0.94  # as well as this share of the best
    near_hold: float = 14.0  # and so long for one whose roster nearly fits
    near_share: float = 0.6
    own_bonus: float = 25.0  # an own message is preferred as if it was due so much earlier
    circle_bonus: float = 8.0  # and one of a case that she knows
    aside_own: float = 14.0  # a work is put aside for an own message that is due within so many minutes
    aside_all: float = 6.0  # and for anybody's
    late_penalty: float = 180.0  # what is late waits behind what can be in time, but not for ever
    breaks: tuple[float, ...] = (15.0, 20.0)  # usual lengths, the shortest first
    break_overrun: float = 5.0
    call_takes: float = 5.0
    work_takes: float = 6.0
    own_takes: float = 5.0  # each own message that is due earlier delays one by so much
    urgent_topics: frozenset[str] = frozenset()  # go before all others, to whoever has the skill

    @classmethod
    def promising(cls, minutes: float, **others: Any) -> Rules:
        """For a promise of so many minutes: of a shorter one than thirty each hold takes the same part. What nobody
        can do faster, to read and to say a word, keeps its minutes while there are as many."""
        usual, part = cls(), min(1.0, minutes / cls().promise)
        held = {name: part * getattr(usual, name) for name in HELD}
        least = {name: min(getattr(usual, name), minutes / 2) for name in ("word_takes", "last_start")}
        # A part of thirty may come out a hair beyond the promise itself.
        patience = tuple((min(part * before, minutes), chance) for before, chance in usual.patience)
        return cls(promise=minutes, patience=patience, **held, **least, **others)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A consultant; `shifts` and `breaks` map a day's number to the planned (start, end)s, in order.

    A shift over midnight ends on the next day and belongs to the day of its start. `capacity` works may be in hand at
    once; who may have several puts none aside.
    """

    id: int
    topics: frozenset[str]
    languages: frozenset[str]
    shifts: Spans = field(default_factory=dict)
    breaks: Spans = field(default_factory=dict)
    capacity: int = 1


class Give(NamedTuple):
    """The consultant begins now; `aside` is the message that is put aside for it.

    When it is not the owner who is on duty or was hoped for, `owner_is` says what she does, `owner_free_at` until when.
    """

    message: int
    consultant: int
    reason: GiveReason
    owner: int | None = None
    due: float = 0.0
    aside: int | None = None
    owner_is: State | None = None
    owner_free_at: float | None = None


class Hold(NamedTuple):
    """The message waits for `consultant` (None: for whoever fits) until a moment at the latest (inf: it lasts).

    She `is` busy, on a break or off, and may be free at `free_at`; `then` are those who have it next, the first of
    them first, before all others.
    """

    message: int
    consultant: int | None
    reason: HoldReason
    until: float
    free_at: float | None = None
    consultant_is: State | None = None
    then: tuple[int, ...] = ()
