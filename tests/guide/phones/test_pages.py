"""Setting a phone up, as a customer does: she finds it, reads, prints, installs, and is remembered."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from samehand.guide import actions
from samehand.guide.models import Device, OwnedDevice
from samehand.people.models import Customer
from samehand.portal import own_phone
from samehand.portal.guide import reader, slowing
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db
EVIL = '<script>alert("x")</script>'


@pytest.fixture(autouse=True)
def nobody_is_slowed() -> None:
    for limit in (slowing.SEARCHES, slowing.SUGGESTIONS):
        limit.forget()


@pytest.fixture
def galaxy() -> Device:
    return _device("Samsung", "Galaxy S21 5G", "samsung", "samsung")


def _device(brand: str, name: str, family: str, skin: str) -> Device:
    # The whole list may be there already.
    said = {"family": family, "skin": skin, "words": "galaxy s21 samsung"}
    return Device.objects.get_or_create(brand=brand, name=name, defaults=said)[0]


def _page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_somebody_finds_her_phone_although_she_slips(client: Client, all_devices: None) -> None:
    said = _page(client, "/pl/pomoc/telefon/?q=samsng+galaxy+s21")
    offered = _page(client, "/pl/pomoc/telefon/podpowiedzi?q=galaxy+s2")

    found = Device.objects.get(brand="Samsung", name="Galaxy S21 5G")
    assert f'href="/pl/pomoc/telefon/{found.pk}/"' in said
    assert 'role="option"' in offered


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/pl/pomoc/telefon/", "Ustaw swój telefon"),
        ("/en/help/phone/", "Set up your phone"),
        ("/pl/pomoc/telefon/samsung/", "Nazwy punktów dostępu"),
        ("/en/help/phone/iphone/", "Download the profile"),
        ("/en/help/phone/router-avm/", "fritz.box"),
    ],
)
def test_pages_speak_the_language_of_their_address(client: Client, path: str, words: str) -> None:
    assert words in _page(client, path)


def test_the_page_has_steps_values_code_and_sms(client: Client, galaxy: Device) -> None:
    said = _page(client, f"/pl/pomoc/telefon/{galaxy.pk}/")

    for word in ("Samsung Galaxy S21 5G", 'data-copies="internet"', '<svg xmlns="http', "sms:?&amp;body=", "SMS-y"):
        assert word in said


def test_a_sheet_and_a_profile_are_files(client: Client, galaxy: Device) -> None:
    sheet = client.get(f"/pl/pomoc/telefon/{galaxy.pk}/ustawienia.pdf")
    profile = client.get("/en/help/phone/iphone/profile.mobileconfig")

    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
    assert profile["Content-Type"] == "application/x-apple-aspen-config"
    assert b"com.apple.cellular" in profile.content


@pytest.mark.parametrize(
    "path",
    [
        "/pl/pomoc/telefon/999999999/", "/pl/pomoc/telefon/nokia-3310/", f"/pl/pomoc/telefon/{'9' * 60}/",
        f"/pl/pomoc/telefon/{'a' * 10_000}/", "/pl/pomoc/telefon/999999999/ustawienia.pdf",
        "/pl/pomoc/telefon/samsung/profil.mobileconfig",
    ],
)  # fmt: skip
def test_what_is_not_known_is_said(client: Client, path: str) -> None:
    assert "Jaki to telefon?" in _page(client, path, 404)


@pytest.mark.parametrize("typed", ["ż" * 10_000, EVIL, "%00", "' OR 1=1", "\x00"])
def test_whatever_is_typed_is_answered(client: Client, all_devices: None, typed: str) -> None:
    for path in ("/pl/pomoc/telefon/", "/pl/pomoc/telefon/podpowiedzi"):
        answer = client.get(path, {"q": typed})
        assert answer.status_code == 200
        assert EVIL not in answer.content.decode()


def test_a_name_that_attacks_is_text(client: Client) -> None:
    evil = _device(EVIL, EVIL, "android", "android")

    assert EVIL not in _page(client, f"/pl/pomoc/telefon/{evil.pk}/")
    assert client.get(f"/pl/pomoc/telefon/{evil.pk}/ustawienia.pdf").status_code == 200


def test_a_phone_is_remembered_in_the_browser_and_forgotten(client: Client, galaxy: Device) -> None:
    client.post(f"/pl/pomoc/telefon/{galaxy.pk}/zapamietaj")
    assert "Twój zapamiętany telefon" in _page(client, "/pl/pomoc/telefon/")

    client.post("/pl/pomoc/telefon/zapomnij")
    assert "Twój zapamiętany telefon" not in _page(client, "/pl/pomoc/telefon/")


def test_another_site_remembers_nothing(client: Client, galaxy: Device) -> None:
    answer = client.post(f"/pl/pomoc/telefon/{galaxy.pk}/zapamietaj", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert own_phone.COOKIE not in client.cookies


def test_a_customer_keeps_her_phone_with_us(client: Client, galaxy: Device, monkeypatch: Any) -> None:
    zofia = Customer.objects.create(known_since=MONDAY)
    monkeypatch.setattr(reader, "of", lambda _request: reader.Reader(zofia))

    client.post(f"/pl/pomoc/telefon/{galaxy.pk}/zapamietaj")
    assert OwnedDevice.objects.get().device == galaxy

    client.post("/pl/pomoc/telefon/zapomnij")
    assert not OwnedDevice.objects.exists()


@pytest.mark.parametrize(
    ("cookie", "words"),
    [
        ("samsung", {"samsung"}),
        ("ipad", {"iphone"}),
        ("oppo", {"android"}),
        ("", set()),
        (EVIL, set()),
        ("9" * 40, set()),
    ],
)
def test_articles_are_shown_for_the_phone_that_is_remembered(rf: Any, cookie: str, words: set[str]) -> None:
    request = rf.get("/")
    request.COOKIES[own_phone.COOKIE] = cookie

    assert own_phone.scope_of(request, None) == words


def test_what_the_customer_said_counts_before_the_browser(rf: Any, galaxy: Device) -> None:
    zofia = Customer.objects.create(known_since=MONDAY)
    actions.own_device(customer_id=zofia.pk, device_id=galaxy.pk, now=MONDAY)
    request = rf.get("/")
    request.COOKIES[own_phone.COOKIE] = "iphone"

    assert own_phone.scope_of(request, zofia) == {"samsung"}
