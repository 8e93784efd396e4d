"""What was tried elsewhere: on the phone, in a letter, in a shop of somebody else's."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.cases.actions.locking import locked
from samehand.cases.actions.offering.devices import device_of
from samehand.cases.actions.offering.outcomes import settled
from samehand.cases.drafts import ADVICE, words_of
from samehand.cases.models import Offer, Outcome
from samehand.guide.models import Solution
from samehand.lib.events import Fact, record

CHANNELS = ("phone", "letter", "social", "mail", "web")


class NothingOffered(Exception):
    """Neither a solution nor words say what was tried."""


@transaction.atomic
def record_offer(
    *,
    case_id: int,
    by_id: int,
    channel: str,
    now: datetime,
    solution_id: int | None = None,
    text: str = "",
    outcome: str = Outcome.UNKNOWN,
    offered_at: datetime | None = None,
    device: str = "",
) -> Offer:
    """A colleague writes down what was tried with the customer, and at once what came of it, if that is known."""
    case = locked(case_id)
    solution = Solution.objects.filter(pk=solution_id).first() if solution_id else None
    text = text.replace("\x00", "").strip()[:ADVICE]
    if not solution and not text:
        raise NothingOffered
    owned, family = device_of(case.customer_id)
    offer = Offer(
        customer_id=case.customer_id,
        problem_id=solution.problem_id if solution else case.problem_id,
        solution=solution,
        case=case,
        text=text or (words_of(solution.pk, case.language) if solution else ""),
        language=case.language,
        by_id=by_id,
        channel=channel if channel in CHANNELS else "phone",
        device=device.replace("\x00", "")[:200] or owned,
        family="" if device else family,
        # Nobody offers in the future.
        offered_at=min(offered_at or now, now),
    )
    if outcome != Outcome.UNKNOWN:
        settled(offer, outcome, "phone" if channel == "phone" else "staff", now=now, by_id=by_id)
    offer.save()
    record([Fact("offer.recorded", case_id, case.owner_id, {"offer": offer.pk, "by": by_id})], now=now)
    return offer
