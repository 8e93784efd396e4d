"""Ola changes the roster: each act does what it says, or refuses and says why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from samehand.lib.models import Event
from samehand.people.actions import rostering
from samehand.people.actions.rostering import refusals
from samehand.people.models import Absence, AbsenceKind, Break, Shift, Staff, WeekTemplate
from samehand.people.queries import on_shift
from tests.personas import MONDAY, at

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")


def shift_of(person: Staff) -> Shift:
    return Shift.objects.get(consultant=person)


def minutes(row: Any) -> tuple[int, int]:
    return tuple(int((moment - MONDAY) / timedelta(minutes=1)) for moment in (row.starts_at, row.ends_at))  # type: ignore[return-value]


def rest(shift: Shift, begin: float, end: float) -> Break:
    return Break.objects.create(shift=shift, starts_at=at(begin), ends_at=at(end))


def edit(ola: Staff, shift: Shift, person: Staff, begin: float, end: float) -> Shift:
    return rostering.edit_shift(
        by=ola, shift_id=shift.pk, person_id=person.pk, starts_at=at(begin), ends_at=at(end), now=MONDAY
    )


def test_a_shift_takes_its_breaks_along(ola: Staff, anna: Staff) -> None:
    shift = shift_of(anna)
    rest(shift, 60, 75)

    edit(ola, shift, anna, 0, 480)

    assert minutes(shift_of(anna)) == (0, 480)
    assert minutes(Break.objects.get()) == (180, 195)


def test_what_no_longer_lies_in_the_shift_falls_away(ola: Staff, anna: Staff) -> None:
    shift = shift_of(anna)
    rest(shift, 0, 15)
    rest(shift, 60, 75)

    edit(ola, shift, anna, -120, 70)

    assert [minutes(one) for one in Break.objects.all()] == [(0, 15)]


def test_a_shift_changes_hands(ola: Staff, anna: Staff, marek: Staff) -> None:
    shift_of(marek).delete()

    edit(ola, shift_of(anna), marek, -120, 360)

    assert minutes(shift_of(marek)) == (-120, 360)
    assert Event.objects.get(kind="shift.edited").data["was"]["staff"] == anna.pk


def test_nobody_is_on_duty_twice_at_once(ola: Staff, anna: Staff, marek: Staff) -> None:
    with pytest.raises(refusals.ShiftOverlaps) as refused:
        edit(ola, shift_of(anna), marek, -120, 360)

    assert refused.value.person == marek
    assert refused.value.span == (at(-120), at(360))
    assert Shift.objects.filter(consultant=anna).exists()


def test_a_shift_is_split(ola: Staff, anna: Staff) -> None:
    shift = shift_of(anna)
    for begin in (0, 90, 300):
        rest(shift, begin, begin + 15)

    rostering.split_shift(by=ola, shift_id=shift.pk, until=at(60), again_at=at(180), now=MONDAY)

    first, second = Shift.objects.filter(consultant=anna)
    assert (minutes(first), minutes(second)) == ((-120, 60), (180, 360))
    assert [(one.shift_id, minutes(one)) for one in Break.objects.all()] == [
        (first.pk, (0, 15)),
        (second.pk, (300, 315)),
    ]


@pytest.mark.parametrize("until", [-120, 360, 500])
def test_a_shift_is_split_inside_only(ola: Staff, anna: Staff, until: int) -> None:
    with pytest.raises(refusals.OutsideTheShift):
        rostering.split_shift(by=ola, shift_id=shift_of(anna).pk, until=at(until), again_at=at(until), now=MONDAY)


@pytest.mark.parametrize(
    "breaks",
    [
        pytest.param([(-130, -110)], id="begins before the shift"),
        pytest.param([(350, 370)], id="ends after the shift"),
        pytest.param([(60, 90), (70, 80)], id="inside another break"),
        pytest.param([(40, 40)], id="no time at all"),
    ],
)
def test_breaks_lie_in_their_shift_and_apart(ola: Staff, anna: Staff, breaks: list[tuple[int, int]]) -> None:
    rest(shift_of(anna), 0, 15)
    wanted = [(at(begin), at(end)) for begin, end in breaks]
    shift = shift_of(anna)

    with pytest.raises(refusals.OutsideTheShift):
        rostering.edit_shift(
            by=ola,
            shift_id=shift.pk,
            person_id=anna.pk,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            breaks=wanted,
            now=MONDAY,
        )

    assert minutes(Break.objects.get()) == (0, 15)


def test_breaks_are_given_anew(ola: Staff, anna: Staff) -> None:
    shift = shift_of(anna)
    rest(shift, 0, 15)

    rostering.edit_shift(
        by=ola,
        shift_id=shift.pk,
        person_id=anna.pk,
        starts_at=at(0),
        ends_at=at(100),
        breaks=[(at(60), at(70)), (at(20), at(30))],
        now=MONDAY,
    )

    assert [minutes(one) for one in Break.objects.all()] == [(20, 30), (60, 70)]


def test_what_somebody_took_out_meanwhile(ola: Staff, anna: Staff) -> None:
    rest(shift_of(anna), 60, 90)
    shift = shift_of(anna)

    rostering.drop_shift(by=ola, shift_id=shift.pk, now=MONDAY)
    rostering.drop_shift(by=ola, shift_id=shift.pk, now=MONDAY)

    assert not Break.objects.exists()
    assert Event.objects.filter(kind="shift.dropped").count() == 1
    with pytest.raises(refusals.Gone):
        edit(ola, shift, anna, 0, 10)


def test_who_falls_ill_is_away_to_the_end_of_the_day_and_her_shift_stays(ola: Staff, anna: Staff) -> None:
    absence = rostering.ill_today(by=ola, person_id=anna.pk, zone=WARSAW, now=at(30))

    assert (absence.starts_at, absence.ends_at) == (at(30), datetime(2026, 11, 23, 23, tzinfo=UTC))
    assert shift_of(anna)
    assert anna not in on_shift(at(31))

    rostering.end_absence(by=ola, absence_id=absence.pk, ends_at=at(120), now=at(120))
    assert anna in on_shift(at(120))


def test_who_falls_ill_in_the_night_is_away_to_its_end(ola: Staff, anna: Staff) -> None:
    Shift.objects.update(starts_at=at(11 * 60), ends_at=at(19 * 60))

    absence = rostering.ill_today(by=ola, person_id=anna.pk, zone=WARSAW, now=at(60))

    assert absence.ends_at == at(19 * 60)


def test_an_illness_that_never_was(ola: Staff, anna: Staff) -> None:
    absence = rostering.ill_today(by=ola, person_id=anna.pk, zone=WARSAW, now=at(30))

    assert rostering.end_absence(by=ola, absence_id=absence.pk, ends_at=at(30), now=at(30)) is None
    assert not Absence.objects.exists()


def test_events_never_tell_why_somebody_is_away(ola: Staff, anna: Staff) -> None:
    absence = rostering.ill_today(by=ola, person_id=anna.pk, zone=WARSAW, now=at(30))
    rostering.drop_absence(by=ola, absence_id=absence.pk, now=at(31))

    told = [f"{event.kind} {event.data}" for event in Event.objects.all()]
    assert [words.split()[0] for words in told] == ["absence.added", "absence.dropped"]
    assert not any("sick" in words or "ill" in words for words in told)


def test_leave_and_illness_may_meet_and_two_leaves_may_not(ola: Staff, anna: Staff) -> None:
    def away(kind: str, begin: float, end: float) -> Absence:
        return rostering.add_absence(
            by=ola, person_id=anna.pk, kind=kind, starts_at=at(begin), ends_at=at(end), now=MONDAY
        )

    away(AbsenceKind.LEAVE, 0, 1000)
    away(AbsenceKind.SICK, 500, 600)

    with pytest.raises(refusals.AbsenceOverlaps):
        away(AbsenceKind.LEAVE, 900, 2000)
    with pytest.raises(refusals.AbsenceOverlaps):
        away(AbsenceKind.OTHER, 900, 2000)
    with pytest.raises(refusals.AbsenceOverlaps):
        away(AbsenceKind.SICK, 590, 700)
    with pytest.raises(refusals.TooLong):
        away(AbsenceKind.LEAVE, 2000, 2_000_000)
    assert Absence.objects.count() == 2


def test_who_has_gone_is_not_planned(ola: Staff, anna: Staff) -> None:
    Staff.objects.filter(pk=anna.pk).update(is_active=False)

    with pytest.raises(refusals.NotWorkingHere):
        rostering.add_shift(by=ola, person_id=anna.pk, starts_at=at(2000), ends_at=at(2400), now=MONDAY)


def test_a_template_plans_by_the_wall_clock_with_breaks(ola: Staff, anna: Staff) -> None:
    Shift.objects.all().delete()
    night = (datetime(2026, 10, 17, 20, tzinfo=UTC), datetime(2026, 10, 18, 4, tzinfo=UTC))
    pause = (datetime(2026, 10, 18, 0, tzinfo=UTC), datetime(2026, 10, 18, 0, 30, tzinfo=UTC))
    rostering.add_shift(by=ola, person_id=anna.pk, starts_at=night[0], ends_at=night[1], breaks=[pause], now=MONDAY)
    template = rostering.save_template(by=ola, name="Zima", monday=date(2026, 10, 12), zone=WARSAW, now=MONDAY)

    counts = [
        rostering.apply_template(by=ola, template_id=template.pk, monday=date(2026, 10, 19), zone=WARSAW, now=MONDAY)
        for _turn in range(2)
    ]

    assert [(one.made, one.left_out) for one in counts] == [(1, 0), (0, 1)]
    made = Shift.objects.latest("starts_at")
    assert made.starts_at == datetime(2026, 10, 24, 20, tzinfo=UTC)
    assert made.ends_at == datetime(2026, 10, 25, 5, tzinfo=UTC), "the night that has an hour more"
    assert made.breaks.count() == 1


def test_a_template_of_the_same_name_is_replaced(ola: Staff, anna: Staff) -> None:
    for _turn in range(2):
        rostering.save_template(by=ola, name="Zima", monday=date(2026, 11, 23), zone=WARSAW, now=MONDAY)

    template = WeekTemplate.objects.get()
    assert template.rows == [{"staff": anna.pk, "span": [540, 1020], "breaks": []}]
    rostering.drop_template(by=ola, template_id=template.pk, now=MONDAY)
    assert not WeekTemplate.objects.exists()
