"""From raw bytes to a case in somebody's hands."""

from __future__ import annotations

import re
from datetime import timedelta
from email.utils import parseaddr

import pytest

from samehand.cases import actions, queries
from samehand.cases.keys import signer
from samehand.cases.models import Case, Message, RawArrival
from samehand.lib import blobs
from samehand.lib.models import Event
from samehand.people.models import Customer, Staff
from tests.personas import DESK, JAN, MONDAY, ZOFIA, a_mail, answer, arrive, at, the_case

pytestmark = pytest.mark.django_db


def test_a_mail_becomes_a_case_with_an_owner_and_a_promise(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Faktura", "Zażółć gęślą jaźń."))

    case = the_case()
    assert re.fullmatch(r"SH-[0-9A-Z]{8}", case.reference)
    assert (case.owner, case.status, case.subject, case.skill) == (anna, "open", "Faktura", "billing")
    assert case.due_at == MONDAY + timedelta(minutes=30)
    message = case.messages.get()
    assert message.text.strip() == "Zażółć gęślą jaźń."
    assert (message.from_address, message.from_name) == ("zofia@poczta.example", "Zofia Wójcik")
    assert case.customer.contact_points.get().value == "zofia@poczta.example"


def test_the_raw_bytes_are_kept_whole(anna: Staff) -> None:
    raw = a_mail()

    arrive(raw)

    assert blobs.get(RawArrival.objects.get().blob) == raw


def test_the_same_message_twice_is_one_message(anna: Staff) -> None:
    raw = a_mail()

    arrive(raw, raw)
    arrive(b"Received: from elsewhere by us; Mon, 23 Nov 2026 11:00:00 +0100\r\n" + raw)

    assert Message.objects.count() == 1


def test_a_stranger_who_reuses_a_message_id_hides_nothing(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, mid="<same@poczta.example>"))
    arrive(a_mail(JAN, mid="<same@poczta.example>"))

    assert Message.objects.count() == 2
    assert Case.objects.count() == 2


def test_a_reply_joins_by_the_signed_address_alone(anna: Staff) -> None:
    arrive(a_mail(ZOFIA))
    case = the_case()

    arrive(a_mail(ZOFIA, "cokolwiek", "I jeszcze jedno.", to=queries.reply_address(case)))

    assert [m.reply_text for m in the_case().messages.all()] == ["Dzień dobry, mam pytanie.", "I jeszcze jedno."]


def test_a_reply_joins_by_our_message_id_and_opens_a_solved_case(anna: Staff) -> None:
    arrive(a_mail(ZOFIA))
    sent = answer(the_case(), anna)
    actions.solve(case_id=the_case().pk, author_id=anna.pk, seen=sent.pk, now=at(6))

    arrive(a_mail(ZOFIA, "Re: Pytanie", "Nadal nie działa.", answers=sent.message_id), now=at(20))

    assert (the_case().status, the_case().owner, the_case().due_at) == ("open", anna, at(50))


def test_a_reply_joins_by_references_within_the_customers_own_cases(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, mid="<a@poczta.example>"))

    arrive(a_mail(ZOFIA, "Inny temat", "Dopisuję.", references="<unknown@x.example> <a@poczta.example>"))

    assert the_case().messages.count() == 2


def test_a_reply_and_its_parent_in_one_batch_are_one_case(anna: Staff) -> None:
    arrive(
        a_mail(ZOFIA, mid="<a@x.example>"),
        a_mail(ZOFIA, text="Dopisuję.", answers="<a@x.example>", mid="<b@x.example>"),
    )

    assert the_case().messages.count() == 2


@pytest.mark.parametrize("way", ["subject", "references", "forged address", "forged id"])
def test_a_stranger_never_gets_into_a_case(anna: Staff, way: str) -> None:
    arrive(a_mail(ZOFIA, "Pytanie", mid="<a@poczta.example>"))
    case = the_case()
    forged = {
        "subject": {"subject": f"Re: Pytanie {case.reference}"},
        "references": {"answers": "<a@poczta.example>"},
        "forged address": {"to": queries.reply_address(case).replace("@", "x@")},
        "forged id": {"answers": signer().message_id(case.reference, "1", "fala.example").replace("@", "x@")},
    }[way]

    arrive(a_mail(JAN, text="Wpuśćcie mnie.", **forged))  # type: ignore[arg-type]

    assert case.messages.count() == 1
    assert Case.objects.exclude(pk=case.pk).get().customer.name == "Jan Żuk"


def test_somebody_else_with_the_signed_address_is_marked_and_changes_nobody(anna: Staff) -> None:
    arrive(a_mail(ZOFIA))
    case = the_case()

    arrive(a_mail(JAN, text="To ja, mąż.", to=queries.reply_address(case)))

    joined = case.messages.order_by("-id")[0]
    assert joined.third_party
    assert case.messages.order_by("id")[0].third_party is False
    assert the_case().customer.name == "Zofia Wójcik"
    assert queries.address_of(case) == "zofia@poczta.example"


def test_a_further_message_stays_with_the_owner_who_is_away(anna: Staff, marek: Staff) -> None:
    arrive(a_mail(ZOFIA, "Internet nie działa", mid="<a@x.example>"))
    assert the_case().owner == marek
    marek.shifts.all().delete()

    arrive(a_mail(ZOFIA, text="Halo?", answers="<a@x.example>"))

    assert the_case().owner == marek


def test_a_new_case_goes_to_the_consultant_who_last_served_the_customer(anna: Staff, marek: Staff) -> None:
    arrive(a_mail(ZOFIA, "Internet nie działa"))
    answer(the_case(), marek)

    arrive(a_mail(ZOFIA, "Faktura za listopad", "Poproszę fakturę."), now=at(60))

    second = Case.objects.order_by("-id")[0]
    assert (second.owner, second.owner_reason) == (marek, "knows_you")


def test_work_is_spread_over_those_who_are_free(anna: Staff, marek: Staff) -> None:
    arrive(*(a_mail(f"k{i}@poczta.example", f"Sprawa {i}") for i in range(6)))

    assert {person: person.cases.count() for person in (anna, marek)} == {anna: 3, marek: 3}


def test_what_comes_when_nobody_works_waits_for_the_first_who_does(anna: Staff) -> None:
    anna.shifts.update(starts_at=at(60))
    arrive(a_mail(ZOFIA))
    assert the_case().owner is None

    assert actions.assign_waiting(now=at(1)) == 0
    assert actions.assign_waiting(now=at(61)) == 1

    assert the_case().owner == anna


def test_the_cases_of_one_who_has_left_go_to_those_who_are_here(anna: Staff, marek: Staff) -> None:
    arrive(a_mail(ZOFIA, "Internet nie działa"))
    Staff.objects.filter(pk=marek.pk).update(is_active=False)

    assert actions.assign_waiting(now=at(1)) == 1

    assert the_case().owner == anna


def test_mail_waits_while_the_folder_of_kept_mails_is_away(anna: Staff, settings: object) -> None:
    incoming = [actions.Incoming(a_mail(), MONDAY, "x")]
    actions.accept(channel="mail", mailbox="door", incoming=incoming, now=MONDAY)
    settings.BLOBS = "/nowhere"  # type: ignore[attr-defined]

    for _try in range(4):
        with pytest.raises(FileNotFoundError):
            actions.file_carefully(limit=1, now=at(1))

    assert RawArrival.objects.get().state == "waiting"


def test_a_robots_mail_waits_for_nobody_and_opens_nothing(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, mid="<a@x.example>"))
    answer(the_case(), anna)

    arrive(a_mail(ZOFIA, "Automatyczna odpowiedź", "Urlop.", answers="<a@x.example>", Auto_Submitted="auto-replied"))
    arrive(a_mail(JAN, "Out of office", "Away.", Auto_Submitted="auto-replied"))

    assert (the_case().status, the_case().due_at, the_case().messages.count()) == ("waiting", None, 3)
    assert actions.assign_waiting(now=at(1)) == 0


@pytest.mark.parametrize(
    "subject", ["Urlop: brak internetu w Chorwacji", "Poza biurem nie mam zasięgu", "Away from home"]
)
def test_a_subject_alone_makes_nobody_a_robot(anna: Staff, subject: str) -> None:
    arrive(a_mail(ZOFIA, subject))

    assert (the_case().status, the_case().owner, the_case().due_at) == ("open", anna, at(30))


def test_what_cannot_be_read_is_put_aside_whole_and_can_be_replayed(anna: Staff) -> None:
    arrive(b"")
    aside = queries.put_aside().get()
    assert aside.reason
    assert Event.objects.filter(kind="arrival.aside").exists()

    assert actions.replay(arrival_id=aside.pk, now=at(1))
    assert RawArrival.objects.get().state == "waiting"
    actions.file_waiting(now=at(1))

    assert queries.put_aside().count() == 1
    assert not actions.replay(arrival_id=0, now=at(1))


def test_a_mail_from_our_own_address_is_put_aside(anna: Staff) -> None:
    arrive(a_mail(f"Samehand <{DESK}>"))

    assert "own address" in queries.put_aside().get().reason
    assert not Case.objects.exists()


def test_one_bad_arrival_does_not_hold_up_the_others(anna: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    from samehand.channels.mail import channel

    read = channel.read

    def fails(raw: bytes, *rest: object) -> object:
        if b"trucizna" in raw:
            raise ValueError("poison")
        return read(raw, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(channel, "read", fails)
    arrive(a_mail(ZOFIA), a_mail(JAN, text="trucizna"), a_mail(JAN, text="zdrowe"))

    assert Message.objects.count() == 2
    assert "could not be filed" in queries.put_aside().get().reason


def test_a_mail_that_kills_the_program_is_put_aside_after_three_times(anna: Staff) -> None:
    raw = a_mail()
    arrive(raw)
    RawArrival.objects.update(state="waiting", tries=3)
    Message.objects.all().delete()

    assert actions.file_carefully(limit=1, now=at(1)) == 1

    assert "three times" in queries.put_aside().get().reason


def test_bytes_that_went_missing_are_told_not_hidden(anna: Staff) -> None:
    raw = a_mail()
    incoming = [actions.Incoming(raw, MONDAY, "x")]
    actions.accept(channel="mail", mailbox="door", incoming=incoming, now=MONDAY)
    RawArrival.objects.update(blob="0" * 64)

    actions.file_waiting(now=MONDAY)

    assert "missing" in queries.put_aside().get().reason


def test_two_addresses_are_two_customers_and_one_address_is_one(anna: Staff) -> None:
    arrive(a_mail(ZOFIA), a_mail("ZOFIA@Poczta.example", "Inna", "Druga"), a_mail(JAN))

    assert Customer.objects.count() == 2


def test_the_reply_address_survives_a_mail_program(anna: Staff) -> None:
    arrive(a_mail(ZOFIA))
    address = queries.reply_address(the_case())

    assert parseaddr(f'"Ania z Fala Mobile" <{address.upper()}>')[1]
    assert signer().case_of_address(address.upper()) == the_case().reference
