"""A roster from a file: what is new goes in, what is there already stays, what does not fit is said line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from samehand.lib.events import Fact, record
from samehand.people.actions.rostering.absences import add_absence
from samehand.people.actions.rostering.refusals import Refused
from samehand.people.actions.rostering.shifts import add_shift, drop_shift, edit_shift
from samehand.people.models import Absence, Shift, Staff
from samehand.people.rostering.files.entries import Entry, Line, Sheet

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(slots=True)
class Imported:
    """What became of each line: `states` of those that were taken, `troubles` of the others, by number."""

    states: list[tuple[Line, str]] = field(default_factory=list)
    troubles: list[tuple[Line, str]] = field(default_factory=list)
    taken_out: int = 0

    def count(self, state: str) -> int:
        return sum(one == state for _line, one in self.states)


@transaction.atomic
def import_roster(
    *,
    by: Staff,
    sheet: Sheet,
    explain: Callable[[Refused], str],
    zone: ZoneInfo,
    replace: bool = False,
    now: datetime,
) -> Imported:
    """Plan what the file tells. The same file twice changes nothing the second time.

    With `replace` coming shifts that the file no longer has are taken out first, of its people and its days; not when a
    line cannot be read, because it may be the very one.
    """
    outcome = Imported()
    if replace and all(line.entry for line in sheet.lines):
        outcome.taken_out = _take_out([line.entry for line in sheet.lines if line.entry], by, zone, now)
    for line in sheet.lines:
        if line.entry is None:
            outcome.troubles.append((line, line.trouble))
            continue
        try:
            outcome.states.append((line, _take(line.entry, by, now)))
        except Refused as refusal:
            outcome.troubles.append((line, explain(refusal)))
    counts = {state: outcome.count(state) for state in (NEW, CHANGED, SAME)}
    data = {"by": by.pk, "refused": len(outcome.troubles), "taken_out": outcome.taken_out} | counts
    record([Fact("roster.imported", data=data)] if outcome.states else [], now=now)
    return outcome


def _take_out(entries: list[Entry], by: Staff, zone: ZoneInfo, now: datetime) -> int:
    told: dict[int, set[tuple[datetime, datetime]]] = defaultdict(set)
    for entry in entries:
        if entry.kind == "shift":
            told[entry.person_id].add((entry.starts_at, entry.ends_at))
    count = 0
    for person_id, spans in told.items():
        first, last = (edge(begin for begin, _end in spans).astimezone(zone).date() for edge in (min, max))
        begin, end = datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)
        for shift in Shift.objects.filter(consultant_id=person_id, starts_at__gte=max(begin, now), starts_at__lt=end):
            if (shift.starts_at, shift.ends_at) not in spans:
                drop_shift(by=by, shift_id=shift.pk, now=now)
                count += 1
    return count


def _take(entry: Entry, by: Staff, now: datetime) -> str:
    return _take_shift(entry, by, now) if entry.kind == "shift" else _take_absence(entry, by, now)


def _take_shift(entry: Entry, by: Staff, now: datetime) -> str:
    times = {"starts_at": entry.starts_at, "ends_at": entry.ends_at}
    known = Shift.objects.filter(consultant_id=entry.person_id, **times).prefetch_related("breaks").first()
    if known is None:
        add_shift(by=by, person_id=entry.person_id, breaks=entry.breaks, now=now, **times)
        return NEW
    if sorted(entry.breaks) == [(one.starts_at, one.ends_at) for one in known.breaks.all()]:
        return SAME
    edit_shift(by=by, shift_id=known.pk, person_id=entry.person_id, breaks=entry.breaks, now=now, **times)
    return CHANGED


def _take_absence(entry: Entry, by: Staff, now: datetime) -> str:
    times = {"starts_at": entry.starts_at, "ends_at": entry.ends_at}
    if Absence.objects.filter(consultant_id=entry.person_id, kind=entry.kind, **times).exists():
        return SAME
    add_absence(
        by=by,
        person_id=entry.person_id,
        kind=entry.kind,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        now=now,
    )
    return NEW
