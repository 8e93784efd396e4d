"""Ola changes the roster without a mouse: arrows walk, Enter opens, Esc closes; the harm is read before it is done."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from samehand.lib.clock import now
from samehand.people.actions import timetable
from samehand.people.models import Absence, Role, ServiceHours, Shift, Staff
from tests.office.test_browser import open_page, sign_in
from tests.personas import staff
from tests.portal.browsing import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(db: Any) -> list[Staff]:
    """Anna is alone at work all day, at a desk that never closes; Ola leads."""
    ServiceHours.objects.update_or_create(id=1, defaults={"week": [[["00:00", "00:00"]]] * 7, "country": ""})
    anna, ola = staff("Anna", works=False), staff("Ola", Role.LEAD, works=False)
    midnight = datetime.combine(now().astimezone(timetable.zone()), time(), timetable.zone())
    Shift.objects.create(consultant=anna, starts_at=midnight, ends_at=midnight + timedelta(days=1))
    return [anna, ola]


def the_week(browser: Browser, live_server: Any, width: int = 1440) -> Page:
    page = open_page(browser, width)
    sign_in(page, live_server.url, "ola@fala.example")
    page.goto(f"{live_server.url}/desk/office/shifts")
    return page


def in_focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''"))


def test_arrows_enter_and_escape(browser: Browser, live_server: Any, team: list[Staff]) -> None:
    page = the_week(browser, live_server)
    assert page.locator('.roster-cell[tabindex="0"]').count() == 1, "Tab stops once"

    page.locator(".roster-cell").first.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    place = in_focus(page)
    assert place.lower().startswith("ola testowa, sobota")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open] h2")).to_contain_text("Ola Testowa")
    assert barriers(page) == []
    page.keyboard.press("Escape")

    expect(page.locator("#roster-dialog")).not_to_be_visible()
    assert in_focus(page) == place


def test_a_shift_is_planned_in_place(browser: Browser, live_server: Any, team: list[Staff]) -> None:
    page = the_week(browser, live_server)

    page.locator('.roster-cell[aria-label^="Ola Testowa"]').last.press("Enter")
    page.get_by_label("Od", exact=True).fill("10:00")
    page.locator("#add_breaks").fill("9-9:30")
    page.get_by_role("button", name="Dodaj dyżur").click()
    expect(page.locator("dialog[open] [role=alert]")).to_contain_text("9:00–9:30 nie pasuje")
    page.locator("#add_breaks").fill("12-12:30")
    page.get_by_role("button", name="Dodaj dyżur").click()

    page.wait_for_url("**/desk/office/shifts?week=*")
    assert Shift.objects.get(consultant=team[1]).breaks.count() == 1


@pytest.mark.parametrize("width", [390, 1440])
def test_the_harm_is_read_before_it_is_done(browser: Browser, live_server: Any, team: list[Staff], width: int) -> None:
    page = the_week(browser, live_server, width)
    place = ".roster-entry" if width == 390 else '.roster-cell[aria-label^="Anna Testowa"]:has(svg)'
    page.locator(place).first.click()
    page.get_by_role("button", name="Dziś na chorobowym").click()
    expect(page.locator("dialog[open] h2")).to_contain_text("Zanim zapiszesz")
    assert barriers(page) == []
    assert not Absence.objects.exists()

    page.get_by_role("link", name="Anuluj").click()
    expect(page.locator("dialog[open] h2")).to_contain_text("Anna Testowa")
    page.get_by_role("button", name="Dziś na chorobowym").click()
    page.get_by_role("button", name="Mimo to zapisz").click()

    page.wait_for_url("**/desk/office/shifts?week=*")
    assert Absence.objects.get().consultant == team[0]
