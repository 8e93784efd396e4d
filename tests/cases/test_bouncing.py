"""Answers that come back: shown on the answer, the promise open again, dead addresses marked; only with proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from samehand.cases import actions
from samehand.cases.keys import bounce_address
from samehand.cases.models import Case, Delivery, MachineMail, Message
from samehand.core.dispatches import Receipt
from samehand.people.models import ContactPoint, Staff
from tests.personas import DESK, JAN, ZOFIA, a_mail, answer, arrive, at, the_case

ZOFIAS = "zofia@poczta.example"


def bounced(
    message_id: str = "<somebody@else.example>",
    *,
    recipient: str = ZOFIAS,
    status: str = "5.1.1",
    action: str = "failed",
    says: str = "550 5.1.1 User unknown",
    to: str = DESK,
) -> bytes:
    """What Postfix sends back."""
    return f"""From: MAILER-DAEMON@poczta.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: Mon, 23 Nov 2026 11:07:00 +0100
Message-ID: <{abs(hash((message_id, status, action, recipient, says)))}@poczta.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; poczta.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {says}

--b
Content-Type: text/rfc822-headers

From: Anna <{DESK}>
To: {recipient}
Message-ID: {message_id}
Subject: Re: Pytanie

--b--
""".replace("\n", "\r\n").encode()


@pytest.fixture
def answered(anna: Staff) -> Message:
    """Zofia asked, Anna answered, the next server took it."""
    arrive(a_mail())
    message = answer(the_case(), anna)
    Delivery.objects.update(state="sent", settled_at=at(6), next_try_at=None)
    return message


def fresh(message: Message) -> Delivery:
    return Delivery.objects.get(message=message)


@pytest.mark.parametrize("proof", ["the signed address in the envelope", "the signed Message-ID in what came back"])
def test_a_bounce_is_shown_on_its_answer_and_opens_the_promise(answered: Message, proof: str) -> None:
    if proof.startswith("the signed address"):
        arrive(bounced(), now=at(8), recipients=[bounce_address(DESK, answered.pk)])
    else:
        arrive(bounced(answered.message_id), now=at(8))

    case, delivery = the_case(), fresh(answered)
    assert (delivery.state, delivery.reason, delivery.hard) == ("refused", "no_such_user", True)
    assert delivery.came_back_at == at(8)
    assert delivery.response == "550 5.1.1 User unknown"
    assert case.status == "open"
    assert case.due_at == at(30)
    assert case.messages.filter(direction="in", auto_submitted=True, due_at=None).count() == 1
    assert not MachineMail.objects.exists()


def test_a_bounce_without_proof_changes_nothing_and_lies_apart(answered: Message) -> None:
    arrive(bounced("<sh-7k3m9qx2.1.0000000000000000@fala.example>"), now=at(8))

    assert fresh(answered).state == "sent"
    assert the_case().status == "waiting"
    assert MachineMail.objects.get().kind == "bounce"
    assert ContactPoint.objects.get().undeliverable_since is None


def test_a_late_mail_is_shown_as_late_and_its_promise_stays_kept(answered: Message) -> None:
    arrive(bounced(answered.message_id, action="delayed", status="4.4.1", says="connect: timed out"), now=at(8))

    assert (fresh(answered).state, fresh(answered).late_at) == ("sent", at(8))
    assert the_case().status == "waiting"
    assert the_case().due_at is None


def test_a_bounce_says_so_once_and_a_second_one_changes_nothing(answered: Message) -> None:
    arrive(bounced(answered.message_id), now=at(8))
    arrive(bounced(answered.message_id, says="550 5.7.1 again"), now=at(9))

    assert fresh(answered).response == "550 5.1.1 User unknown"
    assert Message.objects.filter(direction="in").count() == 3


def test_nobody_lives_there_so_the_address_is_marked_and_a_proven_mail_clears_it(answered: Message) -> None:
    arrive(bounced(), now=at(8), recipients=[bounce_address(DESK, answered.pk)])
    assert ContactPoint.objects.get(value=ZOFIAS).undeliverable_since == at(8)

    arrive(a_mail(text="Halo, jestem tutaj", answers=answered.message_id), now=at(20))

    assert ContactPoint.objects.get(value=ZOFIAS).undeliverable_since is None


def test_whoever_got_a_copy_of_the_answer_cannot_make_her_address_dead(answered: Message) -> None:
    arrive(bounced(answered.message_id), now=at(8))

    assert fresh(answered).state == "refused"
    assert ContactPoint.objects.get().undeliverable_since is None


def test_a_mailbox_to_which_she_forwards_is_dead_and_hers_is_not(answered: Message) -> None:
    notice = bounced(recipient="zosia@dead.example")
    arrive(notice, now=at(8), recipients=[bounce_address(DESK, answered.pk)])

    assert fresh(answered).state == "refused"
    assert ContactPoint.objects.get().undeliverable_since is None


def test_a_full_mailbox_is_marked_the_second_time(anna: Staff, answered: Message) -> None:
    full = {"status": "5.2.2", "says": "552 5.2.2 Mailbox full"}
    arrive(bounced(answered.message_id, **full), now=at(8))
    assert ContactPoint.objects.get().undeliverable_since is None

    second = answer(the_case(), anna, now=at(10))
    Delivery.objects.filter(message=second).update(state="sent", settled_at=at(11), next_try_at=None)
    arrive(bounced(second.message_id, **full), now=at(12))

    assert ContactPoint.objects.get().undeliverable_reason == "mailbox_full"


def test_an_old_refusal_does_not_count(anna: Staff, answered: Message) -> None:
    full = {"status": "5.2.2", "says": "552 5.2.2 Mailbox full"}
    arrive(bounced(answered.message_id, **full), now=at(8))
    Delivery.objects.update(queued_at=at(0) - timedelta(days=40))
    second = answer(the_case(), anna, now=at(10))
    Delivery.objects.filter(message=second).update(state="sent", settled_at=at(11), next_try_at=None)

    arrive(bounced(second.message_id, **full), now=at(12))

    assert ContactPoint.objects.get().undeliverable_since is None


def test_a_bounce_of_another_answer_leaves_this_one(anna: Staff, answered: Message) -> None:
    arrive(a_mail(JAN, subject="Inne", text="Inna sprawa"), now=at(7))
    jans = Case.objects.exclude(pk=answered.case_id).get()
    other = answer(jans, anna, now=at(8))
    Delivery.objects.filter(message=other).update(state="sent", settled_at=at(9), next_try_at=None)

    arrive(bounced(other.message_id, recipient="jan@poczta.example"), now=at(10))

    assert fresh(answered).state == "sent"
    assert fresh(other).state == "refused"


def test_a_bounce_while_the_answer_is_sent_again_tells_of_the_first_try(anna: Staff, answered: Message) -> None:
    Delivery.objects.update(state="queued", settled_at=None, next_try_at=at(9))

    arrive(bounced(answered.message_id), now=at(8))

    assert fresh(answered).state == "queued"


def test_a_customer_who_speaks_of_a_bounce_keeps_his_promise(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Undeliverable: failure notice", "Mój mail do was wraca: 550 user unknown"))

    assert the_case().due_at == at(30)


def test_a_bounce_that_is_faster_than_our_own_note_counts(answered: Message) -> None:
    Delivery.objects.update(state="sending", handed_over_at=at(6), settled_at=None)

    arrive(bounced(answered.message_id, to=bounce_address("", answered.pk)), now=at(7))

    assert fresh(answered).state == "refused"
    assert the_case().due_at is not None


def test_what_came_back_meanwhile_is_not_called_sent(anna: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(a_mail())
    message = answer(the_case(), anna)

    def took_and_sent_back(_raw: bytes, _recipient: str, *, handing_over: Callable[[], None], **_more: str) -> Receipt:
        handing_over()
        arrive(bounced(message.message_id, to=bounce_address("", message.pk)), now=at(7))
        return Receipt("250 2.0.0 Ok")

    monkeypatch.setattr("samehand.channels.mail.channel.send", took_and_sent_back)
    actions.deliver(message_id=message.pk, worker=1, clock=lambda: at(7))

    assert fresh(message).state == "refused"
