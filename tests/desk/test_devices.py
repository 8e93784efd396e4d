"""A consultant says which phone her customer has; the guide then shows its steps."""

from __future__ import annotations

import pytest
from django.test import Client

from samehand.cases.models import Case, Message
from samehand.core.device_words import words_of
from samehand.guide.models import Category, Device, DeviceWord, Kind, OwnedDevice, Problem, Solution
from samehand.people.models import Staff
from tests.personas import MONDAY, a_mail, anna, arrive, the_case

__all__ = ["anna"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def galaxy() -> Device:
    made = Device.objects.create(
        brand="Samsung", name="Galaxy S21 5G", family="samsung", skin="samsung", named=["galaxy", "s21"], words=""
    )
    for word in words_of("Samsung Galaxy S21"):
        DeviceWord.objects.create(word=word, devices=[made.pk])
    return made


def says(client: Client, typed: str) -> str:
    arrive(a_mail())
    return client.post(f"/desk/cases/{the_case().reference}/device", {"device": typed}, follow=True).content.decode()


def test_she_says_it_as_the_customer_does(at_the_desk: Client, galaxy: Device) -> None:
    said = says(at_the_desk, "samsng galaxy s21")

    assert "Klient ma: Samsung Galaxy S21 5G." in said
    assert f'href="/pl/pomoc/telefon/{galaxy.pk}/"' in said
    assert OwnedDevice.objects.get().customer == the_case().customer


@pytest.fixture
def set_apn() -> Solution:
    shelf = Category.objects.create(key="internet", names={"pl": "Internet"}, slugs={"pl": "internet"})
    problem = Problem.objects.create(key="no-internet", kind=Kind.TECHNICAL, category=shelf, created_at=MONDAY)
    return Solution.objects.create(problem=problem, key="set-apn")


def test_its_steps_go_into_the_answer(at_the_desk: Client, galaxy: Device) -> None:
    said = says(at_the_desk, "galaxy s21")

    assert "Wstaw kroki dla tego telefonu" in said
    assert 'data-insert="reply-text" data-words="Internet w urządzeniu: Samsung Galaxy S21 5G' in said
    assert "data-solution" not in said


def test_they_are_the_solution_of_the_problem_that_has_it(
    at_the_desk: Client, galaxy: Device, set_apn: Solution
) -> None:
    says(at_the_desk, "galaxy s21")
    Case.objects.update(problem=set_apn.problem)

    said = at_the_desk.get(f"/desk/cases/{the_case().reference}/").content.decode()

    assert f'data-solution="{set_apn.pk}" hidden>' in said


def test_a_customer_who_writes_english_gets_them_in_english(at_the_desk: Client, galaxy: Device) -> None:
    says(at_the_desk, "galaxy s21")
    Case.objects.update(language="en")

    said = at_the_desk.get(f"/desk/cases/{the_case().reference}/").content.decode()

    assert 'data-words="Internet on: Samsung Galaxy S21 5G' in said


def test_what_the_customer_told_in_a_form_is_kept_with_one_press(at_the_desk: Client, galaxy: Device) -> None:
    arrive(a_mail())
    Message.objects.update(remarks=[{"kind": "model", "name": "Samsung Galaxy S21 5G"}])
    there = f"/desk/cases/{the_case().reference}/"

    page = at_the_desk.get(there).content.decode()
    kept = at_the_desk.post(f"{there}device", {"device": "Samsung Galaxy S21 5G"}, follow=True).content.decode()

    assert "Z formularza: Samsung Galaxy S21 5G" in page
    assert 'type="hidden" name="device" value="Samsung Galaxy S21 5G"' in page
    assert OwnedDevice.objects.get().device == galaxy
    assert 'type="hidden" name="device"' not in kept


def test_whose_phone_it_is_names_no_device(at_the_desk: Client, galaxy: Device) -> None:
    arrive(a_mail())
    Message.objects.update(remarks=[{"kind": "model", "name": "Samsung Galaxy"}])

    page = at_the_desk.get(f"/desk/cases/{the_case().reference}/").content.decode()

    assert "Z formularza: Samsung Galaxy" in page
    assert 'type="hidden" name="device"' not in page


def test_where_no_phone_is_known_there_is_nothing_to_insert(at_the_desk: Client, galaxy: Device) -> None:
    said = says(at_the_desk, "")

    assert "Wstaw kroki" not in said


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "q" * 10_000, "\x00zzz"])
def test_what_is_no_phone_is_said(at_the_desk: Client, galaxy: Device, typed: str) -> None:
    said = says(at_the_desk, typed)

    assert "Nie znamy telefonu o tej nazwie" in said
    assert not OwnedDevice.objects.exists()


def test_nothing_typed_forgets_it(at_the_desk: Client, galaxy: Device) -> None:
    says(at_the_desk, "galaxy s21")

    at_the_desk.post(f"/desk/cases/{the_case().reference}/device", {"device": " "})

    assert not OwnedDevice.objects.exists()


def test_a_stranger_sets_nothing(client: Client, anna: Staff, galaxy: Device) -> None:
    says(client, "galaxy s21")

    assert not OwnedDevice.objects.exists()
