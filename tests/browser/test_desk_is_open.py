"""The desk is open to everybody who works there, on any screen, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext

from samehand.cases import actions
from samehand.cases.models import Case, Delivery, Message, Participant
from samehand.lib.clock import now
from samehand.people.models import SendingAddress, Staff
from tests.browser.conftest import Open, address, arrive, colleague, violations, wider_than_its_window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "#reply-text"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_of_the_desk_is_open_to_everybody(theme: str, width: int, anna: Staff, open_as: Open) -> None:
    long = "Maria Konstancja Anastazja Dzierżykraj-Morawska z Wielkich Krzywych Łąk <maria@poczta.example>"
    arrive("Bardzo długi temat " * 12, sender=long, at=now() - timedelta(minutes=40))
    case = arrive("Zagrożona", "adres: https://" + "a" * 300, at=now() - timedelta(minutes=24))
    actions.note(case_id=case.pk, author_id=anna.pk, text="Notatka", now=now())
    sent = actions.reply(case_id=case.pk, author_id=anna.pk, text="Tak", seen=Message.objects.last().pk, now=now())  # type: ignore[union-attr]
    Delivery.objects.filter(message=sent).update(state="refused", settled_at=now(), response="550 " + "x" * 200)
    longest = "dzial.przenoszenia.numerow." * 2 + "fala@poczta-o-bardzo-dlugiej-nazwie.example"
    Participant.objects.create(case=case, address=longest, added_by=anna, added_at=now())
    SendingAddress.objects.create(address=longest)
    page = open_as(anna, color_scheme=theme, viewport={"width": width, "height": 900})
    origin = page.url.split("/desk/")[0]

    for path in [
        "/desk/",
        "/desk/team/",
        "/desk/nobody/",
        address(case),
        "/desk/search?q=maria",
        "/desk/search",
        "/nie-ma",
    ]:
        page.goto(origin + path)
        assert violations(page) == [], path
        assert not wider_than_its_window(page), path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_over_a_case_is_open_to_everybody(theme: str, anna: Staff, marek: Staff, open_as: Open) -> None:
    case = arrive("Okna")
    page = open_as(anna, address(case), color_scheme=theme)
    page.route("**/stream", lambda route: route.abort())

    for opener, closer in [("h", "Escape"), ("?", "Escape"), ("n", "Escape")]:
        page.keyboard.press(opener)
        assert violations(page) == [], opener
        page.keyboard.press(closer)
    for opener in [".me", ".entry-more"]:
        page.click(opener)
        assert violations(page) == [], opener
        page.keyboard.press("Escape")
    actions.reply(case_id=case.pk, author_id=marek.pk, text="Już. " * 900, seen=Message.objects.get().pk, now=now())
    page.keyboard.press("r")
    page.keyboard.type("Odpowiedź")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".composer [role=alert]")
    assert violations(page) == []


def test_a_long_list_comes_in_pages(anna: Staff, open_as: Open) -> None:
    case = arrive("Wzór")
    begin = now()
    Case.objects.bulk_create(
        Case(
            reference=f"SH-TEST{n:04}", customer=case.customer, owner=anna, subject=f"Sprawa {n}", opened_at=begin,
            touched_at=begin, due_at=begin + timedelta(hours=1, seconds=n // 7),
        )
        for n in range(120)
    )  # fmt: skip
    page = open_as(anna, "/desk/team/")
    subjects = page.locator(".case-subject").all_inner_texts()

    for _page in range(2):
        page.click("a[rel=next]")
        page.wait_for_load_state()
        subjects += page.locator(".case-subject").all_inner_texts()

    assert subjects == ["Wzór", *(f"Sprawa {n}" for n in range(120))]
    assert page.locator("a[rel=next]").count() == 0


def test_pages_read_and_forms_work_without_scripts(anna: Staff, open_as: Open) -> None:
    case = arrive("Bez skryptów")
    page = open_as(anna, java_script_enabled=False)

    page.click(".case-row")
    page.fill(TEXT, "Odpowiedź bez skryptów")
    page.click("[data-send]:visible")

    assert Message.objects.filter(case=case, direction="out", text="Odpowiedź bez skryptów").exists()
    assert "bez skryptów" in page.inner_text(".stream")


def test_doors_of_others_stay_shut(anna: Staff, server: str, context: object, open_as: Open) -> None:
    own: BrowserContext = context()  # type: ignore[operator]
    case = arrive("Zamknięte")

    for path in ["/desk/", address(case), "/desk/search?q=a", f"/desk/messages/{Message.objects.get().pk}/source"]:
        assert "/account/login/" in own.request.get(server + path).url, path
    assert own.request.get(f"{server}/desk/live").status == 401
    assert open_as(colleague("Ewa"), "/desk/cases/SH-NICZEGO/").locator("h1").count() == 1
