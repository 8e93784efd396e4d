"""What happens with a case is done by POST alone; whoever comes by GET finds the case."""

from __future__ import annotations

import pytest
from django.test import Client

from samehand.cases.models import Case
from samehand.people.models import Staff
from tests.personas import a_mail, anna, arrive, the_case

__all__ = ["anna"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("act", ["reply", "note", "solve", "take", "hand-over"])
def test_after_signing_in_again_she_is_back_at_the_case(at_the_desk: Client, act: str) -> None:
    arrive(a_mail())
    address = f"/desk/cases/{the_case().reference}/"

    response = at_the_desk.get(f"{address}{act}")

    assert (response.status_code, response["Location"]) == (302, address)
    assert the_case().status == Case.Status.OPEN


def test_a_customer_without_a_name_is_listed_by_address(at_the_desk: Client) -> None:
    arrive(a_mail("bez.nazwiska@poczta.example"), a_mail())

    page = at_the_desk.get("/desk/team/").content.decode()

    assert "bez.nazwiska@poczta.example</span>" in page
    assert "Zofia Wójcik</span>" in page


def test_she_is_told_where_the_writer_wants_the_answer(at_the_desk: Client) -> None:
    arrive(a_mail(Reply_To="ktos.inny@poczta.example"))

    page = at_the_desk.get(f"/desk/cases/{the_case().reference}/").content.decode()

    assert "ktos.inny@poczta.example" in page
    assert "do: zofia@poczta.example" in page


def test_solve_refuses_what_was_not_seen(at_the_desk: Client) -> None:
    arrive(a_mail(mid="<a@x.example>"))
    seen = the_case().messages.get().pk
    arrive(a_mail(text="Proszę jednak nie zamykać.", answers="<a@x.example>"))
    address = f"/desk/cases/{the_case().reference}/solve"

    at_the_desk.post(address, {"seen": seen})
    assert the_case().status == Case.Status.OPEN
    at_the_desk.post(address, {"seen": "nonsense"})
    assert the_case().status == Case.Status.OPEN

    at_the_desk.post(address, {"seen": the_case().messages.order_by("-id")[0].pk})
    assert the_case().status == Case.Status.SOLVED


@pytest.mark.parametrize(
    "path",
    ["desk/", "desk/team/", "desk/nobody/", "desk/waiting/", "desk/solved/", "desk/all/", "desk/search?q=x",
     "desk/queue/rows", "desk/rail", "desk/cases/{ref}/", "desk/cases/{ref}/stream", "desk/cases/{ref}/beside",
     "desk/messages/{message}/html", "desk/messages/{message}/source", "desk/messages/{message}/parts/0", "sent"],
)  # fmt: skip
def test_a_stranger_reads_nothing(client: Client, anna: Staff, path: str) -> None:
    arrive(a_mail())
    address = path.format(ref=the_case().reference, message=the_case().messages.get().pk)

    response = client.get(f"/{address}")

    assert response.status_code in (302, 401, 404)
    assert "/account/login/" in response.get("Location", "/account/login/")
    assert b"Zofia" not in response.content


def test_a_stranger_at_the_front_door_is_led_to_the_guide(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/pl/pomoc/"


@pytest.mark.parametrize("act", ["reply", "note", "solve", "reopen", "take", "hand-over"])
def test_a_stranger_changes_nothing(client: Client, anna: Staff, act: str) -> None:
    arrive(a_mail())
    client.post(f"/desk/cases/{the_case().reference}/{act}", {"text": "x", "seen": "99", "to": anna.pk})

    assert the_case().status == Case.Status.OPEN
    assert the_case().messages.count() == 1
