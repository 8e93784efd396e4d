"""Leave, illness and whatever else keeps a person away.

Events tell that somebody is away and when, never why: every browser of the desk hears them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from samehand.core.days import Day
from samehand.lib.events import Fact, record
from samehand.people.actions.rostering.refusals import AbsenceOverlaps, EndsBeforeItBegins, Gone, TooLong
from samehand.people.actions.rostering.shifts import locked, span_of
from samehand.people.models import Absence, AbsenceKind, Shift, Staff

LONGEST = timedelta(days=731)


@transaction.atomic
def add_absence(
    *, by: Staff, person_id: int, kind: str, starts_at: datetime, ends_at: datetime, note: str = "", now: datetime
) -> Absence:
    """The person is away; her shifts stay planned. Who falls ill on leave is both. Raises Refused."""
    person = locked(person_id)
    if starts_at >= ends_at:
        raise EndsBeforeItBegins(person)
    if ends_at - starts_at > LONGEST:
        raise TooLong(person)
    if other := _in_the_way(person, kind, starts_at, ends_at):
        raise AbsenceOverlaps(person, (other.starts_at, other.ends_at))
    absence = Absence.objects.create(consultant=person, kind=kind, starts_at=starts_at, ends_at=ends_at, note=note)
    record([_fact("absence.added", absence, by)], now=now)
    return absence


def ill_today(*, by: Staff, person_id: int, zone: ZoneInfo, now: datetime) -> Absence:
    """The person is ill from now on, to the end of the day or of the shift that runs over midnight. Raises Refused."""
    until = Day.of(now, zone).ends
    shifts = Shift.objects.filter(consultant_id=person_id, starts_at__lt=until, ends_at__gt=until)
    ends_at = max([until, *shifts.values_list("ends_at", flat=True)])
    # From a full minute: files tell no seconds, and what they tell comes back as the same.
    minute = now.replace(second=0, microsecond=0)
    return add_absence(by=by, person_id=person_id, kind=AbsenceKind.SICK, starts_at=minute, ends_at=ends_at, now=now)


@transaction.atomic
def end_absence(*, by: Staff, absence_id: int, ends_at: datetime, now: datetime) -> Absence | None:
    """The person is back from then on, or stays away until then; an absence that never was is taken out (None).

    Raises Refused and Gone.
    """
    absence, ends_at = _locked_absence(absence_id), ends_at.replace(second=0, microsecond=0)
    if ends_at <= absence.starts_at:
        drop_absence(by=by, absence_id=absence.pk, now=now)
        return None
    if ends_at - absence.starts_at > LONGEST:
        raise TooLong(absence.consultant)
    if other := _in_the_way(absence.consultant, absence.kind, absence.starts_at, ends_at, absence.pk):
        raise AbsenceOverlaps(absence.consultant, (other.starts_at, other.ends_at))
    absence.ends_at = ends_at
    absence.save(update_fields=["ends_at"])
    record([_fact("absence.ended", absence, by)], now=now)
    return absence


@transaction.atomic
def drop_absence(*, by: Staff, absence_id: int, now: datetime) -> None:
    """It was a mistake; nothing happens when it was taken out already."""
    absence = Absence.objects.select_for_update().filter(pk=absence_id).first()
    if absence:
        record([_fact("absence.dropped", absence, by)], now=now)
        absence.delete()


def _locked_absence(absence_id: int) -> Absence:
    absence = Absence.objects.filter(pk=absence_id).first()
    if not absence:
        raise Gone
    locked(absence.consultant_id)
    absence = Absence.objects.select_for_update(of=("self",)).select_related("consultant").filter(pk=absence_id).first()
    if not absence:
        raise Gone
    return absence


def _in_the_way(person: Staff, kind: str, starts_at: datetime, ends_at: datetime, but: int = 0) -> Absence | None:
    found = Absence.objects.filter(consultant=person, starts_at__lt=ends_at, ends_at__gt=starts_at).exclude(pk=but)
    ill = kind == AbsenceKind.SICK
    return found.filter(kind=kind).first() if ill else found.exclude(kind=AbsenceKind.SICK).first()


def _fact(kind: str, absence: Absence, by: Staff) -> Fact:
    return Fact(kind, staff_id=absence.consultant_id, data={"by": by.pk} | span_of(absence))
