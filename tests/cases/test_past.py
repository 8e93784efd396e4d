"""The house's own history as values, from mails and answers; and that asking for it reads no more than it must."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from samehand.cases.history import past
from samehand.cases.models import Case
from samehand.lib.sql import named
from samehand.people.models import Staff
from tests.personas import JAN, MONDAY, a_mail, answer, arrive, at

pytestmark = pytest.mark.django_db
SINCE, UNTIL = MONDAY - timedelta(days=7), MONDAY + timedelta(days=7)


def test_a_case_tells_who_wrote_how_often_and_how_soon_again(anna: Staff) -> None:
    arrive(a_mail(mid="<1@poczta.example>"))
    case = Case.objects.get()
    arrive(a_mail(text="I jeszcze jedno.", answers="<1@poczta.example>"), now=at(4))
    sent = answer(case, anna, now=at(20))
    arrive(a_mail(text="Dziękuję, a faktura?", answers=sent.message_id), now=at(50))

    found = past(SINCE, UNTIL)

    [told] = found.cases
    assert (told.customer, told.messages, told.ended) == (case.customer_id, 3, False)
    assert told.opened_at == MONDAY and told.skill == case.skill
    assert found.postscripts == [4.0] and found.delays == [30.0]
    assert found.works == [], "one answer alone does not say how long it took"


def test_answers_that_follow_each_other_say_how_long_the_next_took(anna: Staff) -> None:
    arrive(a_mail(), a_mail(JAN, "Inne pytanie"))
    first, second = Case.objects.order_by("pk")
    answer(first, anna, now=at(5))
    answer(second, anna, now=at(12))

    [work] = past(SINCE, UNTIL).works

    assert work.minutes == 7.0 and work.skill == second.skill
    assert not work.is_followup and work.knew


def test_what_came_after_the_answer_before_or_took_too_long_says_nothing(anna: Staff) -> None:
    arrive(a_mail(), a_mail(JAN, "Inne pytanie"))
    first, second = Case.objects.order_by("pk")
    answer(first, anna, now=at(5))
    answer(second, anna, now=at(65))
    arrive(a_mail("Ewa <ewa@poczta.example>", "Trzecie"), now=at(70))
    answer(Case.objects.latest("pk"), anna, now=at(80))

    assert past(SINCE, UNTIL).works == []


def test_of_too_many_cases_the_newest_are_told_and_from_when_they_begin(anna: Staff) -> None:
    for place in range(5):
        arrive(a_mail(f"Klient <k{place}@poczta.example>", f"Sprawa {place}"), now=at(place))

    found = past(SINCE, UNTIL, limit=3)

    assert [case.opened_at for case in found.cases] == [at(4), at(3), at(2)]
    assert found.begins == at(2)


def test_machines_and_older_cases_are_left_out(anna: Staff) -> None:
    arrive(a_mail(), now=SINCE - timedelta(minutes=1))
    arrive(a_mail(JAN, "Nieobecność", Auto_Submitted="auto-replied"))

    assert past(SINCE, UNTIL).cases == []


@pytest.mark.parametrize("name", ["cases_since", "turns_of_cases"])
def test_the_questions_go_by_an_index_among_many(anna: Staff, name: str) -> None:
    """Many old cases that nobody asks for: a plan that reads them all would be felt."""
    arrive(a_mail())
    case = Case.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_case (reference, page_turn, customer_id, owner_reason, status, subject, skill, topic,"
            " topic_words, language, preview, opened_at, touched_at)"
            " SELECT 'X' || n, 0, customer_id, '', 'solved', '', 'general', '', '', 'pl', '',"
            " opened_at - n * interval '1 hour', opened_at - n * interval '1 hour'"
            " FROM cases_case, generate_series(1, 20000) n WHERE id = %s",
            [case.pk],
        )
        cursor.execute(
            'INSERT INTO cases_message (case_id, direction, channel, at, from_name, from_address, "to", cc, reply_to,'
            ' subject, text, reply_text, html_present, message_id, in_reply_to, "references", auto_submitted,'
            " third_party, blob) SELECT id, 'in', 'mail', opened_at, '', '', '{}', '{}', '{}', '', '', '', false, '',"
            " '', '{}', false, false, '' FROM cases_case"
        )
        cursor.execute("ANALYZE cases_case, cases_message")
        values = {"since": SINCE, "limit": 1000, "cases": list(Case.objects.order_by("-pk").values_list("pk")[:50])}
        values["cases"] = [pk for (pk,) in values["cases"]]
        cursor.execute("EXPLAIN " + named("samehand.cases", name), values)
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "Seq Scan" not in plan
    assert ("case_recent" if name == "cases_since" else "message_in_case") in plan
