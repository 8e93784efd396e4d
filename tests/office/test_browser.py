"""Signing in and the office in a real browser: no barrier, nothing that sticks out, the second factor works."""

from __future__ import annotations

import hmac
import struct
import time
from base64 import b32decode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from samehand.cases.models import Delivery
from samehand.channels.mail.models import Mailbox
from samehand.lib.clock import now
from samehand.lib.seal import seal
from samehand.people.actions import noticing
from samehand.people.models import Role, Staff
from tests.office.conftest import put_aside
from tests.personas import PASSWORD, a_mail, answer, arrive, staff, the_case
from tests.portal.browsing import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OFFICE = [
    "", "aside", "aside/{aside}", "hours", "shifts", "shifts/mine", "shifts/import", "shifts/whole",
    "team", "team/add", "mailboxes", "mailboxes/add", "mail",
    "addresses", "addresses/add", "queue?list=refused", "machines", "notices", "notices/add?as=closed",
]  # fmt: skip
LONG = "Zażółć " * 20 + "gęślą" * 40


def open_page(browser: Browser, width: int = 1440, theme: Any = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme, locale="pl-PL")
    # The live line never ends; the test server would wait for it.
    page.route("**/desk/live*", lambda route: route.abort())
    return page


def sign_in(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}/account/login/?next=/sent")
    page.get_by_label("Adres e-mail").fill(email)
    page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    page.wait_for_load_state()


def _write_at_length() -> None:
    """An answer that was refused and a machine's mail, both with a subject that fits nowhere."""
    adam = Staff.objects.get()
    arrive(
        a_mail(subject=LONG), a_mail("Robot <robot@poczta.example>", LONG, "x" * 300, Auto_Submitted="auto-generated")
    )
    answer(the_case(), adam)
    Delivery.objects.update(state="refused", settled_at=now(), response="550 " + LONG)


def _tell_at_length() -> None:
    """One notice that runs and one that is planned, with words that fit nowhere."""
    adam, moment = Staff.objects.get(), now()
    for starts_at in (moment - timedelta(minutes=5), moment + timedelta(days=2)):
        said = noticing.Announcement(
            kind="closed", titles={"pl": LONG[:120]}, texts={"pl": LONG}, topics=["no-internet", "no-signal"],
            starts_at=starts_at, ends_at=starts_at + timedelta(days=1), closes=True,
        )  # fmt: skip
        noticing.announce(by=adam, said=said, now=moment)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_office_has_no_barriers(
    browser: Browser, live_server: Any, sent_folder: Path, width: int, theme: str
) -> None:
    staff("Adam", Role.ADMIN)
    aside = put_aside(b"From: jan@poczta.example\r\n\r\n\x00").pk
    Mailbox.objects.create(
        name="Pomoc", host="h", username="u", sealed_secret=seal("x"), trouble="login: NO", trouble_since=now()
    )
    _write_at_length()
    _tell_at_length()
    page = open_page(browser, width, theme)
    sign_in(page, live_server.url, "adam@fala.example")
    found: list[str] = []

    for place in OFFICE:
        page.goto(f"{live_server.url}/desk/office/{place.format(aside=aside)}")
        found += barriers(page)

    assert found == []


@pytest.mark.parametrize("address", ["login/", "password/reset/", "signup/", "password/reset/key/1-wrong/"])
def test_the_way_in_has_no_barriers(browser: Browser, live_server: Any, address: str) -> None:
    page = open_page(browser, 390)

    page.goto(f"{live_server.url}/account/{address}")

    assert barriers(page) == []


def test_the_second_factor_is_set_up_and_asked_for(browser: Browser, live_server: Any) -> None:
    staff("Anna")
    page = open_page(browser)
    sign_in(page, live_server.url, "anna@fala.example")

    page.goto(f"{live_server.url}/account/2fa/totp/activate/")
    assert barriers(page) == []
    page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Potwierdź").click()
    page.wait_for_load_state()
    assert barriers(page) == []
    page.locator("[name=code]").fill(code_now(page.locator("#authenticator_secret").input_value()))
    page.get_by_role("button", name="Aktywuj").click()
    page.wait_for_load_state()
    assert barriers(page) == []

    other = open_page(browser)
    sign_in(other, live_server.url, "anna@fala.example")
    assert "/account/2fa/authenticate/" in other.url
    assert barriers(other) == []


def code_now(secret: str) -> str:
    """The six digits of RFC 6238, as an authenticator app shows them."""
    digest = hmac.digest(b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    place = digest[-1] & 15
    number: int = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def test_on_a_phone_a_fact_has_room_beside_the_words_before_it(browser: Browser, live_server: Any) -> None:
    staff("Ola", Role.LEAD)
    page = open_page(browser, 390)
    sign_in(page, live_server.url, "ola@fala.example")

    page.goto(f"{live_server.url}/desk/solutions/")
    facts = page.locator(".facts dd").evaluate_all("facts => facts.map(fact => fact.clientWidth)")

    assert facts
    assert min(facts) > 130
