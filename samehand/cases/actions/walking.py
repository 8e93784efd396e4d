"""What the customer tried with guided questions before she wrote: it did not help, so nobody offers it again."""

from __future__ import annotations

from collections.abc import Sequence

from samehand.cases.drafts import words_of
from samehand.cases.models import Message
from samehand.cases.models.offers import Offer, Outcome
from samehand.core.arrivals import Walked
from samehand.guide import walks


def remember_tried(tried: Sequence[tuple[Message, Walked]]) -> None:
    """A failed offer for each step that she took in vain; those that the guide does not have (any more) are no offers.

    The messages are stored. The case's own customer has tried it, whoever that was taken for.
    """
    for message, walked in tried:
        Offer.objects.bulk_create(
            Offer(
                customer=message.case.customer,
                problem=solution.problem,
                solution=solution,
                text=words_of(solution.pk, message.case.language),
                case=message.case,
                language=message.case.language,
                channel="guide",
                offered_at=message.at,
                outcome=Outcome.FAILED,
                outcome_at=message.at,
                outcome_how="guide",
                outcome_message=message,
            )
            for solution in walks.there(walked.tried)
        )


def as_remark(walked: Walked) -> dict[str, object]:
    """As it is kept with the message, for her consultant to read."""
    remark: dict[str, object] = {"kind": "walked", "title": walked.title}
    remark["lines"] = [list(line) for line in walked.lines]
    return remark | ({"urgent": True} if walked.urgent else {})


def is_urgent(message: Message) -> bool:
    """Whether the end that she came to says that it cannot wait its turn."""
    return any(one.get("kind") == "walked" and one.get("urgent") is True for one in message.remarks or ())
