"""A file that was read is taken over into the roster."""

from __future__ import annotations

from samehand.people.actions import rostering
from samehand.people.models import Staff
from samehand.people.rostering.files.entries import Sheet
from tests.people.files.written import WARSAW
from tests.personas import MONDAY


def explain(refusal: Exception) -> str:
    return type(refusal).__name__


def take(ola: Staff, sheet: Sheet) -> tuple[dict[str, int], list[str]]:
    outcome = rostering.import_roster(by=ola, sheet=sheet, explain=explain, zone=WARSAW, now=MONDAY)
    return {state: outcome.count(state) for state in ("new", "changed", "same")}, [why for _l, why in outcome.troubles]
