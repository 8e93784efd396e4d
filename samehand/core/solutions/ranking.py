"""Which solution to suggest first: by how often it helped with this problem, and on phones of this family."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from samehand.core.shares import Share, share

# From so many outcomes on one family of phones these alone count.
ENOUGH_OF_FAMILY = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A solution and what became of its offers: with everybody, and on phones of the customer's family. `place` is
    where it stands in its article."""

    solution: int
    place: int
    helped: int
    failed: int
    helped_on_family: int = 0
    failed_on_family: int = 0
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`of_family` says whether only phones of the customer's family are counted. `why` it stands where it does:
    counted, few (fewer than three outcomes) or place (none: in the article's order)."""

    solution: int
    share: Share
    of_family: bool
    why: str


def suggestions(known: Iterable[Known], failed_here: Collection[int]) -> list[Suggestion]:
    """The best first: by the lower end of the interval, so that 3 of 3 stand behind 40 of 44; ties by the upper end, so
    that what never helped stands behind what nobody tried, then by the article's order, which goes from the quick to
    the thorough. What failed here, and what no
    published article says any more, is never suggested."""
    rows = [(one, _counted(one)) for one in known if one.solution not in failed_here and not one.retired]
    rows.sort(key=lambda row: (-row[1][0].low, -row[1][0].high, row[0].place, row[0].solution))
    return [Suggestion(one.solution, counted, of_family, _why(counted)) for one, (counted, of_family) in rows]


def _counted(one: Known) -> tuple[Share, bool]:
    on_family = one.helped_on_family + one.failed_on_family
    if on_family >= ENOUGH_OF_FAMILY:
        return share(one.helped_on_family, on_family), True
    return share(one.helped, one.helped + one.failed), False


def _why(counted: Share) -> str:
    return "counted" if counted.of >= 3 else "few" if counted.of else "place"
