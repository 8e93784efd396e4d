"""What a case is about, by the names of the guide."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.cases.actions.locking import locked
from samehand.cases.models import Case, Offer
from samehand.cases.problems import guess_of
from samehand.guide.models import Problem
from samehand.lib.events import Fact, record


@transaction.atomic
def name_problem(*, case_id: int, problem: Problem | None, by_id: int, now: datetime) -> Case:
    """A colleague says which problem of the guide it is, or that it is none; what was advised in free words in this
    case is from now on of that problem."""
    case = locked(case_id)
    before, case.problem, case.problem_by_id = case.problem_id, problem, by_id
    case.save(update_fields=["problem", "problem_by"])
    own = Offer.objects.filter(case=case, solution=None)
    own.filter(problem=before).update(problem=problem)
    data = {"problem": problem.key if problem else "", "by": by_id}
    record([Fact("case.problem", case_id, case.owner_id, data)], now=now)
    return case


def guess_problem(case: Case) -> Problem | None:
    """The case's problem; guessed and kept when nobody has named it. Never in the way of a person: who names one, or
    none, is not overruled."""
    if case.problem_id or case.problem_by_id:
        return case.problem
    problem = guess_of(case)
    untouched = Case.objects.filter(pk=case.pk, problem=None, problem_by=None)
    if problem and untouched.update(problem=problem):
        case.problem = problem
    return case.problem
