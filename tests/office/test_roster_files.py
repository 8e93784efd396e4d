"""Ola takes rosters in and gives them out; Anna follows her own shifts in another calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from samehand.desk.office.shifts import files
from samehand.lib.models import Event
from samehand.people.models import Absence, Shift, Staff
from tests.personas import MONDAY, a_mail, arrive, at

pytestmark = pytest.mark.django_db
IMPORT = "/desk/office/shifts/import"
TABLE = (
    "osoba;data;od;do;przerwy;rodzaj\r\n"
    "anna@fala.example;24.11.2026;8:00;16:00;12:00-12:30;\r\n"
    "Kto To;24.11.2026;8;16;;\r\n"
)


@pytest.fixture(autouse=True)
def monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "now", lambda: MONDAY)


def show(lead: Client, raw: bytes, name: str = "grafik.csv", **more: str) -> HttpResponse:
    return lead.post(IMPORT, {"file": SimpleUploadedFile(name, raw), **more})  # type: ignore[return-value]


def packed(page: HttpResponse) -> dict[str, str]:
    found = re.search(r'name="packed" value="([^"]+)"', page.content.decode())
    assert found
    return {"packed": found[1]}


def test_a_file_is_looked_at_before_it_is_taken_in(lead: Client, anna: Staff) -> None:
    page = show(lead, TABLE.encode("cp1250"))

    text = page.content.decode()
    assert "1 nowy, 0 zmienionych, 0 bez zmian, 1 odrzucony" in text
    assert "Nie ma tu nikogo o nazwie „Kto To”." in text
    assert Shift.objects.count() == 1, "only the one that was there"
    assert not Event.objects.filter(kind="shift.added").exists()

    assert lead.post(f"{IMPORT}/save", packed(page)).status_code == 302
    assert Shift.objects.filter(starts_at=at(21 * 60)).get().breaks.count() == 1


def test_a_mended_plan_takes_out_what_it_no_longer_has(lead: Client, anna: Staff) -> None:
    Shift.objects.filter(consultant=anna).update(starts_at=at(1440), ends_at=at(1900))
    mended = b"osoba;data;od;do\nanna@fala.example;2026-11-24;12;20"

    assert "1 odrzucony" in show(lead, mended).content.decode(), "without being asked nothing is taken out"
    page = show(lead, mended, replace="on")
    assert "1 nowy, 0 zmienionych, 0 bez zmian, 1 usunięty" in page.content.decode()
    lead.post(f"{IMPORT}/save", packed(page))

    assert Shift.objects.get(consultant=anna).starts_at == at(1500)
    broken = show(lead, mended + b"\nKto To;2026-11-24;8;16", replace="on").content.decode()
    assert "Nic nie zostanie usunięte" in broken


def test_rejected_lines_are_downloaded(lead: Client, anna: Staff) -> None:
    page = show(lead, TABLE.encode())

    table = lead.post(f"{IMPORT}/rejected", packed(page)).content.decode("utf-8-sig")

    assert table.splitlines() == [
        "osoba;data;od;do;przerwy;rodzaj;problem",
        "Kto To;24.11.2026;8;16;;;Nie ma tu nikogo o nazwie „Kto To”.",
    ]


def test_a_file_that_takes_people_away_says_what_it_harms(lead: Client, anna: Staff) -> None:
    arrive(a_mail(), now=at(-10))

    page = show(lead, b"osoba;data;rodzaj\nanna@fala.example;2026-11-23;urlop").content.decode()

    assert "1 obietnica będzie zagrożona" in page
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "To nie jest plik tekstowy.", id="a picture"),
        pytest.param(b"x" * 1_000_001, "Plik jest większy niż megabajt.", id="too large"),
        pytest.param(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "W tym kalendarzu nie ma żadnego wydarzenia.", id="empty"),
        pytest.param("Imię;Wiek\nAnna;7".encode(), "Pierwszy wiersz musi nazywać kolumny", id="another table"),
    ],
)
def test_a_file_that_is_none_is_said(lead: Client, raw: bytes, why: str) -> None:
    page = show(lead, raw)

    assert page.status_code == 422
    assert why in page.content.decode()


def test_without_a_file(lead: Client) -> None:
    assert lead.post(IMPORT).status_code == 422


@pytest.mark.parametrize("said", [{}, {"packed": "x"}, {"packed": "eJw:1:x"}])
@pytest.mark.parametrize("act", ["save", "rejected"])
def test_what_was_not_looked_at_is_not_taken_in(lead: Client, act: str, said: dict[str, Any]) -> None:
    assert lead.post(f"{IMPORT}/{act}", said).status_code == 404


def test_what_is_given_out_comes_back_and_changes_nothing(lead: Client, anna: Staff, marek: Staff) -> None:
    for name in ("roster.csv", "roster.ics"):
        raw = lead.get(f"/desk/office/shifts/{name}").content

        assert "0 nowych, 0 zmienionych, 2 bez zmian" in show(lead, raw, name).content.decode()


def test_anna_follows_her_own_shifts_by_a_link(anna: Staff, marek: Staff, signed_in: Callable[[Staff], Client]) -> None:
    Absence.objects.create(consultant=anna, kind="sick", starts_at=at(2000), ends_at=at(3000), note="angina")
    client = signed_in(anna)
    assert "Nie masz" not in client.get("/desk/office/shifts/mine").content.decode()
    client.post("/desk/office/shifts/mine/link")
    link = re.search(r'value="(http[^"]+\.ics)"', client.get("/desk/office/shifts/mine").content.decode())
    assert link
    address = "/" + link[1].split("/", 3)[3]

    calendar = Client().get(address)

    text = calendar.content.decode()
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
    assert text.count("BEGIN:VEVENT") == 2
    assert "TZID=Europe/Warsaw" in text
    assert "BEGIN:VTIMEZONE" in text
    assert "SICK" not in text and "angina" not in text

    client.post("/desk/office/shifts/mine/link")
    assert Client().get(address).status_code == 404


def test_a_link_that_nobody_made(anna: Staff) -> None:
    assert Client().get("/desk/office/calendar/1.1.abc.ics").status_code == 404


@pytest.mark.parametrize("address", [IMPORT, "/desk/office/shifts/roster.csv", "/desk/office/shifts/roster.ics"])
def test_the_whole_teams_roster_is_for_leads(anna: Staff, signed_in: Callable[[Staff], Client], address: str) -> None:
    assert signed_in(anna).get(address).status_code == 403
    assert Client().get(address).status_code == 302
