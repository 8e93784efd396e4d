"""Whose turn it is, in a sentence: in both languages, and at the same price for many rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from samehand.cases.actions import dispatching
from samehand.cases.models import Case, Post, Turn
from samehand.cases.turns import standing_of
from samehand.desk.turns import sentences
from samehand.lib.clock import now
from samehand.people.models import ServiceHours, Shift, Staff
from tests.personas import JAN, ZOFIA, a_mail, anna, answer, arrive, marek

__all__ = ["anna", "marek"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hands_out(db: None) -> None:
    ServiceHours.objects.update_or_create(
        pk=1, defaults={"hands_out": True, "week": [[["00:00", "00:00"]]] * 7, "country": ""}
    )


def on_shift(*people: Staff) -> None:
    for one in people:
        begin = now() - timedelta(hours=1)
        Shift.objects.filter(consultant=one).delete()
        Shift.objects.create(consultant=one, starts_at=begin, ends_at=begin + timedelta(hours=9))
        dispatching.here(staff_id=one.pk, now=now())


def annas_customer_writes_again_in_her_break(anna: Staff, marek: Staff) -> Case:
    on_shift(anna)
    arrive(a_mail(ZOFIA, "Pytanie"), now=now())
    case = Case.objects.get()
    said = answer(case, anna, now=now())
    dispatching.say(staff_id=anna.pk, wish="break", now=now())
    on_shift(marek)
    arrive(a_mail(ZOFIA, "Re: Pytanie", "A jednak nie.", answers=said.message_id), now=now())
    return case


@pytest.mark.parametrize(
    ("language", "begins", "ends"),
    [("en", "held for Anna until ", "free at about "), ("pl", "czeka na: Anna, do ", "zwolni się około ")],
)
def test_held_for_her_until_when_and_when_she_is_free(
    language: str, begins: str, ends: str, anna: Staff, marek: Staff
) -> None:
    case = annas_customer_writes_again_in_her_break(anna, marek)

    with translation.override(language):
        said = sentences([case], marek, now())[case.pk]

    assert said.startswith(begins)
    assert ends in said
    # A work that begins three and a half minutes before the end is still in time.
    latest = Turn.objects.get().due_at - timedelta(minutes=3.5)
    held = standing_of([case], now())[case.pk].until  # type: ignore[union-attr]
    assert held and abs(held - latest) < timedelta(seconds=1)


def test_the_lists_and_the_case_say_it(at_the_desk: Client, anna: Staff, marek: Staff) -> None:
    case = annas_customer_writes_again_in_her_break(anna, marek)

    for page in ("/desk/", "/desk/team/", f"/desk/cases/{case.reference}/"):
        assert "czeka na Ciebie, do " in at_the_desk.get(page).content.decode(), page


def test_many_rows_cost_no_more_than_few(at_the_desk: Client, anna: Staff) -> None:
    on_shift(anna)
    counted = []
    for number in (2, 10):
        arrive(*(a_mail(f"k{n} <k{n}@poczta.example>", f"Pytanie {n}") for n in range(number)), now=now())
        at_the_desk.get("/desk/team/")
        with CaptureQueriesContext(connection) as asked:
            assert at_the_desk.get("/desk/team/").content.decode().count("case-line") >= number - 1
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_she_says_what_she_does(at_the_desk: Client, anna: Staff) -> None:
    on_shift(anna)
    assert "Przyjmuję wiadomości" in at_the_desk.get("/desk/").content.decode()

    answered = at_the_desk.post("/desk/post", {"wish": "break", "back": "/desk/team/"})

    assert (answered.status_code, answered.headers["Location"]) == (302, "/desk/team/")
    assert Post.objects.get().state == "break"
    assert at_the_desk.post("/desk/post", {"wish": "nap"}).status_code == 404
    assert (
        at_the_desk.post("/desk/post", {"wish": "mails", "back": "https://evil.example/"}).headers["Location"]
        == "/desk/"
    )


def test_nobody_else_speaks_for_her(client: Client, anna: Staff) -> None:
    on_shift(anna)

    for path in ("/desk/here", "/desk/post"):
        assert client.post(path, {"wish": "away"}).status_code == 302
    assert Post.objects.get().on_duty


def test_signs_from_an_open_page(at_the_desk: Client, anna: Staff) -> None:
    on_shift(anna)
    Post.objects.update(seen_at=now() - timedelta(minutes=4))

    assert at_the_desk.post("/desk/here").status_code == 204

    assert Post.objects.get().seen_at > now() - timedelta(minutes=1)
    assert at_the_desk.get("/desk/here").status_code == 405


def test_without_the_switch_nothing_of_it_is_shown(at_the_desk: Client, anna: Staff) -> None:
    ServiceHours.objects.update(hands_out=False)
    arrive(a_mail(JAN, "Pytanie"), now=now())

    page = at_the_desk.get("/desk/").content.decode()

    assert "post-now" not in page
    assert 'id="now"' not in page
    assert "case-line" not in page
