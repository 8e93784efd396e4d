"""What the engine decided, written into rows in the order that the constraints ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import connection

from samehand.cases.actions.dispatching import remembering
from samehand.cases.actions.dispatching.minutes import Minutes
from samehand.cases.models import Post, Turn
from samehand.core.routing import Give, Known, Memory, Rules, Seen
from samehand.core.routing import Turn as Told
from samehand.core.routing.dealing import REASONS
from samehand.lib.bulk import insert
from samehand.lib.events import Fact, record
from samehand.lib.sql import named

WAKE = "samehand_turns"
COLUMNS = ("pk", "stage", "until", "due_at", "bar", "owner_id", "kept_for", "only_for_id")


class GivenMeanwhile(Exception):
    """Somebody handed out past the lock: what was decided here does not count."""


class Board(Protocol):
    """What was put before the engine, as it was, and the rows it was made of."""

    now: datetime
    minutes: Minutes
    rules: Rules
    posts: dict[int, Post]
    turns: dict[int, Turn]
    touched: set[int]
    before: Memory
    seen: dict[int, Seen]
    known: dict[int, Known]

    def told(self, turn: Turn) -> Told: ...


def write(table: Board, after: Memory, gives: Sequence[Give]) -> None:
    _write_posts(table, after)
    facts = _write_turns(table, after, gives)
    # What was not read is not written either.
    seen = [one for one in after.cases if _other(one, table.seen.get(one.case))]
    remembering.write_hands(seen, table.minutes)
    remembering.write_acquaintances(one for one in after.customers if _other(one, table.known.get(one.customer)))
    if after.learned != table.before.learned:
        remembering.write_learned(after.learned)
    _own(table, after, gives)
    record(facts, now=table.now)
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {WAKE}")


def _other(now: Known | Seen, before: Known | Seen | None) -> bool:
    """When somebody last wrote stands with the messages."""
    return before is not None and replace(now, last=0.0) != replace(before, last=0.0)


def _write_posts(table: Board, after: Memory) -> None:
    before = {one.consultant: one for one in table.before.people}
    changed = []
    for now in after.people:
        if now != before.get(now.consultant) and now.consultant in table.posts:
            remembering.stands(table.posts[now.consultant], now, table.minutes)
            changed.append(table.posts[now.consultant])
    Post.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["consultant"],
        update_fields=[
            "state", "since", "on_duty", "until", "wish", "began_at", "word_is_out", "was_put_aside", "rests",
            "absent_on",
            "seen_at",
        ],
    )  # fmt: skip


def _write_turns(table: Board, after: Memory, gives: Sequence[Give]) -> list[Fact]:
    """First what leaves hands, then what enters them: nobody ever has two."""
    in_hand = {one.in_hand for one in after.people}
    aside = {one.aside for one in after.people}
    waiting = {told.message: told for told in after.waiting}
    given = {give.message: give for give in gives}
    turns = table.turns.values()
    gone = [turn for turn in turns if turn.message_id not in waiting.keys() | in_hand | aside]
    Turn.objects.filter(pk__in=[turn.pk for turn in gone if turn.pk]).delete()
    facts: list[Fact] = []
    moved: list[Turn] = []
    fresh: list[Turn] = []
    for turn in turns:
        told = waiting.get(turn.message_id)
        if told and _differs(table, turn, told):
            facts += _moves(table, turn, told)
            (moved if turn.pk else fresh).append(turn)
    _advance(moved)
    # What goes straight from hand to hand leaves the first one before anything enters it.
    changing = [turn for turn in turns if turn.message_id in given and turn.given_to_id is not None]
    Turn.objects.filter(pk__in=[turn.pk for turn in changing]).update(given_to=None, given_at=None, aside=False)
    for turn in changing:
        turn.given_to_id, turn.aside = None, False
    for laid, messages in ((True, aside), (False, in_hand)):
        flipped = [turn.pk for turn in turns if turn.pk and turn.message_id in messages and turn.aside is not laid]
        Turn.objects.filter(pk__in=flipped, given_to__isnull=False).update(aside=laid)
    for turn in turns:
        if give := given.get(turn.message_id):
            facts.append(_gives(table, turn, give))
            if turn.pk is None:
                fresh.append(turn)
    insert(fresh)
    return facts


def _differs(table: Board, turn: Turn, told: Told) -> bool:
    is_new = turn.pk is None or turn.given_to_id is not None
    return is_new or turn.message_id in table.touched or told != table.told(turn)


def _moves(table: Board, turn: Turn, told: Told) -> list[Fact]:
    said = _said(turn) if turn.pk and turn.given_to_id is None else None
    turn.stage, turn.until, turn.bar = told.stage, table.minutes.ends(told.until), told.bar
    turn.owner_id, turn.only_for_id = told.owner, told.only_for
    turn.kept_for = [*([told.owner] if told.owner is not None else []), *told.circle]
    if said == _said(turn):
        return []
    reason, person = _said(turn)
    # The row's `until` is when she is looked at again; she may be waited for until a start would be too late.
    latest = turn.due_at - timedelta(minutes=table.rules.last_start)
    until = latest if reason in ("owner", "second") else turn.until
    data = {"message": turn.message_id, "for": person, "reason": reason, "until": until.isoformat() if until else None}
    return [Fact("case.held", turn.case_id, person, data)]


def _said(turn: Turn) -> tuple[str, int | None]:
    """Why it waits, and for whom."""
    reason = REASONS.get(turn.stage, "anybody")  # type: ignore[call-overload]
    return reason, next(iter(turn.kept_for), None) if reason in ("assigned", "owner", "second") else None


def _gives(table: Board, turn: Turn, give: Give) -> Fact:
    turn.only_for_id = turn.only_for_id if turn.only_for_id == give.consultant else None
    if turn.pk:
        as_it_was = Turn.objects.filter(pk=turn.pk, given_to=turn.given_to_id)
        given = {"given_to": give.consultant, "given_at": table.now, "reason": give.reason}
        if not as_it_was.update(**given, only_for=turn.only_for_id, aside=False, word_at=None):
            raise GivenMeanwhile
    turn.given_to_id, turn.given_at, turn.reason, turn.aside = give.consultant, table.now, give.reason, False
    data = {"message": give.message, "reason": give.reason, "owner": give.owner, "instead_of": give.aside}
    return Fact("case.given", turn.case_id, give.consultant, data)


def _advance(turns: Sequence[Turn]) -> None:
    if not turns:
        return
    columns = [[_plain(getattr(turn, name)) for turn in turns] for name in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.cases", "advance_turns"), columns)


def _plain(value: Any) -> Any:
    return "{" + ",".join(map(str, value)) + "}" if isinstance(value, list) else value


def _own(table: Board, after: Memory, gives: Sequence[Give]) -> None:
    """Before any answer a case belongs to the one it was first given to. A case that somebody holds is left: he knows
    of the lock, and waits for it."""
    owners = {table.turns[give.message].case_id: give.owner for give in gives if give.owner is not None}
    if owners:
        with connection.cursor() as cursor:
            cursor.execute(named("samehand.cases", "own_cases"), [list(owners), list(owners.values())])
