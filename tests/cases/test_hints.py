"""A mail that proves nothing opens a case of its own, and says to a person where it may belong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samehand.cases import queries
from samehand.cases.models import Case
from samehand.people.models import Staff
from tests.personas import JAN, MONDAY, ZOFIA, a_mail, answer, arrive, at, the_case

pytestmark = pytest.mark.django_db


def newest_case() -> Case:
    return Case.objects.order_by("-id")[0]


def told(case: Case) -> tuple[Case | None, list[str]]:
    return case.maybe_case, (case.maybe_why or {}).get("signs", [])


def test_the_same_subject_is_a_hint_and_no_proof(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Faktura za listopad"))
    first = the_case()

    arrive(a_mail(ZOFIA, "Odp: Faktura za listopad", "I jeszcze jedno."), now=MONDAY + timedelta(days=2))

    assert Case.objects.count() == 2
    assert told(newest_case()) == (first, ["subject"])
    assert newest_case().maybe_why == {"signs": ["subject"], "days": 2}
    assert told(first) == (None, [])


def test_of_two_in_one_batch_the_second_points_to_the_first(anna: Staff) -> None:
    arrive(a_mail(JAN, "SIM", mid="<a@x.example>"), a_mail(JAN, "Re: SIM", "Halo?", mid="<b@x.example>"))

    first, second = Case.objects.order_by("id")
    assert told(second) == (first, ["subject"])


def test_what_she_quotes_tells_which_case(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Pytanie", mid="<a@x.example>"))
    first = the_case()
    answer(first, anna, "Wymieniłam kartę SIM na nową, dojdzie jutro kurierem.")
    arrive(a_mail(ZOFIA, "Inna sprawa", "Coś zupełnie innego.", mid="<b@x.example>"))

    arrive(
        a_mail(ZOFIA, "Kurier", "Nie dotarł.\n\n> Wymieniłam kartę SIM na nową, dojdzie jutro kurierem.\n"), now=at(9)
    )

    assert told(newest_case()) == (first, ["quotes"])


def test_another_customers_case_is_no_hint_by_its_subject(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Faktura za listopad"))

    arrive(a_mail(JAN, "Re: Faktura za listopad"))

    assert told(newest_case()) == (None, [])


@pytest.mark.parametrize("way", ["number", "link", "answers"])
def test_a_second_address_is_a_hint_when_it_names_the_case_itself(anna: Staff, way: str) -> None:
    arrive(a_mail(ZOFIA, "Pytanie", mid="<a@poczta.example>"))
    first = the_case()
    named = {
        "number": {"text": f"Chodzi o sprawę {first.reference.lower()}."},
        "link": {"text": f"Nadal nie działa.\n\n> {queries.page_url(first)}\n"},
        "answers": {"answers": "<a@poczta.example>"},
    }[way]

    arrive(a_mail("zosia@inna.example", "Z drugiej skrzynki", **named))

    assert told(newest_case()) == (first, [way])
    assert newest_case().customer != first.customer


def test_a_link_that_we_did_not_sign_is_no_hint(anna: Staff) -> None:
    arrive(a_mail(ZOFIA))
    link = queries.page_url(the_case())
    forged = link[:-1] + ("y" if link[-1] in "xX" else "x")

    arrive(a_mail(JAN, "Inne", f"Zobacz {forged}"))

    assert told(newest_case()) == (None, [])


def test_an_id_given_out_twice_proves_nothing_but_is_worth_a_word(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Pierwsza", "Raz.", mid="<zawsze@to.samo>"))
    arrive(a_mail(ZOFIA, "Druga", "Dwa.", mid="<zawsze@to.samo>"))
    first, second = Case.objects.order_by("id")
    assert told(second) == (first, ["again"])

    arrive(a_mail(ZOFIA, "Trzecia", "Trzy.", answers="<zawsze@to.samo>"))

    assert Case.objects.count() == 3
    assert first.messages.count() == second.messages.count() == 1
