"""Answers on their way: not too many to one address, taken back before they left, sent again, all seen by a lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samehand.cases import actions, outbox, queries
from samehand.cases.models import Case, Delivery, Message
from samehand.core.dispatches import ChannelError
from samehand.lib.identity import me
from samehand.people.models import Staff
from tests.cases.test_answering import Server, deliver, server
from tests.personas import JAN, a_mail, answer, arrive, at, the_case

__all__ = ["server"]


@pytest.fixture(autouse=True)
def worker() -> Iterator[None]:
    yield
    me.forget()


@pytest.fixture
def case(db: None) -> Case:
    arrive(a_mail())
    return the_case()


def answers(case: Case, by: Staff, count: int) -> list[Message]:
    return [answer(case, by, f"Odpowiedź {number}.", now=at(number)) for number in range(1, count + 1)]


def test_an_address_gets_no_more_than_its_pace_and_nothing_is_dropped(
    case: Case, anna: Staff, server: Server, settings: object
) -> None:
    settings.PACE = (2, 10)  # type: ignore[attr-defined]
    sent = answers(case, anna, 4)

    assert [deliver(message, at(5)).state for message in sent] == ["sent", "sent", "delayed", "delayed"]
    waits = Delivery.objects.get(message=sent[2])
    assert (waits.held, waits.next_try_at, waits.attempts, waits.response) == (True, at(15), 0, "")

    assert [deliver(message, at(15)).state for message in sent[2:]] == ["sent", "sent"]
    assert not Delivery.objects.filter(held=True).exists()
    assert len(server.got) == 4


def test_another_address_does_not_wait(case: Case, anna: Staff, server: Server, settings: object) -> None:
    settings.PACE = (1, 10)  # type: ignore[attr-defined]
    arrive(a_mail(JAN, "Inna sprawa"))
    ours, theirs = answer(case, anna), answer(Case.objects.exclude(pk=case.pk).get(), anna)

    assert [deliver(message, at(6)).state for message in (ours, theirs)] == ["sent", "sent"]


def test_machines_have_a_pace_of_their_own(case: Case, anna: Staff, server: Server, settings: object) -> None:
    settings.PACE_AUTOMATIC = (1, 60)  # type: ignore[attr-defined]
    sent = answers(case, anna, 3)
    Message.objects.filter(pk__in=[message.pk for message in sent[:2]]).update(auto_submitted=True)

    assert [deliver(message, at(6)).state for message in sent] == ["sent", "delayed", "sent"]
    assert server.senders[0] == ""


def test_what_was_refused_fills_nobodys_mailbox(case: Case, anna: Staff, server: Server, settings: object) -> None:
    settings.PACE = (1, 10)  # type: ignore[attr-defined]
    server.says = [ChannelError("550 no", permanent=True)]
    first, second = answers(case, anna, 2)

    assert [deliver(message, at(6)).state for message in (first, second)] == ["refused", "sent"]


def test_three_hours_of_later_end_in_one_delivery(case: Case, anna: Staff, server: Server) -> None:
    server.says = [ChannelError("451 4.7.1 later", permanent=False)] * 7
    sent, moment = answer(case, anna), at(5)
    while (delivery := deliver(sent, moment)).state == "delayed":
        moment = delivery.next_try_at + timedelta(seconds=1)

    assert moment - at(5) > timedelta(hours=3)
    assert (delivery.state, delivery.attempts, len(server.got)) == ("sent", 8, 1)
    assert sent.message_id.encode() in server.got[0]


def test_what_has_not_left_is_taken_back_and_the_promise_is_open_again(case: Case, anna: Staff, server: Server) -> None:
    sent = answer(case, anna)
    actions.cancel(message_id=sent.pk, author_id=anna.pk, now=at(6))

    assert deliver(sent, at(7)).state == "cancelled"
    assert server.got == []
    case.refresh_from_db()
    assert (case.status, queries.unanswered(case).count()) == ("open", 1)
    assert sent not in queries.conversation(case)


def test_a_next_answer_does_not_follow_one_that_was_taken_back(case: Case, anna: Staff) -> None:
    first = answer(case, anna)
    actions.cancel(message_id=first.pk, author_id=anna.pk, now=at(6))

    assert first.message_id not in answer(case, anna, now=at(7)).references


def test_a_clear_no_leaves_the_mail_here(case: Case, anna: Staff, server: Server) -> None:
    server.says = [ChannelError("451 later", permanent=False)]
    sent = answer(case, anna)
    assert deliver(sent, at(6)).can_be_cancelled

    actions.cancel(message_id=sent.pk, author_id=anna.pk, now=at(7))


@pytest.mark.parametrize("said", ["sent", "cut"])
def test_what_left_or_may_have_left_is_not_taken_back(case: Case, anna: Staff, server: Server, said: str) -> None:
    server.says = [ChannelError("connection lost", permanent=False, doubt=True)] if said == "cut" else []
    sent = answer(case, anna)
    deliver(sent, at(6))

    with pytest.raises(actions.LeftAlready):
        actions.cancel(message_id=sent.pk, author_id=anna.pk, now=at(7))


def test_what_was_taken_back_can_go_after_all(case: Case, anna: Staff, server: Server) -> None:
    sent = answer(case, anna)
    actions.cancel(message_id=sent.pk, author_id=anna.pk, now=at(6))
    actions.send_again(message_id=sent.pk, author_id=anna.pk, now=at(7))

    assert deliver(sent, at(8)).state == "sent"
    assert queries.unanswered(case).count() == 0


def test_all_of_a_kind_go_again_but_not_what_may_have_arrived(case: Case, anna: Staff, server: Server) -> None:
    sent = answers(case, anna, 3)
    Delivery.objects.update(state="refused", settled_at=at(6))
    Delivery.objects.filter(message=sent[2]).update(state="unconfirmed")

    assert actions.send_all_again(state="unconfirmed", author_id=anna.pk, now=at(7)) == 0
    assert actions.send_all_again(state="refused", author_id=anna.pk, now=at(7)) == 2
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["queued", "queued", "unconfirmed"]


class TestPage:
    def test_leads_see_the_servers_words_and_act(self, case: Case, anna: Staff, ola: Staff, client: Client) -> None:
        sent = answer(case, anna)
        Delivery.objects.update(state="refused", settled_at=at(6), response="550 5.1.1 <nikt> nie ma takiej")
        Delivery.objects.update(reason="no_such_user")
        client.force_login(ola)

        page = client.get("/desk/office/queue", headers={"accept-language": "pl"}).content.decode()
        assert "Nie dotarło: skrzynka nie istnieje" in page
        assert "550 5.1.1 &lt;nikt&gt; nie ma takiej" in page
        assert sent.subject in page

        client.post(f"/desk/office/queue/{sent.pk}/again", {"list": "refused"})
        assert Delivery.objects.get().state == "queued"
        client.post(f"/desk/office/queue/{sent.pk}/cancel", {"list": "leaving"})
        assert Delivery.objects.get().state == "cancelled"
        assert client.post(f"/desk/office/queue/{sent.pk}/cancel", follow=True).status_code == 200

    def test_consultants_do_not(self, case: Case, anna: Staff, client: Client) -> None:
        sent = answer(case, anna)
        client.force_login(anna)

        assert client.get("/desk/office/queue").status_code == 403
        assert client.post(f"/desk/office/queue/{sent.pk}/cancel").status_code == 403
        assert Delivery.objects.get().state == "queued"

    def test_a_consultant_takes_back_from_the_case(self, case: Case, anna: Staff, client: Client) -> None:
        sent = answer(case, anna)
        client.force_login(anna)

        client.post(f"/desk/messages/{sent.pk}/cancel")

        assert Delivery.objects.get().state == "cancelled"

    @pytest.mark.parametrize("path", ["?list=x", "?list=delayed&after=x_y", "?after=1e400_1", "?after=1_1"])
    def test_odd_addresses_show_the_page(self, path: str, ola: Staff, client: Client) -> None:
        client.force_login(ola)

        assert client.get(f"/desk/office/queue{path}").status_code == 200

    def test_ten_thousand_are_paged_with_the_same_few_queries(
        self, case: Case, anna: Staff, ola: Staff, client: Client
    ) -> None:
        many(case, anna, 10_000)
        client.force_login(ola)
        first = client.get("/desk/office/queue?list=delayed")
        assert first.context["tabs"][1][2] == 10_000

        with CaptureQueriesContext(
            connection,
        ) as asked:
            second = client.get(f"/desk/office/queue?list=delayed&after={first.context['next']}")

        shown = [row.pk for page in (first, second) for row in page.context["rows"]]
        assert len(set(shown)) == 100
        assert shown == list(outbox.deliveries(ola, "delayed").values_list("pk", flat=True)[:100])
        assert len(asked) < 25


def many(case: Case, author: Staff, count: int) -> None:
    moment: datetime = at(5)
    messages = Message.objects.bulk_create(
        Message(case=case, direction="out", channel="mail", author=author, at=moment, to=["zofia@poczta.example"])
        for _number in range(count)
    )
    Delivery.objects.bulk_create(
        Delivery(
            message=message, recipient="zofia@poczta.example", state="delayed", queued_at=moment, next_try_at=at(60)
        )
        for message in messages
    )
