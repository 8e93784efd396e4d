"""What waits for the editors of the guide, counted for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samehand.guide.models import Revision
from samehand.guide.queries import complaints, due_for
from samehand.people.models import Staff


@dataclass(frozen=True, slots=True)
class Duties:
    """`mine`: what she must look at again, and what came back to her; `reviews`: others' drafts; `votes`: readers'
    complaints."""

    mine: int
    reviews: int
    votes: int


def duties(person: Staff, today: date) -> Duties:
    returned = Revision.objects.filter(author=person, state=Revision.State.RETURNED)
    return Duties(
        mine=due_for(person, today).count() + returned.count(),
        reviews=Revision.objects.filter(state=Revision.State.REVIEW).exclude(author=person).count(),
        votes=complaints().count(),
    )
