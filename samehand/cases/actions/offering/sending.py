"""An answer goes out: what failed stays here, what it offers is written down."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from samehand.cases.actions.offering.devices import device_of
from samehand.cases.drafts import ADVICE, as_given, draft_of, judged, link_to, weights_now, wordings, words_of
from samehand.cases.models import Case, Message, Offer, Prevented
from samehand.cases.tried import TO_US, title_of
from samehand.core import solutions
from samehand.core.solutions import Advice, Again, Draft, Refuse
from samehand.guide.models import Solution

REASON = 300
# Who sends the same draft again within it has not been kept from it a second time.
AT_ONCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Met:
    """What the draft offers although it failed: the offer of then, how it was seen, and how alike (0 to 1)."""

    offer: Offer
    how: str
    likeness: float

    @property
    def title(self) -> str:
        return title_of(self.offer)


class AlreadyFailed(Exception):
    """The answer offers what did not help this customer with this problem; `met` says what, and how it was seen."""

    def __init__(self, case_id: int, met: list[Met]) -> None:
        super().__init__("It did not help this customer before.")
        self.case_id = case_id
        self.met = met


def refuse_failed(case: Case, text: str, inserted: Collection[int], reason: str, now: datetime) -> list[Met]:
    """Raises AlreadyFailed, unless a reason is given; then what failed is returned, to be written down with it."""
    met = met_in(case, draft_of(text, inserted), now)
    if met and not reason.strip():
        raise AlreadyFailed(case.pk, met)
    return met


def met_in(case: Case, draft: Draft, now: datetime) -> list[Met]:
    decision = judged(case, draft, now)
    return _met(decision.again) if isinstance(decision, Refuse) else []


def warned_in(case: Case, draft: Draft, now: datetime) -> tuple[list[Met], list[Met]]:
    """What would refuse the draft, and what only warns."""
    decision = judged(case, draft, now)
    return (_met(decision.again), []) if isinstance(decision, Refuse) else ([], _met(decision.warn))


def _met(again: Collection[Again]) -> list[Met]:
    rows = Offer.objects.select_related("solution", "by", "problem").prefetch_related("solution__texts")
    offers = rows.in_bulk([one.offer for one in again])
    return [Met(offers[one.offer], one.how, one.likeness) for one in again]


def refuse_failed_since(case: Case, message: Message, now: datetime) -> None:
    """An answer that is written already goes out once more: raises AlreadyFailed for what did not help since, unless it
    was offered with a reason in the first place."""
    own = list(message.offers.all())
    inserted = [one.solution_id for one in own if one.solution_id]
    if own and not any(one.reason for one in own):
        refuse_failed(case, message.text, inserted, "", now)


@transaction.atomic
def prevent(*, case_id: int, met: Collection[Met], by_id: int, now: datetime, reason: str = "") -> None:
    """Something that had failed was not offered again; or was, with the reason why."""
    lately = Prevented.objects.filter(case=case_id, by=by_id, at__gt=now - AT_ONCE, reason="")
    for one in met:
        if reason or not lately.filter(offer=one.offer).exists():
            Prevented.objects.create(
                offer=one.offer, case_id=case_id, by_id=by_id, how=one.how, likeness=one.likeness, at=now,
                reason=reason[:REASON],
            )  # fmt: skip


def offered_by(message: Message, inserted: Collection[int], met: Collection[Met], reason: str) -> bool:
    """What an answer to the customer offers, written down; part of the transaction that sends it. Whether there is
    anything."""
    case = message.case
    draft = draft_of(message.text, inserted)
    put_in = set(draft.inserted)
    known = _candidates(case, draft.linked | put_in)
    worded = wordings(known)
    found = solutions.offered(draft.text, worded, weights_now())
    # A link to a whole article is one offer, not one of each of its solutions.
    whole = {pk for pk, problem in known.items() if problem in draft.articles} - put_in
    chosen = (set(found.solutions) - whole) | (draft.linked - whole) | put_in
    again = _repeated(met, {pk: worded.get(pk, ()) for pk in chosen})
    linked = {one.offer.problem_id: one.offer for one in met if one.how == "link"}
    offers = [_offer(message, known[pk], solution=pk, repeats=again.get(pk), reason=reason) for pk in sorted(chosen)]
    offers += [
        _offer(message, problem, text=link_to(draft.text, problem), repeats=linked.get(problem), reason=reason)
        for problem in sorted(draft.articles)
    ]
    if found.rest:
        offers.append(_offer(message, case.problem_id, text=found.rest, repeats=again.get(0), reason=reason))
    Offer.objects.bulk_create(offers)
    return bool(offers)


def _repeated(met: Collection[Met], chosen: Mapping[int, tuple[Advice, ...]]) -> dict[int, Offer]:
    """What had failed, by the solution that offers it again, whatever it was offered as; 0 is advice in free words."""
    found: dict[int, Offer] = {}
    for one in met:
        alike = [pk for pk, worded in chosen.items() if _same(one.offer, pk, worded)]
        found |= dict.fromkeys(alike or [0], one.offer)
    return found


def _same(failed: Offer, solution: int, worded: tuple[Advice, ...]) -> bool:
    if failed.solution_id == solution:
        return True
    given = as_given(failed) if failed.solution_id else (Advice("", failed.text),)
    return any(solutions.same_point(one, worded, weights_now()) >= solutions.SAME for one in given)


def _candidates(case: Case, named: Collection[int]) -> Mapping[int, int]:
    """Solutions that the draft may offer, with their problems: the case's own, and what is linked or put in."""
    own = (
        Solution.objects.filter(problem=case.problem_id, retired_at=None).exclude(key__in=TO_US)
        if case.problem_id
        else Solution.objects.none()
    )
    others = Solution.objects.filter(pk__in=named)
    return dict([*own.values_list("pk", "problem_id"), *others.values_list("pk", "problem_id")])


def _offer(
    message: Message,
    problem_id: int | None,
    *,
    solution: int | None = None,
    text: str = "",
    repeats: Offer | None = None,
    reason: str = "",
) -> Offer:
    device, family = device_of(message.case.customer_id)
    return Offer(
        customer_id=message.case.customer_id,
        problem_id=problem_id,
        solution_id=solution,
        case=message.case,
        message=message,
        text=words_of(solution, message.case.language) if solution else text[:ADVICE],
        language=message.case.language,
        by=message.author,
        channel=message.channel,
        device=device,
        family=family,
        offered_at=message.at,
        repeats=repeats,
        reason=reason[:REASON] if repeats else "",
    )
