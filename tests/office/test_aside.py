"""What was put aside is seen, fetched and tried again."""

from __future__ import annotations

import pytest
from django.test import Client

from samehand.cases.models import RawArrival
from samehand.lib.models import Blob
from tests.office.conftest import put_aside

pytestmark = pytest.mark.django_db


def test_nothing_lies_aside(admin: Client) -> None:
    assert "Nic nie jest odłożone" in admin.get("/desk/office/aside").content.decode()


def test_it_shows_why_from_whom_and_how_large(admin: Client) -> None:
    put_aside(b"From: Jan <jan@poczta.example>\r\n\r\n\x00")

    said = admin.get("/desk/office/aside").content.decode()

    assert "Mail jest pusty." in said
    assert "jan@poczta.example" in said


def test_the_source_is_text_and_only_its_beginning(admin: Client) -> None:
    arrival = put_aside(b"From: x@y.example\r\n\r\n<script>alert(1)</script>\x00\xff" + b"z" * 70_000 + b"THE END")

    said = admin.get(f"/desk/office/aside/{arrival.pk}").content.decode()

    assert "&lt;script&gt;alert(1)" in said
    assert "<script>alert(1)" not in said
    assert "THE END" not in said
    assert "Widać tylko początek" in said


def test_the_download_is_the_very_bytes(lead: Client) -> None:
    raw = b"From: x@y.example\r\n\r\n\x00\xff"
    arrival = put_aside(raw)

    response = lead.get(f"/desk/office/aside/{arrival.pk}/raw")

    assert response.content == raw
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"


def test_lost_bytes_are_told(admin: Client) -> None:
    arrival = put_aside(b"lost")
    Blob.objects.get(pk=bytes.fromhex(arrival.blob)).delete()

    assert "Jej bajtów nie ma" in admin.get(f"/desk/office/aside/{arrival.pk}").content.decode()
    assert admin.get(f"/desk/office/aside/{arrival.pk}/raw").status_code == 302


def test_a_from_that_breaks_the_parser_breaks_no_page(admin: Client) -> None:
    put_aside(b"From: =?x-unknown?b?////?= <\xff\xfe@@\r\n\t,,;;\r\n\r\n")

    assert admin.get("/desk/office/aside").status_code == 200


def test_one_is_tried_again(admin: Client) -> None:
    arrival = put_aside(b"one")
    other = put_aside(b"other")

    admin.post(f"/desk/office/aside/{arrival.pk}/again")

    assert RawArrival.objects.get(pk=arrival.pk).state == "waiting"
    assert RawArrival.objects.get(pk=other.pk).state == "aside"


def test_all_are_tried_again(admin: Client) -> None:
    for raw in (b"one", b"two", b"three"):
        put_aside(raw)

    response = admin.post("/desk/office/aside/again", follow=True)

    assert not RawArrival.objects.filter(state="aside").exists()
    assert "3 wiadomości wróciły do kolejki." in response.content.decode()


def test_what_was_filed_is_not_shown_here(admin: Client) -> None:
    arrival = put_aside(b"filed")
    RawArrival.objects.update(state="filed")

    assert admin.get(f"/desk/office/aside/{arrival.pk}").status_code == 404


def test_a_lead_sees_no_button_to_try_again(lead: Client) -> None:
    put_aside(b"one")

    assert "Spróbuj" not in lead.get("/desk/office/aside").content.decode()
