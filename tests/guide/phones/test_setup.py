"""Steps, values, SMS, profile and sheet for every kind of device, in both languages."""

from __future__ import annotations

import plistlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from samehand.core.families import SKINS
from samehand.guide import setup
from samehand.guide.models import Device, OperatorFact
from samehand.guide.setup.sheet import sheet
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db
ADDRESS = "https://care.fala.example/pl/pomoc/telefon/21728/"
BOTH = pytest.mark.parametrize("language", ["pl", "en"])
EVERY = pytest.mark.parametrize("skin", list(SKINS))


def of_skin(skin: str, language: str = "pl") -> setup.Setup:
    found = setup.setup_of_skin(skin, language)
    assert found
    return found


def a_device(name: str = "Galaxy S21 5G", skin: str = "samsung", brand: str = "Samsung") -> Device:
    return Device.objects.create(brand=brand, name=name, family=SKINS[skin], skin=skin, words="")


def a_fact(key: str, value: str) -> None:
    OperatorFact.objects.create(key=key, values={"pl": value, "en": value}, edited_at=MONDAY)


@BOTH
@EVERY
def test_every_kind_of_device_has_steps(skin: str, language: str) -> None:
    made = of_skin(skin, language)

    lines = [*made.steps.internet, *made.steps.mms, *made.steps.check]
    assert made.steps.internet and made.steps.mms and made.steps.check and made.title
    assert not [line for line in lines if "{{" in line or line.count("**") % 2]


@EVERY
def test_both_languages_say_as_much(skin: str) -> None:
    polish, english = of_skin(skin, "pl").steps, of_skin(skin, "en").steps

    assert [len(polish.internet), len(polish.mms)] == [len(english.internet), len(english.mms)]


@BOTH
@EVERY
@pytest.mark.parametrize("marks", [False, True], ids=["plain", "with Polish letters"])
def test_an_sms_has_at_most_three_parts_and_leads_to_the_page(skin: str, language: str, marks: bool) -> None:
    said = setup.sms(of_skin(skin, language), ADDRESS, marks=marks)

    assert 1 <= said.parts <= 3
    assert said.text.endswith(ADDRESS)
    assert "internet" in said.text


def test_a_long_name_does_not_push_the_address_out() -> None:
    made = setup.setup_of(a_device("Ąę" * 60), "pl")

    for marks in (False, True):
        said = setup.sms(made, ADDRESS, marks=marks)
        assert said.parts <= 3
        assert said.text.endswith(ADDRESS)


def test_plain_words_for_an_answer() -> None:
    said = setup.text(a_device(), "pl")

    assert said.startswith("Internet w urządzeniu: Samsung Galaxy S21 5G\n1. Otwórz Ustawienia > Połączenia >")
    assert "APN: internet" in said
    assert "**" not in said


def test_the_operators_own_values_are_shown() -> None:
    a_fact("apn", "fala.net")
    a_fact("apn_user", "fala")
    a_fact("apn_password", "tajne")

    shown = {value.label: value.value for value in setup.setup_of(a_device(), "pl").internet}

    assert (shown["APN"], shown["Nazwa użytkownika"], shown["Hasło"]) == ("fala.net", "fala", "tajne")
    assert shown["Typ uwierzytelniania"] == "PAP"


def test_an_empty_field_says_that_it_stays_empty() -> None:
    user = of_skin("samsung").internet[2]

    assert (user.value, user.empty) == ("zostaw puste", True)


@pytest.mark.parametrize("user", ["", "fala"])
def test_the_profile_is_what_an_iphone_reads(user: str) -> None:
    if user:
        a_fact("apn_user", user)
        a_fact("apn_password", "tajne")

    read = plistlib.loads(setup.profile(of_skin("iphone")))

    assert (read["PayloadType"], read["PayloadVersion"]) == ("Configuration", 1)
    [cellular] = read["PayloadContent"]
    point = {"Name": "internet", "AuthenticationType": "PAP"} | (
        {"Username": user, "Password": "tajne"} if user else {}
    )
    assert (cellular["PayloadType"], cellular["APNs"], cellular["AttachAPN"]) == ("com.apple.cellular", [point], point)


def test_the_same_operator_has_the_same_profile() -> None:
    uuids = [plistlib.loads(setup.profile(of_skin(skin, language)))["PayloadUUID"] for skin, language in (
        ("iphone", "pl"), ("ipad", "en"),
    )]  # fmt: skip

    assert uuids[0] == uuids[1]


@pytest.mark.parametrize("skin", ["samsung", "watch", "router"])
def test_only_iphones_and_ipads_take_a_profile(skin: str) -> None:
    with pytest.raises(setup.NoProfile):
        setup.profile(of_skin(skin))


def test_a_profile_is_signed_with_the_certificate_of_the_settings(settings: Any, tmp_path: Path) -> None:
    certificate = _certificate(tmp_path)
    settings.PROFILE_CERTIFICATE, settings.PROFILE_KEY = str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")

    signed = setup.profile(of_skin("iphone"))

    assert pkcs7.load_der_pkcs7_certificates(signed) == [certificate]
    assert b"com.apple.cellular" in signed


def test_a_certificate_that_cannot_be_read_is_said(settings: Any, tmp_path: Path) -> None:
    settings.PROFILE_CERTIFICATE = settings.PROFILE_KEY = str(tmp_path / "gone.pem")

    with pytest.raises(setup.NotSigned, match=r"gone\.pem"):
        setup.profile(of_skin("iphone"))


def _certificate(folder: Path) -> x509.Certificate:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fala.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(MONDAY)
        .not_valid_after(MONDAY + timedelta(days=1))
        .sign(key, SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


@BOTH
@EVERY
def test_the_sheet_is_one_page_of_pdf(skin: str, language: str) -> None:
    made = sheet(of_skin(skin, language), ADDRESS, now=MONDAY)

    assert made.startswith(b"%PDF-")
    assert made.count(b"/Type /Page\n") == 1
    assert len(made) < 60_000
