"""A turn is kept for one person, whoever else is free: by the word of a lead, a colleague or the customer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from samehand.cases.actions.dispatching.table import Table, hands_out
from samehand.cases.models import Case, Turn


def keep_for_owner(*, message_ids: Collection[int], until: datetime, now: datetime) -> None:
    """The customer waits for the owner of her case by her own choice, with a promise that ends at `until`: nobody else
    gets these messages, unless the owner is not there then. Part of the caller's transaction, which holds the cases and
    has moved their promises."""
    if not hands_out():
        return
    cases = Case.objects.filter(messages__in=message_ids, owner__isnull=False).distinct()
    for case in cases:
        _keep(case, case.owner_id or 0, until, now)


def keep_for(*, case: Case, staff_id: int, now: datetime) -> None:
    """Somebody said who answers: what waits in the case, or lies in other hands without a word to the customer, is
    hers alone, and from now on the case is hers. Part of the caller's transaction, which holds the case."""
    if hands_out():
        _keep(case, staff_id, None, now)


def let_go(*, case: Case, due_at: datetime, now: datetime) -> None:
    """Nobody waits for one person any more: it stands in line for everybody, to be answered by `due_at`. Part of the
    caller's transaction, which holds the case."""
    if not hands_out():
        return
    table = Table(now, cases=[case])
    turn = table.turn_of(case)
    if turn is None or turn.given_to_id:
        return
    due = table.lines_up(turn, due_at)
    table.engine.release(table.at, turn.message_id, due)
    table.decide()


def _keep(case: Case, staff_id: int, until: datetime | None, now: datetime) -> None:
    turn = Turn.objects.filter(case=case).first()
    holder = turn.given_to_id if turn else None
    people = {staff_id, *([holder] if holder else [])}
    table = Table(now, people=people, cases=[case])
    if staff_id in table.crew:
        hands = table.engine.board.case(case.pk, case.customer_id).seen
        hands[:] = [staff_id, *(one for one in hands if one != staff_id)]
        turn = table.turn_of(case)
        if turn and turn.given_to_id != staff_id:
            if turn.word_at:
                # The customer has a word and asks nothing: what is still to be done goes with the case.
                table.takes_back(turn)
            else:
                due = table.lines_up(turn, until or turn.due_at)
                table.engine.assign(table.at, turn.message_id, staff_id, due)
    table.end_idle(people)
    table.decide()
