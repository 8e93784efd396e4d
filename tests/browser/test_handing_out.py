"""A consultant whose mails are handed out to her: what is hers now, what waits for whom, what she says of herself."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from samehand.cases.actions import dispatching
from samehand.cases.models import Post, Turn
from samehand.lib.clock import now
from samehand.people.models import ServiceHours, Shift, Staff
from tests.browser.conftest import Open, address, arrive, violations, wider_than_its_window
from tests.personas import JAN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "#reply-text"


@pytest.fixture(autouse=True)
def _hands_out(desk: None) -> None:
    ServiceHours.objects.update(hands_out=True)


def photograph(page: Page, name: str) -> None:
    """For whoever wants to look at what was tested."""
    if folder := os.environ.get("PHOTOGRAPHS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def works(person: Staff) -> None:
    begin = now() - timedelta(hours=1)
    Shift.objects.create(consultant=person, starts_at=begin, ends_at=begin + timedelta(hours=9))


def test_the_open_page_is_a_sign_and_the_mail_comes_by_itself(anna: Staff, open_as: Open) -> None:
    page = open_as(anna)
    expect(page.locator("#post-now")).to_contain_text("Przyjmuję")

    case = arrive("Pytanie o umowę")

    expect(page.locator(".now-mail")).to_contain_text("Pytanie o umowę")
    expect(page.locator(".now-why")).not_to_be_empty()
    page.keyboard.press("o")
    page.wait_for_url(f"**{address(case)}")
    expect(page.locator("#case-line")).to_have_text("w Twoich rękach")


def test_the_next_mail_comes_with_the_answer(anna: Staff, open_as: Open) -> None:
    page = open_as(anna)
    expect(page.locator("#post-now")).to_contain_text("Przyjmuję")
    first = arrive("Pierwsza")
    second = arrive("Druga", sender=JAN)
    page.goto(page.url.replace("/desk/", address(first)))
    expect(page.locator(".now-mail")).to_contain_text("Pierwsza")

    page.fill(TEXT, "Dzień dobry, wszystko jest załatwione.")
    page.click("[data-send]:visible")

    expect(page.locator(".now-mail")).to_contain_text("Druga")
    assert Turn.objects.get().case == second


def test_a_first_word_leaves_the_mail_in_her_hands(anna: Staff, open_as: Open) -> None:
    dispatching.here(staff_id=anna.pk, now=now())
    case = arrive("Trudna sprawa")
    page = open_as(anna, address(case))

    page.fill(TEXT, "Sprawdzam, napiszę jeszcze dziś.")
    page.check("#more-follows")
    page.click("[data-send]:visible")

    expect(page.locator("#case-line")).to_contain_text("klient ma już pierwsze słowo")
    assert Turn.objects.get().word_at


def test_she_says_by_keyboard_that_she_has_a_break_and_mails_wait(anna: Staff, marek: Staff, open_as: Open) -> None:
    page = open_as(anna)
    expect(page.locator("#post-now")).to_contain_text("Przyjmuję")

    page.keyboard.press("p")
    expect(page.locator("#post-menu")).to_be_visible()
    photograph(page, "menu")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#post-now")).to_contain_text("Przerwa")
    assert Post.objects.get(consultant=anna).state == "break"
    arrive("Pytanie")
    expect(page.locator(".now-none")).to_contain_text("W czasie przerwy")
    page.click("#now button")
    expect(page.locator(".now-mail")).to_contain_text("Pytanie")
    expect(page).to_have_url(re.compile(r"/desk/$"))


def test_who_takes_mails_again_beside_a_case_stays_in_the_case(anna: Staff, open_as: Open) -> None:
    open_case = address(arrive("Stara sprawa"))
    page = open_as(anna, open_case)
    expect(page.locator(".now-mail")).to_contain_text("Stara sprawa")
    dispatching.say(staff_id=anna.pk, wish="away", now=now())

    page.click(".beside #now button")

    expect(page.locator("#post-now")).to_contain_text("Przyjmuję")
    expect(page).to_have_url(re.compile(f"{open_case}$"))


def test_every_row_says_whose_turn_it_is(anna: Staff, marek: Staff, open_as: Open) -> None:
    works(marek)
    for one in (anna, marek):
        dispatching.here(staff_id=one.pk, now=now() - timedelta(minutes=3))
    many = [f"Klient o bardzo długim nazwisku Brzęczyszczykiewicz-{n} <k{n}@poczta.example>" for n in range(8)]
    for number, sender in enumerate(many):
        arrive(f"Pytanie numer {number} o coś, co ma długi temat i jeszcze trochę", sender=sender)
    page = open_as(anna, "/desk/team/")
    lines = page.locator(".case-row .case-line")
    expect(lines).to_have_count(8)
    words = " ".join(lines.all_inner_texts())
    assert "w Twoich rękach" in words
    assert "odpowiada: Marek" in words
    assert "dla najlepiej pasującej osoby" in words
    photograph(page, "team-1440")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_seen_by_everybody(width: int, scheme: str, anna: Staff, marek: Staff, open_as: Open) -> None:
    works(marek)
    dispatching.here(staff_id=marek.pk, now=now())
    dispatching.here(staff_id=anna.pk, now=now())
    for number in range(6):
        arrive(
            f"Pytanie {number} o umowę i fakturę za bardzo długi miesiąc",
            sender=f"Klientka {number} <k{number}@p.example>",
        )
    page = open_as(anna, viewport={"width": width, "height": 900}, color_scheme=scheme)
    expect(page.locator(".now-mail")).to_be_visible()
    photograph(page, f"queue-{width}-{scheme}")
    assert not wider_than_its_window(page)
    assert violations(page) == []
    page.click("#post-now")
    photograph(page, f"post-{width}-{scheme}")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.click(".now-mail")
    expect(page.locator("#case-line")).to_be_visible()
    photograph(page, f"case-{width}-{scheme}")
    assert not wider_than_its_window(page)
    assert violations(page) == []


def test_an_administrator_switches_it_on_and_off(anna: Staff, open_as: Open) -> None:
    Staff.objects.filter(pk=anna.pk).update(role="admin")
    page = open_as(anna, "/desk/office/hours")
    photograph(page, "hours")
    page.uncheck("#id_hands_out")
    page.click("form.form button[data-kind=main]")
    expect(page.locator("#id_hands_out")).not_to_be_checked()
    assert not ServiceHours.objects.get().hands_out
    expect(page.locator("#post-now")).to_have_count(0)
