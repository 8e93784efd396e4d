"""D6 to D8 of the list of hostile inputs: what becomes of our mail on its way, and of mail in our own name. D1 to D4
are in `test_receipts.py`, D5 in `tests/doors`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from samehand.cases import actions, queries
from samehand.cases.models import Case, Delivery, Message
from samehand.channels.mail.relays import Lines
from samehand.lib import blobs
from samehand.lib.identity import me
from samehand.people.models import Staff
from tests.cases.test_receipts import PROOF, on, receipts_now
from tests.mail.relay import NextServer, listening
from tests.personas import DESK, ZOFIA, a_mail, answer, arrive, at, the_case

__all__ = ["on"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    yield
    me.forget()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, settings: object) -> Iterator[NextServer]:
    monkeypatch.setattr("samehand.channels.mail.sending.lines", Lines())
    with listening(NextServer()) as here:
        settings.RELAY = f"smtp+plain://localhost:{here.port}"  # type: ignore[attr-defined]
        yield here


@pytest.fixture
def sent(anna: Staff) -> Message:
    arrive(a_mail(ZOFIA, "Zasięg", mid="<first@poczta.example>"))
    return answer(the_case(), anna)


def deliver(message: Message, minutes: float) -> Delivery:
    actions.deliver(message_id=message.pk, worker=me.number(), clock=lambda: at(minutes))
    return Delivery.objects.get(message=message)


def ids(server: NextServer, message: Message) -> list[bool]:
    return [message.message_id.encode() in raw for raw in server.got]


def test_d6_three_hours_of_451_end_in_one_mail(sent: Message, server: NextServer) -> None:
    server.says["RCPT"] = ["451 4.7.1 later"] * 7
    minutes, delivery = 6.0, deliver(sent, 6)
    while delivery.state == "delayed":
        minutes = (delivery.next_try_at - at(0) + timedelta(seconds=1)) / timedelta(minutes=1)
        delivery = deliver(sent, minutes)

    assert minutes > 180
    assert delivery.state == "sent"
    assert ids(server, sent) == [True]


def test_d6_a_550_is_shown_on_that_very_answer(sent: Message, server: NextServer, at_the_desk: Client) -> None:
    server.says["RCPT"] = ["550 5.1.1 no such user"]

    assert deliver(sent, 6).state == "refused"

    page = at_the_desk.get(f"/desk/cases/{sent.case.reference}/", headers={"accept-language": "en"}).text
    assert "no such user" in page
    assert (the_case().status, the_case().due_at) == ("open", at(30))


def test_d7_cut_before_the_250_is_tried_again_with_the_same_id(sent: Message, server: NextServer) -> None:
    """The server has the whole mail and says nothing: nobody can know whether it kept it."""
    server.silent_after_dot = 1

    cut = deliver(sent, 6)
    assert cut.state == "delayed"
    assert cut.settled_at is None
    assert cut.handed_over_at is not None
    assert cut.next_try_at is not None
    assert deliver(sent, 60).state == "sent"
    assert ids(server, sent) == [True, True]


def test_d7_cut_for_three_days_is_told_and_not_given_up_in_silence(
    sent: Message, server: NextServer, at_the_desk: Client
) -> None:
    server.silent_after_dot = 1_000
    minutes, delivery = 6.0, deliver(sent, 6)
    while delivery.state == "delayed":
        minutes = (delivery.next_try_at - at(0) + timedelta(seconds=1)) / timedelta(minutes=1)
        delivery = deliver(sent, minutes)

    assert minutes > 3 * 24 * 60
    assert delivery.state == "refused"
    assert the_case().status == "open"
    assert set(ids(server, sent)) == {True}


@pytest.mark.parametrize("sender", [DESK, f"Samehand <{DESK.upper()}>"])
def test_d8_mail_in_our_own_name_is_put_aside_and_not_answered(sender: str, anna: Staff, on: None) -> None:
    for turn in range(3):
        arrive(a_mail(sender, mid=f"<{turn}@fala.example>", Cc=DESK), now=at(turn))

    assert receipts_now(3) == 0
    assert queries.put_aside().count() == 3
    assert not Case.objects.exists()


def test_d8_our_address_in_copy_and_to_answer_to_is_never_written_to(anna: Staff, on: None) -> None:
    arrive(a_mail(ZOFIA, to=f"{DESK}, {DESK}", Cc=DESK, Reply_To=DESK), evidence=PROOF)
    receipts_now(1)
    answer(the_case(), anna)

    assert the_case().messages.filter(direction="in").count() == 1
    assert set(Delivery.objects.values_list("recipient", flat=True)) == {"zofia@poczta.example"}


def test_d8_our_own_answer_that_comes_back_is_no_question(sent: Message) -> None:
    arrive(blobs.get(sent.blob), now=at(6))

    assert queries.put_aside().count() == 1
    assert the_case().messages.filter(direction="in").count() == 1
