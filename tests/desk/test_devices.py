"""A consultant says which phone her customer has; the guide then shows its steps."""

from __future__ import annotations

import pytest
from django.test import Client

from samehand.core.device_words import words_of
from samehand.guide.models import Device, DeviceWord, OwnedDevice
from samehand.people.models import Staff
from tests.personas import a_mail, anna, arrive, the_case

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
