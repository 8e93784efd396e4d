"""The staffing page in a real browser: no barriers, and a question from the form to the chart by keyboard."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from samehand.config.whatif.reckoning import reckon
from samehand.desk.models import Reckoning
from samehand.desk.staffing import reckonings
from samehand.lib.clock import now
from samehand.people.models import Role, Shift, Staff
from tests.desk.test_staffing import BASIS, ILL, INPUTS
from tests.office.test_browser import open_page, sign_in
from tests.personas import staff
from tests.portal.browsing import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WEEK = [
    {"id": number, "topics": ["general"], "languages": ["PL"], "shifts": [[480.0 + d * 1440, 960.0 + d * 1440]]}
    for number, d in enumerate([0, 1, 2, 3, 4])
]


def lead(browser: Browser, url: str, width: int = 1440, theme: str = "light") -> Page:
    page = open_page(browser, width, theme)
    sign_in(page, url, "ola@fala.example")
    page.goto(f"{url}/desk/staffing/")
    return page


def answered(kind: str, inputs: dict[str, Any], of: Reckoning | None = None) -> Reckoning:
    basis = {**BASIS, "week": WEEK}
    if of and of.answer:
        basis["plan"] = of.answer["need"]["plan"]
    found = reckon(kind, inputs, basis, lambda _share: True)
    return Reckoning.objects.create(
        kind=kind, inputs=inputs, key=kind, of=of, state="done", under_way=False, asked_at=now(), beat_at=now(),
        done_at=now(), basis=found["basis"], answer=found["answer"],
    )  # fmt: skip


def test_no_barriers_empty_or_full_small_or_wide_light_or_dark(browser: Browser, live_server: Any) -> None:
    staff("Ola", Role.LEAD, works=False)
    found = barriers(lead(browser, live_server.url, 390))
    people = answered("people", INPUTS)
    answered("ill", ILL, people)

    for width in (390, 1440):
        for theme in ("light", "dark"):
            page = lead(browser, live_server.url, width, theme)
            page.get_by_text("Wszystkie godziny w tabeli").click()
            found += barriers(page)
    assert found == []


def test_a_question_goes_from_the_form_to_the_chart_by_keyboard(browser: Browser, live_server: Any) -> None:
    staff("Ola", Role.LEAD, works=False)
    page = lead(browser, live_server.url)
    page.get_by_label("Odpowiedzi w terminie").fill("90")
    page.get_by_label("Wiadomości dziennie").fill("40")
    page.keyboard.press("Enter")
    expect(page.get_by_text("W kolejce")).to_be_visible()

    working = _answer_in_background()

    expect(page.get_by_text("Zmiany w tygodniu")).to_be_visible(timeout=60_000)
    working.join()
    assert page.locator("svg.staffing-day").count() == 7
    slider = page.get_by_label("Ile osób choruje")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#ill output")).to_have_text("3")
    expect(page.locator("#running-ill")).to_be_visible()
    expect(slider).to_be_focused()
    _answer_in_background().join()
    expect(page.get_by_text("Choruje 3 z")).to_be_visible(timeout=30_000)


def test_a_question_under_way_is_cancelled_on_the_page(browser: Browser, live_server: Any) -> None:
    staff("Ola", Role.LEAD, works=False)
    Shift.objects.all().delete()
    page = lead(browser, live_server.url)
    page.get_by_role("button", name="Sprawdź").first.click()

    page.get_by_role("button", name="Anuluj").click()

    expect(page.get_by_text("Odwołane.")).to_be_visible()
    assert Reckoning.objects.get().state == "cancelled"
    assert Staff.objects.count() == 1


def _answer_in_background() -> threading.Thread:
    def work() -> None:
        try:
            reckonings.answer(reckoning_id=Reckoning.objects.get(under_way=True).pk)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread
