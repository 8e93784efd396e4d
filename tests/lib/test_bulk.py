"""Rows by COPY are the rows that were meant, to the last letter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DataError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samehand.cases.models import Attachment, Case, Message
from samehand.lib.bulk import insert
from samehand.lib.models import Event
from samehand.people.models import Customer

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)


def a_case(reference: str = "SH-1") -> Case:
    return Case(reference=reference, customer=Customer(known_since=MOMENT), opened_at=MOMENT, touched_at=MOMENT)


def inserted(*cases: Case) -> None:
    insert([case.customer for case in cases])
    insert(cases)


def test_rows_come_in_order_with_their_numbers_and_know_what_they_refer_to() -> None:
    first, second = a_case("SH-1"), a_case("SH-2")

    inserted(first, second)

    assert list(Case.objects.order_by("id").values_list("id", "reference", "customer")) == [
        (first.pk, "SH-1", first.customer.pk),
        (second.pk, "SH-2", second.customer.pk),
    ]
    first.subject = "changed"
    first.save()
    assert Case.objects.get(pk=first.pk).subject == "changed"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXT, items=st.lists(TEXT, max_size=4), data=st.dictionaries(TEXT, TEXT | st.integers() | st.none()))
def test_whatever_the_letters(text: str, items: list[str], data: dict[str, object]) -> None:
    data = {name.replace("\\u0000", ""): value for name, value in data.items()}
    with transaction.atomic():
        case = a_case()
        inserted(case)
        message = Message(case=case, direction="in", channel="mail", at=MOMENT, text=text, to=items, references=[text])
        insert([message])
        insert([Attachment(message=message, part=0, name=text, content_type="x", size=1)], numbered=False)
        insert([Event(at=MOMENT, kind="x", data=data)])

        found = Message.objects.get()
        assert (found.text, found.to, found.references, found.at) == (text, items, [text], MOMENT)
        assert (found.cc, found.author_id, found.due_at) == ([], None, None)
        assert found.attachments.get().name == text
        assert Event.objects.get().data == data
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [({"subject": "\0"}, DataError), ({"skill": "x" * 30}, DataError), ({"subject": "\ud800"}, UnicodeEncodeError)],
    ids=["a letter that PostgreSQL has not", "a value that is too long", "half a letter"],
)
def test_what_cannot_be_stored_is_refused_as_django_does(wrong: dict[str, str], refusal: type[Exception]) -> None:
    case = a_case()
    for name, value in wrong.items():
        setattr(case, name, value)

    with pytest.raises(refusal), transaction.atomic():
        inserted(case)


def test_what_must_be_one_is_one() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        inserted(a_case("SH-1"), a_case("SH-1"))
