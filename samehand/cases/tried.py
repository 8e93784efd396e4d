"""Reading the ledger: what was tried with a customer, for which problem, on any channel, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from samehand.cases.models import Case, Delivery, Message, Offer, Outcome
from samehand.guide.models import Revision, SolutionText

# As long as nobody has named the problem, what failed in so many days may be the same.
LATELY = timedelta(days=90)

# Nobody got it, so nobody is at it; an outcome that somebody set all the same counts.
NEVER_ARRIVED = Q(outcome=Outcome.UNKNOWN, message__delivery__state__in=Delivery.NEVER_ARRIVED)

# Solutions by which articles lead to a human: no advice of a human's own.
TO_US = ("write-to-us", "ask-us")
# An article that was linked as a whole is kept as its address.
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Tried:
    """One offer and what became of it. `title` is in the reader's language, or the first words of free advice; `words`
    are the customer's that told the outcome; `ask`: she has written since and did not say."""

    offer_id: int
    problem_id: int | None
    solution_id: int | None
    solution_key: str
    title: str
    text: str
    outcome: str
    at: datetime
    by_name: str
    channel: str
    device: str = ""
    outcome_at: datetime | None = None
    outcome_how: str = ""
    words: str = ""
    reason: str = ""
    case_id: int | None = None
    reference: str = ""
    can_undo: bool = False
    ask: bool = False


def tried_in(case: Case) -> list[Tried]:
    """What counts in a case: all that was tried for its problem in any case, and whatever was tried in this one."""
    return told(of_case(case))


def of_case(case: Case) -> QuerySet[Offer]:
    """Whatever was offered in the case or for its problem, also out of another article or before it had a name; not
    what never arrived."""
    mine = Q(case=case) | Q(case__merged_into=case)
    if case.problem_id:
        mine |= Q(problem=case.problem_id)
        mine |= Q(case__problem=case.problem_id) | Q(case__merged_into__problem=case.problem_id)
    return Offer.objects.filter(mine, customer=case.customer_id).exclude(NEVER_ARRIVED)


def solutions_tried(customer_id: int, problem_id: int) -> dict[str, Tried]:
    """By the solution's key, what was last tried of a problem's solutions."""
    offers = Offer.objects.filter(customer=customer_id, problem=problem_id, solution__isnull=False).exclude(
        NEVER_ARRIVED
    )
    # The newest stands last in what is turned round, and so counts.
    return {one.solution_key: one for one in reversed(told(offers))}


def perhaps_tried(case: Case, now: datetime) -> QuerySet[Offer]:
    """What failed lately and may be the same: for any problem while the case's is not known, else where nobody knew."""
    lately = Offer.objects.filter(customer=case.customer_id, outcome=Outcome.FAILED, outcome_at__gt=now - LATELY)
    if case.problem_id:
        lately = lately.filter(problem=None)
    return lately.exclude(pk__in=of_case(case).values("pk"))


def told(offers: QuerySet[Offer]) -> list[Tried]:
    since = Message.objects.filter(
        case=OuterRef("case"), direction=Message.Direction.IN, at__gt=OuterRef("offered_at"), third_party=False,
        auto_submitted=False,
    )  # fmt: skip
    texts = Prefetch("solution__texts", SolutionText.objects.only("solution", "language", "title"))
    rows = offers.annotate(wrote=Exists(since)).select_related("solution", "by", "case").prefetch_related(texts)
    return [_told(one) for one in rows.order_by("-offered_at", "-id")]


def _told(offer: Offer) -> Tried:
    return Tried(
        offer_id=offer.pk,
        problem_id=offer.problem_id,
        solution_id=offer.solution_id,
        solution_key=offer.solution.key if offer.solution else "",
        title=title_of(offer),
        text=offer.text,
        outcome=offer.outcome,
        at=offer.offered_at,
        by_name=offer.by.first_name if offer.by else "",
        channel=offer.channel,
        device=offer.device,
        outcome_at=offer.outcome_at,
        outcome_how=offer.outcome_how,
        words=offer.outcome_words,
        reason=offer.reason,
        case_id=offer.case_id,
        reference=offer.case.reference if offer.case else "",
        can_undo=offer.outcome != Outcome.UNKNOWN,
        ask=offer.outcome == Outcome.UNKNOWN and bool(getattr(offer, "wrote", False)),
    )


def title_of(offer: Offer, language: str = "") -> str:
    """What to call it: the solution's title, in the language asked for if it has one, the title of an article that was
    linked as a whole, else the advice's first words."""
    wished = language or (get_language() or "pl")[:2]
    if offer.solution:
        texts = {one.language: one.title for one in offer.solution.texts.all()}
        return texts.get(wished) or next(iter(texts.values()), offer.text.partition("\n")[0] or offer.solution.key)
    if _LINK.fullmatch(offer.text) and (title := _title_of_article(offer, wished)):
        return title
    first = offer.text.strip().split("\n", 1)[0]
    return first if len(first) <= 120 else first[:119].rsplit(" ", 1)[0] + " …"


def _title_of_article(offer: Offer, wished: str) -> str:
    shown = Revision.objects.filter(problem=offer.problem_id, state=Revision.State.PUBLISHED)
    there = dict(shown.values_list("language", "title"))
    return there.get(wished) or next(iter(there.values()), "")


def titles(offers: Iterable[Offer], language: str = "") -> dict[int, str]:
    return {offer.pk: title_of(offer, language) for offer in offers}
