"""Cases are joined, split and moved; the thread follows; undo puts everything back where it was."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from samehand.cases import actions, queries
from samehand.cases.access import case_of_link
from samehand.cases.keys import signer
from samehand.cases.models import Case, Delivery, Message, Rearrangement
from samehand.core.dispatches import ChannelError
from samehand.lib.models import Event
from samehand.people.models import ContactPoint, Customer, Staff
from samehand.portal.thread import messages as page
from tests.personas import JAN, ZOFIA, a_mail, answer, arrive, at, newest, the_case

pytestmark = pytest.mark.django_db


def write(sender: str, subject: str, text: str = "Dzień dobry.", minutes: float = 0, **more: Any) -> Case:
    """A mail comes in; the case that it came to."""
    arrive(a_mail(sender, subject, text, **more), now=at(minutes))
    return Message.objects.select_related("case").order_by("-id")[0].case


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that a rearrangement may touch."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())  # type: ignore[attr-defined]
        for model in (Case, Message, Customer, ContactPoint)
    }


def lies_in(message: Message) -> Case:
    return Message.objects.select_related("case").get(pk=message.pk).case


def merge(case: Case, into: Case, anna: Staff, **more: Any) -> Rearrangement:
    return actions.merge(case_id=case.pk, into_id=into.pk, author_id=anna.pk, now=at(50), **more)


def test_a_joined_case_brings_its_messages_and_its_promise(anna: Staff) -> None:
    first = write(ZOFIA, "Faktura", mid="<a@x.example>")
    answer(first, anna, now=at(5))
    second = write(ZOFIA, "Jeszcze faktura", "Kwota się nie zgadza.", 20, mid="<b@x.example>")

    merge(second, first, anna)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.due_at, first.preview) == ("open", at(50), "Kwota się nie zgadza.")
    assert (first.messages.count(), second.messages.count()) == (3, 0)
    assert (second.status, second.merged_into, second.due_at) == ("merged", first, None)
    assert list(queries.recent(anna)) == list(queries.my_queue(anna, at(51))) == [first]
    assert queries.search(anna, second.reference.lower()) == [first]
    told = Event.objects.filter(kind="case.merged").values_list("case_id", "data__customer")
    assert set(told) == {(first.pk, first.customer_id), (second.pk, first.customer_id)}


@pytest.mark.parametrize("mark", ["address", "message id", "known id"])
def test_after_joining_the_old_marks_lead_to_the_surviving_case(anna: Staff, mark: str) -> None:
    first = write(ZOFIA, "Faktura", mid="<a@x.example>")
    second = write(ZOFIA, "Druga", minutes=1, mid="<b@x.example>")
    sent = answer(second, anna, now=at(5))
    merge(second, first, anna)
    marks: dict[str, dict[str, str]] = {
        "address": {"to": sent.reply_to[0]},
        "message id": {"answers": sent.message_id},
        "known id": {"answers": "<b@x.example>"},
    }

    assert write(ZOFIA, "Re: Druga", "Dalej nic.", 60, **marks[mark]) == first
    assert Case.objects.count() == 2


def test_what_was_split_off_is_followed_by_its_answers(anna: Staff) -> None:
    case = write(ZOFIA, "Faktura i SIM", mid="<a@x.example>")
    answer(case, anna, "O fakturze.", now=at(5))
    about_sim = write(ZOFIA, "Re: Faktura i SIM", "A karta SIM?", 10, answers="<a@x.example>").messages.last()
    sent = answer(case, anna, "O karcie.", now=at(15))
    assert about_sim

    done = actions.split(case_id=case.pk, messages=[about_sim.pk, sent.pk], author_id=anna.pk, now=at(20))

    # Her mail program answers to the reply address of the old case; what she answers says more.
    reply = {"to": sent.reply_to[0], "answers": sent.message_id.upper()}
    assert write(ZOFIA, "Re: SIM", "Doszła, dziękuję.", 30, **reply) == done.into
    assert done.into.customer == case.customer
    assert lies_in(sent) == done.into
    assert Delivery.objects.get(message=sent).message.case == done.into
    # The mark alone leads to where it was made.
    assert write(ZOFIA, "Inne", "O fakturze.", 31, to=sent.reply_to[0]) == case


def test_a_split_case_stands_for_itself(anna: Staff) -> None:
    case = write(ZOFIA, "Faktura", mid="<a@x.example>")
    answer(case, anna, now=at(5))
    other = write(ZOFIA, "Roaming", "A roaming?", 10, answers="<a@x.example>").messages.last()
    assert other

    done = actions.split(case_id=case.pk, messages=[other.pk], author_id=anna.pk, now=at(20))

    case.refresh_from_db()
    new = Case.objects.get(pk=done.into_id)
    assert (case.status, case.due_at) == ("waiting", None)
    assert (new.status, new.due_at, new.owner, new.subject, new.preview) == (
        "open", at(40), anna, "Roaming", "A roaming?",
    )  # fmt: skip
    assert new.reference != case.reference


def test_a_moved_message_takes_its_promise_along(anna: Staff) -> None:
    first, second = write(ZOFIA, "Pierwsza", mid="<a@x.example>"), write(ZOFIA, "Druga", minutes=1)
    stray = write(ZOFIA, "Re: Pierwsza", "To do drugiej.", 10, answers="<a@x.example>").messages.last()
    assert stray

    actions.move(case_id=first.pk, into_id=second.pk, messages=[stray.pk], author_id=anna.pk, now=at(20))

    assert lies_in(stray) == second
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.due_at, second.due_at, second.preview) == (at(30), at(31), "To do drugiej.")


def test_moving_the_last_message_joins_the_cases(anna: Staff) -> None:
    first, second = write(ZOFIA, "Pierwsza"), write(ZOFIA, "Druga", minutes=1)
    actions.note(case_id=second.pk, author_id=anna.pk, text="Notatka.", now=at(2))
    only = second.messages.order_by("id")[0]

    done = actions.move(case_id=second.pk, into_id=first.pk, messages=[only.pk], author_id=anna.pk, now=at(20))

    assert done.kind == "merge"
    assert first.messages.count() == 3


Rearrange = Callable[[Case, Case, Staff], Rearrangement]


def split_last(first: Case, second: Case, anna: Staff) -> Rearrangement:
    return actions.split(case_id=first.pk, messages=[newest(first)], author_id=anna.pk, now=at(50))


def move_last(first: Case, second: Case, anna: Staff) -> Rearrangement:
    return actions.move(case_id=first.pk, into_id=second.pk, messages=[newest(first)], author_id=anna.pk, now=at(50))


WAYS: dict[str, Rearrange] = {
    "joining": lambda first, second, anna: merge(first, second, anna),
    "moving": move_last,
    "joining two customers as one person": lambda first, second, anna: merge(first, second, anna, same_person=True),
}


@pytest.mark.parametrize("sender", [ZOFIA, JAN], ids=["of one customer", "of two customers"])
@pytest.mark.parametrize("way", WAYS)
def test_undo_puts_everything_back(anna: Staff, way: str, sender: str) -> None:
    first = write(ZOFIA, "Pierwsza", mid="<a@x.example>")
    answer(first, anna, now=at(5))
    write(JAN, "Re: Pierwsza", "To ja, mąż.", 7, to=queries.reply_address(first))
    write(ZOFIA, "Re: Pierwsza", "I jeszcze.", 10, answers="<a@x.example>")
    second = write(sender, "Druga", minutes=11)
    actions.solve(case_id=second.pk, author_id=anna.pk, seen=newest(second), now=at(12))
    write(sender, "Trzecia", minutes=13)
    before = everything()

    done = WAYS[way](first, second, anna)
    assert everything() != before
    actions.undo(rearrangement_id=done.pk, author_id=anna.pk, now=at(60))

    assert everything() == before


def test_undoing_a_split_puts_all_back_and_the_new_case_leads_there(anna: Staff) -> None:
    first = write(ZOFIA, "Pierwsza", mid="<a@x.example>")
    write(ZOFIA, "Re: Pierwsza", "I jeszcze.", 10, answers="<a@x.example>")
    before = everything()

    done = split_last(first, first, anna)
    token = signer().page_token(done.into.reference)
    actions.undo(rearrangement_id=done.pk, author_id=anna.pk, now=at(60))

    after = everything()
    left = [row for row in after["Case"] if row["id"] == done.into_id]
    after["Case"] = [row for row in after["Case"] if row["id"] != done.into_id]
    assert after == before
    assert [(row["status"], row["merged_into_id"]) for row in left] == [("merged", first.pk)]
    assert case_of_link(token) == first


def test_what_came_since_stays_and_is_reckoned_with(anna: Staff) -> None:
    first, second = write(ZOFIA, "Pierwsza", mid="<a@x.example>"), write(ZOFIA, "Druga", minutes=1, mid="<b@x.example>")
    done = merge(second, first, anna)
    write(ZOFIA, "Re: Druga", "Halo?", 60, answers="<b@x.example>")

    actions.undo(rearrangement_id=done.pk, author_id=anna.pk, now=at(70))

    first.refresh_from_db()
    second.refresh_from_db()
    assert [message.reply_text for message in first.messages.order_by("at")] == ["Dzień dobry.", "Halo?"]
    assert (first.due_at, first.touched_at, second.due_at, second.status) == (at(30), at(60), at(31), "open")


@pytest.mark.parametrize("since", ["undone", "moved on", "answered"])
def test_undo_refuses_what_can_no_longer_be_undone(anna: Staff, since: str) -> None:
    first, second, third = (write(ZOFIA, name, minutes=i) for i, name in enumerate(("Pierwsza", "Druga", "Trzecia")))
    done = merge(second, first, anna)
    if since == "undone":
        actions.undo(rearrangement_id=done.pk, author_id=anna.pk, now=at(55))
    elif since == "moved on":
        merge(first, third, anna)
    else:
        answer(first, anna, now=at(55))
    before = everything()

    with pytest.raises(actions.CannotBeUndone, match="Not undone: "):
        actions.undo(rearrangement_id=done.pk, author_id=anna.pk, now=at(60))

    assert everything() == before


def test_joined_twice_it_is_one_step_to_the_case_that_is_left_and_back(anna: Staff) -> None:
    first, second, third = (write(ZOFIA, name, minutes=i) for i, name in enumerate(("Pierwsza", "Druga", "Trzecia")))
    before = everything()
    one, two = merge(first, second, anna), merge(second, third, anna)
    assert Case.objects.get(pk=first.pk).merged_into == third
    assert case_of_link(signer().page_token(first.reference)) == third

    for done in (two, one):
        actions.undo(rearrangement_id=done.pk, author_id=anna.pk, now=at(60))

    assert everything() == before


@pytest.mark.parametrize("refused", ["itself", "a joined one", "nothing", "everything", "a pretender"])
def test_what_cannot_be_rearranged_is_refused(anna: Staff, refused: str) -> None:
    first, second = write(ZOFIA, "Pierwsza"), write(ZOFIA, "Druga", minutes=1)
    if refused == "a joined one":
        merge(second, first, anna)
    if refused == "a pretender":
        second.customer = Customer.objects.create(claimed_address="zofia@poczta.example", known_since=at(0))
        second.save()
    acts: dict[str, tuple[type[Exception], Callable[[], object]]] = {
        "itself": (actions.SameCase, lambda: merge(first, first, anna)),
        "a joined one": (actions.Joined, lambda: merge(first, second, anna)),
        "nothing": (
            actions.NothingToMove,
            lambda: actions.split(case_id=first.pk, messages=[newest(second)], author_id=anna.pk, now=at(9)),
        ),
        "everything": (actions.NothingLeft, lambda: split_last(first, first, anna)),
        "a pretender": (actions.NotOnePerson, lambda: merge(first, second, anna, same_person=True)),
    }
    before = everything()

    trouble, act = acts[refused]
    with pytest.raises(trouble):
        act()

    assert everything() == before


def test_nobody_writes_into_a_case_that_was_joined_meanwhile(anna: Staff, marek: Staff) -> None:
    first, second = write(ZOFIA, "Pierwsza"), write(ZOFIA, "Druga", minutes=1)
    seen = newest(second)
    merge(second, first, anna)

    for act in (
        lambda: actions.reply(case_id=second.pk, author_id=anna.pk, text="Tak.", seen=seen, now=at(60)),
        lambda: actions.note(case_id=second.pk, author_id=anna.pk, text="Tak.", now=at(60)),
        lambda: actions.solve(case_id=second.pk, author_id=anna.pk, seen=seen, now=at(60)),
        lambda: actions.take(case_id=second.pk, author_id=anna.pk, now=at(60)),
        lambda: actions.hand_over(case_id=second.pk, author_id=anna.pk, to_id=marek.pk, word="", now=at(60)),
    ):
        with pytest.raises(actions.Joined):
            act()


class TestOfTwoCustomers:
    def test_apart_they_stay_two_and_neither_sees_the_others_words(self, anna: Staff) -> None:
        zofias, jans = write(ZOFIA, "Nasz internet"), write(JAN, "Internet", "Hasło do panelu to lampa.", 1)
        sent = answer(jans, anna, "Panie Janie, sprawdzę.", now=at(5))

        merge(jans, zofias, anna)

        assert zofias.messages.count() == 3
        assert all(message.third_party for message in zofias.messages.filter(pk__in=(sent.pk, sent.pk - 1)))
        assert Customer.objects.get(name="Jan Żuk").contact_points.get().value == "jan@poczta.example"
        assert queries.address_of(zofias) == "zofia@poczta.example"
        # The link that Jan was given does not open Zofia's case, and his answer comes in as somebody else's.
        assert case_of_link(signer().page_token(jans.reference)) is None
        assert write(JAN, "Re: Internet", "Halo?", 20, answers=sent.message_id) == zofias
        assert zofias.messages.order_by("-id")[0].third_party

    def test_one_person_has_both_addresses_and_all_cases(self, anna: Staff) -> None:
        zofias = write(ZOFIA, "Nasz internet")
        write("zosia@praca.example", "Re: Nasz internet", "Z pracy.", 1, to=queries.reply_address(zofias))
        works = write("zosia@praca.example", "Z pracy", minutes=2)
        works_too = write("zosia@praca.example", "Też z pracy", minutes=3)
        assert zofias.messages.get(from_address="zosia@praca.example").third_party

        merge(works, zofias, anna, same_person=True)

        assert not zofias.messages.filter(third_party=True).exists()
        assert Case.objects.get(pk=works_too.pk).customer == zofias.customer
        assert write("zosia@praca.example", "Nowa", minutes=5).customer == zofias.customer
        # Whoever has the link of the joined case proved no more than that he had that one.
        assert case_of_link(signer().page_token(works.reference)) is None
        assert case_of_link(signer().page_token(works_too.reference)) == works_too

    def test_a_strangers_mail_that_is_split_off_is_his_own_case(self, anna: Staff) -> None:
        case = write(ZOFIA, "Nasz internet")
        write(JAN, "Re: Nasz internet", "To ja, mąż.", 1, to=queries.reply_address(case))

        done = split_last(case, case, anna)

        assert done.into.customer.contact_points.get().value == "jan@poczta.example"
        assert not done.into.messages.get().third_party


def test_an_answer_that_bounces_opens_its_question_wherever_it_lies_now(
    anna: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    from samehand.channels.mail import channel

    def refuse(*_: object, **__: object) -> None:
        raise ChannelError("550 no such user", permanent=True)

    first, second = write(ZOFIA, "Pierwsza"), write(ZOFIA, "Druga", minutes=1)
    question = first.messages.get()
    sent = answer(first, anna, now=at(5))
    actions.move(case_id=first.pk, into_id=second.pk, messages=[question.pk], author_id=anna.pk, now=at(6))
    monkeypatch.setattr(channel, "send", refuse)

    actions.deliver(message_id=sent.pk, worker=1, clock=lambda: at(7))

    second.refresh_from_db()
    question.refresh_from_db()
    assert question.answered_at is None
    assert (second.status, second.due_at) == ("open", at(30))


def test_what_one_wrote_while_two_were_one_person_is_not_the_others_when_it_is_undone(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Zofii", "Zofii słowa"))
    hers = the_case()
    arrive(a_mail(JAN, "Jana", "Jana słowa", mid="<j@poczta.example>"), now=at(1))
    his = Case.objects.exclude(pk=hers.pk).get()
    done = merge(his, hers, anna, same_person=True)
    arrive(a_mail(JAN, "Re: Jana", "Jana tajemnica", answers="<j@poczta.example>"), now=at(3))
    arrive(a_mail(JAN, "Nowa", "Jana druga tajemnica"), now=at(4))

    actions.undo(rearrangement_id=done.pk, author_id=anna.pk, now=at(5))

    hers.refresh_from_db()
    new = Case.objects.get(subject="Nowa")
    assert [message.reply_text.strip() for message in page(hers)] == ["Zofii słowa"]
    assert new.customer_id == his.customer_id
    assert queries.address_of(new) == "jan@poczta.example"


@pytest.mark.django_db(transaction=True)
def test_two_who_join_the_same_two_cases_the_other_way_round(anna: Staff) -> None:
    first, second = write(ZOFIA, "Pierwsza"), write(ZOFIA, "Druga", minutes=1)
    start, refused = Barrier(2), []

    def join(case: Case, into: Case) -> None:
        start.wait()
        try:
            merge(case, into, anna)
        except actions.Joined:
            refused.append(case)
        finally:
            connection.close()

    both = [Thread(target=join, args=pair) for pair in ((first, second), (second, first))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(20)

    assert len(refused) == 1
    left = Case.objects.get(merged_into=None)
    assert left.messages.count() == Message.objects.count() == 2
    assert Case.objects.exclude(pk=left.pk).get().merged_into == left
