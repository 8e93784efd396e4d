"""Under an answer that advises something the customer says whether it helped; reading the page says nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from samehand.cases import actions, originals
from samehand.cases.channels import channel
from samehand.cases.models import Case, Message, Offer, Outcome
from samehand.people.models import Staff
from tests.personas import JAN, a_mail, answer, arrive, at, the_case
from tests.portal.conftest import link

SetClock = Callable[[datetime], None]
RESTART = "Proszę zrestartować telefon."


@pytest.fixture
def sent(anna: Staff, clock: SetClock) -> Message:
    arrive(a_mail(text="Nie działa internet."))
    message = answer(the_case(), anna, RESTART)
    clock(at(20))
    return message


def address(message: Message, said: str) -> str:
    return f"{link(message.case)}/tried/{message.pk}/{said}"


def test_the_mail_asks_and_its_links_only_open_a_page(client: Client, sent: Message) -> None:
    mail = channel("mail").read(originals.raw(sent), at(5), {})

    page = client.get(address(sent, "helped"))
    client.head(address(sent, "failed"))

    assert page.status_code == 200
    assert Offer.objects.get().outcome == Outcome.UNKNOWN
    assert address(sent, "helped") in mail.text
    assert address(sent, "failed") in mail.text


def test_it_helped(client: Client, sent: Message) -> None:
    response = client.post(address(sent, "helped"))

    offer = Offer.objects.get()
    assert response.status_code == 302
    assert (offer.outcome, offer.outcome_how) == (Outcome.HELPED, "link")
    assert not Message.objects.filter(channel="web").exists()
    assert "Wiemy już, że to pomogło." in client.get(link(sent.case)).content.decode()


def test_who_has_not_tried_it_yet_is_still_asked(client: Client, sent: Message) -> None:
    Offer.objects.update(outcome=Outcome.NOT_TRIED)

    assert address(sent, "failed") in client.get(link(sent.case)).content.decode()


def test_it_still_does_not_work_and_the_case_is_open_again(client: Client, sent: Message) -> None:
    assert the_case().status == Case.Status.WAITING

    client.post(address(sent, "failed"), {"text": "Ciągle brak kresek.", "form": "f" * 24, "from": "page"})
    while actions.file_waiting(now=at(21)):
        pass

    offer, case = Offer.objects.get(), the_case()
    assert (offer.outcome, offer.outcome_how) == (Outcome.FAILED, "page")
    assert case.status == Case.Status.OPEN
    assert case.due_at
    assert case.messages.latest("pk").text == "Ciągle brak kresek."


def test_pressed_without_words_it_reaches_the_desk_all_the_same(client: Client, sent: Message) -> None:
    client.post(address(sent, "failed"))
    while actions.file_waiting(now=at(21)):
        pass

    assert "restart" in the_case().messages.latest("pk").text


def test_pressed_under_one_answer_it_says_nothing_of_a_later_one(client: Client, anna: Staff, sent: Message) -> None:
    later = answer(the_case(), anna, "Proszę wpisać w telefonie APN: internet.", now=at(19))

    for number in ("e" * 24, "f" * 24):
        client.post(address(sent, "failed"), {"form": number})
    while actions.file_waiting(now=at(21)):
        pass

    assert the_case().messages.filter(channel="web").exists()
    assert (sent.offers.get().outcome, later.offers.get().outcome) == (Outcome.FAILED, Outcome.UNKNOWN)


def test_another_case_s_link_says_nothing(client: Client, sent: Message) -> None:
    arrive(a_mail(JAN))
    jans = Case.objects.latest("pk")

    response = client.post(f"{link(jans)}/tried/{sent.pk}/failed")

    assert response.status_code == 404
    assert Offer.objects.get().outcome == Outcome.UNKNOWN


@pytest.mark.parametrize("said", ["perhaps", "", "HELPED"])
def test_other_words_open_nothing(client: Client, sent: Message, said: str) -> None:
    assert client.get(address(sent, said)).status_code == 404


def test_an_answer_that_advises_nothing_asks_nothing(client: Client, anna: Staff, clock: SetClock) -> None:
    arrive(a_mail())
    answer(the_case(), anna, "Faktura jest w załączniku.")

    assert "/tried/" not in client.get(link(the_case())).content.decode()


def test_of_several_things_she_says_which_helped(client: Client, anna: Staff, sent: Message) -> None:
    first = Offer.objects.get()
    other = Offer.objects.create(
        customer=first.customer, case=first.case, message=sent, text="APN", channel="mail", offered_at=first.offered_at
    )

    unsaid = client.post(address(sent, "helped"))
    assert "Zaznacz, co pomogło." in unsaid.content.decode()
    client.post(address(sent, "helped"), {"offer": [other.pk, "x", 10**30]})

    assert [one.outcome for one in Offer.objects.order_by("pk")] == [Outcome.UNKNOWN, Outcome.HELPED]
    asked = client.get(address(sent, "failed")).content.decode()
    assert f'value="{first.pk}" checked' in asked
    assert f'value="{other.pk}" checked' not in asked, "she has said that it helped"
