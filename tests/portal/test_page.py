"""What the customer's page says, and what it never says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from samehand.cases import actions
from samehand.cases.keys import signer
from samehand.cases.models import Case, Message
from samehand.lib.models import Event
from samehand.people.models import Staff
from tests.personas import JAN, MONDAY, a_mail, answer, arrive, at, the_case
from tests.portal.conftest import link

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]


def page(client: Client, case: Case, query: str = "") -> str:
    response = client.get(link(case) + query)
    assert response.status_code == 200
    return response.content.decode()


class TestThePromise:
    def test_open_it_names_the_person_and_the_moment(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())

        assert "Anna odpowie do 11:30" in page(client, the_case())

    def test_at_risk_it_says_the_same(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())
        clock(at(28))

        assert "Anna odpowie do 11:30" in page(client, the_case())

    def test_broken_it_is_admitted_in_the_first_sentence(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())
        clock(at(31))

        said = page(client, the_case())

        assert "Obiecaliśmy odpowiedź do 11:30. Nie dotrzymaliśmy słowa." in said
        assert "Anna odpowie najszybciej, jak to możliwe." in said

    def test_kept_it_says_who_answered_and_when(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())
        answer(the_case(), anna, now=at(12))
        clock(at(40))

        said = page(client, the_case())

        assert "Anna odpowiedziała o 11:12" in said
        assert "Dotrzymaliśmy słowa." in said

    def test_a_late_answer_is_no_kept_promise(self, client: Client, clock: SetClock, marek: Staff) -> None:
        arrive(a_mail())
        answer(the_case(), marek, now=at(45))
        clock(at(50))

        said = page(client, the_case())

        assert "Nie dotrzymaliśmy słowa." in said
        assert "Marek odpowiedział o 11:45. Przepraszamy." in said

    def test_with_nobody_on_shift_the_house_promises(self, client: Client, clock: SetClock) -> None:
        arrive(a_mail())

        assert "Odpowiemy do 11:30" in page(client, the_case())

    def test_at_night_it_says_tomorrow(self, client: Client, clock: SetClock, anna: Staff) -> None:
        evening = MONDAY + timedelta(hours=11)
        arrive(a_mail(), now=evening)
        clock(evening)

        assert "jutro o 8:30" in page(client, the_case())

    def test_in_english_for_those_who_wish(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())

        assert "Anna will answer you by 11:30" in page(client, the_case(), "?lang=en")

    def test_the_case_speaks_its_customers_language(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())
        Case.objects.update(language="en")

        assert '<html lang="en"' in page(client, the_case())


class TestItLeaksNothing:
    def test_no_notes_no_surnames_no_addresses(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail(text="Moje pytanie."))
        case = the_case()
        actions.note(case_id=case.pk, author_id=anna.pk, text="Uwaga: klient trudny", now=at(2))
        answer(case, anna, "Moja odpowiedź.", now=at(4))

        said = page(client, case)

        assert "Moje pytanie." in said
        assert "Moja odpowiedź." in said
        for secret in ("klient trudny", "Testowa", "anna@fala.example", ">AT<", "zofia@poczta.example", "Wójcik"):
            assert secret not in said

    def test_no_other_case_of_the_same_customer(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail(subject="Faktura", text="Pierwsza sprawa."), a_mail(subject="Zasięg", text="Druga sprawa."))
        first, second = Case.objects.order_by("pk")

        said = page(client, first)

        assert "Pierwsza sprawa." in said
        assert "Druga sprawa." not in said
        assert second.reference not in said

    def test_nothing_that_a_stranger_wrote_into_the_case(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())
        case = the_case()
        reply_to = signer().reply_address("helpdesk@fala.example", case.reference)
        arrive(a_mail(JAN, text="Jan pisze w cudzej sprawie.", to=reply_to), now=at(1), recipients=[reply_to])
        assert case.messages.filter(third_party=True).exists()

        assert "cudzej sprawie" not in page(client, case)

    def test_a_robots_receipt_is_not_shown_as_the_customers_words(
        self, client: Client, clock: SetClock, anna: Staff
    ) -> None:
        arrive(a_mail())
        Message.objects.create(
            case=the_case(), direction="in", channel="mail", at=at(1), text="Jestem na urlopie", auto_submitted=True
        )

        assert "Jestem na urlopie" not in page(client, the_case())

    def test_a_customers_markup_stays_text(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail(text="<script>alert(1)</script>"))

        said = page(client, the_case())

        assert "<script>alert(1)" not in said
        assert "&lt;script&gt;alert(1)" in said

    def test_its_headers_keep_it_private(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())

        response = client.get(link(the_case()))

        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Cache-Control"] == "private, no-store"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert not response.cookies

    def test_staff_are_not_greeted_on_it(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())
        client.force_login(anna)

        assert "anna@fala.example" not in page(client, the_case())


class TestOnlyTheLinkOpensIt:
    def test_every_wrong_token_meets_the_same_page(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())
        case = the_case()
        good = signer().page_token(case.reference)
        of_nobody = signer().page_token("SH-00000000")
        wrong = [good[:-1], good + "0", f"{good[:-1]}{'0' if good[-1] != '0' else '1'}", case.reference, "x", of_nobody]

        answers = {(response.status_code, response.content) for response in map(client.get, map("/s/{}".format, wrong))}

        assert len(answers) == 1
        assert next(iter(answers))[0] == 404

    def test_the_mark_of_the_reply_address_opens_no_page(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())
        address = signer().reply_address("helpdesk@fala.example", the_case().reference)

        assert client.get(f"/s/{address.partition('+')[2].partition('@')[0]}").status_code == 404

    def test_nobody_can_write_by_a_wrong_token(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail())

        assert client.post("/s/wrong", {"text": "Cześć"}).status_code == 404

    def test_a_link_that_opens_nothing_speaks_the_readers_language(self, client: Client, clock: SetClock) -> None:
        said = client.get("/s/wrong", headers={"accept-language": "en-GB,en"}).content.decode()

        assert "There is nothing here" in said

    def test_a_file_of_another_case_stays_there(self, client: Client, clock: SetClock, anna: Staff) -> None:
        arrive(a_mail(subject="A"), a_mail(JAN, subject="B"))
        first, second = Case.objects.order_by("pk")

        response = client.get(f"{link(first)}/file/{second.messages.get().pk}/0")

        assert response.status_code == 404


def test_an_answer_that_was_taken_back_is_not_shown(client: Client, clock: SetClock, anna: Staff) -> None:
    arrive(a_mail(text="Dzień dobry, mam pytanie."))
    sent = answer(the_case(), anna, "To była pomyłka.")
    clock(at(6))
    assert "To była pomyłka." in page(client, the_case())

    actions.cancel(message_id=sent.pk, author_id=anna.pk, now=at(6))

    assert "To była pomyłka." not in page(client, the_case())


def test_reading_changes_nothing(client: Client, clock: SetClock, anna: Staff) -> None:
    arrive(a_mail())
    case = the_case()
    page(client, case)
    before = (Event.objects.count(), list(Message.objects.values()), list(Case.objects.values()))

    for query in ("", "?lang=en", "?received=x", "?lang=xx"):
        page(client, case, query)
        assert client.head(link(case) + query).status_code == 200

    assert before == (Event.objects.count(), list(Message.objects.values()), list(Case.objects.values()))
