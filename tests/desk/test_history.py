"""The page of a case shows what its customer said lately, and loads no more than it shows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samehand.cases import queries
from samehand.cases.models import Case, Message
from samehand.desk import cases
from samehand.people.models import Staff
from tests.personas import ZOFIA, a_mail, anna, answer, arrive, at, marek, the_case

__all__ = ["anna", "marek"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(anna: Staff) -> Case:
    arrive(a_mail())
    return the_case()


def page(client: Client, case: Case, query: str = "") -> str:
    return client.get(f"/desk/cases/{case.reference}/{query}").content.decode()


def write_many(case: Case, count: int) -> None:
    Message.objects.bulk_create(
        Message(case=case, direction="in", channel="mail", at=at(n), text=f"Słowo-{n}-", reply_text=f"Słowo-{n}-")
        for n in range(1, count + 1)
    )


def test_the_latest_first_and_the_rest_a_link_away(at_the_desk: Client, case: Case) -> None:
    write_many(case, cases.LATEST + 4)

    shown, whole = page(at_the_desk, case), page(at_the_desk, case, "?whole")

    assert "Słowo-4-" not in shown
    assert shown.index("Słowo-5-") < shown.index(f"Słowo-{cases.LATEST + 4}-")
    assert 'href="?whole"' in shown
    assert "Słowo-4-" in whole
    assert 'href="?whole"' not in whole


def test_no_more_rows_are_read_than_shown(at_the_desk: Client, case: Case) -> None:
    write_many(case, cases.LATEST + 40)

    assert len(queries.history(case, cases.LATEST)) == cases.LATEST
    with CaptureQueriesContext(connection) as asked:
        page(at_the_desk, case)
    assert not [query for query in asked.captured_queries if '"subject", "cases_message"."text"' in query["sql"]]
    # Case, history, ledger, brief, notices, lists beside it: none of them by the row.
    assert len(asked) < 50


def test_who_answered_is_known_from_messages_that_are_not_shown(
    at_the_desk: Client, case: Case, anna: Staff, marek: Staff
) -> None:
    answer(case, marek, now=at(1))
    answer(case, anna, now=at(2))
    write_many(case, cases.LATEST)

    assert list(queries.served_by(case)) == [anna, marek]


def test_a_quote_is_folded_and_own_words_alone_are_not(at_the_desk: Client, case: Case) -> None:
    assert '<details class="fold">' not in page(at_the_desk, case)

    arrive(a_mail(ZOFIA, "Inne", "Nadal nie.\n\nW dniu 1.11.2026 Anna napisała:\n> Sprawdziłam stację.\n"))

    shown = page(at_the_desk, case)
    assert shown.index("Nadal nie.") < shown.index('<details class="fold">') < shown.index("&gt; Sprawdziłam stację.")


def test_quote_and_signature_are_folded_apart(at_the_desk: Client, case: Case) -> None:
    under = "Pozdrawiam,\nZofia Zielińska\n\nW dniu 1.11.2026 o 9:58 Anna pisze:\n> Sprawdziłam stację.\n"
    arrive(a_mail(ZOFIA, "Inne", f"Nadal nie.\n\n{under}"))

    shown = page(at_the_desk, case)

    assert "Podpis <span" in shown
    assert "Pozdrawiam · Zofia Zielińska</span>" in shown
    assert ">W dniu 1.11.2026 o 9:58 Anna pisze:\n&gt; Sprawdziłam stację.</div>" in shown


def test_a_book_is_cut_and_its_original_is_near(at_the_desk: Client, case: Case) -> None:
    Message.objects.update(text="ą" * 200_000 + "KONIEC", reply_text="ą" * 200_000)

    shown = page(at_the_desk, case)

    assert shown.count("ą") < 2.1 * queries.SHOWN
    assert "KONIEC" not in shown
    assert "dłuższa, niż mieści ta strona" in shown


def test_a_list_asks_no_more_for_many_rows_than_for_one(anna: Staff, client: Client) -> None:
    client.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    asked = []
    for count in (1, 30):
        arrive(*[a_mail(f"Klient {number} <k{number}@poczta.example>", f"Nr {number}") for number in range(count)])
        client.get("/desk/")
        with CaptureQueriesContext(connection) as questions:
            client.get("/desk/")
        asked.append(len(questions))

    assert asked[1] == asked[0]
