"""The customer's page in a real browser: readable by everybody, usable without JavaScript, on every width."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from samehand.cases.models import Attachment, Case, Message, RawArrival
from samehand.lib.clock import now
from samehand.people.models import ContactPoint, Customer, ServiceHours, Shift, Staff
from samehand.portal.forms import MAX_BYTES
from tests.personas import answer, staff
from tests.portal.browsing import barriers
from tests.portal.conftest import link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def a_case(owner: Staff, **message: Any) -> Case:
    ServiceHours.objects.get_or_create(pk=1)
    moment = now()
    customer = Customer.objects.create(name="Zofia", known_since=moment)
    ContactPoint.objects.create(customer=customer, value="zofia@poczta.example")
    case = Case.objects.create(
        reference="SH-7K3M9QX2",
        customer=customer,
        owner=owner,
        subject="Brak zasięgu " + "w bardzo długim miejscu " * 5,
        opened_at=moment,
        touched_at=moment,
    )
    said = {"at": moment, "due_at": moment, "text": "Dzień dobry,\n\nnie mam zasięgu. " + "aą" * 200} | message
    Message.objects.create(case=case, direction="in", channel="mail", **said)
    return case


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_everybody_can_read_it(browser: Browser, live_server: Any, width: int, theme: Any) -> None:
    case = a_case(staff("Anna", works=False))
    for part, state in enumerate(("", "held", "infected", "large")):
        name = "umowa-z-bardzo-dlugą-nazwą-" * 4 + f"{part}.pdf"
        Attachment.objects.create(
            message=case.messages.get(), part=part, name=name, content_type="application/pdf", size=500, state=state
        )
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)

    page.goto(live_server.url + link(case))

    assert barriers(page) == []


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (320, "dark"), (1440, "light"), (1440, "dark")])
def test_waiting_for_her_works_without_a_script_and_for_everybody(
    browser: Browser, live_server: Any, width: int, theme: Any
) -> None:
    moment = now()
    owner = staff("Wilhelmina-Konstancja", works=False)
    back = moment + timedelta(hours=20)
    Shift.objects.create(consultant=owner, starts_at=back, ends_at=back + timedelta(hours=8))
    case = a_case(owner, due_at=moment + timedelta(minutes=20))
    ServiceHours.objects.update(customers_may_wait=True, week=[[["00:00", "00:00"]]] * 7, country="")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)

    page.goto(live_server.url + link(case))
    offered = barriers(page)
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(live_server.url + link(case))
    plain.focus(".portal-choice button")
    plain.keyboard.press("Enter")
    plain.wait_for_url("**#promise")
    page.reload()

    assert [offered, barriers(page)] == [[], []]
    assert "ktoś inny" in page.inner_text(".portal-choice button")
    assert case.messages.get().waits_for == owner
    context.close()


def test_it_loads_nothing_from_elsewhere_and_sets_no_cookie(browser: Browser, live_server: Any) -> None:
    case = a_case(staff("Anna", works=False))
    page = browser.new_page()
    asked: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)

    page.goto(live_server.url + link(case))

    assert all(url.startswith(live_server.url) for url in asked)
    assert page.context.cookies() == []
    assert troubles == []


def test_without_javascript_a_message_is_sent(browser: Browser, live_server: Any) -> None:
    case = a_case(staff("Anna", works=False))
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + link(case))

    page.get_by_label("Twoja wiadomość").fill("Nadal nie działa.")
    page.get_by_role("button", name="Wyślij").click()

    assert page.get_by_role("status").get_by_text("Mamy Twoją wiadomość.").is_visible()
    assert page.get_by_text("Nadal nie działa.").is_visible()
    assert RawArrival.objects.get().channel == "web"


def test_a_refusal_is_readable_by_everybody(browser: Browser, live_server: Any) -> None:
    case = a_case(staff("Anna", works=False))
    page = browser.new_page()
    page.goto(live_server.url + link(case))

    page.get_by_role("button", name="Wyślij").click()

    assert page.get_by_role("alert").get_by_text("Napisz wiadomość albo wybierz plik.").is_visible()
    assert barriers(page) == []


def test_an_answer_appears_by_itself_and_the_draft_stays(browser: Browser, live_server: Any) -> None:
    anna = staff("Anna", works=False)
    case = a_case(anna, due_at=now() + timedelta(minutes=20))
    page = browser.new_page()
    page.goto(live_server.url + link(case))
    page.get_by_label("Twoja wiadomość").fill("Jeszcze piszę")

    answer(case, anna, "Zasięg wrócił.", now=now())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    page.get_by_role("heading", name="Anna odpowiedziała").wait_for()
    assert page.get_by_text("Zasięg wrócił.").is_visible()
    assert page.get_by_label("Twoja wiadomość").input_value() == "Jeszcze piszę"
    assert "Anna odpowiedziała" in page.locator("#announcer").inner_text()


def test_too_large_a_file_is_told_before_it_travels(browser: Browser, live_server: Any) -> None:
    case = a_case(staff("Anna", works=False))
    page = browser.new_page()
    page.goto(live_server.url + link(case))

    film = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"x" * (MAX_BYTES + 1)}
    page.get_by_label("Pliki").set_input_files([film])

    assert "15 MB" in page.get_by_label("Pliki").evaluate("field => field.validationMessage")


def test_a_link_that_opens_nothing_is_readable(browser: Browser, live_server: Any) -> None:
    page = browser.new_page()

    page.goto(live_server.url + "/s/wrong")

    assert barriers(page) == []
