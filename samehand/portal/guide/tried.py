"""The sections of an article for a customer whom we know: what she has tried without success is folded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samehand.cases.models import Offer, Outcome
from samehand.guide.models import Problem
from samehand.guide.rendering import Rendered, Section
from samehand.lib.clock import now
from samehand.lib.spoken import day
from samehand.people.models import Customer


@dataclass(frozen=True, slots=True)
class Shown:
    """`number` counts the solutions; `tried` says that it did not help her, and then it is folded."""

    section: Section
    number: int = 0
    tried: str = ""
    helped: bool = False

    @property
    def html(self) -> SafeString:
        return self.section.html


def sections_for(rendered: Rendered, customer: Customer | None, problem: Problem) -> list[Shown]:
    tried = _tried(customer, problem) if customer else {}
    number, shown = 0, []
    for section in rendered.sections:
        number += section.solution
        offer = tried.get(section.key) if section.solution else None
        failed = offer is not None and offer.outcome == Outcome.FAILED
        helped = offer is not None and offer.outcome == Outcome.HELPED
        shown.append(
            Shown(section, number if section.solution else 0, _words(offer) if failed and offer else "", helped)
        )
    return shown


def _tried(customer: Customer, problem: Problem) -> dict[str, Offer]:
    """The latest that is known of each solution."""
    known = Offer.objects.filter(customer=customer, problem=problem, solution__isnull=False)
    known = known.exclude(outcome=Outcome.UNKNOWN).select_related("solution", "by").order_by("offered_at", "id")
    return {offer.solution.key: offer for offer in known if offer.solution}


def _words(offer: Offer) -> str:
    said = {"day": day(_when(offer), now()), "name": offer.by.first_name if offer.by else ""}
    if offer.by:
        return _("You tried this on %(day)s (with %(name)s). It did not help: go on with the next.") % said
    return _("You tried this on %(day)s. It did not help: go on with the next.") % said


def _when(offer: Offer) -> datetime:
    return offer.outcome_at or offer.offered_at
