"""A roster from a file: what is new goes in, what is there already stays, what does not fit is said line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from samehand.core.days import Day
from samehand.lib.events import Fact, record
from samehand.people.actions.rostering.absences import add_absence
from samehand.people.actions.rostering.refusals import NotWorkingHere, Refused, ShiftOverlaps, Span
from samehand.people.actions.rostering.shifts import check_times, checked_breaks, drop_shift, edit_shift
from samehand.people.models import Absence, Break, Shift, Staff
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
    entries = [line.entry for line in sheet.lines if line.entry]
    if replace and len(entries) == len(sheet.lines):
        outcome.taken_out = _take_out(entries, by, zone, now)
    plan = _Plan(entries, by, now)
    for line in sheet.lines:
        _note(line, plan, explain, outcome)
    plan.save()
    return outcome


def _note(line: Line, plan: _Plan, explain: Callable[[Refused], str], outcome: Imported) -> None:
    if line.entry is None:
        outcome.troubles.append((line, line.trouble))
        return
    try:
        outcome.states.append((line, plan.take(line.entry)))
    except Refused as refusal:
        outcome.troubles.append((line, explain(refusal)))


class _Plan:
    """What is planned for the people of a file, and what comes to it: a query for each of thousands of lines would take
    minutes."""

    def __init__(self, entries: list[Entry], by: Staff, now: datetime) -> None:
        self.by, self.now = by, now
        ids = {entry.person_id for entry in entries}
        locked = Staff.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
        self.people = {person.pk: person for person in locked}
        self.shifts: dict[int, list[Shift]] = defaultdict(list)
        for shift in self._planned(entries):
            self.shifts[shift.consultant_id].append(shift)
        self.new: list[Shift] = []
        self.breaks: list[Break] = []

    def take(self, entry: Entry) -> str:
        """Raises Refused."""
        person = self.people[entry.person_id]
        if not person.is_active:
            raise NotWorkingHere(person)
        return self._take_shift(entry, person) if entry.kind == "shift" else self._take_absence(entry)

    def save(self) -> None:
        Shift.objects.bulk_create(self.new)
        Break.objects.bulk_create(self.breaks)
        facts = [Fact("shift.imported", data={"by": self.by.pk, "shifts": [shift.pk for shift in self.new]})]
        record(facts if self.new else [], now=self.now)

    def _planned(self, entries: list[Entry]) -> Iterable[Shift]:
        times = [moment for entry in entries for moment in (entry.starts_at, entry.ends_at)]
        if not times:
            return []
        found = Shift.objects.filter(consultant__in=self.people, starts_at__lt=max(times), ends_at__gt=min(times))
        return found.prefetch_related("breaks")

    def _take_shift(self, entry: Entry, person: Staff) -> str:
        check_times(person, entry.starts_at, entry.ends_at)
        shift = Shift(consultant=person, starts_at=entry.starts_at, ends_at=entry.ends_at)
        breaks = checked_breaks(shift, entry.breaks)
        for other in self.shifts[person.pk]:
            if (other.starts_at, other.ends_at) == (shift.starts_at, shift.ends_at):
                return self._same(other, entry)
            if other.starts_at < shift.ends_at and shift.starts_at < other.ends_at:
                raise ShiftOverlaps(person, (other.starts_at, other.ends_at))
        self.shifts[person.pk].append(shift)
        self.new.append(shift)
        self.breaks += breaks
        return NEW

    def _same(self, known: Shift, entry: Entry) -> str:
        if sorted(entry.breaks) == self._breaks_of(known):
            return SAME
        if known.pk is None:
            # The file tells the same shift twice, and not the same of it.
            raise ShiftOverlaps(known.consultant, (known.starts_at, known.ends_at))
        edit_shift(
            by=self.by,
            shift_id=known.pk,
            person_id=entry.person_id,
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
            breaks=entry.breaks,
            now=self.now,
        )
        return CHANGED

    def _breaks_of(self, known: Shift) -> list[Span]:
        rows = known.breaks.all() if known.pk else [one for one in self.breaks if one.shift is known]
        return [(one.starts_at, one.ends_at) for one in rows]

    def _take_absence(self, entry: Entry) -> str:
        times = {"starts_at": entry.starts_at, "ends_at": entry.ends_at}
        if Absence.objects.filter(consultant_id=entry.person_id, kind=entry.kind, **times).exists():
            return SAME
        add_absence(
            by=self.by,
            person_id=entry.person_id,
            kind=entry.kind,
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
            now=self.now,
        )
        return NEW


def _take_out(entries: list[Entry], by: Staff, zone: ZoneInfo, now: datetime) -> int:
    told: dict[int, set[tuple[datetime, datetime]]] = defaultdict(set)
    for entry in entries:
        if entry.kind == "shift":
            told[entry.person_id].add((entry.starts_at, entry.ends_at))
    count = 0
    for person_id, spans in told.items():
        first, last = (edge(begin for begin, _end in spans).astimezone(zone).date() for edge in (min, max))
        begin, end = Day(first, zone).starts, Day(last, zone).ends
        for shift in Shift.objects.filter(consultant_id=person_id, starts_at__gte=max(begin, now), starts_at__lt=end):
            if (shift.starts_at, shift.ends_at) not in spans:
                drop_shift(by=by, shift_id=shift.pk, now=now)
                count += 1
    return count
