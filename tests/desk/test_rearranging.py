"""At the desk: a hint is one click, cases are joined, split and moved, and each of it is undone by the next click."""

from __future__ import annotations

import pytest
from django.test import Client

from samehand.cases import actions, queries
from samehand.cases.models import Case, Rearrangement
from samehand.people.models import Staff
from tests.personas import JAN, ZOFIA, a_mail, anna, answer, arrive, at, newest

__all__ = ["anna"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, anna: Staff) -> Client:
    client.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["django_language"] = "en"
    return client


def page_of(case: Case) -> str:
    return f"/desk/cases/{case.reference}/"


def shown(desk: Client, address: str) -> str:
    return desk.get(address, follow=True).content.decode()


@pytest.fixture
def two(anna: Staff) -> tuple[Case, Case]:
    arrive(a_mail(ZOFIA, "Faktura za listopad", mid="<a@x.example>"))
    arrive(a_mail(ZOFIA, "Odp: Faktura za listopad", "I jeszcze jedno.", mid="<b@x.example>"), now=at(5))
    first, second = Case.objects.order_by("id")
    return first, second


def test_a_hint_is_one_click_and_undo_the_next(desk: Client, two: tuple[Case, Case]) -> None:
    first, second = two
    assert "May belong to" in shown(desk, page_of(second))
    assert "the same subject" in shown(desk, page_of(second))

    joined = desk.post(f"{page_of(second)}join", {"into": first.reference}, follow=True)

    done = Rearrangement.objects.get()
    assert joined.redirect_chain[-1][0] == f"{page_of(first)}?done={done.pk}"
    words = joined.content.decode()
    assert "The cases are joined." in words
    assert "I jeszcze jedno." in words
    assert f"Joined here: “Odp: Faktura za listopad” ({second.reference}), 1 message" in words
    assert desk.get(page_of(second))["Location"] == page_of(first)

    undone = desk.post(f"/desk/rearrangements/{done.pk}/undo", follow=True).content.decode()

    assert "Undone: everything lies where it lay." in undone
    assert Case.objects.get(pk=second.pk).merged_into is None


def test_no_says_no_for_good(desk: Client, two: tuple[Case, Case]) -> None:
    _first, second = two

    desk.post(f"{page_of(second)}apart")

    assert "May belong to" not in shown(desk, page_of(second))


def test_the_picker_names_the_customers_cases_first_and_finds_all_others(desk: Client, two: tuple[Case, Case]) -> None:
    first, second = two
    arrive(a_mail(JAN, "Roaming w Chorwacji"))

    near = shown(desk, f"{page_of(first)}join")
    found = shown(desk, f"{page_of(first)}join?q=chorwacji")

    assert second.reference in near
    assert f'value="{first.reference}"' not in near
    assert "Roaming w Chorwacji" not in near
    assert "Roaming w Chorwacji" in found
    assert "Of other customers" in found


@pytest.mark.parametrize(("person", "customers"), [("same", 1), ("apart", 2)])
def test_whether_two_customers_are_one_person_is_asked_first(
    desk: Client, anna: Staff, person: str, customers: int
) -> None:
    arrive(a_mail(ZOFIA, "Internet"), a_mail(JAN, "Też internet"))
    zofias, jans = Case.objects.order_by("id")

    asked = desk.post(f"{page_of(jans)}join", {"into": zofias.reference}).content.decode()
    assert "One person or two?" in asked
    assert not Rearrangement.objects.exists()

    desk.post(f"{page_of(jans)}join", {"into": zofias.reference, "person": person})

    owners = set(zofias.messages.values_list("third_party", flat=True))
    assert owners == ({False} if customers == 1 else {False, True})
    assert zofias.customer.contact_points.count() == 3 - customers


def test_a_message_and_all_below_it_are_split_off(desk: Client, anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Pierwsza", mid="<a@x.example>"))
    case = Case.objects.get()
    for number in (1, 2):
        arrive(a_mail(ZOFIA, f"Sprawa {number}", f"Treść {number}", answers="<a@x.example>"), now=at(number))
    middle = case.messages.get(subject="Sprawa 1")

    words = desk.post(f"/desk/messages/{middle.pk}/split", follow=True).content.decode()

    assert "This is a case of its own now." in words
    assert "Split off from" in words
    assert [list(one.messages.values_list("subject", flat=True)) for one in Case.objects.order_by("id")] == [
        ["Pierwsza"],
        ["Sprawa 1", "Sprawa 2"],
    ]


def test_the_first_message_cannot_take_everything_along(desk: Client, two: tuple[Case, Case]) -> None:
    words = desk.post(f"/desk/messages/{newest(two[0])}/split", follow=True).content.decode()

    assert "Not split: nothing would be left in this case." in words


def test_a_message_is_moved_and_the_reader_stays(desk: Client, two: tuple[Case, Case], anna: Staff) -> None:
    first, second = two
    sent = answer(first, anna)
    assert second.reference in shown(desk, f"/desk/messages/{sent.pk}/move")

    words = desk.post(f"/desk/messages/{sent.pk}/move", {"into": second.reference}, follow=True).content.decode()

    assert "Moved to “Odp: Faktura za listopad”." in words
    assert second.messages.filter(pk=sent.pk).exists()


def test_what_was_written_for_a_case_that_is_gone_comes_back_unsent(desk: Client, two: tuple[Case, Case]) -> None:
    first, second = two
    seen = newest(second)
    actions.merge(case_id=second.pk, into_id=first.pk, author_id=Staff.objects.get().pk, now=at(9))

    refused = desk.post(f"{page_of(second)}reply", {"text": "Moja długa odpowiedź", "seen": seen})

    words = refused.content.decode()
    assert refused.status_code == 409
    assert "Moja długa odpowiedź</textarea>" in words
    assert f"{page_of(first)}reply" in words
    assert not first.messages.filter(direction="out").exists()


def test_the_customers_old_link_opens_what_is_left(client: Client, two: tuple[Case, Case], anna: Staff) -> None:
    first, second = two
    link = queries.page_url(second).partition("/s/")[2]
    actions.merge(case_id=second.pk, into_id=first.pk, author_id=anna.pk, now=at(9))

    words = client.get(f"/s/{link}").content.decode()

    assert "I jeszcze jedno." in words
    assert "Dzień dobry, mam pytanie." in words


def test_the_link_of_somebody_elses_joined_case_opens_nothing(client: Client, anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Internet", "Hasło: lampa."), a_mail(JAN, "Też internet"))
    zofias, jans = Case.objects.order_by("id")
    link = queries.page_url(jans).partition("/s/")[2]
    actions.merge(case_id=jans.pk, into_id=zofias.pk, author_id=anna.pk, now=at(9), same_person=True)

    answered = client.get(f"/s/{link}")

    assert answered.status_code == 404
    assert "lampa" not in answered.content.decode()
    assert zofias.reference not in answered.content.decode()


@pytest.mark.parametrize(
    "path", ["cases/{ref}/join", "cases/{ref}/apart", "messages/{message}/split", "messages/{message}/move"]
)
def test_a_stranger_puts_nothing_in_order(client: Client, two: tuple[Case, Case], path: str) -> None:
    first, second = two
    address = "/desk/" + path.format(ref=second.reference, message=newest(second))

    for answered in (client.get(address), client.post(address, {"into": first.reference})):
        assert "/account/login/" in answered["Location"]

    assert Case.objects.get(pk=second.pk).maybe_case == first
    assert not Rearrangement.objects.exists()
