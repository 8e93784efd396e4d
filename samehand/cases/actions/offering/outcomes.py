"""What came of an offer: said by the customer, on a page or by a link, or written down by a colleague."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from samehand.cases.actions.offering.devices import device_of
from samehand.cases.drafts import words_of
from samehand.cases.models import Offer, Outcome
from samehand.guide.models import Solution
from samehand.lib.events import Fact, record
from samehand.people.models import Customer

WORDS = 200
FIELDS = (
    "outcome", "outcome_at", "outcome_how", "outcome_words", "outcome_before", "outcome_by", "outcome_message",
)  # fmt: skip


class NoOutcome(Exception):
    """The word is none of helped, failed, not_tried and unknown."""


@transaction.atomic
def set_outcome(
    *, offer_id: int, outcome: str, how: str, now: datetime, by_id: int | None = None, words: str = "",
    message_id: int | None = None,
) -> Offer:  # fmt: skip
    """What came of it is known. Saying the same again changes nothing."""
    if outcome not in Outcome.values:
        raise NoOutcome(outcome)
    offer = Offer.objects.select_for_update(no_key=True).get(pk=offer_id)
    if offer.outcome != outcome:
        settled(offer, outcome, how, now=now, by_id=by_id, words=words, message_id=message_id)
        offer.save(update_fields=FIELDS)
        _tell(offer, by_id, now)
    return offer


@transaction.atomic
def undo_outcome(*, offer_id: int, outcome: str, by_id: int, now: datetime) -> Offer:
    """It was read or set wrongly: it is again what it was before. Undone is the `outcome` that she saw: pressed twice,
    or after somebody else, nothing more changes."""
    offer = Offer.objects.select_for_update(no_key=True).get(pk=offer_id)
    if offer.outcome == outcome != Outcome.UNKNOWN:
        settled(offer, offer.outcome_before or Outcome.UNKNOWN, "staff", now=now, by_id=by_id)
        offer.outcome_before = ""
        offer.save(update_fields=FIELDS)
        _tell(offer, by_id, now)
    return offer


@transaction.atomic
def tell_outcome(*, offer_ids: Collection[int], customer_id: int, helped: bool, how: str, now: datetime) -> int:
    """The customer says by a link or a button what came of her offers; returns of how many that was news."""
    mine = Offer.objects.filter(pk__in=offer_ids, customer=customer_id).order_by("pk")
    outcome = Outcome.HELPED if helped else Outcome.FAILED
    news = [pk for pk, was in mine.values_list("pk", "outcome") if was != outcome]
    for pk in news:
        set_outcome(offer_id=pk, outcome=outcome, how=how, now=now)
    return len(news)


@transaction.atomic
def say_outcome(
    *, customer_id: int, problem_id: int, solution_key: str, helped: bool, how: str, now: datetime
) -> Offer | None:
    """The customer says on a page of the guide what came of a solution: of one that was offered to her, or that she
    found herself. None when the problem has no such solution."""
    solution = Solution.objects.filter(problem=problem_id, key=solution_key).first()
    if solution is None:
        return None
    # Held, or two presses of a button that come at once would each make an offer of hers.
    Customer.objects.select_for_update(no_key=True).get(pk=customer_id)
    outcome = Outcome.HELPED if helped else Outcome.FAILED
    if offer := _mine(customer_id, solution):
        return set_outcome(offer_id=offer.pk, outcome=outcome, how=how, now=now)
    device, family = device_of(customer_id)
    offer = Offer(
        customer_id=customer_id, problem=solution.problem, solution=solution, channel="guide", offered_at=now,
        device=device, family=family, text=words_of(solution.pk, "pl"),
    )  # fmt: skip
    settled(offer, outcome, how, now=now)
    offer.save()
    _tell(offer, None, now)
    return offer


def _mine(customer_id: int, solution: Solution) -> Offer | None:
    """The newest offer of the solution to her, held."""
    offers = Offer.objects.select_for_update(no_key=True).filter(customer=customer_id, solution=solution)
    return offers.order_by("-offered_at", "-pk").first()


def settled(
    offer: Offer, outcome: str, how: str, *, now: datetime, by_id: int | None = None, words: str = "",
    message_id: int | None = None,
) -> None:  # fmt: skip
    """The fields of an outcome, not saved."""
    offer.outcome_before = offer.outcome if offer.pk else ""
    offer.outcome, offer.outcome_how, offer.outcome_words = outcome, how, words[:WORDS]
    offer.outcome_at = None if outcome == Outcome.UNKNOWN else now
    offer.outcome_by_id, offer.outcome_message_id = by_id, message_id


def _tell(offer: Offer, by_id: int | None, now: datetime) -> None:
    """No text goes into events: they are kept longer than a customer may want."""
    data = {"offer": offer.pk, "outcome": offer.outcome, "customer": offer.customer_id, "by": by_id}
    record([Fact("offer.outcome", offer.case_id, offer.case.owner_id if offer.case else None, data)], now=now)
