"""Adam sets when the desk answers and what it promises."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from samehand.desk.office import spans
from samehand.lib.clock import now
from samehand.lib.models import Event
from samehand.people.models import ServiceHours, SpecialDay
from samehand.people.queries import hours, service_hours, terms
from tests.personas import MONDAY

WEEK = {f"day_{day}": "8-22" for day in range(7)}
SAID: dict[str, Any] = {"promise_minutes": 30, "risk_minutes": 10, "zone": "Europe/Warsaw", "country": "PL", **WEEK}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param("", [], id="closed"),
        pytest.param("8-22", [["08:00", "22:00"]], id="whole hours"),
        pytest.param("8:00–14:00, 15.30 - 22", [["08:00", "14:00"], ["15:30", "22:00"]], id="two spans"),
        pytest.param("15-22; 8-14", [["08:00", "14:00"], ["15:00", "22:00"]], id="in order"),
        pytest.param("22-6", [["22:00", "06:00"]], id="over midnight"),
        pytest.param("0-24", [["00:00", "00:00"]], id="the whole day"),
        pytest.param("18-24", [["18:00", "00:00"]], id="until midnight"),
    ],
)
def test_hours_as_people_write_them(text: str, pairs: list[list[str]]) -> None:
    assert spans.parse(text) == pairs
    assert spans.parse(spans.shown(pairs)) == pairs


@pytest.mark.parametrize(
    "text", ["8", "8-", "8-25", "8:60-9", "rano", "8-12, 11-14", "22-6, 23-24", "8-9, 8-9", "-8-22"]
)
def test_what_are_no_hours(text: str) -> None:
    with pytest.raises(ValidationError):
        spans.parse(text)


@pytest.mark.django_db
class TestThePage:
    def test_what_is_saved_counts_from_now_on(self, admin: Client) -> None:
        changed = SAID | {"promise_minutes": 60, "risk_minutes": 15, "country": "-", "day_6": "", "day_0": "22-6"}

        response = admin.post("/desk/office/hours", changed)

        assert response.status_code == 302
        row = ServiceHours.objects.get()
        assert (row.week[0], row.week[6], row.country) == ([["22:00", "06:00"]], [], "")
        assert terms().promise.total_seconds() == 3600
        assert hours(MONDAY).week[0][0].closes == 30 * 60
        assert Event.objects.get(kind="hours.changed").data["changed"]["promise_minutes"] == [30, 60]

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            pytest.param({"day_0": "8-25"}, "nie ma takiej godziny", id="no such hour"),
            pytest.param({f"day_{day}": "" for day in range(7)}, "bez ani jednej godziny", id="never open"),
            pytest.param({"risk_minutes": 30}, "wpisz mniej minut", id="the warning comes too late"),
            pytest.param({"promise_minutes": 0}, "Wybierz od 1", id="at once"),
            pytest.param({"zone": "Europe/Warszawa"}, "Nie ma takiej strefy", id="no such zone"),
            pytest.param({"country": "XX"}, "Święta", id="no such country"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, admin: Client, change: dict[str, Any], words: str) -> None:
        response = admin.post("/desk/office/hours", SAID | change)

        assert response.status_code == 422
        assert words in response.content.decode()
        assert ServiceHours.objects.get().promise_minutes == 30

    def test_it_lists_the_holidays_of_two_years(self, admin: Client) -> None:
        said = admin.get("/desk/office/hours").content.decode()

        assert said.count("Boże Ciało") + said.count("Bożego Ciała") == 2
        assert "11 listopada" in said

    def test_without_a_country_there_are_none(self, admin: Client) -> None:
        admin.post("/desk/office/hours", SAID | {"country": "-"})

        assert "11 listopada" not in admin.get("/desk/office/hours").content.decode()

    def test_a_special_day_overrules_the_week(self, admin: Client) -> None:
        next_month = (now() + timedelta(days=30)).date().isoformat()
        admin.post("/desk/office/hours/days", {"date": next_month, "name": "Inwentura", "spans": "8-14"})

        day = SpecialDay.objects.get()
        assert (day.name, day.spans) == ("Inwentura", [["08:00", "14:00"]])
        assert [span.closes for span in hours(now()).spans_of(day.date)] == [14 * 60]
        assert "08:00–14:00" in admin.get("/desk/office/hours").content.decode()

    def test_a_day_is_special_once(self, admin: Client) -> None:
        for _turn in range(2):
            response = admin.post("/desk/office/hours/days", {"date": "2026-12-24", "name": "", "spans": ""})

        assert response.status_code == 422
        assert SpecialDay.objects.count() == 1

    def test_it_can_be_taken_out(self, admin: Client) -> None:
        day = SpecialDay.objects.create(date=MONDAY.date())

        admin.post(f"/desk/office/hours/days/{day.pk}/drop")

        assert not SpecialDay.objects.exists()


def test_customers_may_wait_when_the_operator_says_so(admin: Client) -> None:
    assert not service_hours().customers_may_wait

    admin.post("/desk/office/hours", SAID | {"customers_may_wait": "on"})
    assert service_hours().customers_may_wait

    admin.post("/desk/office/hours", SAID)
    assert not service_hours().customers_may_wait
