"""Who wrote, in words: quiet when it is proven, loud when it is forged, and never a page for a forger."""

from __future__ import annotations

import pytest
from django.test import Client

from samehand.cases.models import Case
from samehand.cases.queries import page_url
from samehand.desk.trust import SENTENCES, Badge
from samehand.people.models import Staff
from tests.personas import FORGED, JAN, PROVEN, ZOFIA, a_mail, anna, answer, arrive, at, the_case

__all__ = ["anna"]

pytestmark = pytest.mark.django_db


def page(client: Client, case: Case) -> str:
    return client.get(f"/desk/cases/{case.reference}/").content.decode()


def test_proven_it_says_so_quietly(at_the_desk: Client) -> None:
    arrive(a_mail(ZOFIA), evidence=PROVEN)

    said = page(at_the_desk, the_case())

    assert "Potwierdzone: podpis domeny poczta.example" in said
    assert "entry-warn" not in said
    assert "Nie wiadomo na pewno" not in said
    assert "niepotwierdzone" not in at_the_desk.get("/desk/").content.decode()


def test_not_proven_it_warns_before_data_is_told(at_the_desk: Client) -> None:
    arrive(a_mail(ZOFIA))

    said = page(at_the_desk, the_case())

    assert "Nie wiadomo na pewno, kto to napisał." in said
    assert 'class="writer-address soft clip">zofia@poczta.example' in said
    assert "niepotwierdzone" in at_the_desk.get("/desk/").content.decode()


def test_forged_it_is_loud_and_nobody_can_answer(at_the_desk: Client) -> None:
    arrive(a_mail(ZOFIA), evidence=FORGED)
    case = the_case()

    said = page(at_the_desk, case)

    assert "To nie z poczta.example" in said
    assert "Odpowiedź nie wyjdzie, dopóki ktoś nie poręczy za autora." in said
    assert "/s/" not in said, "no link to a page"
    assert "sfałszowane" in at_the_desk.get("/desk/").content.decode()
    refused = at_the_desk.post(
        f"/desk/cases/{case.reference}/reply", {"text": "Dzień dobry", "seen": 10**9, "to": "zofia@poczta.example"}
    )
    assert refused.status_code == 422
    assert not case.messages.filter(direction="out").exists()


def test_one_click_and_a_reason_vouch(at_the_desk: Client) -> None:
    arrive(a_mail(ZOFIA), evidence=FORGED)
    case = the_case()

    at_the_desk.post(f"/desk/cases/{case.reference}/vouch", {"reason": "Oddzwoniłam na jej numer."})

    said = page(at_the_desk, case)
    assert "Rozpoznane: ręczy Anna" in said
    assert "Oddzwoniłam na jej numer." in said
    assert the_case().customer.claimed_address == ""


def test_who_stands_in_copy_is_let_in_by_a_person(at_the_desk: Client) -> None:
    arrive(a_mail(ZOFIA, cc="Jan <jan@poczta.example>, Fala <bok@fala.example>"), evidence=PROVEN)
    case = the_case()
    assert "jan@poczta.example" in page(at_the_desk, case)
    assert 'name="to"' not in page(at_the_desk, case)

    at_the_desk.post(f"/desk/cases/{case.reference}/let-in", {"address": "jan@poczta.example"})
    at_the_desk.post(f"/desk/cases/{case.reference}/let-in", {"address": "bok@fala.example"})

    assert [one.address for one in case.participants.all()] == ["jan@poczta.example"]
    assert '<option value="jan@poczta.example">' in page(at_the_desk, case)


def test_the_customer_sees_nothing_of_what_is_forged(at_the_desk: Client) -> None:
    arrive(a_mail(ZOFIA, "Moja sprawa"), evidence=PROVEN)
    mine = the_case()
    answer(mine, Staff.objects.get())
    before = at_the_desk.get(link(mine)).content.decode()

    arrive(a_mail(ZOFIA, "Re: Moja sprawa", "Nowy adres."), now=at(9), evidence=FORGED)

    assert at_the_desk.get(link(mine)).content.decode().partition("<form")[0] == before.partition("<form")[0]


def link(case: Case) -> str:
    return "/s/" + page_url(case).rpartition("/s/")[2]


def test_another_with_the_mark_is_no_customer(at_the_desk: Client) -> None:
    arrive(a_mail(ZOFIA), evidence=PROVEN)
    sent = answer(the_case(), Staff.objects.get())

    arrive(a_mail(JAN, "Re: Pytanie", answers=sent.message_id), now=at(9))

    assert "jan@poczta.example" in page(at_the_desk, the_case())
    assert "ktoś inny" in page(at_the_desk, the_case())


@pytest.mark.parametrize("reason", SENTENCES)
def test_every_reason_is_a_sentence(reason: str) -> None:
    said = Badge("unproven", f"{reason}:wp.example").sentence

    assert "%" not in said
    assert said[0].isupper()
