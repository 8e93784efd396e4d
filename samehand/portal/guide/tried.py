"""The sections of an article for a customer whom we know: what she has tried without success is folded."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samehand.cases.models import Outcome
from samehand.cases.tried import Tried, solutions_tried
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
    tried = solutions_tried(customer.pk, problem.pk) if customer else {}
    number, shown = 0, []
    for section in rendered.sections:
        number += section.solution
        known = tried.get(section.key) if section.solution else None
        failed = _words(known) if known and known.outcome == Outcome.FAILED else ""
        helped = known is not None and known.outcome == Outcome.HELPED
        shown.append(Shown(section, number if section.solution else 0, failed, helped))
    return shown


def _words(known: Tried) -> str:
    said = {"day": day(known.outcome_at or known.at, now()), "name": known.by_name}
    if known.by_name:
        return _("You tried this on %(day)s (with %(name)s). It did not help: go on with the next.") % said
    return _("You tried this on %(day)s. It did not help: go on with the next.") % said
