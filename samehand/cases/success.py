"""How often solutions helped: for suggestions in a case, and for reports. Counted from what customers said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from samehand.cases.drafts import tried_of
from samehand.cases.models import Case, Delivery, Message, Offer, Outcome, Prevented
from samehand.cases.tried import NEVER_ARRIVED, TO_US
from samehand.core.shares import Share, share
from samehand.core.solutions import Known, Suggestion, suggestions
from samehand.guide.models import OwnedDevice, Solution, SolutionText

HELPED, FAILED = Q(outcome=Outcome.HELPED), Q(outcome=Outcome.FAILED)


def suggested(case: Case) -> list[Suggestion]:
    """What to offer next for the case's problem, the best first; nothing that failed for this customer, nor what she is
    still at."""
    if not case.problem_id:
        return []
    known = _known(case.problem_id, _family(case))
    return suggestions(known, tried_of(case, [one.solution for one in known]))


def _family(case: Case) -> str:
    owned = OwnedDevice.objects.filter(customer=case.customer_id).values_list("device__family", flat=True)
    return owned.first() or ""


def _known(problem_id: int, family: str) -> list[Known]:
    on_family = Q(offers__family=family) if family else Q(pk=None)
    helped, failed = Q(offers__outcome=Outcome.HELPED), Q(offers__outcome=Outcome.FAILED)
    rows = (
        Solution.objects.filter(problem=problem_id)
        .exclude(key__in=TO_US)
        .annotate(
            helped=Count("offers", filter=helped),
            failed=Count("offers", filter=failed),
            helped_on_family=Count("offers", filter=helped & on_family),
            failed_on_family=Count("offers", filter=failed & on_family),
        )
    )
    return [
        Known(
            row.pk, row.place, row.helped, row.failed, row.helped_on_family, row.failed_on_family,
            retired=row.retired_at is not None,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Success:
    """A solution's outcomes within a time; `families` are (family, share), the most tried first."""

    problem_key: str
    solution_key: str
    title: str
    offered: int
    share: Share
    families: tuple[tuple[str, Share], ...]
    retired: bool = False


def successes(since: datetime, until: datetime) -> list[Success]:
    """Every solution that was offered, the most offered first; ways to us are no advice."""
    advice = Offer.objects.filter(solution__isnull=False).exclude(solution__key__in=TO_US).exclude(NEVER_ARRIVED)
    offers = _within(advice, since, until)
    by_family = offers.values("solution", "family").annotate(
        offered=Count("pk"), helped=Count("pk", filter=HELPED), failed=Count("pk", filter=FAILED)
    )
    rows: dict[int, list[dict[str, Any]]] = {}
    for row in by_family.order_by("solution", "-offered", "family"):
        rows.setdefault(row["solution"], []).append(dict(row))
    titles = _titles(rows)
    known = Solution.objects.select_related("problem").in_bulk(list(rows))
    found = [_success(known[pk], titles.get(pk, ""), own) for pk, own in rows.items()]
    return sorted(found, key=lambda one: (-one.offered, one.problem_key, one.solution_key))


def _success(solution: Solution, title: str, rows: list[dict[str, Any]]) -> Success:
    helped, failed = sum(row["helped"] for row in rows), sum(row["failed"] for row in rows)
    families = tuple(
        (row["family"], share(row["helped"], row["helped"] + row["failed"])) for row in rows if row["family"]
    )
    return Success(
        solution.problem.key, solution.key, title or solution.key, sum(row["offered"] for row in rows),
        share(helped, helped + failed), families, retired=solution.retired_at is not None,
    )  # fmt: skip


def _titles(solution_ids: Iterable[int]) -> dict[int, str]:
    wished = (get_language() or "pl")[:2]
    texts = SolutionText.objects.filter(solution__in=list(solution_ids)).values_list("solution", "language", "title")
    return {pk: title for pk, language, title in sorted(texts, key=lambda one: one[1] == wished)}


def solved_at_first(since: datetime, until: datetime) -> Share:
    """Of the cases solved whose customer had an answer of a person: those that one answer was enough for."""
    cases = Case.objects.filter(status=Case.Status.SOLVED, opened_at__gte=since, opened_at__lt=until)
    answers = Q(messages__direction=Message.Direction.OUT, messages__auto_submitted=False)
    answers &= ~Q(messages__delivery__state__in=Delivery.NEVER_ARRIVED)
    counted = cases.annotate(answers=Count("messages", filter=answers)).filter(answers__gt=0)
    return share(counted.filter(answers=1).count(), counted.count())


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept from being offered again: `refused` drafts, and those `sent` all the same with their reasons."""

    refused: int
    sent: int
    by_link: int
    by_insertion: int
    by_text: int


def kept(since: datetime, until: datetime) -> Kept:
    rows = Prevented.objects.filter(at__gte=since, at__lt=until)
    # What left after all, with a reason, was not kept from her.
    later = Prevented.objects.filter(offer=OuterRef("offer"), case=OuterRef("case"), at__gte=OuterRef("at"))
    refused = Q(reason="") & ~Q(Exists(later.exclude(reason="")))
    counted = rows.aggregate(
        refused=Count("pk", filter=refused), sent=Count("pk", filter=~Q(reason="")),
        by_link=Count("pk", filter=Q(how="link")), by_insertion=Count("pk", filter=Q(how="canned")),
        by_text=Count("pk", filter=Q(how="text")),
    )  # fmt: skip
    return Kept(**counted)


def sent_in_spite(since: datetime, until: datetime) -> QuerySet[Prevented]:
    """With their reasons, the latest first."""
    rows = Prevented.objects.filter(at__gte=since, at__lt=until).exclude(reason="")
    related = ("offer__solution", "case", "by")
    return rows.select_related(*related).prefetch_related("offer__solution__texts").order_by("-at", "-pk")


def unhelpful(found: Iterable[Success], least: int = 3) -> list[Success]:
    """Of those with outcomes enough to say so: where most likely fewer than half are helped, the worst first."""
    poor = [one for one in found if one.share.of >= least and (one.share.value or 0) < 0.5]
    return sorted(poor, key=lambda one: (one.share.high, -one.share.of))


def _within(offers: QuerySet[Offer], since: datetime, until: datetime) -> QuerySet[Offer]:
    return offers.filter(offered_at__gte=since, offered_at__lt=until)
