"""The contact form: to a human, with the time by which she answers."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from samehand.cases import actions
from samehand.cases.models import RawArrival
from samehand.guide.models import Problem
from samehand.lib import limits
from samehand.people.models import Customer, ServiceHours, Staff
from samehand.portal.guide import contact
from samehand.portal.own_phone import COOKIE
from tests.guide_pages.test_pages import Guide
from tests.personas import MONDAY, PROVEN, a_mail, arrive, at, the_case

pytestmark = pytest.mark.django_db
FORM = "/pl/kontakt/"
OURS = {"Sec-Fetch-Site": "same-origin"}
SAID = {"text": "Zgubiłam kartę SIM.", "address": "Zofia@Poczta.example", "name": "Zofia", "form": "f" * 24}


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, at(5))


def clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    for place in ("contact", "frame"):
        monkeypatch.setattr(f"samehand.portal.guide.{place}.now", lambda: moment)


def write(client: Client, headers: dict[str, str] = OURS, **more: Any) -> HttpResponse:
    return client.post(FORM, SAID | more, headers=headers)


def page(response: HttpResponse, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


class TestByWhen:
    def test_open_it_says_the_minute(self, client: Client, anna: Staff) -> None:
        response = client.get(FORM)

        assert "Człowiek odpowie Ci <b>do 11:35</b>." in page(response)
        assert response["Cache-Control"] == "private, no-store"

    def test_closed_it_says_so_honestly(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        clock(monkeypatch, MONDAY + timedelta(hours=12))

        assert "Człowiek odpowie Ci <b>najpóźniej jutro o 8:30</b>." in page(client.get(FORM))

    def test_never_open_it_promises_nothing(self, client: Client) -> None:
        ServiceHours.objects.update_or_create(pk=1, defaults={"week": [[]] * 7})

        assert "Odpowie Ci człowiek." in page(client.get(FORM))


class TestWhichPhone:
    def test_what_the_guide_was_told_goes_along(self, client: Client, anna: Staff) -> None:
        client.cookies[COOKIE] = "iphone"

        asked = page(client.get(FORM))
        write(client, model="iphone")
        actions.file_waiting(now=at(6))

        assert 'name="model" value="iphone" checked> iPhone' in asked
        assert {"kind": "model", "name": "iPhone"} in (the_case().messages.get().remarks or [])

    def test_unticked_it_stays_with_her(self, client: Client, anna: Staff) -> None:
        client.cookies[COOKIE] = "iphone"

        again = page(write(client, text=""), 422)
        write(client)
        actions.file_waiting(now=at(6))

        assert 'name="model" value="iphone"> iPhone' in again
        assert not the_case().messages.get().remarks

    @pytest.mark.parametrize("said", ["", "<script>", "99999999", "nokia-3310"])
    def test_of_what_is_no_phone_nothing_is_asked(self, client: Client, anna: Staff, said: str) -> None:
        client.cookies[COOKIE] = said

        assert 'name="model"' not in page(client.get(FORM))
        write(client, model=said or "on")
        actions.file_waiting(now=at(6))
        assert not the_case().messages.get().remarks


class TestSending:
    def test_it_is_kept_before_she_is_thanked(self, client: Client, anna: Staff) -> None:
        response = write(client)

        (arrival,) = RawArrival.objects.all()
        assert (arrival.channel, arrival.state) == ("web", "waiting")
        thanks = page(client.get(response["Location"]))
        assert "Odpowiemy do 11:35" in thanks
        assert "<b>zofia@poczta.example</b>" in thanks

    def test_filed_it_names_who_answers_and_the_case(self, client: Client, anna: Staff) -> None:
        there = write(client)["Location"]
        actions.file_waiting(now=at(6))

        case = Customer.objects.get().cases.get()
        thanks = page(client.get(there))
        assert case.reference in thanks

    def test_another_letter_of_the_address_is_shown_nothing_of_its_cases(self, client: Client, anna: Staff) -> None:
        arrive(a_mail(), evidence=PROVEN)
        first = Customer.objects.get().cases.get()

        there = write(client)["Location"]
        actions.file_waiting(now=at(6))

        assert Customer.objects.count() == 1
        assert first.reference not in page(client.get(there))

    def test_the_same_form_twice_is_one_letter(self, client: Client, anna: Staff) -> None:
        write(client, read=[json.dumps({"problem": "sim-lost"})])
        write(client)

        assert RawArrival.objects.count() == 1

    def test_files_travel_along(self, client: Client, anna: Staff) -> None:
        write(client, attached=[SimpleUploadedFile("a.txt", b"abc", "text/plain")])
        actions.file_waiting(now=at(6))

        attachment = Customer.objects.get().cases.get().messages.get().attachments.get()
        assert (attachment.name, attachment.size) == ("a.txt", 3)

    @pytest.mark.parametrize("number", ["x" * 24, "..", "f" * 23 + "%00"])
    def test_nobody_guesses_a_letter(self, client: Client, anna: Staff, number: str) -> None:
        write(client)

        assert client.get(f"/pl/kontakt/wyslane/{number}").status_code == 404


class TestRefusals:
    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"address": ""}, "Podaj swój adres e-mail"),
            ({"address": "zofia@"}, "To nie jest cały adres e-mail"),
            ({"address": "helpdesk@fala.example"}, "To nasz własny adres"),
            ({"text": " "}, "Napisz wiadomość albo wybierz plik"),
            ({"website": "https://spam.example"}, "Zostaw ostatnie pole puste"),
        ],
    )
    def test_it_says_what_is_missing_and_keeps_what_was_typed(
        self, client: Client, anna: Staff, more: dict[str, str], why: str
    ) -> None:
        answer = page(write(client, **({"name": "Zofia z Łodzi"} | more)), 422)

        assert why in answer
        assert "Zofia z Łodzi" in answer
        assert not RawArrival.objects.exists()

    def test_a_full_disk_keeps_what_was_typed(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(**_: Any) -> None:
            raise OSError

        monkeypatch.setattr(contact.actions, "accept", full)

        assert "Zgubiłam kartę SIM." in page(write(client), 503)

    def test_another_site_writes_nothing(self, client: Client) -> None:
        assert write(client, headers={"Origin": "https://evil.example"}).status_code == 403

    def test_a_storm_is_slowed(self, client: Client, anna: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits.time, "monotonic", lambda: 7.0)
        statuses = [write(client, form=f"{number:024}").status_code for number in range(contact.MESSAGES.burst + 1)]

        assert statuses[-1] == 429


class TestWhatFits:
    def test_articles_stand_beside_what_is_typed(self, client: Client, guide: Guide) -> None:
        answer = page(client.post("/pl/kontakt/rozwiazania", {"text": "zgubiłam kartę"}, headers=OURS))

        assert "To może pomóc od razu" in answer
        assert "from=form" in answer

    def test_without_a_script_by_a_button(self, client: Client, guide: Guide) -> None:
        answer = page(write(client, look="1", address=""))

        assert "To może pomóc od razu" in answer
        assert "Zgubiłam kartę SIM." in answer
        assert "nie została wysłana" not in answer
        assert not RawArrival.objects.exists()

    def test_files_are_asked_for_again_after_a_look(self, client: Client, guide: Guide) -> None:
        answer = page(write(client, look="1", attached=[SimpleUploadedFile("a.txt", b"abc", "text/plain")]))

        assert "Pliki trzeba jednak wybrać jeszcze raz." in answer

    def test_nothing_fits_and_she_may_send(self, client: Client, guide: Guide) -> None:
        answer = page(write(client, look="1", text="qqqqqq"))

        assert "Żaden artykuł tu nie pasuje" in answer
        assert "Wyślij" in answer


class TestWhatWasRead:
    def test_the_address_says_what_was_read_and_she_sees_it(self, client: Client, guide: Guide) -> None:
        answer = page(client.get(f"{FORM}?read=sim-lost&read=made-up"))

        assert "Powiemy konsultantowi, że znasz już:" in answer
        assert "Zgubiona karta SIM" in answer
        assert "made-up" not in answer

    def test_it_stands_beside_the_case(self, client: Client, guide: dict[str, Problem], anna: Staff) -> None:
        read = [
            json.dumps({"problem": "sim-lost", "at": at(1).isoformat(), "query": "zguba"}),
            json.dumps({"problem": "made-up"}), "rubbish", "[]", json.dumps({"problem": 7}), "[" * 3_000,
        ]  # fmt: skip
        write(client, read=read)
        actions.file_waiting(now=at(6))

        (row,) = Customer.objects.get().cases.get().read_before.all()
        assert (row.problem, row.query, row.at) == (guide["sim-lost"], "zguba", at(1))
