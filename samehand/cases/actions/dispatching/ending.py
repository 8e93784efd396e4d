"""An answer ends the work in hand, or says only a first word of it."""

from __future__ import annotations

from datetime import datetime

from samehand.cases.actions.dispatching.table import Table, hands_out
from samehand.cases.models import Case, Turn


def answered(*, case: Case, author_id: int, more_follows: bool, still_asked: bool, now: datetime) -> None:
    """The author has answered what was asked in the case; part of the transaction that holds it.

    With `more_follows` it was a first word: the promise is kept and the work stays in hand. Somebody else's work in
    the case is done with as well. `still_asked`: only somebody beside the customer was answered.
    """
    if not hands_out():
        return
    turn = Turn.objects.filter(case=case).first()
    people = {author_id, turn.given_to_id or author_id} if turn else {author_id}
    table = Table(now, people=people, cases=[case])
    turn = table.turn_of(case)
    if not still_asked:
        if more_follows:
            _first_word(table, case, turn, author_id)
        else:
            _done(table, case, turn, author_id)
    table.end_idle(people)
    table.decide()


def _first_word(table: Table, case: Case, turn: Turn | None, author_id: int) -> None:
    if turn is None or turn.given_to_id != author_id or author_id not in table.crew:
        return _done(table, case, turn, author_id)
    Turn.objects.filter(pk=turn.pk).update(word_at=table.now)
    if not turn.aside:
        table.engine.first_word(table.at, author_id)
    return None


def _done(table: Table, case: Case, turn: Turn | None, author_id: int) -> None:
    engine = table.engine
    if turn and table.holds(author_id, turn) and not turn.aside:
        return engine.done(table.at, author_id)
    if turn:
        table.takes_back(turn)
    return engine.answered(table.at, case=case.pk, customer=case.customer_id, consultant=author_id)
