"""The answer: one transaction, one mail, one kept promise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from samehand.cases import actions, queries
from samehand.cases.keys import signer
from samehand.cases.models import Case, Delivery, Message
from samehand.core.dispatches import ChannelError, File, Receipt
from samehand.lib import blobs
from samehand.lib.identity import me
from samehand.people import queries as people
from samehand.people.models import Staff
from tests.personas import JAN, MONDAY, ZOFIA, a_mail, answer, arrive, at, newest, the_case

LATER = at(40)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(anna: Staff) -> Case:
    arrive(a_mail(ZOFIA, "Zasięg w Łodzi", mid="<first@poczta.example>"))
    return the_case()


def state_of(message: Message, moment: datetime) -> str:
    message.refresh_from_db()
    return queries.promise_of(message, moment, people.terms())


def test_an_answer_keeps_the_promise_and_is_put_in_line(case: Case, anna: Staff) -> None:
    asked = case.messages.get()

    sent = answer(case, anna, now=at(29))

    assert state_of(asked, at(120)) == "kept"
    assert (the_case().status, the_case().due_at, the_case().customer.served_by) == ("waiting", None, anna)
    assert sent.delivery.state == "queued"
    # Not emptied between tests: the table is not Django's.
    assert ProcrastinateJob.objects.filter(task_name="samehand.cases.deliver", args={"message_id": sent.pk}).exists()


def test_a_late_answer_leaves_the_promise_broken(case: Case, anna: Staff) -> None:
    asked = case.messages.get()

    answer(case, anna, now=at(31))

    assert state_of(asked, at(120)) == "broken"


@pytest.mark.parametrize(
    ("minute", "state"), [(0, "open"), (19, "open"), (20, "at_risk"), (30, "at_risk"), (31, "broken")]
)
def test_a_promise_runs_out(case: Case, minute: int, state: str) -> None:
    assert state_of(case.messages.get(), at(minute)) == state


def test_the_bytes_thread_and_carry_the_signed_address(case: Case, anna: Staff) -> None:
    sent = answer(case, anna, "Sprawdziłam: nadajnik znów działa.")

    mail = message_from_bytes(blobs.get(sent.blob), policy=default)
    assert mail["Message-ID"] == sent.message_id
    assert mail["In-Reply-To"] == "<first@poczta.example>"
    assert mail["References"].split() == ["<first@poczta.example>"]
    assert queries.reply_address(case) in mail["Reply-To"]
    assert mail["Subject"] == "Re: Zasięg w Łodzi"
    assert "Anna" in mail["From"]
    body = mail.get_body(("plain",))
    assert body
    assert "Sprawdziłam: nadajnik znów działa." in body.get_content()
    assert queries.page_url(case) in body.get_content()


def test_a_chain_of_answers_keeps_the_whole_chain_of_references(case: Case, anna: Staff) -> None:
    first = answer(case, anna)
    arrive(a_mail(ZOFIA, "Re: Zasięg", "A teraz?", mid="<second@x.example>", answers=first.message_id), now=at(10))

    second = answer(case, anna, now=at(12))

    assert second.in_reply_to == "<second@x.example>"
    assert second.references == [first.message_id, "<second@x.example>"]


def test_a_file_goes_along_and_can_be_opened_from_the_case(case: Case, anna: Staff) -> None:
    from samehand.cases import originals

    sent = actions.reply(
        case_id=case.pk, author_id=anna.pk, text="W załączniku.", seen=newest(case), now=at(5),
        files=[File("umowa ąę.pdf", "application/pdf", b"%PDF-1.4 x")],
    )  # fmt: skip

    part = sent.attachments.get()
    assert part.name == "umowa ąę.pdf"
    assert originals.attachment(sent, part.part)[1] == b"%PDF-1.4 x"


def test_nobody_answers_past_what_came_meanwhile(case: Case, anna: Staff) -> None:
    seen = newest(case)
    arrive(a_mail(ZOFIA, text="Już nieaktualne!", answers="<first@poczta.example>"))

    with pytest.raises(actions.AlreadyAnswered) as refusal:
        actions.reply(case_id=case.pk, author_id=anna.pk, text="Proszę czekać.", seen=seen, now=at(5))

    assert [m.reply_text for m in refusal.value.newer] == ["Już nieaktualne!"]
    assert not Delivery.objects.exists()


def test_a_blank_answer_is_refused(case: Case, anna: Staff) -> None:
    with pytest.raises(actions.NothingToSend):
        answer(case, anna, " \n ")

    assert the_case().due_at == at(30)


def test_a_note_answers_nothing(case: Case, anna: Staff) -> None:
    actions.note(case_id=case.pk, author_id=anna.pk, text="Dzwoniłam do sieci.", now=at(3))

    assert the_case().due_at == at(30)
    assert not Delivery.objects.exists()


def test_closing_without_an_answer_waives_and_opening_takes_it_back(case: Case, anna: Staff) -> None:
    asked = case.messages.get()

    actions.solve(case_id=case.pk, author_id=anna.pk, seen=asked.pk, now=at(3))
    assert (the_case().status, state_of(asked, at(60))) == ("solved", "waived")

    actions.reopen(case_id=case.pk, author_id=anna.pk, now=at(4))
    assert (the_case().status, the_case().due_at) == ("open", at(30))


def test_nobody_closes_what_she_has_not_seen(case: Case, anna: Staff) -> None:
    seen = newest(case)
    arrive(a_mail(ZOFIA, text="Proszę jednak nie zamykać!", answers="<first@poczta.example>"))

    with pytest.raises(actions.AlreadyAnswered):
        actions.solve(case_id=case.pk, author_id=anna.pk, seen=seen, now=at(5))

    assert the_case().status == "open"


def test_opening_again_asks_nothing_anew_that_was_answered_since(case: Case, anna: Staff) -> None:
    actions.solve(case_id=case.pk, author_id=anna.pk, seen=newest(case), now=at(3))
    arrive(a_mail(ZOFIA, text="Jeszcze jedno.", answers="<first@poczta.example>"), now=at(10))
    answer(case, anna, now=at(12))
    actions.solve(case_id=case.pk, author_id=anna.pk, seen=newest(case), now=at(13))

    actions.reopen(case_id=case.pk, author_id=anna.pk, now=at(60))

    assert the_case().due_at is None


def test_an_answer_neither_quotes_nor_follows_a_robot(case: Case, anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Autoodpowiedź", "JESTEM NA URLOPIE", answers="<first@poczta.example>", mid="<robot@x>",
                  Auto_Submitted="auto-replied"))  # fmt: skip

    sent = answer(case, anna)

    assert sent.in_reply_to == "<first@poczta.example>"
    assert b"URLOPIE" not in blobs.get(sent.blob)


def test_a_case_changes_hands_with_a_word(case: Case, anna: Staff, marek: Staff) -> None:
    actions.hand_over(case_id=case.pk, author_id=anna.pk, to_id=marek.pk, word="Znasz się na tym.", now=at(3))

    assert the_case().owner == marek
    assert case.messages.get(direction="note").text == "Znasz się na tym."
    actions.take(case_id=case.pk, author_id=anna.pk, now=at(4))
    assert the_case().owner == anna


def test_nobody_hands_over_to_one_who_has_left(case: Case, anna: Staff, marek: Staff) -> None:
    Staff.objects.filter(pk=marek.pk).update(is_active=False)

    with pytest.raises(actions.NotOnTheDesk):
        actions.hand_over(case_id=case.pk, author_id=anna.pk, to_id=marek.pk, word="", now=at(3))

    assert the_case().owner == anna


def test_a_colleagues_answer_leaves_the_owner(case: Case, anna: Staff, marek: Staff) -> None:
    answer(case, marek)

    assert the_case().owner == anna


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    yield
    me.forget()


class Server:
    """Stands where the customer's server stands."""

    def __init__(self, *says: ChannelError | Exception | None, dot: bool = True) -> None:
        self.says, self.dot = list(says), dot
        self.got: list[bytes] = []
        self.senders: list[str] = []

    def __call__(self, raw: bytes, recipient: str, *, sender: str, handing_over: object) -> Receipt:
        answer = self.says.pop(0) if self.says else None
        if answer is None or self.dot:
            handing_over()  # type: ignore[operator]
        if answer:
            raise answer
        self.got.append(raw)
        self.senders.append(sender)
        return Receipt("250 2.0.0 Ok: queued as 4711")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    stand_in = Server()
    monkeypatch.setattr("samehand.channels.mail.channel.send", stand_in)
    return stand_in


def deliver(message: Message, moment: datetime = LATER) -> Delivery:
    actions.deliver(message_id=message.pk, worker=me.number(), clock=lambda: moment)
    return Delivery.objects.get(message=message)


def test_an_answer_is_sent_once_however_often_it_is_asked_for(case: Case, anna: Staff, server: Server) -> None:
    sent = answer(case, anna)

    assert [deliver(sent).state for _turn in range(3)] == ["sent", "sent", "sent"]

    assert server.got == [blobs.get(sent.blob)]
    assert [signer().message_of_bounce(address) for address in server.senders] == [sent.pk]
    assert Delivery.objects.get().response.startswith("250")


def test_a_temporary_refusal_is_shown_and_tried_again_with_the_same_bytes(
    case: Case, anna: Staff, server: Server
) -> None:
    server.says = [ChannelError("451 4.7.1 Greylisted", permanent=False)]
    sent = answer(case, anna)

    delayed = deliver(sent)
    assert (delayed.state, delayed.response) == ("delayed", "451 4.7.1 Greylisted")
    assert delayed.next_try_at == LATER + timedelta(minutes=1)
    assert state_of(case.messages.order_by("id")[0], at(60)) == "kept"

    assert deliver(sent, delayed.next_try_at + timedelta(seconds=1)).state == "sent"
    assert server.got == [blobs.get(sent.blob)]


def test_a_permanent_refusal_opens_the_promise_again(case: Case, anna: Staff, server: Server) -> None:
    server.says = [ChannelError("550 5.1.1 No such user", permanent=True)]
    asked = case.messages.get()
    sent = answer(case, anna)

    refused = deliver(sent)

    assert (refused.state, refused.response) == ("refused", "550 5.1.1 No such user")
    assert (the_case().status, the_case().due_at) == ("open", at(30))
    assert state_of(asked, at(31)) == "broken"


def test_a_refusal_leaves_a_promise_that_another_answer_keeps(case: Case, anna: Staff, server: Server) -> None:
    first = answer(case, anna, now=at(2))
    answer(case, anna, "I jeszcze jedno.", now=at(3))
    server.says = [ChannelError("550 no", permanent=True)]

    deliver(first)

    assert state_of(case.messages.order_by("id")[0], at(60)) == "kept"
    assert the_case().due_at is None


def test_a_cut_connection_is_tried_again(case: Case, anna: Staff, server: Server) -> None:
    server.says = [ConnectionResetError("cut")]

    assert deliver(answer(case, anna)).state == "delayed"


def test_a_person_sends_a_refused_answer_again(case: Case, anna: Staff, server: Server) -> None:
    server.says = [ChannelError("550 no", permanent=True)]
    sent = answer(case, anna)
    deliver(sent)

    actions.send_again(message_id=sent.pk, author_id=anna.pk, now=LATER)
    assert (the_case().status, the_case().due_at) == ("waiting", None)

    assert deliver(sent).state == "sent"


class Killed(BaseException):
    """Stands for kill -9: nothing after it runs."""


@pytest.mark.parametrize(("dot", "state", "sent_by_itself"), [(False, "queued", 1), (True, "unconfirmed", 0)])
def test_a_worker_that_died_is_noticed(
    case: Case, anna: Staff, server: Server, dot: bool, state: str, sent_by_itself: int
) -> None:
    server.says, server.dot = [Killed()], dot  # type: ignore[list-item]
    sent = answer(case, anna)
    dead = 1
    with pytest.raises(Killed):
        actions.deliver(message_id=sent.pk, worker=dead, clock=lambda: LATER)

    due = actions.rescue(now=LATER)

    assert Delivery.objects.get().state == state
    for message_id in due:
        actions.deliver(message_id=message_id, worker=me.number(), clock=lambda: LATER)
    assert len(server.got) == sent_by_itself


def test_a_living_workers_delivery_is_left_alone(case: Case, anna: Staff) -> None:
    sent = answer(case, anna)
    Delivery.objects.update(state="sending", claimed_by=me.number())

    assert actions.rescue(now=LATER) == []
    assert Delivery.objects.get(message=sent).state == "sending"


def test_history_shows_all_cases_of_the_customer_and_nobody_elses(case: Case, anna: Staff) -> None:
    answer(case, anna)
    arrive(a_mail(ZOFIA, "Faktura", "Druga sprawa."), a_mail(JAN, "Obca", "Nie moja."), now=at(10))

    texts = [message.reply_text for message in queries.history(case)]

    assert texts == ["Druga sprawa.", "Dzień dobry, mam pytanie.", "Sprawdziłam. Już działa."]


def test_search_finds_by_name_address_reference_and_subject(case: Case, anna: Staff) -> None:
    arrive(a_mail(JAN, "Roaming", "Nie moja."))

    for words in ("wójcik", "ZOFIA@", case.reference.lower(), "łodzi"):
        assert queries.search(anna, words) == [case], words
    assert queries.search(anna, "   ") == []


def test_the_queue_puts_the_next_promise_first(case: Case, anna: Staff) -> None:
    arrive(a_mail(JAN, "Wcześniejsza"), now=at(-10))

    assert [row.subject for row in queries.my_queue(anna, MONDAY)] == ["Wcześniejsza", "Zasięg w Łodzi"]
