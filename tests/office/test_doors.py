"""Who may open which page of the office: every address, every role."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from samehand.channels.mail.models import Mailbox
from samehand.lib.seal import seal
from samehand.people.models import SpecialDay, Staff
from tests.office.conftest import put_aside
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db

NO = {"anonymous": 302, "consultant": 403, "lead": 403, "admin": 403}
LEADS = NO | {"lead": 200, "admin": 200}
ADMINS = NO | {"admin": 200}
EVERYBODY = NO | {"consultant": 200, "lead": 200, "admin": 200}
LEADS_ACT = NO | {"lead": 302, "admin": 302}
ADMINS_ACT = NO | {"admin": 302}

PAGES = [
    ("get", "/desk/office/", LEADS),
    ("get", "/desk/office/health", LEADS),
    ("get", "/desk/office/aside", LEADS),
    ("get", "/desk/office/aside/{aside}", LEADS),
    ("get", "/desk/office/aside/{aside}/raw", LEADS),
    ("post", "/desk/office/aside/{aside}/again", ADMINS_ACT),
    ("post", "/desk/office/aside/again", ADMINS_ACT),
    ("get", "/desk/office/team", ADMINS),
    ("get", "/desk/office/team/add", ADMINS),
    ("get", "/desk/office/team/{person}", ADMINS),
    ("post", "/desk/office/team/{person}/invite", ADMINS),
    ("post", "/desk/office/team/{person}/off", ADMINS_ACT),
    ("post", "/desk/office/team/{person}/on", ADMINS_ACT),
    ("get", "/desk/office/shifts", LEADS),
    ("get", "/desk/office/shifts/day?person={person}", LEADS),
    ("get", "/desk/office/shifts/whole", LEADS),
    ("get", "/desk/office/shifts/import", LEADS),
    ("get", "/desk/office/shifts/roster.csv", LEADS),
    ("get", "/desk/office/shifts/roster.ics", LEADS),
    ("get", "/desk/office/shifts/mine", EVERYBODY),
    ("post", "/desk/office/shifts/mine/link", EVERYBODY | {"consultant": 302, "lead": 302, "admin": 302}),
    ("post", "/desk/office/shifts/act", LEADS_ACT | {"lead": 404, "admin": 404}),  # no such act
    ("get", "/desk/office/hours", ADMINS),
    ("post", "/desk/office/hours/days/{day}/drop", ADMINS_ACT),
    ("get", "/desk/office/mailboxes", LEADS),
    ("get", "/desk/office/mailboxes/add", ADMINS),
    ("get", "/desk/office/mailboxes/{mailbox}", ADMINS),
    ("post", "/desk/office/mailboxes/{mailbox}/remove", ADMINS_ACT),
    ("get", "/sent", EVERYBODY),
    ("get", "/sent/a.eml", EVERYBODY),
    ("get", "/sent/a.eml/raw", EVERYBODY),
]


@pytest.fixture
def things(anna: Staff, sent_folder: Path) -> dict[str, int]:
    (sent_folder / "a.eml").write_bytes(b"Subject: a\r\n\r\ntext")
    mailbox = Mailbox.objects.create(name="Pomoc", host="imap.fala.example", username="u", sealed_secret=seal("x"))
    return {
        "aside": put_aside(b"").pk,
        "person": anna.pk,
        "day": SpecialDay.objects.create(date=MONDAY.date()).pk,
        "mailbox": mailbox.pk,
    }


@pytest.fixture
def roles(anna: Staff, marek: Staff, ola: Staff, adam: Staff) -> dict[str, Staff | None]:
    return {"anonymous": None, "consultant": marek, "lead": ola, "admin": adam}


@pytest.mark.parametrize("role", NO)
@pytest.mark.parametrize(("method", "address", "expected"), PAGES, ids=[f"{page[0]} {page[1]}" for page in PAGES])
def test_the_door(
    role: str,
    method: str,
    address: str,
    expected: dict[str, int],
    things: dict[str, int],
    roles: dict[str, Staff | None],
    signed_in: Callable[[Staff], Client],
) -> None:
    person = roles[role]
    client = signed_in(person) if person else Client()

    response = getattr(client, method)(address.format(**things))

    assert response.status_code == expected[role]
    if role == "anonymous":
        assert response["Location"].startswith("/account/login/")


@pytest.mark.parametrize("address", [page[1] for page in PAGES if page[0] == "post"])
def test_what_changes_something_is_never_done_by_a_link(address: str, things: dict[str, int], admin: Client) -> None:
    assert admin.get(address.format(**things)).status_code == 405


@pytest.mark.parametrize("address", [page[1] for page in PAGES if page[0] == "post"])
def test_what_changes_something_asks_for_the_forms_token(address: str, things: dict[str, int], adam: Staff) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(adam)

    assert strict.post(address.format(**things)).status_code == 403
