"""What the customer had read in the guide before she wrote, kept with the case: nobody sends her there again."""

from __future__ import annotations

from collections.abc import Sequence

from samehand.cases.models import Case, ReadBefore
from samehand.core.arrivals import ReadArticle
from samehand.guide.models import Problem

QUERY = 200


def remember_read(read: Sequence[tuple[Case, ReadArticle]]) -> None:
    """The browser names the articles, so only those that there are count; each once for a case."""
    if not read:
        return
    problems = dict(Problem.objects.filter(key__in={one.problem for _, one in read}).values_list("key", "pk"))
    ReadBefore.objects.bulk_create(
        [
            ReadBefore(
                case=case, problem_id=problems[one.problem], at=one.at, query=one.query[:QUERY], helped=one.helped
            )
            for case, one in read
            if one.problem in problems
        ],
        ignore_conflicts=True,
    )
