"""The guide in a real browser: light, readable by everybody, usable by keyboard and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from samehand.cases.models import RawArrival
from samehand.guide.models import Revision
from samehand.people.models import ServiceHours
from tests.guide_pages.test_pages import INTERNET, LOST, LOST_EN, Guide
from tests.portal.browsing import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("/pl/pomoc/", "/pl/pomoc/karta-sim/", LOST, LOST_EN, INTERNET, "/pl/pomoc/szukaj?q=karta", "/pl/kontakt/")
MOST_BYTES = 100_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("pageerror", lambda trouble: complaints.append(str(trouble)))
    yield opened
    context.close()
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_everybody_can_read_it(browser: Browser, live_server: Any, guide: Guide, width: int, theme: Any) -> None:
    opened = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    found: list[str] = []

    for path in (*PAGES, "/pl/pomoc/nie-ma/", f"/pl/pomoc/szukaj?q={'x' * 100}", "/en/help/internet/", "/en/contact/"):
        opened.goto(live_server.url + path)
        found += barriers(opened)

    opened.close()
    assert found == []


def test_a_word_without_end_in_a_title_breaks(page: Page, live_server: Any, guide: Guide) -> None:
    Revision.objects.filter(problem__key="sim-lost").update(title="https://fala.example/" + "x" * 150)
    page.set_viewport_size({"width": 320, "height": 800})

    page.goto(live_server.url + LOST)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", PAGES)
def test_it_is_light(page: Page, live_server: Any, guide: Guide, client: Client, path: str) -> None:
    """All that the browser asks for, as the house sends it: the tests' own server hands static files out unpacked."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(live_server.url + path, wait_until="networkidle")

    weights = {url: travels(client, url.removeprefix(live_server.url)) for url in set(asked)}
    assert len(weights) > 5
    assert 10_000 < sum(weights.values()) < MOST_BYTES, weights


def travels(client: Client, path: str) -> int:
    """Bytes of an answer with its headers."""
    response = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200, path
    body = response.getvalue() if response.streaming else response.content
    return len(body) + sum(len(name) + len(value) + 4 for name, value in response.headers.items())


def test_suggestions_by_keyboard_alone(page: Page, live_server: Any, guide: Guide) -> None:
    page.goto(f"{live_server.url}/pl/pomoc/")
    page.focus("#q")
    page.keyboard.type("zgub")
    page.wait_for_selector("[role=option]")
    assert page.get_attribute("#q", "aria-expanded") == "true"
    assert page.inner_text("#announcer") == "Podpowiedzi: 1. Wybierz strzałkami."

    page.keyboard.press("Escape")
    assert page.get_attribute("#q", "aria-expanded") == "false"
    page.keyboard.type("i")
    page.wait_for_selector("[role=option]:visible")
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute("#q", "aria-activedescendant")
    assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{LOST}*")


def test_who_chooses_nothing_searches_for_what_she_typed(page: Page, live_server: Any, guide: Guide) -> None:
    page.goto(f"{live_server.url}/pl/pomoc/")
    page.focus("#q")
    page.keyboard.type("zgubiona")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Enter")

    page.wait_for_url("**/pl/pomoc/szukaj?q=zgubiona")


def test_what_was_read_is_told_openly_and_can_be_kept_back(page: Page, live_server: Any, guide: Guide) -> None:
    ServiceHours.objects.get_or_create(pk=1)
    for path in (LOST, INTERNET):
        page.goto(live_server.url + path)
    page.goto(f"{live_server.url}/pl/kontakt/")
    told = page.inner_text("#read")
    assert "Zgubiona karta SIM" in told
    assert "Nie działa internet" in told

    page.uncheck("#read li:first-child input")
    page.fill("[name=text]", "Karta zginęła mi w tramwaju")
    page.wait_for_selector("#fitting a")
    page.fill("[name=address]", "zofia@poczta.example")
    page.click("button:has-text('Wyślij')")
    page.wait_for_selector("text=Mamy Twoją wiadomość.")

    assert RawArrival.objects.count() == 1
    page.goto(f"{live_server.url}/pl/kontakt/")
    assert "Zgubiona karta SIM" not in page.inner_text("#read")
    assert "Nie działa internet" in page.inner_text("#read")


def test_who_writes_by_keyboard_goes_on_at_what_is_wrong(browser: Browser, live_server: Any, guide: Guide) -> None:
    ServiceHours.objects.get_or_create(pk=1)
    opened = browser.new_page()

    opened.goto(f"{live_server.url}/pl/kontakt/")
    opened.fill("[name=text]", "Nie mam internetu.")
    opened.fill("[name=address]", "zofia@poczta")
    opened.press("[name=address]", "Enter")
    opened.wait_for_selector("[role=alert]:focus")
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")

    assert opened.evaluate("document.activeElement.name") == "address"
    opened.close()


def test_all_of_it_works_without_a_script(browser: Browser, live_server: Any, guide: Guide) -> None:
    ServiceHours.objects.get_or_create(pk=1)
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()

    plain.goto(f"{live_server.url}{INTERNET}")
    plain.select_option("#for-phone", "iphone")
    plain.click("text=Pokaż właściwe kroki")
    assert "Punkty dostępu" not in plain.inner_text("main")
    plain.click("summary:has-text('Nie, nie pomogło')")
    plain.check("[value=unclear]")
    plain.click(".guide-why button")
    assert "Dziękujemy" in plain.inner_text("#helped")
    plain.click(".guide-human a")
    assert "Nie działa internet" in plain.inner_text("#read")
    plain.fill("[name=text]", "zgubiłam kartę")
    plain.click("text=Najpierw pokaż pasujące artykuły")
    assert "Zgubiona karta SIM" in plain.inner_text("#fitting")
    plain.fill("[name=address]", "zofia@poczta.example")
    plain.click("button:has-text('Wyślij')")

    assert "Mamy Twoją wiadomość." in plain.inner_text("main")
    context.close()
