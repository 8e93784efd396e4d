"""The addresses that we write from: set up by administrators, chosen by consultants."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from samehand.cases.models import Message
from samehand.lib.seal import unseal
from samehand.people.models import SendingAddress, Staff
from tests.personas import a_mail, arrive, newest, the_case

BILLS = "rachunki@fala.example"


def saved(admin: Client, **fields: Any) -> Any:
    return admin.post("/desk/office/addresses/add", {"address": BILLS} | fields)


def test_an_administrator_adds_an_address_with_its_words(admin: Client) -> None:
    response = saved(
        admin, receives="Faktury@fala.example\nplatnosci@fala.example", name_pl="{first_name}", relay="smtp://u:tajne@x"
    )

    assert response.status_code == 302
    address = SendingAddress.objects.get()
    assert address.receives == ["faktury@fala.example", "platnosci@fala.example"]
    assert unseal(address.sealed_relay) == "smtp://u:tajne@x"
    for page in ("/desk/office/addresses", f"/desk/office/addresses/{address.pk}"):
        shown = admin.get(page).content.decode()
        assert BILLS in shown
        assert "tajne" not in shown


def test_only_one_is_used_when_no_other_fits(admin: Client) -> None:
    saved(admin, is_default="on")
    saved(admin, address="nowy@fala.example", is_default="on")

    assert SendingAddress.objects.get(is_default=True).address == "nowy@fala.example"


def test_a_relay_that_is_kept_stays_until_it_is_forgotten(admin: Client) -> None:
    saved(admin, relay="smtp://x")
    address = SendingAddress.objects.get()
    admin.post(f"/desk/office/addresses/{address.pk}", {"address": BILLS})
    assert SendingAddress.objects.get().sealed_relay == address.sealed_relay

    admin.post(f"/desk/office/addresses/{address.pk}", {"address": BILLS, "forget_relay": "on"})
    assert SendingAddress.objects.get().sealed_relay == ""


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"address": "nikt"}, id="no address"),
        pytest.param({"address": "a" * 40 + "@fala.example"}, id="no room for a signature"),
        pytest.param({"address": "bok+x@fala.example"}, id="a plus is ours"),
        pytest.param({"receives": "a@b.example, c"}, id="not a list of addresses"),
        pytest.param({"relay": "relay.test"}, id="no relay"),
    ],
)
def test_what_cannot_work_is_refused(admin: Client, fields: dict[str, str]) -> None:
    assert saved(admin, **fields).status_code == 422
    assert not SendingAddress.objects.exists()


def test_leads_do_not_change_them(lead: Client) -> None:
    assert lead.get("/desk/office/addresses").status_code == 403
    assert saved(lead).status_code == 403


def test_a_consultant_chooses_from_which_one_she_writes(anna: Staff, signed_in: Any) -> None:
    SendingAddress.objects.create(address=BILLS)
    arrive(a_mail(to=BILLS))
    case, desk = the_case(), signed_in(anna)
    page = desk.get(f"/desk/cases/{case.reference}/").content.decode()
    assert f'<option value="{BILLS}" selected>' in page

    given = {"text": "Już.", "seen": newest(case)}
    url = f"/desk/cases/{case.reference}/reply"
    assert desk.post(url, given | {"sender": "obcy@inny.example"}).status_code == 422
    assert desk.post(url, given | {"sender": "helpdesk@fala.example"}).status_code == 302
    assert Message.objects.get(direction="out").from_address == "helpdesk@fala.example"


def test_where_there_is_one_address_there_is_no_choice(anna: Staff, signed_in: Any) -> None:
    arrive(a_mail())

    assert 'name="sender"' not in signed_in(anna).get(f"/desk/cases/{the_case().reference}/").content.decode()
