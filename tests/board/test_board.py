"""The board's page: who sees it, what it says on a full, an empty and a closed day, and what its figures open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from samehand.cases.actions import dispatching
from samehand.cases.models import Case, Forecast, Post, Turn
from samehand.cases.owners import Held
from samehand.core.days import Day
from samehand.desk.board import charts, people
from samehand.people.models import Role, ServiceHours, Shift, Staff
from samehand.people.queries import hours
from tests.personas import JAN, MONDAY, a_mail, answer, arrive, at, staff

pytestmark = pytest.mark.django_db
BOARD = "/desk/board/"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    """An hour after the personas' Monday begins."""
    for place in ("desk.board.views", "desk.lists", "desk.templatetags.desk", "lib.templatetags.house"):
        monkeypatch.setattr(f"samehand.{place}.now", lambda: at(60))
    yield at(60)


def as_(person: Staff) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def words(person: Staff, address: str = BOARD) -> str:
    response = as_(person).get(address)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def a_day(anna: Staff) -> tuple[Case, Case, Case]:
    """One kept, one broken and waiting, one at risk."""
    arrive(a_mail(subject="kept"), now=at(0))
    kept = Case.objects.get(subject="kept")
    answer(kept, anna, now=at(9))
    arrive(a_mail(JAN, "late"), now=at(5))
    arrive(a_mail("Ewa <ewa@x.example>", "near"), now=at(35))
    return kept, Case.objects.get(subject="late"), Case.objects.get(subject="near")


@pytest.mark.parametrize("address", [BOARD, f"{BOARD}parts"])
def test_leads_and_administrators_see_it_and_nobody_else(
    address: str, anna: Staff, ola: Staff, adam: Staff, client: Client
) -> None:
    assert as_(ola).get(address).status_code == as_(adam).get(address).status_code == 200
    assert as_(anna).get(address).status_code == 403
    assert client.get(address).status_code == 302
    assert as_(anna).post(f"{BOARD}forecast").status_code == 403
    assert BOARD not in as_(anna).get("/desk/").content.decode()
    assert BOARD in as_(ola).get("/desk/").content.decode()


def test_it_says_what_became_of_the_day(anna: Staff, ola: Staff) -> None:
    a_day(anna)

    said = words(ola)

    assert "Dotrzymane dziś 50,0% 1 z 2 obietnic" in said
    assert "Zagrożone teraz 1" in said
    assert "Po terminie, czekają 1" in said
    assert "Dziś przyszły 3 wiadomości" in said
    assert "2 sprawy czekają" in said


def test_an_empty_day_says_what_will_stand_there(ola: Staff) -> None:
    said = words(ola)

    assert "żaden termin jeszcze nie minął" in said
    assert "Nikt na nikogo nie czeka" in said
    assert "Prognoza powstaje co pięć minut" in said


def test_it_speaks_english(anna: Staff, ola: Staff) -> None:
    a_day(anna)
    client = as_(ola)
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        page = client.get(BOARD).content.decode()
    assert "Promises kept today" in page
    assert "50.0%" in page


def test_figures_open_the_cases_behind_them(anna: Staff, ola: Staff) -> None:
    _kept, late, near = a_day(anna)
    Case.objects.filter(pk=near.pk).update(owner=None)

    def listed(address: str) -> set[str]:
        page = as_(ola).get(address).content.decode()
        return {case.subject for case in Case.objects.all() if f"/desk/cases/{case.reference}/" in page}

    assert listed("/desk/team/?promise=broken") == {"late"}
    assert listed("/desk/team/?promise=at_risk") == {"near"}
    assert listed("/desk/all/?promise=missed") == {"late"}
    assert listed(f"/desk/team/?owner={late.owner_id}") == {"late"}
    assert listed(f"/desk/queue/rows?view=team&promise=broken&owner={ola.pk}") == set()
    assert "obietnica złamana, wciąż czeka" in words(ola, "/desk/team/?promise=broken")


@pytest.mark.parametrize("asked", ["promise=../etc", "owner=%00", "owner=9" * 40, "promise=broken&owner=-1", "owner=²"])
def test_a_mangled_wish_narrows_nothing_and_breaks_nothing(asked: str, anna: Staff, ola: Staff) -> None:
    a_day(anna)
    assert as_(ola).get(f"/desk/team/?{asked}").status_code == 200


def test_a_narrowed_list_stays_narrowed_when_it_is_fetched_again(anna: Staff, ola: Staff) -> None:
    a_day(anna)
    page = as_(ola).get("/desk/team/?promise=broken").content.decode()
    assert 'hx-get="/desk/queue/rows?view=team&amp;promise=broken"' in page


def test_an_unchanged_panel_keeps_its_version_and_a_changed_one_does_not(anna: Staff, ola: Staff) -> None:
    def versions() -> dict[str, str]:
        page = as_(ola).get(f"{BOARD}parts").content.decode()
        return dict(re.findall(r'id="board-(\w+)" data-panel="\w+" data-version="(\d+)"', page))

    before = versions()
    assert len(before) == 7
    assert versions() == before
    arrive(a_mail(), now=at(59))
    changed = {name for name, version in versions().items() if version != before[name]}
    assert {"figures", "flow", "owners", "channels"} <= changed
    assert "waits" not in changed


def test_a_lead_asks_for_a_forecast_once_however_often_she_presses(ola: Staff) -> None:
    for _press in range(3):
        assert as_(ola).post(f"{BOARD}forecast").status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="samehand.desk.forecast").count() == 1


def told(**more: object) -> dict[str, object]:
    hour = {
        "hour": 14, "begins": 0.0, "asked": 30.0, "broken": 6.2, "low": 2.0, "high": 11.0, "backlog": 9.0,
        "one": 0.8, "two": 0.1,
    }  # fmt: skip
    known = {"status": "told", "hours": [hour], "broken": 6.2, "worst": 14, "worst_broken": 6.2, "seeds": 30}
    return known | {"remedy": {"kind": "one", "since": "13:15", "saves": 5.4}} | more


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (
            told(),
            "W tym tempie w godzinach 14:00–15:00 złamiemy 6 obietnic. Wezwij jedną osobę, od 13:15: to ratuje 5 z 6",
        ),
        (told(remedy=None), "Jedna czy dwie osoby więcej by tego nie zmieniły"),
        (told(remedy={"kind": "notice", "since": "13:15", "saves": 4}), "Komunikat o tym, co się stało, od 13:15"),
        (told(remedy={"kind": "breaks", "since": "13:15", "saves": 4}), "Przesuń przerwy z godzin 14:00–15:00"),
        (told(broken=0.2, worst_broken=0.2, remedy=None), "W tym tempie dotrzymamy dziś każdej obietnicy"),
        ({"status": "closed"}, "Dziś już nie pracujemy"),
        ({"status": "early"}, "dwie godziny przed otwarciem"),
        ({"status": "short", "cases": 12, "weeks": 1.5}, "spraw jest 12, tygodni 1,5"),
    ],
    ids=["call one", "nobody helps", "a notice", "breaks", "all kept", "closed", "early", "too short a past"],
)
def test_the_forecast_is_a_sentence(what: dict[str, object], said: str, ola: Staff) -> None:
    Forecast.objects.create(day=Day.of(MONDAY, hours(MONDAY).tz).on, made_at=at(55), told=what)

    page = words(ola)

    assert said in page
    assert "policzono o 11:55" in page


def test_yesterdays_forecast_is_none(ola: Staff) -> None:
    Forecast.objects.create(day=at(-1440).date(), made_at=at(-1440), told=told())
    assert "W tym tempie" not in words(ola)


def test_sixty_colleagues_with_long_names_and_a_page_that_stays_small(ola: Staff) -> None:
    for number in range(60):
        person = Staff.objects.create_user(
            f"p{number}@fala.example", "x", first_name="Wiktoria-Anastazja", last_name=f"Brzęczyszczykiewicz {number}",
            role=Role.CONSULTANT,
        )  # fmt: skip
        Shift.objects.create(consultant=person, starts_at=MONDAY, ends_at=MONDAY + timedelta(hours=8))
    page = as_(ola).get(BOARD).content.decode()
    assert page.count('class="owner"') == 60
    assert "jeszcze 48" in page
    assert "60 osób na zmianie" in page


def test_where_mails_are_handed_out_it_says_who_is_really_here_and_what_is_held(
    anna: Staff, marek: Staff, ola: Staff
) -> None:
    ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})
    staff("Ewa")
    for one in (anna, marek):
        dispatching.here(staff_id=one.pk, now=at(30))
    arrive(a_mail(subject="in hand"), a_mail(JAN, "held"), now=at(50))
    dispatching.say(staff_id=marek.pk, wish="break", now=at(51))
    Turn.objects.filter(given_to=marek).update(
        given_to=None, given_at=None, stage="owner", owner=marek, kept_for=[marek.pk], due_at=at(67.5)
    )
    Post.objects.filter(consultant=marek).update(state="break", since=at(51))
    Post.objects.filter(consultant=anna).update(began_at=at(58))

    said = words(ola)

    assert "na miejscu 2 z 3 na zmianie · przy wiadomości: 1 · na przerwie: 1 · bez znaku: 1" in said
    assert "Anna Testowa przy wiadomości od 11:58, zwolni się około 12:04" in said
    assert "Marek Testowa przerwa od 11:51, zwolni się około 12:06 1 czeka na tę osobę do 12:04" in said
    assert "Ewa Testowa zmiana do 17:00, nikt się nie pojawił" in said


def test_several_held_say_when_the_first_is_let_go(anna: Staff) -> None:
    several = people.held(Held(3, at(21), at(40), 1), at(0))
    at_once = people.held(Held(3, at(21), at(21)), at(0))
    assert several == "3 czekają na tę osobę, pierwsza do 11:21; 1 tylko dla tej osoby"
    assert at_once == "3 czekają na tę osobę do 11:21"
    with translation.override("en"):
        assert people.held(Held(3, at(21), at(40), 1), at(0)) == "3 held, the first until 11:21; 1 only for this person"


@pytest.mark.parametrize("asked", [7, 840, 12_000, 3_000_000])
def test_the_numbers_of_a_scale_stand_inside_the_picture(asked: int) -> None:
    drawn = charts.flow([(14, asked, 0, None)])
    numbers = [(float(x), text) for x, text in re.findall(r'<text x="([\d.]+)"[^>]*"end">(\d+)</text>', drawn)]
    assert int(numbers[-1][1]) >= asked
    # A digit is at most ten wide.
    assert all(x >= 10 * len(text) for x, text in numbers)


def test_what_names_say_is_text(ola: Staff) -> None:
    person = Staff.objects.create_user("zly@fala.example", "x", first_name="<script>x")
    Shift.objects.create(consultant=person, starts_at=MONDAY, ends_at=at(600))
    page = as_(ola).get(BOARD).content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
