"""The lead's figures against days that were counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samehand.cases import actions, figures
from samehand.cases.figures import Hands, Kept
from samehand.cases.models import Case, Message
from samehand.cases.owners import owners
from samehand.core.days import Day
from samehand.people.models import Absence, Customer, Staff
from samehand.people.queries import hours, terms
from tests.personas import JAN, MONDAY, ZOFIA, a_mail, answer, arrive, at, newest

WARSAW = ZoneInfo("Europe/Warsaw")
TODAY = Day.of(MONDAY, WARSAW)
pytestmark = pytest.mark.django_db


def case_of(subject: str) -> Case:
    return Case.objects.get(subject=subject)


def writes(subject: str, minute: float, sender: str = ZOFIA) -> Case:
    """The customer opens a case, so many minutes after eleven."""
    arrive(a_mail(sender, subject, mid=f"<{subject}-{minute}@poczta.example>"), now=at(minute))
    return case_of(subject)


def writes_again(case: Case, minute: float, sender: str = ZOFIA) -> None:
    said = case.messages.exclude(message_id="").order_by("-id")[0].message_id
    arrive(a_mail(sender, f"Re: {case.subject}", mid=f"<again-{minute}@x.example>", answers=said), now=at(minute))


def today(minute: float = 60) -> Kept:
    by_channel, _week = figures.by_channel(at(minute), TODAY, terms())
    return sum(by_channel.values(), Kept())


def test_a_promise_is_kept_broken_open_or_at_risk(anna: Staff) -> None:
    answer(writes("in time", 0), anna, now=at(29))
    answer(writes("late", 1, JAN), anna, now=at(32))
    writes("forgotten", 2)
    writes("near its end", 35)
    writes("fresh", 55)

    assert today(60) == Kept(kept=1, broken=2, open=1, at_risk=1)
    assert today(60).share == pytest.approx(1 / 3)
    assert figures.right_now(at(60), terms()) == figures.Now(3, 1, 1, 0, at(65))


def test_what_needed_no_answer_counts_nowhere(anna: Staff) -> None:
    case = writes("thanks", 0)
    actions.solve(case_id=case.pk, author_id=anna.pk, seen=newest(case), now=at(3))

    assert today() == Kept()


def test_who_chose_to_wait_is_counted_apart(anna: Staff) -> None:
    case = writes("for Anna", 0)
    case.messages.update(waits_for=anna, due_before_choice=at(30), due_at=at(200))

    assert today() == Kept(chosen=1)
    assert figures.right_now(at(60), terms()) == figures.Now(1, 0, 0, 1, None)


def test_machines_history_and_joined_cases_count_once(anna: Staff) -> None:
    arrive(a_mail(JAN, "robot", Auto_Submitted="auto-replied"))
    first, second = writes("first", 0), writes("second", 1)
    actions.merge(case_id=second.pk, into_id=first.pk, author_id=anna.pk, now=at(2))
    answer(first, anna, now=at(5))

    assert today() == Kept(kept=2)


def test_a_promise_belongs_to_the_day_and_the_week_in_which_it_ends(anna: Staff) -> None:
    evening = datetime(2026, 11, 29, 20, 55, tzinfo=UTC)
    arrive(a_mail(ZOFIA, "sunday evening"), now=evening)
    case = case_of("sunday evening")
    assert case.due_at == datetime(2026, 11, 30, 7, 25, tzinfo=UTC)

    sunday, monday = Day(date(2026, 11, 29), WARSAW), Day(date(2026, 11, 30), WARSAW)
    assert figures.by_channel(evening, sunday, terms()) == ({}, {})
    counted = {"mail": Kept(open=1)}
    assert figures.by_channel(evening, monday, terms()) == (counted, counted)


@pytest.mark.parametrize(
    ("day", "length"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 23), 24)],
    ids=["clocks go forward", "clocks go back", "any day"],
)
def test_a_day_lasts_from_midnight_to_midnight(day: date, length: int) -> None:
    one = Day(day, WARSAW)
    assert one.ends - one.starts == timedelta(hours=length)
    assert one.ago(-1).starts == one.ends


def said(case: Case, minute: float, by: Staff, asked: float) -> None:
    """A question at one minute, and its answer at another, as rows."""
    out = Message.objects.create(case=case, direction="out", channel="mail", author=by, at=at(minute))
    Message.objects.create(
        case=case,
        direction="in",
        channel="mail",
        at=at(asked),
        due_at=at(asked + 30),
        answered_at=at(minute),
        answer=out,
    )


def a_case(customer: Customer) -> Case:
    number = Case.objects.count()
    return Case.objects.create(reference=f"T{number}", customer=customer, opened_at=MONDAY, touched_at=MONDAY)


@pytest.fixture
def zofia(db: None) -> Customer:
    return Customer.objects.create(name="Zofia", known_since=MONDAY)


def test_hands_are_counted_by_who_answered_before(zofia: Customer, anna: Staff, marek: Staff, ola: Staff) -> None:
    """Anna answers, Anna again, Marek, Ola, then Marek: four follow-ups, one by the first, three by the first two."""
    case = a_case(zofia)
    for place, person in enumerate((anna, anna, marek, ola, marek)):
        said(case, 10 * place + 5, person, 10 * place)

    assert figures.hands(TODAY.starts, TODAY.ends) == Hands(followups=4, first=1, pair=3)


def test_a_postscript_before_the_answer_is_no_follow_up(zofia: Customer, anna: Staff) -> None:
    case = a_case(zofia)
    said(case, 10, anna, 0)
    said(case, 10, anna, 5)

    assert figures.hands(TODAY.starts, TODAY.ends) == Hands()


def test_who_comes_back_meets_somebody_known_or_not(zofia: Customer, anna: Staff, marek: Staff) -> None:
    said(a_case(zofia), 5, anna, 0)
    said(a_case(zofia), 15, marek, 10)
    said(a_case(zofia), 25, anna, 20)

    assert figures.hands(TODAY.starts, TODAY.ends) == Hands(returning=2, known=1)


def test_a_receipt_of_ours_is_nobody(zofia: Customer, anna: Staff) -> None:
    case = a_case(zofia)
    Message.objects.create(case=case, direction="out", channel="mail", at=at(1), auto_submitted=True)
    said(case, 10, anna, 5)

    assert figures.hands(TODAY.starts, TODAY.ends) == Hands()


def test_first_words_are_measured_in_open_minutes(zofia: Customer, anna: Staff) -> None:
    """Asked at ten in the evening on Sunday, answered at 8:12: twelve minutes, in the hour of eight."""
    night, word = datetime(2026, 11, 22, 21, 0, tzinfo=UTC), datetime(2026, 11, 23, 7, 12, tzinfo=UTC)
    due = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    case = a_case(zofia)
    for _number in range(2):
        Message.objects.create(
            case=case, direction="in", channel="mail", at=night, due_at=due, answered_at=word, subject="night"
        )
    said(case, 4, anna, 0)
    said(case, 24, anna, 0)

    eight, eleven = figures.first_words(TODAY, hours(MONDAY))
    assert (eight.hour, eight.answers, eight.median) == (8, 2, pytest.approx(12))
    assert (eleven.hour, eleven.median, eleven.ninetieth) == (11, pytest.approx(14), pytest.approx(22))


def test_the_usual_is_the_mean_of_the_same_weekday(zofia: Customer, anna: Staff) -> None:
    case = a_case(zofia)
    for week, number in ((0, 5), (1, 2), (2, 4), (9, 50)):
        for _mail in range(number):
            said(case, -week * 7 * 1440 + 3, anna, -week * 7 * 1440)

    flow = figures.flow(TODAY, hours(MONDAY))

    assert (flow.asked[11], flow.said[11], sum(flow.asked)) == (5, 5, 5)
    assert flow.usual is not None
    assert (flow.usual[11], flow.weeks) == (3, 2)


def test_a_desk_without_a_past_has_nothing_usual() -> None:
    assert figures.flow(TODAY, hours(MONDAY)).usual is None


def test_owners_stand_by_their_next_promise_with_those_who_are_away(anna: Staff, marek: Staff, ola: Staff) -> None:
    soon, later, nobodys = writes("soon", 0), writes("later", 20, JAN), writes("nobody's", 25, "Ewa <ewa@x.example>")
    Case.objects.filter(pk=soon.pk).update(owner=ola)
    Case.objects.filter(pk=later.pk).update(owner=anna)
    Case.objects.filter(pk=nobodys.pk).update(owner=None)

    told = owners(at(31), terms())

    assert [(one.person, one.here, one.waiting, one.broken) for one in told] == [
        (ola, False, 1, 1),
        (anna, True, 1, 0),
        (None, False, 1, 0),
        (marek, True, 0, 0),
    ]


def test_who_is_ill_is_not_here(anna: Staff) -> None:
    Absence.objects.create(consultant=anna, kind="sick", starts_at=at(-60), ends_at=at(600))

    assert owners(at(0), terms()) == []


@pytest.fixture
def planned_by_index() -> Iterator[None]:
    """A table of the tests is so small that reading all of it is always cheapest."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    yield


@pytest.mark.usefixtures("planned_by_index")
def test_no_figure_reads_the_whole_table_of_messages(anna: Staff) -> None:
    calendar = hours(MONDAY)
    with CaptureQueriesContext(connection) as asked:
        figures.by_channel(MONDAY, TODAY, terms())
        figures.right_now(MONDAY, terms())
        figures.hands(TODAY.starts, TODAY.ends)
        figures.flow(TODAY, calendar)
        figures.first_words(TODAY, calendar)
    for query in asked.captured_queries:
        if "cases_message" in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {query['sql']}".replace("%", "%%"), [])
                plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Seq Scan on cases_message" not in plan


def test_what_waits_is_found_by_way_of_the_cases_that_wait(anna: Staff) -> None:
    """Among a million messages the way by all the promises takes a hundred times as long."""
    with CaptureQueriesContext(connection) as asked:
        figures.right_now(MONDAY, terms())
    assert '"cases_case"."due_at" IS NOT NULL' in asked.captured_queries[-1]["sql"]


def test_a_case_that_was_joined_split_or_opened_again_hides_nothing_that_waits(anna: Staff) -> None:
    first, second = writes("first", 0), writes("second", 1)
    answer(first, anna, now=at(5))
    writes_again(first, 6)
    writes_again(second, 7)
    actions.merge(case_id=second.pk, into_id=first.pk, author_id=anna.pk, now=at(8))
    actions.split(case_id=first.pk, messages=[newest(first)], author_id=anna.pk, now=at(9))
    closed = writes("closed", 10)
    actions.solve(case_id=closed.pk, author_id=anna.pk, seen=newest(closed), now=at(11))
    writes_again(closed, 12)

    alone = Message.objects.filter(due_at__isnull=False, answered_at=None, waived_at=None)

    assert alone.count() == 4
    assert set(figures.unanswered()) == set(alone)
