"""Ola plans who is on duty: every change is weighed against what was promised before it is saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from samehand.cases.models import Case
from samehand.desk.office.shifts import views
from samehand.desk.office.shifts.picture import Bar
from samehand.lib.models import Event
from samehand.people.models import Absence, AbsenceKind, Break, ServiceHours, Shift, SpecialDay, Staff, WeekTemplate
from tests.personas import MONDAY, a_mail, arrive, at

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
ACT = "/desk/office/shifts/act"


@pytest.fixture(autouse=True)
def monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "now", lambda: MONDAY)


@pytest.fixture
def free(anna: Staff) -> Staff:
    Shift.objects.all().delete()
    return anna


def plan(lead: Client, person: Staff, day: str, begin: str, end: str, breaks: str = "") -> int:
    said = {"act": "add", "consultant": person.pk, "day": day, "begin": begin, "end": end, "breaks": breaks}
    return post(lead, **said, person=person.pk, on=day).status_code


def post(lead: Client, **said: Any) -> HttpResponse:
    return lead.post(ACT, said)  # type: ignore[return-value]


def save_all_the_same(lead: Client, shown: HttpResponse) -> HttpResponse:
    """Press the button of the page that shows the harm."""
    form = re.search(r"<form[^>]*>((?:(?!</form>).)*name=\"seen\".*?)</form>", shown.content.decode(), re.S)
    assert form
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[1]))
    return post(lead, **fields)


@pytest.mark.parametrize(
    ("day", "begin", "end", "starts_at", "ends_at"),
    [
        pytest.param("2026-07-01", "08:00", "16:00", (7, 1, 6), (7, 1, 14), id="summer"),
        pytest.param("2026-11-23", "08:00", "16:00", (11, 23, 7), (11, 23, 15), id="winter"),
        pytest.param("2026-11-23", "22:00", "06:00", (11, 23, 21), (11, 24, 5), id="over midnight"),
        pytest.param("2026-10-24", "22:00", "06:00", (10, 24, 20), (10, 25, 5), id="the night that has an hour more"),
    ],
)
def test_hours_are_the_operators(
    lead: Client,
    free: Staff,
    day: str,
    begin: str,
    end: str,
    starts_at: tuple[int, int, int],
    ends_at: tuple[int, int, int],
) -> None:
    assert plan(lead, free, day, begin, end) == 302

    shift = Shift.objects.get()
    assert shift.starts_at == datetime(2026, *starts_at, tzinfo=UTC)
    assert shift.ends_at == datetime(2026, *ends_at, tzinfo=UTC)


def test_a_night_has_its_breaks_on_both_sides_of_midnight(lead: Client, free: Staff) -> None:
    assert plan(lead, free, "2026-11-23", "22:00", "06:00", "23:30-23:45, 2-2:30") == 302

    spans = [(one.starts_at, one.ends_at) for one in Break.objects.all()]
    assert spans == [
        (datetime(2026, 11, 23, 22, 30, tzinfo=UTC), datetime(2026, 11, 23, 22, 45, tzinfo=UTC)),
        (datetime(2026, 11, 24, 1, tzinfo=UTC), datetime(2026, 11, 24, 1, 30, tzinfo=UTC)),
    ]


@pytest.mark.parametrize("breaks", ["7-7:30", "15:50-16:10", "12-13, 12:30-12:45", "noon", "25:00-26:00"])
def test_breaks_that_do_not_fit_are_refused(lead: Client, free: Staff, breaks: str) -> None:
    assert plan(lead, free, "2026-11-24", "08:00", "16:00", breaks) == 422
    assert not Shift.objects.exists()


def test_nobody_is_on_duty_twice_at_once(lead: Client, free: Staff, marek: Staff) -> None:
    plan(lead, free, "2026-11-23", "08:00", "16:00")

    assert plan(lead, free, "2026-11-23", "15:00", "20:00") == 422
    assert plan(lead, free, "2026-11-23", "16:00", "20:00") == 302
    assert plan(lead, marek, "2026-11-24", "08:00", "16:00") == 302


def test_what_stands_in_the_way_is_said_and_what_was_typed_stays(lead: Client, free: Staff) -> None:
    plan(lead, free, "2026-11-24", "08:00", "16:00")

    said = {
        "act": "add",
        "consultant": free.pk,
        "day": "2026-11-24",
        "begin": "15:00",
        "end": "20:10",
        "on": "2026-11-24",
    }
    page = post(lead, **said, person=free.pk).content.decode()

    assert "Anna Testowa ma już wtedy dyżur: Wt 24.11 8:00–16:00." in page
    assert 'value="20:10"' in page


def test_a_form_without_a_person_is_refused(lead: Client, free: Staff) -> None:
    said = {"act": "add", "consultant": "", "day": "2026-11-23", "begin": "8", "end": "16:00", "person": free.pk}

    assert post(lead, **said).status_code == 422
    assert not Shift.objects.exists()


def test_an_hour_that_the_night_in_march_does_not_have(lead: Client, free: Staff) -> None:
    assert plan(lead, free, "2026-03-29", "02:30", "03:10") == 422
    assert plan(lead, free, "2026-03-28", "22:00", "06:00") == 302


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "rubbish", ""])
def test_a_day_that_nobody_plans(lead: Client, free: Staff, day: str) -> None:
    assert plan(lead, free, day, "22:00", "06:00") == 422


@pytest.mark.parametrize("row", ["", "0", "999999", "-1", "x", "9" * 40])
@pytest.mark.parametrize("act", ["edit", "split", "drop", "back", "until", "here"])
def test_a_row_that_is_not_there_is_said(lead: Client, anna: Staff, act: str, row: str) -> None:
    said = {"consultant": anna.pk, "day": "2026-11-24", "begin": "08:00", "end": "16:00", "last": "2026-11-24"}
    said |= {"until": "10:00", "again": "11:00"}

    page = post(lead, act=act, row=row, person=anna.pk, on="2026-11-24", **said)

    assert page.status_code == 422
    assert "Ktoś to już w międzyczasie usunął." in page.content.decode()


def test_an_act_that_there_is_not(lead: Client, anna: Staff) -> None:
    assert post(lead, act="_act").status_code == 404


def test_a_change_that_harms_nobody_is_saved_at_once(lead: Client, anna: Staff, marek: Staff) -> None:
    shift = Shift.objects.get(consultant=anna)

    assert post(lead, act="drop", row=shift.pk, person=anna.pk, on="2026-11-23").status_code == 302

    assert not Shift.objects.filter(consultant=anna).exists()


def test_hours_that_nobody_would_cover_are_shown_before_it_is_saved(lead: Client, anna: Staff) -> None:
    shift = Shift.objects.get(consultant=anna)

    shown = post(lead, act="drop", row=shift.pk, person=anna.pk, on="2026-11-23")

    assert "W godzinach pracy nie byłoby nikogo przez 6:00 h" in shown.content.decode()
    assert "Pon 23.11 11:00–17:00" in shown.content.decode()
    assert Shift.objects.filter(pk=shift.pk).exists(), "looking changes nothing"
    assert save_all_the_same(lead, shown).status_code == 302
    assert not Shift.objects.exists()


def test_promises_at_risk_and_customers_who_lose_their_person_are_told_apart(
    lead: Client, anna: Staff, marek: Staff
) -> None:
    arrive(a_mail(subject="Faktura"), a_mail("Jan Żuk <jan@poczta.example>", "Przeniesienie numeru"), now=at(-10))
    Case.objects.filter(subject="Faktura").update(owner=anna, skill="general", language="pl")
    Case.objects.exclude(subject="Faktura").update(owner=anna, skill="billing", language="pl")

    shown = post(lead, act="ill", row=anna.pk, person=anna.pk, on="2026-11-23")
    page = shown.content.decode()

    assert "1 obietnica będzie zagrożona" in page, "Marek knows no bills"
    assert "2 klientów traci dziś swojego opiekuna" in page
    at_risk = page.split("2 klientów")[0]
    assert "Przeniesienie numeru" in at_risk
    assert "Faktura" not in at_risk
    assert not Absence.objects.exists()
    assert save_all_the_same(lead, shown).status_code == 302
    assert Absence.objects.get().kind == AbsenceKind.SICK
    assert Shift.objects.filter(consultant=anna).exists()


def test_harm_that_grew_since_it_was_seen_is_shown_again(lead: Client, anna: Staff) -> None:
    shown = post(lead, act="ill", row=anna.pk, person=anna.pk, on="2026-11-23")
    arrive(a_mail(), now=at(-10))

    again = save_all_the_same(lead, shown)

    assert "1 obietnica będzie zagrożona" in again.content.decode()
    assert not Absence.objects.exists()
    assert save_all_the_same(lead, again).status_code == 302


def test_looking_at_the_harm_leaves_no_trace(lead: Client, anna: Staff) -> None:
    ServiceHours.objects.update_or_create(id=1, defaults={"hands_out": True})
    shift = Shift.objects.get(consultant=anna)

    shown = post(lead, act="drop", row=shift.pk, person=anna.pk, on="2026-11-23")

    assert not Event.objects.exists()
    assert not ProcrastinateJob.objects.exists()
    save_all_the_same(lead, shown)
    assert Event.objects.get().kind == "shift.dropped"
    assert ProcrastinateJob.objects.get().args == {"staff_id": anna.pk}


@pytest.mark.parametrize("seen", ["", "rubbish", "--", "1-2-x", "x.y-1-99999"])
def test_nobody_saves_harm_unseen(lead: Client, anna: Staff, seen: str) -> None:
    assert post(lead, act="ill", row=anna.pk, person=anna.pk, seen=seen).status_code == 200
    assert not Absence.objects.exists()


def test_who_comes_back_makes_promises_safe(lead: Client, anna: Staff) -> None:
    absence = Absence.objects.create(consultant=anna, kind="sick", starts_at=at(-60), ends_at=at(600))

    assert post(lead, act="back", row=absence.pk, person=anna.pk, on="2026-11-23").status_code == 302

    absence.refresh_from_db()
    assert absence.ends_at == MONDAY


def test_leave_is_whole_days_of_the_wall_clock(lead: Client, free: Staff) -> None:
    said = {"consultant": free.pk, "kind": "leave", "first": "2026-10-24", "last": "2026-10-25", "note": "Tatry"}

    assert post(lead, act="away", person=free.pk, on="2026-10-24", **said).status_code == 302

    absence = Absence.objects.get()
    assert absence.ends_at - absence.starts_at == timedelta(hours=49), "the clocks change in between"
    page = lead.get(f"/desk/office/shifts/day?person={free.pk}&day=2026-10-24").content.decode()
    assert "Tatry" in page


def test_leave_that_ends_before_it_begins(lead: Client, free: Staff) -> None:
    said = {"consultant": free.pk, "kind": "leave", "first": "2026-12-24", "last": "2026-12-23"}

    page = post(lead, act="away", person=free.pk, on="2026-12-24", **said)

    assert page.status_code == 422
    assert "Ostatni dzień jest przed pierwszym." in page.content.decode()


def test_the_week_is_copied_by_the_wall_clock(lead: Client, free: Staff) -> None:
    plan(lead, free, "2026-10-19", "08:00", "16:00")

    post(lead, act="copy", week="2026-10-26")

    copied = Shift.objects.latest("starts_at")
    assert copied.starts_at == datetime(2026, 10, 26, 7, tzinfo=UTC), "in winter time 8:00 is 7:00 UTC"


def test_copying_twice_adds_nothing_and_who_was_sent_away_is_left_out(lead: Client, anna: Staff, marek: Staff) -> None:
    Staff.objects.filter(pk=marek.pk).update(is_active=False)

    for _turn in range(2):
        post(lead, act="copy", week="2026-11-30")

    assert list(Shift.objects.filter(starts_at__gt=at(1440)).values_list("consultant", flat=True)) == [anna.pk]


def test_a_week_is_kept_and_planned_after(lead: Client, anna: Staff) -> None:
    post(lead, act="keep", week="2026-11-23", name="Zima")
    template = WeekTemplate.objects.get()

    assert post(lead, act="apply", week="2026-12-07", template=template.pk).status_code == 302
    assert Shift.objects.filter(starts_at=datetime(2026, 12, 7, 8, tzinfo=UTC)).exists()

    post(lead, act="forget", week="2026-12-07", template=template.pk)
    assert not WeekTemplate.objects.exists()


@pytest.mark.parametrize("week", ["", "2026-11-25", "rubbish", "9999-12-31"])
def test_any_week_can_be_asked_for(lead: Client, anna: Staff, week: str) -> None:
    assert lead.get(f"/desk/office/shifts?week={week}").status_code == 200


def test_the_week_names_holidays_special_days_and_hours_that_nobody_covers(lead: Client, anna: Staff) -> None:
    SpecialDay.objects.create(date=date(2026, 12, 24), name="Wigilia u nas", spans=[["08:00", "12:00"]])

    page = lead.get("/desk/office/shifts?week=2026-12-24").content.decode()

    assert "Wigilia u nas" in page
    assert "Boże Narodzenie" in page
    assert "8:00–12:00" in page
    now_page = lead.get("/desk/office/shifts?week=2026-11-23").content.decode()
    assert "8:00–9:00, 17:00–22:00" in now_page


def test_half_a_person_is_said_with_the_readers_comma(lead: Client, free: Staff) -> None:
    starts_at = datetime(2026, 12, 24, 8, tzinfo=WARSAW)
    Shift.objects.create(consultant=free, starts_at=starts_at, ends_at=starts_at + timedelta(hours=8, minutes=30))

    page = lead.get("/desk/office/shifts?week=2026-12-24").content.decode()

    assert "15:00, jest: 1," in page
    assert "16:00, jest: 0,5," in page


@pytest.mark.parametrize(
    ("day", "begin", "x"),
    [
        pytest.param("2026-10-25", 8, 100 / 3, id="25 hours: eight o'clock stands where it always stands"),
        pytest.param("2026-03-29", 8, 100 / 3, id="23 hours"),
    ],
)
def test_bars_stand_on_the_wall_clock(lead: Client, free: Staff, day: str, begin: int, x: float) -> None:
    chosen = date.fromisoformat(day)
    starts_at = datetime.combine(chosen, time(begin), WARSAW)
    Shift.objects.create(consultant=free, starts_at=starts_at, ends_at=datetime.combine(chosen, time(16), WARSAW))
    # A night shift stretches the axis over the whole day.
    night = datetime.combine(chosen, time(22), WARSAW)
    Shift.objects.create(consultant=free, starts_at=night, ends_at=night.astimezone(UTC) + timedelta(hours=4))

    page = lead.get(f"/desk/office/shifts?week={day}").content.decode()

    assert f'<rect data-kind="shift" x="{x:.2f}%" y="3" width="{x:.2f}%"' in page


@pytest.mark.parametrize(
    "address",
    [
        "/desk/office/shifts",
        "/desk/office/shifts/day?person={person}",
        "/desk/office/shifts/whole",
    ],
)
def test_health_is_for_leads_only(anna: Staff, signed_in: Callable[[Staff], Client], address: str) -> None:
    assert signed_in(anna).get(address.format(person=anna.pk)).status_code == 403
    assert signed_in(anna).post(ACT, {"act": "ill", "row": anna.pk}).status_code == 403


@pytest.mark.parametrize("query", ["", "?person=x", "?person=999999"])
def test_a_person_who_is_not_there(lead: Client, query: str) -> None:
    assert lead.get(f"/desk/office/shifts/day{query}").status_code == 404


@pytest.mark.parametrize(
    ("bar", "middle"),
    [
        pytest.param(Bar("shift", 25, 50, "6–18"), 50, id="in the middle of a long bar"),
        pytest.param(Bar("sick", 70, 30, "choroba"), 79, id="moved in from the evening's edge"),
        pytest.param(Bar("sick", 0, 25, "choroba"), 21, id="moved in from the morning's edge"),
        pytest.param(Bar("other", 60, 40, "w" * 40), 50, id="never past the middle"),
    ],
)
def test_a_bars_words_stay_inside_the_day(bar: Bar, middle: float) -> None:
    assert bar.middle == middle
