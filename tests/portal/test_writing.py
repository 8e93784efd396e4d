"""The customer writes on her page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from samehand.cases import actions, originals
from samehand.cases.actions import intake
from samehand.cases.models import Case, Message, RawArrival
from samehand.people.models import Staff
from samehand.portal import forms, uploads, views
from tests.personas import a_mail, answer, arrive, at, the_case
from tests.portal.conftest import link

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]


@pytest.fixture
def case(anna: Staff, clock: SetClock) -> Case:
    arrive(a_mail())
    return the_case()


def write(
    client: Client, case: Case, text: str = "Nadal nie działa.", form: str = "f" * 24, **more: Any
) -> HttpResponse:
    return client.post(link(case), {"text": text, "form": form, **more})


def sent() -> list[RawArrival]:
    return list(RawArrival.objects.filter(channel="web").order_by("pk"))


def test_it_is_kept_before_it_is_confirmed(client: Client, case: Case) -> None:
    response = write(client, case)

    (arrival,) = sent()
    assert arrival.state == "waiting"
    assert response.status_code == 302
    said = client.get(response["Location"]).content.decode()
    assert "Mamy Twoją wiadomość." in said
    assert "Anna odpowie do 11:30" in said
    assert "Nadal nie działa." in said


def test_a_link_in_capitals_beside_the_same_in_small_letters_holds_nobody_up(
    client: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(client, case, "Raz.", "a" * 24)
    client.post(f"/s/{link(case).rpartition('/s/')[2].upper()}", {"text": "Dwa.", "form": "b" * 24})
    monkeypatch.setattr(intake, "file_carefully", lambda **_: pytest.fail("the batch was split"))

    actions.file_waiting(now=at(21))

    assert [message.text for message in case.messages.order_by("id")][1:] == ["Raz.", "Dwa."]


def test_it_is_filed_into_its_case_and_promised(client: Client, case: Case, anna: Staff, clock: SetClock) -> None:
    answer(case, anna, now=at(10))
    clock(at(20))
    write(client, case)

    actions.file_waiting(now=at(21))

    assert Case.objects.count() == 1
    message = Message.objects.get(channel="web")
    assert message.case == case
    assert message.text == "Nadal nie działa."
    assert message.due_at == at(50)
    assert not message.third_party
    case.refresh_from_db()
    assert (case.status, case.owner) == ("open", anna)


def test_what_is_not_filed_yet_is_promised_already(client: Client, case: Case, anna: Staff, clock: SetClock) -> None:
    answer(case, anna, now=at(10))
    clock(at(20))

    said = client.get(write(client, case)["Location"]).content.decode()

    assert "Anna odpowie do 11:50" in said


def test_a_double_click_is_one_message(client: Client, case: Case) -> None:
    first, second = write(client, case), write(client, case)

    assert first["Location"] == second["Location"]
    assert len(sent()) == 1


def test_the_same_words_in_another_form_are_another_message(client: Client, case: Case) -> None:
    write(client, case, form="a" * 24)
    write(client, case, form="b" * 24)

    assert len(sent()) == 2


def test_each_opened_page_has_a_form_of_its_own(client: Client, case: Case) -> None:
    pages = {client.get(link(case)).content for _turn in range(2)}

    assert len(pages) == 2


def test_without_a_number_the_message_still_comes_through(client: Client, case: Case) -> None:
    client.post(link(case), {"text": "Bez numeru"})

    assert len(sent()) == 1


def test_a_foreign_page_needs_the_link_and_no_cookie_helps_it(case: Case) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert write(strict, case).status_code == 302
    assert not strict.cookies


def test_files_come_along(client: Client, case: Case) -> None:
    files = [SimpleUploadedFile("zdjęcie.png", b"\x89PNG\x00", "image/png"), SimpleUploadedFile("a.txt", b"abc")]
    write(client, case, text="", attached=files)

    actions.file_waiting(now=at(6))

    message = Message.objects.get(channel="web")
    assert [(file.name, file.size) for file in message.attachments.all()] == [("zdjęcie.png", 5), ("a.txt", 3)]
    assert originals.attachment(message, 0)[1] == b"\x89PNG\x00"
    response = client.get(f"{link(case)}/file/{message.pk}/0")
    assert response.content == b"\x89PNG\x00"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"


def test_nothing_is_refused_in_words(client: Client, case: Case) -> None:
    response = write(client, case, text="  ")

    assert response.status_code == 422
    assert "Napisz wiadomość albo wybierz plik." in response.content.decode()
    assert not sent()


@pytest.mark.parametrize(
    "files",
    [
        pytest.param([SimpleUploadedFile(f"{n}.txt", b"x") for n in range(11)], id="too many"),
        pytest.param([SimpleUploadedFile("film.mp4", b"x" * (forms.MAX_BYTES + 1))], id="too large"),
        pytest.param([SimpleUploadedFile("empty.txt", b"")], id="empty"),
    ],
)
def test_wrong_files_are_refused_and_the_text_is_kept(client: Client, case: Case, files: list[Any]) -> None:
    response = write(client, case, text="Długo pisany tekst", attached=files)

    assert response.status_code == 422
    assert "Długo pisany tekst" in response.content.decode()
    assert not sent()


def test_too_long_a_text_is_refused_and_kept(client: Client, case: Case) -> None:
    response = write(client, case, text="ą" * (forms.MAX_TEXT + 1))

    assert response.status_code == 422
    assert "ą" * 1000 in response.content.decode()


def test_a_mountain_is_not_even_opened(client: Client, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_FORM", 100)

    response = write(client, case, text="x" * 200)

    assert response.status_code == 413
    assert "Te pliki są za duże" in response.content.decode()
    assert not sent()


def test_too_many_an_hour_are_refused_and_the_text_is_kept(client: Client, case: Case, clock: SetClock) -> None:
    for number in range(views.MESSAGES_AN_HOUR):
        assert write(client, case, form=f"{number:024}").status_code == 302

    refused = write(client, case, text="Jeszcze to", form="z" * 24)
    again = write(client, case, form=f"{1:024}")
    other = write(client, case, text="Coś innego", form=f"{1:024}")
    clock(at(66))
    later = write(client, case, text="Jeszcze to", form="z" * 24)

    assert refused.status_code == 429
    assert "Jeszcze to" in refused.content.decode()
    assert again.status_code == 302, "what we have already is confirmed, not refused"
    assert other.status_code == 429, "an old form's number opens no door for new words"
    assert later.status_code == 302


def test_a_full_disk_is_told_and_the_text_is_kept(client: Client, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(actions, "accept", refuse)

    response = write(client, case, text="Ważne słowa")

    assert response.status_code == 503
    assert "Ważne słowa" in response.content.decode()
    assert "Mamy Twoją wiadomość" not in response.content.decode()


def test_nobody_can_claim_that_something_arrived(client: Client, case: Case) -> None:
    said = client.get(f"{link(case)}?received={'x' * 24}").content.decode()

    assert "Mamy Twoją wiadomość" not in said


def test_words_keep_their_language(client: Client, case: Case) -> None:
    response = client.post(f"{link(case)}?lang=en", {"text": "Still broken", "form": "e" * 24})

    assert "lang=en" in response["Location"]
    assert "We have your message." in client.get(response["Location"]).content.decode()
