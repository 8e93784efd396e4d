"""Fala Mobile loaded: once, and as the house itself would have written it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from samehand.cases import queries
from samehand.cases.channels import channel
from samehand.cases.keys import signer
from samehand.cases.models import Attachment, Case, Delivery, Message, RawArrival
from samehand.channels.mail import evidence
from samehand.core import promises
from samehand.core.hours import is_open
from samehand.core.promises import Event
from samehand.core.trust import Evidence
from samehand.demo.load import LOGINS, load, top_up_shifts
from samehand.lib import blobs
from samehand.people import queries as people
from samehand.people.models import Absence, Break, ContactPoint, Customer, Shift, Staff

NOON = datetime(2026, 11, 23, 11, 7, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def fala(data: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo at noon, for all tests of this module."""
    from django.test import override_settings

    with django_db_blocker.unblock(), override_settings(BLOBS=data / "blobs"), transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            assert load(NOON)
        # Rows are stored together: a query for each would take minutes.
        assert len(asked) < Message.objects.count()
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("fala")


def test_a_second_time_changes_nothing() -> None:
    before = (Customer.objects.count(), Case.objects.count(), Message.objects.count(), Staff.objects.count())

    assert not load(NOON + timedelta(minutes=5))

    assert before == (Customer.objects.count(), Case.objects.count(), Message.objects.count(), Staff.objects.count())


def test_there_is_plenty_to_see() -> None:
    status = Counter(Case.objects.values_list("status", flat=True))

    assert 200 <= Customer.objects.count() <= 240
    assert 300 <= Case.objects.count() <= 360
    assert status["open"] == 15
    assert status["waiting"] >= 10
    assert status["solved"] >= 250
    assert Message.objects.filter(direction="note").count() >= 40
    assert Attachment.objects.count() >= 10
    assert Message.objects.filter(html_present=True, direction="in").count() >= 60
    assert Message.objects.filter(auto_submitted=True).count() == 2
    assert Delivery.objects.filter(state="refused").count() == 1
    assert queries.put_aside().count() == 2
    assert 0.06 < Case.objects.filter(language="en").count() / Case.objects.count() < 0.2


def test_anna_finds_work_that_ticks() -> None:
    anna = Staff.objects.get(email="anna@fala.example")
    terms = people.terms()
    mine = list(queries.my_queue(anna, NOON))
    team = list(queries.team_queue(NOON))
    states = Counter(promises.state(case.due_at, None, None, NOON, terms.risk) for case in team)

    assert anna in people.on_shift(NOON)
    assert len(mine) >= 5
    assert len(team) == 15
    assert states == {"open": 13, "at_risk": 1, "broken": 1}
    assert mine[0].due_at and mine[0].due_at < NOON
    assert mine[0].messages.filter(direction="note").exists()
    assert all(NOON + timedelta(minutes=5) < case.due_at < NOON + timedelta(minutes=30) for case in team[1:])


def test_the_roster_has_breaks_leave_and_one_who_is_ill() -> None:
    assert sorted(Absence.objects.values_list("kind", flat=True)) == ["leave", "other", "sick"]
    (ill,) = Absence.objects.filter(kind="sick", starts_at__lte=NOON, ends_at__gt=NOON)
    assert ill.consultant not in people.on_shift(NOON)
    assert Shift.objects.filter(consultant=ill.consultant, starts_at__gte=ill.starts_at, ends_at__lte=ill.ends_at)
    assert all(one.shift.starts_at < one.starts_at < one.ends_at < one.shift.ends_at for one in Break.objects.all())
    assert {"pl", "en", "uk"} == {one for person in Staff.objects.all() for one in person.languages}


def test_promises_agree_with_the_rule_for_every_case() -> None:
    hours, terms = people.hours(NOON), people.terms()

    for case in Case.objects.prefetch_related("messages", "messages__delivery"):
        events, rows = [], [row for row in case.messages.all() if row.direction != "note"]
        for row in rows:
            if row.direction == "out":
                events.append(Event("answered", row.at, row.pk))
                if row.delivery.state == "refused":
                    events.append(Event("refused", row.delivery.settled_at, row.pk))
            elif row.due_at:
                assert row.due_at == promises.due_at(row.at, hours, terms)
                events.append(Event("asked", row.at))
            if row.waived_at:
                events.append(Event("waived", row.waived_at))
        stored = [row for row in rows if row.due_at]
        told = promises.questions(events)
        assert [(one.asked_at, one.answered_at, one.waived_at) for one in told] == [
            (row.at, row.answered_at, row.waived_at) for row in stored
        ]
        open_ones = [row.due_at for row in stored if not row.answered_at and not row.waived_at]
        assert case.due_at == min(open_ones, default=None)
        standing = promises.standing(events, hours, terms, NOON)
        if open_ones:
            assert standing.due_at == case.due_at
            assert case.status == "open"
        else:
            assert case.status != "open"
            assert standing.state in {"kept", "broken", "waived"}


def test_every_case_is_in_somebodys_hands_and_mostly_in_the_same() -> None:
    hands = Counter()
    for customer in Customer.objects.all():
        authors = set(
            Message.objects.filter(case__customer=customer, direction="out").values_list("author_id", flat=True)
        )
        hands[len(authors)] += 1
        assert not authors or customer.served_by_id in authors

    assert not Case.objects.filter(owner__isnull=True).exists()
    assert hands[1] > 0.8 * sum(hands.values())
    assert Case.objects.filter(owner_reason="knows_you").count() > 20


def test_answers_know_their_questions_and_come_after_them() -> None:
    for row in Message.objects.filter(answer__isnull=False).select_related("answer"):
        assert row.answered_at == row.answer.at > row.at
        assert row.answer.case_id == row.case_id
        assert row.message_id in row.answer.references
    assert not Message.objects.filter(answered_at__isnull=False, answer__isnull=True).exists()
    assert not Message.objects.filter(at__gt=NOON).exists()
    ids = list(Message.objects.order_by("id").values_list("at", flat=True))
    assert ids == sorted(ids)


def test_our_answers_carry_our_marks_and_were_delivered() -> None:
    for row in Message.objects.filter(direction="out").select_related("case", "delivery"):
        assert signer().case_of_message_id(row.message_id) == row.case.reference
        assert signer().case_of_address(row.reply_to[0]) == row.case.reference
        assert row.delivery.recipient == row.to[0]
        assert row.author_id and row.author.first_name in row.text


def test_the_original_of_every_mail_is_there_and_reads_as_stored() -> None:
    for row in Message.objects.exclude(direction="note").select_related("arrival"):
        arrival = channel("mail").read(blobs.get(row.blob), row.at, {})
        if row.direction == "in":
            assert row.arrival.blob == row.blob
            assert arrival.text == row.text
        assert arrival.message_id == row.message_id
        assert list(arrival.references) == row.references


def test_what_the_customer_wrote_is_told_from_what_he_quotes() -> None:
    replies = Message.objects.filter(direction="in").exclude(in_reply_to="")

    assert replies.count() > 80
    assert not replies.filter(reply_text__contains="Fala Mobile) napisał(a)").exists()


def test_two_lie_aside_for_the_reason_that_the_house_gives() -> None:
    mail = channel("mail")
    for row in RawArrival.objects.filter(state="aside"):
        sender = mail.read(blobs.get(row.blob), row.received_at, row.envelope).from_address

        assert sender == ("" if "no sender" in row.reason else "helpdesk@fala.example")


def test_nobody_real_is_named_by_an_address() -> None:
    addresses = {
        *ContactPoint.objects.values_list("value", flat=True),
        *Staff.objects.values_list("email", flat=True),
        *Delivery.objects.values_list("recipient", flat=True),
        *(to for row in Message.objects.all() for to in (*row.to, *row.cc, *row.reply_to, row.from_address) if to),
    }

    assert [address for address in addresses if not address.endswith((".example", ".test"))] == []


def test_polish_letters_survive() -> None:
    told = " ".join(Message.objects.values_list("text", flat=True))

    assert set("ąćęłńóśźżŁŚŻ") <= set(told)
    assert "�" not in told
    assert "Å" not in told
    assert "{" not in told


def test_everybody_can_sign_in() -> None:
    for email, password, _role in LOGINS:
        person = authenticate(None, username=email, password=password)
        assert person is not None and person.is_active
        validate_password(password, person)
    roles = Counter(Staff.objects.values_list("role", flat=True))
    assert roles == {"consultant": 9, "lead": 1, "admin": 1}


def test_somebody_is_always_on_shift_also_at_later_starts() -> None:
    later = NOON + timedelta(days=50, hours=9)

    with transaction.atomic():
        top_up_shifts(later)
        count = Shift.objects.count()
        top_up_shifts(later)

        assert Shift.objects.count() == count
        assert Staff.objects.get(email="anna@fala.example") in people.on_shift(later)
        for hours in range(58 * 24):
            assert people.on_shift(later + timedelta(hours=hours)).exists(), hours
        transaction.set_rollback(True)


def test_at_noon_the_desk_keeps_its_usual_hours() -> None:
    assert people.service_hours().week == [[["08:00", "22:00"]]] * 7


@pytest.mark.django_db
def test_at_night_the_desk_is_open_so_that_the_promise_ticks(data: Path) -> None:
    with transaction.atomic():
        for model in (Attachment, Delivery, Message, RawArrival, Case, ContactPoint, Customer, Shift, Staff):
            model.objects.all().delete()
        people.ServiceHours.objects.all().delete()

        load(NIGHT)

        assert is_open(people.hours(NIGHT), NIGHT)
        assert queries.team_queue(NIGHT).count() == 15
        assert Staff.objects.get(email="anna@fala.example") in people.on_shift(NIGHT)
        transaction.set_rollback(True)


def test_nearly_all_prove_who_they_are_and_one_does_not() -> None:
    came = Message.objects.filter(direction="in")
    levels = Counter(came.values_list("trust", flat=True))

    assert levels["proven"] > 0.85 * came.count()
    assert levels["unproven"] >= 3
    assert levels["forged"] == 1
    forged = came.get(trust="forged")
    assert forged.case.customer.claimed_address == forged.from_address
    assert forged.case.customer.contact_points.count() == 0
    assert came.filter(from_address=forged.from_address, trust="proven").exists()


def test_the_words_of_our_server_say_the_same_as_the_verdicts(settings: object) -> None:
    settings.AUTHSERV = ["mx.fala.example"]  # type: ignore[attr-defined]
    rows = RawArrival.objects.filter(message__direction="in")
    for row in [*rows.order_by("id")[:40], rows.get(message__trust="forged")]:
        said = evidence.of_an_archive(blobs.get(row.blob))["auth"]
        assert Evidence.of(said) == Evidence.of(row.envelope["auth"])
