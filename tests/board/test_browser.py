"""The board in a browser: it lives, nothing sticks out, nothing is a barrier, keys reach everything."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from samehand.cases import actions
from samehand.cases.actions import dispatching
from samehand.cases.models import Forecast
from samehand.lib.clock import now
from samehand.people.models import Role, ServiceHours, Staff
from tests.board.test_board import told
from tests.browser.conftest import Open, arrive, colleague, violations, wider_than_its_window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ola(desk: None) -> Staff:
    return colleague("Ola", Role.LEAD, works=False)


@pytest.fixture
def anna(desk: None) -> Staff:
    person = colleague("Anna")
    Staff.objects.filter(pk=person.pk).update(last_name="Konstantynopolitańczykowianeczka-Brzęczyszczykiewicz")
    return person


def a_day(anna: Staff) -> None:
    begun = now() - timedelta(minutes=20)
    first = arrive("Internet", at=begun)
    actions.reply(
        case_id=first.pk, author_id=anna.pk, text="Już działa.", seen=first.messages.latest("id").pk, now=now()
    )
    arrive("Faktura", sender="Jan <jan@poczta.example>", at=begun)
    Forecast.objects.create(day=now().date(), made_at=now(), told=told())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_barrier_and_nothing_sticks_out(anna: Staff, ola: Staff, open_as: Open, width: int, theme: str) -> None:
    a_day(anna)
    page = open_as(ola, "/desk/board/", viewport={"width": width, "height": 900}, color_scheme=theme)

    expect(page.get_by_role("heading", name="Tablica")).to_be_visible()
    for fold in page.locator(".board-table > summary").all():
        fold.click()
    assert violations(page) == []
    assert not wider_than_its_window(page)


def test_it_lives_and_an_open_table_stays_open(anna: Staff, ola: Staff, open_as: Open) -> None:
    a_day(anna)
    page = open_as(ola, "/desk/board/")
    waiting = page.locator("#tile-waiting .tile-figure")
    expect(waiting).to_have_text("1")
    page.locator("#table-flow").click()

    arrive("Roaming", sender="Ewa <ewa@poczta.example>")

    expect(waiting).to_have_text("2", timeout=15_000)
    expect(page.locator("#board-flow table")).to_be_visible()


def test_a_lead_sees_at_once_that_somebody_has_a_break(anna: Staff, ola: Staff, open_as: Open) -> None:
    ServiceHours.objects.update_or_create(pk=1, defaults={"hands_out": True})
    dispatching.here(staff_id=anna.pk, now=now())
    page = open_as(ola, "/desk/board/")
    row = page.locator(f"#owner-{anna.pk}")
    expect(row).to_contain_text("wolne ręce od")

    dispatching.say(staff_id=anna.pk, wish="break", now=now())

    expect(row).to_contain_text("przerwa od", timeout=15_000)


def test_a_figure_is_reached_and_opened_by_keys(anna: Staff, ola: Staff, open_as: Open) -> None:
    a_day(anna)
    page = open_as(ola, "/desk/board/")
    page.locator("#tile-risk").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#tile-late")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Zespół")).to_be_visible()
    expect(page.get_by_text("obietnica zagrożona")).to_be_visible()


def test_many_events_make_few_requests(anna: Staff, ola: Staff, open_as: Open) -> None:
    page = open_as(ola, "/desk/board/")
    expect(page.locator("#tile-waiting .tile-figure")).to_have_text("0")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/parts") else None)

    for number in range(30):
        arrive(f"Mail {number}")

    expect(page.locator("#tile-waiting .tile-figure")).to_have_text("30", timeout=20_000)
    assert len(asked) < 10
