"""A notice by keyboard alone, on every page of the desk, and from there into an answer."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from samehand.cases.models import Case
from samehand.people.models import Notice, Role
from tests.office.test_browser import open_page, sign_in
from tests.personas import a_mail, arrive, staff, the_case
from tests.portal.browsing import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_lead_tells_of_an_outage_by_keyboard(browser: Browser, live_server: Any) -> None:
    staff("Ola", Role.LEAD)
    page = open_page(browser)
    sign_in(page, live_server.url, "ola@fala.example")
    page.goto(f"{live_server.url}/desk/office/notices/add?as=outage")

    page.keyboard.press("Control+A")
    page.keyboard.type("Awaria we Wrocławiu")
    expect(page.locator("#notice-preview")).to_contain_text("Awaria we Wrocławiu do")
    page.keyboard.press("Enter")

    expect(page.locator("#notices")).to_contain_text("Awaria we Wrocławiu do")
    assert Notice.objects.get().titles == {"pl": "Awaria we Wrocławiu", "en": "Outage"}


def test_its_words_go_into_an_answer(browser: Browser, live_server: Any, sent_folder: object) -> None:
    staff("Ola", Role.LEAD)
    arrive(a_mail())
    Case.objects.update(topic="no-internet")
    page = open_page(browser)
    sign_in(page, live_server.url, "ola@fala.example")
    page.goto(f"{live_server.url}/desk/office/notices/add?as=outage")
    page.get_by_text("Sprawy, które wyjaśnia").click()
    page.get_by_label("Nie działa internet").check()
    page.get_by_role("button", name="Powiedz klientom").click()
    expect(page.locator("#notices")).to_contain_text("Awaria")

    page.goto(f"{live_server.url}/desk/cases/{the_case().reference}/")
    page.locator("#reply-text").fill("Dzień dobry.")
    page.get_by_role("button", name="Wstaw do odpowiedzi").click()

    answer = page.locator("#reply-text").input_value()
    assert answer.startswith("Dzień dobry.\n\nAwaria do ")
    assert barriers(page) == []
