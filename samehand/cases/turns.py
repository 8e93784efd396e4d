"""Reading what is handed out: in whose hands a case lies and why, or for whom it waits and how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from samehand.cases.actions.dispatching import remembering
from samehand.cases.actions.dispatching.crew import crew
from samehand.cases.actions.dispatching.minutes import Minutes
from samehand.cases.actions.dispatching.table import rules_of
from samehand.cases.models import Case, Post, Turn
from samehand.core.routing import Colleague, Engine, Memory, restored
from samehand.people.models import ServiceHours, Staff
from samehand.people.queries import service_hours


@dataclass(frozen=True, slots=True)
class InHand:
    """Somebody has it: since when and why. `word_at`: the customer has had a first word; `aside`: put aside for another
    mail."""

    turn: Turn
    who: Staff
    since: datetime
    reason: str
    aside: bool
    word_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waits:
    """It waits for `who` (None: for whoever fits, or is free first) until a moment at the latest (None: it lasts).
    She is free or comes at about `free_at`; `is_away`: she is not on duty. `only`: nobody else gets it."""

    turn: Turn
    who: Staff | None
    reason: str
    until: datetime | None
    free_at: datetime | None
    is_away: bool
    only: bool


def standing_of(cases: Sequence[Case], now: datetime) -> dict[int, InHand | Waits]:
    """Of each of the cases that is handed out, by its id; a handful of queries however many there are."""
    row = service_hours()
    if not row.hands_out or not cases:
        return {}
    turns = list(Turn.objects.filter(case__in=cases).select_related("given_to", "case"))
    waiting = [turn for turn in turns if turn.given_to_id is None]
    found: dict[int, InHand | Waits] = {turn.case_id: _in_hand(turn) for turn in turns if turn.given_to_id}
    if waiting:
        found |= _Line(waiting, row, now).all()
    return found


def in_hand_of(user: Staff) -> list[InHand]:
    """What she has been given and has not answered: what is in her hands first, then what lies aside."""
    if not service_hours().hands_out:
        return []
    turns = Turn.objects.filter(given_to=user).select_related("given_to", "case__customer", "case__owner")
    return [_in_hand(turn) for turn in turns.order_by("aside")]


def post_of(user: Staff) -> Post | None:
    """What she last said of herself, where mails are handed out."""
    return Post.objects.filter(consultant=user).first()


def _in_hand(turn: Turn) -> InHand:
    assert turn.given_to and turn.given_at
    return InHand(turn, turn.given_to, turn.given_at, turn.reason, turn.aside, turn.word_at)


class _Line:
    def __init__(self, waiting: Sequence[Turn], row: ServiceHours, now: datetime) -> None:
        self.waiting, self.now, self.minutes = waiting, now, Minutes(row.zone)
        self.at = self.minutes.of(now)
        self.crew = crew(now, row.zone, self.minutes)
        named = {one for turn in waiting for one in turn.kept_for[:1]}
        self.staff = {one.pk: one for one in Staff.objects.filter(pk__in=named)}
        works = list(Turn.objects.filter(given_to__in=named).select_related("case")) if named else []
        self.posts = {post.consultant_id: post for post in Post.objects.filter(consultant__in=named)}
        self.engine = self._engine(works, row)

    def _engine(self, works: list[Turn], row: ServiceHours) -> Engine:
        standings = (
            remembering.standing(post, [turn for turn in works if turn.given_to_id == one], self.minutes)
            for one, post in self.posts.items()
        )
        memory = Memory(
            people=tuple(standings),
            waiting=tuple(remembering.told(turn, self.minutes) for turn in self.waiting),
            works=tuple(remembering.told(turn, self.minutes) for turn in works),
            learned=remembering.learned(),
        )
        return restored(self.crew.values(), rules_of(row), memory)

    def all(self) -> dict[int, InHand | Waits]:
        return {turn.case_id: self._waits(turn) for turn in self.waiting}

    def _waits(self, turn: Turn) -> Waits:
        hold = self.engine.why_waiting(turn.message_id, self.at)
        who = self.staff.get(hold.consultant) if hold and hold.consultant is not None else None
        if hold is None or who is None:
            reason = hold.reason if hold else "anybody"
            return Waits(turn, None, str(reason), turn.until, None, is_away=False, only=False)
        post = self.posts.get(who.pk)
        is_away = post is None or not post.on_duty
        free_at = self._comes_at(self.crew[who.pk]) if is_away else hold.free_at
        soon = self.minutes.moment(free_at) if free_at is not None and self.at < free_at < inf else None
        # Not the turn's own `until`: that is when she is looked at again, and she may be waited for after it.
        until, only = self.minutes.ends(hold.until), turn.only_for_id == who.pk
        return Waits(turn, who, str(hold.reason), until, soon, is_away=is_away, only=only)

    def _comes_at(self, one: Colleague) -> float | None:
        begins = (begin for spans in one.shifts.values() for begin, _end in spans if begin > self.at)
        return min(begins, default=None)
