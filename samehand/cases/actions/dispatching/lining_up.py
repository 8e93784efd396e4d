"""Mails come into line, and what a case owes is brought into line after it was put in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import F

from samehand.cases.actions.dispatching.table import Table, hands_out, hold_routing
from samehand.cases.actions.walking import is_urgent
from samehand.cases.models import Case, Message, Turn
from samehand.core.topics import URGENT


def line_up(*, messages: Sequence[Message], now: datetime) -> None:
    """Mails that were just filed wait, or are given at once; part of the transaction that filed them.

    What comes while the case waits, or lies in somebody's hands, is answered together with it.
    """
    asked = [message for message in messages if message.due_at]
    if not asked or not hands_out():
        return
    cases = {message.case_id: message.case for message in asked}
    table = Table(now, cases=list(cases.values()), new=[message.pk for message in messages])
    known = _turns_of(cases)
    for message in asked:
        turn = known.get(message.case_id)
        if turn is None:
            known[message.case_id] = _waits(table, message)
        elif turn.word_at and message.due_at:
            table.owes_again(turn, message.due_at)
    table.decide()


def _turns_of(cases: Collection[int]) -> dict[int, Turn]:
    return {turn.case_id: turn for turn in Turn.objects.filter(case__in=cases)}


def _new_turn(table: Table, message: Message) -> Turn:
    """A turn that is not stored yet; the table writes it."""
    skill, language = table.key_of(message.case)
    turn = Turn(
        case=message.case,
        message=message,
        skill=skill,
        language=language,
        arrived_at=table.now,
        urgent=message.case.topic in URGENT or is_urgent(message),
        due_at=message.due_at or table.now,
    )
    table.turns[message.pk] = turn
    return turn


def _waits(table: Table, message: Message) -> Turn:
    turn = _new_turn(table, message)
    table.engine.waits(
        table.at,
        message=message.pk,
        case=message.case_id,
        customer=message.case.customer_id,
        topic=turn.skill,
        language=turn.language,
        due=table.minutes.of(turn.due_at),
        urgent=turn.urgent,
    )
    return turn


def settle(*, case_ids: Iterable[int], now: datetime) -> None:
    """After cases were put in order, closed or opened again: what waits in them has a turn, and nothing else has.

    Part of the transaction that holds the cases.
    """
    ids = sorted(set(case_ids))
    if not hands_out():
        return
    hold_routing()
    _follow(ids)
    cases = list(Case.objects.filter(pk__in=ids))
    holders = list(Turn.objects.filter(case__in=ids, given_to__isnull=False).values_list("given_to", flat=True))
    table = Table(now, people=holders, cases=cases)
    turns = _turns_of(ids)
    for case in cases:
        _settle(table, case, turns.get(case.pk))
    table.end_idle(holders)
    table.decide()


def _follow(case_ids: Sequence[int]) -> None:
    """A turn goes with its message. Where there is one already, that which lies in somebody's hands stays."""
    strayed = Turn.objects.filter(case__in=case_ids).exclude(case=F("message__case")).select_related("message")
    for turn in strayed:
        there = Turn.objects.filter(case=turn.message.case_id)
        if turn.given_to_id is not None:
            there.filter(given_to=None).delete()
        if there.exists():
            turn.delete()
        else:
            Turn.objects.filter(pk=turn.pk).update(case=turn.message.case_id)


def _settle(table: Table, case: Case, turn: Turn | None) -> None:
    asked = _asked(case)
    if turn and table.holds(turn.given_to_id, turn):
        if asked is None and not (turn.word_at and case.status == Case.Status.OPEN):
            table.takes_back(turn)
    elif turn and (asked is None or asked.pk != turn.message_id):
        table.withdraws(turn)
        turn = None
    if asked and turn is None:
        asked.case = case
        table.comes_back(_new_turn(table, asked))


def _asked(case: Case) -> Message | None:
    """The earliest that waits for an answer."""
    waiting = case.messages.filter(due_at__isnull=False, answered_at__isnull=True, waived_at__isnull=True)
    return waiting.order_by("due_at", "id").first()
