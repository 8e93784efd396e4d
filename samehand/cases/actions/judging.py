"""The verdicts of a batch: who really wrote, by what was found when it came."""

from __future__ import annotations

from collections.abc import Sequence

from samehand.cases.models import RawArrival
from samehand.core import trust
from samehand.core.arrivals import Arrival
from samehand.lib.domains import organization
from samehand.people import queries as people


def judged(batch: Sequence[tuple[RawArrival, Arrival]]) -> dict[int, trust.Verdict]:
    """By the arrival's id. A signed mark is not asked for yet: whose case it names is found later."""
    insiders = people.staff_addresses(arrival.from_address for _, arrival in batch)
    return {row.pk: _verdict(row, arrival, insider=arrival.from_address in insiders) for row, arrival in batch}


def _verdict(row: RawArrival, arrival: Arrival, *, insider: bool) -> trust.Verdict:
    if arrival.case_token:
        return trust.ON_THE_PAGE
    if arrival.claimed and not insider:
        return trust.CLAIMED
    return trust.verdict(
        trust.Evidence.of(row.envelope.get("auth")),
        arrival.from_address,
        doubt=arrival.from_doubt,
        insider=insider,
        organization=organization,
    )
