"""What a change would do, found out by doing it and taking it back: what is shown is what will be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samehand.cases.models import Case
from samehand.cases.owed import owed
from samehand.core.coverage import Consequences, Interval, consequences
from samehand.core.days import Day
from samehand.core.hours import opened
from samehand.desk.office.shifts.words import span
from samehand.people.queries import hours
from samehand.people.rostering.presence import duties

SHOWN = 12
# However long an absence is: uncovered hours are looked for so far ahead.
FARTHEST = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Change:
    """`act` does it; `until` is the last moment that it touches; `said` is told when it is done."""

    act: Callable[[], object]
    until: datetime
    said: str


@dataclass(frozen=True, slots=True)
class Told:
    """The consequences in words, each with the cases or hours behind it; `seen` tells two of them apart."""

    promises: str
    cases: tuple[tuple[Case, str], ...]
    more_cases: int
    people: str
    losing: tuple[Case, ...]
    more_losing: int
    hours: str
    spans: tuple[str, ...]
    more_spans: int
    good: str
    still: str
    seen: str


def weigh(change: Change, *, now: datetime, zone: ZoneInfo) -> Consequences:
    """Whatever the change refuses is raised from here."""
    promised = owed(now)
    tomorrow = Day.of(now, zone).ends
    until = min(max(change.until, tomorrow, *(one.due for one in promised)), now + FARTHEST)
    with transaction.atomic():
        before = duties(now, until)
        change.act()
        after = duties(now, until)
        transaction.set_rollback(True)
    return consequences(
        promised, opened(hours(now), now, until), before=before, after=after, now=now, today_ends=tomorrow
    )


def told(found: Consequences, zone: ZoneInfo) -> Told:
    cases = _cases([risk.promise.id for risk in found.at_risk] + [one.id for one in found.lost])
    losing = {one.customer: cases[one.id] for one in found.lost if one.id in cases}
    at_risk = [(cases[risk.promise.id], risk.why) for risk in found.at_risk if risk.promise.id in cases]
    return Told(
        promises=_promises(len(found.at_risk)),
        cases=tuple(at_risk[:SHOWN]),
        more_cases=max(0, len(at_risk) - SHOWN),
        people=_people(len(losing)),
        losing=tuple(losing.values())[:SHOWN],
        more_losing=max(0, len(losing) - SHOWN),
        hours=_hours(found.uncovered),
        spans=tuple(span(begin, end, zone) for begin, end in found.uncovered[:SHOWN]),
        more_spans=max(0, len(found.uncovered) - SHOWN),
        good=_good(len(found.relieved)),
        still=_still(found.still),
        seen=seen(found),
    )


def seen(found: Consequences) -> str:
    """What the lead has before her eyes when she saves: promises at risk, customers, minutes without anybody."""
    return "-".join((_numbers(_risks(found)), _numbers(_losses(found)), str(_minutes(found.uncovered))))


def was_seen(found: Consequences, text: str) -> bool:
    """Whether nothing has become worse since; else it is shown again before it is saved."""
    if found.harmless:
        return True
    try:
        risks, losses, minutes = text.split("-")
        worse = _risks(found) - _known(risks) or _losses(found) - _known(losses)
        return not worse and _minutes(found.uncovered) <= int(minutes)
    except ValueError:
        return False


def _risks(found: Consequences) -> set[int]:
    return {risk.promise.id for risk in found.at_risk}


def _losses(found: Consequences) -> set[int]:
    return {one.id for one in found.lost}


def _minutes(spans: Sequence[Interval]) -> int:
    return sum((end - begin for begin, end in spans), timedelta()) // timedelta(minutes=1)


def _numbers(ids: set[int]) -> str:
    return ".".join(map(str, sorted(ids)))


def _known(text: str) -> set[int]:
    return {int(number) for number in text.split(".") if number}


def _cases(ids: Sequence[int]) -> dict[int, Case]:
    return Case.objects.select_related("customer", "owner").in_bulk(ids)


def _promises(count: int) -> str:
    said = ngettext("%(count)d promise now at risk", "%(count)d promises now at risk", count)
    return said % {"count": count} if count else ""


def _people(count: int) -> str:
    said = ngettext(
        "%(count)d customer loses the own person today", "%(count)d customers lose their own person today", count
    )
    return said % {"count": count} if count else ""


def _hours(spans: Sequence[Interval]) -> str:
    if not spans:
        return ""
    hours, minutes = divmod(_minutes(spans), 60)
    return _("Nobody would be there for %(hours)s of the opening hours") % {"hours": f"{hours}:{minutes:02} h"}


def _still(count: int) -> str:
    said = ngettext("%(count)d is at risk in any case", "%(count)d are at risk in any case", count)
    return said % {"count": count} if count else ""


def _good(count: int) -> str:
    said = ngettext("%(count)d promise is safe again", "%(count)d promises are safe again", count)
    return said % {"count": count} if count else ""
