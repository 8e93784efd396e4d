"""Search: by any part of a name, an address or a subject, in any letter case, without reading every case."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samehand.cases import queries
from samehand.people.models import Staff
from tests.personas import a_mail, arrive, the_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["ÓJC", "zofia@POCZTA", "połączeń", "brak\0 połączeń"])
def test_any_part_in_any_letter_case(text: str, anna: Staff) -> None:
    arrive(a_mail(subject="Brak połączeń"), a_mail("x@y.example", subject="Faktura"))

    assert [case.subject for case in queries.search(anna, text)] == ["Brak połączeń"]


@pytest.mark.parametrize("index", ["customer_name_trgm", "contact_value_trgm", "case_subject_trgm"])
def test_each_way_can_go_by_its_index(index: str, anna: Staff) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.search(anna, "połączeń")
    with connection.cursor() as cursor:
        # So few rows would be read one by one; what is left besides is the index that understands parts of words.
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        plans = []
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}".replace("%", "%%"), [])
            plans.append("\n".join(line for (line,) in cursor.fetchall()))

    assert any(index in plan for plan in plans)


@pytest.mark.parametrize("path", ["/desk/search?q=%00", "/desk/search?q=a%00b"])
def test_a_character_that_no_text_has_breaks_no_search(path: str, at_the_desk: Client) -> None:
    assert at_the_desk.get(path).status_code == 200


@pytest.mark.parametrize("reference", ["%00", "a%00", "x" * 17, "ż"])
def test_what_is_no_reference_leads_nowhere(reference: str, at_the_desk: Client) -> None:
    assert at_the_desk.get(f"/desk/cases/{reference}/").status_code == 404


def test_a_reference_leads_to_its_case_in_any_letter_case(at_the_desk: Client) -> None:
    arrive(a_mail())

    assert at_the_desk.get(f"/desk/cases/{the_case().reference.lower()}/").status_code == 200
