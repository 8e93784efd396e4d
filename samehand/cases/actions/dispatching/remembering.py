"""Rows to the engine's memory and back: who had which case in hand, who knows which customer, what was learned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from samehand.cases.actions.dispatching.minutes import Minutes
from samehand.cases.models import Acquaintance, Case, Hands, Post, RoutingMemory, Turn
from samehand.core.routing import Known, Seen, Standing
from samehand.core.routing import Turn as Told
from samehand.core.routing.values import DAY
from samehand.lib.sql import named

MINUTES_KEPT = 4


def told(turn: Turn, minutes: Minutes) -> Told:
    """The turn as the engine knows it."""
    owner = turn.owner_id
    return Told(
        message=turn.message_id,
        case=turn.case_id,
        customer=turn.case.customer_id,
        topic=turn.skill,
        language=turn.language,
        arrived=minutes.of(turn.arrived_at),
        due=minutes.of(turn.due_at),
        # Rows of the version before name no stage for it.
        stage="only" if turn.only_for_id else turn.stage,  # type: ignore[arg-type]
        until=minutes.until(turn.until),
        bar=turn.bar,
        owner=owner,
        circle=tuple(one for one in turn.kept_for if one != owner),
        urgent=turn.urgent,
        only_for=turn.only_for_id,
    )


def standing(post: Post, works: Iterable[Turn], minutes: Minutes) -> Standing:
    in_hand = next((turn.message_id for turn in works if not turn.aside), None)
    return Standing(
        consultant=post.consultant_id,
        state="off" if post.state == "busy" and in_hand is None else post.state,  # type: ignore[arg-type]
        since=minutes.of(post.since),
        on_duty=post.on_duty,
        until=minutes.of(post.until),
        absent_day=minutes.day(post.absent_on),
        in_hand=in_hand,
        began=minutes.of(post.began_at) if post.began_at else 0.0,
        word_is_out=post.word_is_out,
        aside=next((turn.message_id for turn in works if turn.aside), None),
        was_put_aside=post.was_put_aside,
        rests=post.rests,
    )


def stands(post: Post, now: Standing, minutes: Minutes) -> None:
    """Write the engine's standing into the row."""
    post.state, post.on_duty, post.word_is_out = now.state, now.on_duty, now.word_is_out
    post.since, post.until = minutes.moment(now.since), minutes.moment(now.until)
    post.began_at = minutes.moment(now.began) if now.began else None
    post.rests = now.rests
    post.absent_on, post.was_put_aside = minutes.date(now.absent_day), now.was_put_aside


def seen_in(cases: Sequence[Case], crew: Collection[int], minutes: Minutes) -> dict[int, Seen]:
    """By case: who had it in hand, of those who work here. An owner of a time before mails were handed out counts."""
    rows = {row.case_id: (row.seen, row.done_at) for row in Hands.objects.filter(case__in=cases)}
    unknown = [case.pk for case in cases if case.pk not in rows]
    if unknown:
        for case_id, authors, last in _asked("hands_of_cases", unknown):
            rows[case_id] = (authors, last)
    found = {}
    for case in cases:
        hands, done_at = rows.get(case.pk, ([], None))
        first = [case.owner_id] if case.owner_id and case.pk in unknown else []
        seen = tuple(one for one in dict.fromkeys([*first, *hands]) if one in crew)
        found[case.pk] = Seen(case.pk, case.customer_id, seen, minutes.of(done_at) if done_at else None)
    return found


def known_by(customers: Collection[int], new: Collection[int], minutes: Minutes) -> dict[int, Known]:
    """By customer: who answered her and when she wrote before the `new` messages, which have just come."""
    rows = Acquaintance.objects.filter(customer__in=customers)
    found = {row.customer_id: Known(row.customer_id, tuple(row.known), tuple(row.minutes)) for row in rows}
    unknown = [one for one in customers if one not in found]
    if unknown:
        for customer, authors, moments in _asked("acquaintances", list(new), unknown):
            wrote = tuple(minutes.of(at) % DAY for at in moments)
            found[customer] = Known(customer, tuple(authors), wrote[-MINUTES_KEPT:])
    return found


def _asked(statement: str, *columns: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.cases", statement), list(columns))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def write_hands(seen: Iterable[Seen], minutes: Minutes) -> None:
    rows = [Hands(case_id=one.case, seen=list(one.seen), done_at=_moment(one.last_done, minutes)) for one in seen]
    Hands.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case"], update_fields=["seen", "done_at"])


def write_acquaintances(known: Iterable[Known]) -> None:
    rows = [Acquaintance(customer_id=one.customer, known=list(one.known), minutes=list(one.minutes)) for one in known]
    Acquaintance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["customer"], update_fields=["known", "minutes"]
    )


def learned() -> dict[str, Any]:
    row = RoutingMemory.objects.filter(pk=1).first()
    return row.learned if row else {}


def write_learned(what: dict[str, Any]) -> None:
    RoutingMemory.objects.update_or_create(pk=1, defaults={"learned": what})


def _moment(minute: float | None, minutes: Minutes) -> datetime | None:
    return None if minute is None else minutes.moment(minute)
