"""Who is there at which moment, and whose hands a case comes into."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from samehand.cases.models import Case
from samehand.core import routing
from samehand.demo.rota import LENGTH, Turn
from samehand.demo.storybook import team
from samehand.people.models import Customer, Staff


class Hands:
    def __init__(self, staff: dict[str, Staff], turns: Sequence[Turn]) -> None:
        self.staff = staff
        self.by_id = {person.pk: person for person in staff.values()}
        self.about = {staff[row["email"]].pk: row for row in team()}
        self.turns = sorted(turns, key=lambda turn: turn.starts_at.timestamp())
        self.starts = [turn.starts_at.timestamp() for turn in self.turns]
        self.holding: Counter[int] = Counter()

    def on_shift(self, at: datetime) -> list[Staff]:
        moment = at.timestamp()
        # A shift lasts nine hours in the night in which the clocks go back.
        first = bisect_left(self.starts, moment - LENGTH.total_seconds() - 3600)
        near = self.turns[first : bisect_right(self.starts, moment)]
        return [self.staff[turn.email] for turn in near if turn.ends_at.timestamp() > moment]

    def works(self, staff_id: int | None, at: datetime) -> bool:
        return any(person.pk == staff_id for person in self.on_shift(at))

    def owner(self, case: Case) -> Staff | None:
        return self.by_id.get(case.owner_id or 0)

    def she(self, person: Staff | None) -> bool:
        return person is None or bool(self.about[person.pk]["she"])

    def assign(self, case: Case, customer: Customer, at: datetime) -> None:
        """The customer wrote: the house's rule says who takes it."""
        served_by = customer.served_by.pk if customer.served_by else None
        decision = self._choose(routing.Need(case.owner_id, served_by, case.skill), at)
        if isinstance(decision, routing.Assign):
            case.owner_id, case.owner_reason = decision.consultant_id, decision.reason
        if case.due_at is None:
            self.hold(case)

    def colleague(self, case: Case, at: datetime) -> Staff | None:
        """Somebody on shift who can take over."""
        decision = self._choose(routing.Need(None, None, case.skill), at)
        return self.by_id[decision.consultant_id] if isinstance(decision, routing.Assign) else None

    def give(self, case: Case, to: Staff, reason: str) -> None:
        self.let_go(case)
        case.owner_id, case.owner_reason = to.pk, reason
        self.hold(case)

    def hold(self, case: Case) -> None:
        if case.owner_id:
            self.holding[case.owner_id] += 1

    def let_go(self, case: Case) -> None:
        if case.owner_id:
            self.holding[case.owner_id] -= 1

    def _choose(self, need: routing.Need, at: datetime) -> routing.Assign | routing.Queue:
        present = {person.pk for person in self.on_shift(at)}
        crew = [
            routing.Consultant(person.pk, person.pk in present, frozenset(person.skills), self.holding[person.pk])
            for person in self.by_id.values()
        ]
        return routing.choose(need, crew)
