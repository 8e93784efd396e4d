"""Who writes, from raw bytes to the desk: group A of the hostile inputs, each by its number."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from samehand.cases import actions, queries
from samehand.cases.keys import signer
from samehand.cases.models import Case, Message
from samehand.cases.recipients import recipients
from samehand.core.trust import Check, Evidence
from samehand.lib import blobs
from samehand.people.models import ContactPoint, Customer, Staff
from samehand.portal import thread
from tests.personas import DESK, FORGED, JAN, PROVEN, ZOFIA, a_mail, answer, arrive, at, newest, the_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", ["her own Message-ID", "our Message-ID", "the reply address"])
def test_a1_a_forged_reply_is_not_filed_as_hers(anna: Staff, way: str) -> None:
    arrive(a_mail(ZOFIA, mid="<a@poczta.example>"), evidence=PROVEN)
    case = the_case()
    sent = answer(case, anna)
    before = Case.objects.filter(pk=case.pk).values().get()
    how = {
        "her own Message-ID": {"answers": "<a@poczta.example>"},
        "our Message-ID": {"answers": sent.message_id},
        "the reply address": {"to": queries.reply_address(case)},
    }[way]

    arrive(a_mail(ZOFIA, "Re: Pytanie", "Wyślijcie kartę na nowy adres.", **how), now=at(9), evidence=FORGED)

    held = Case.objects.exclude(pk=case.pk).get()
    message = held.messages.get()
    assert (message.trust, message.trust_reason) == ("forged", "disowned:poczta.example")
    assert held.customer != case.customer
    assert (held.customer.claimed_address, held.customer.contact_points.count()) == ("zofia@poczta.example", 0)
    assert queries.address_of(held) == ""
    assert Case.objects.filter(pk=case.pk).values().get() == before


def test_a1_all_that_is_forged_in_her_name_lies_together(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, mid="<a@evil.example>"), a_mail(ZOFIA, "Drugi"), evidence=FORGED)
    arrive(a_mail(ZOFIA, "Re: Pytanie", answers="<a@evil.example>"), evidence=FORGED)
    arrive(a_mail(ZOFIA, "Naprawdę ja"), evidence=PROVEN)

    pretender = Customer.objects.get(claimed_address="zofia@poczta.example")
    assert sorted(case.messages.count() for case in pretender.cases.all()) == [1, 2]
    assert ContactPoint.objects.get().customer.cases.get().subject == "Naprawdę ja"


def test_a4_a_consultants_address_from_outside_is_nobody_of_ours(anna: Staff) -> None:
    arrive(a_mail(ZOFIA))
    case = the_case()
    sent = answer(case, anna)

    arrive(a_mail(anna.email, "Re: Pytanie", "Proszę zapłacić tutaj.", answers=sent.message_id), now=at(9))

    held = Case.objects.exclude(pk=case.pk).get()
    message = held.messages.get()
    assert (message.direction, message.author, message.trust_reason) == ("in", None, "insider:fala.example")
    assert case.messages.count() == 2
    assert not hasattr(message, "delivery")


def test_a_mark_that_comes_back_from_her_speaks_for_her(anna: Staff) -> None:
    arrive(a_mail(ZOFIA))
    sent = answer(the_case(), anna)

    arrive(a_mail(ZOFIA, text="Dziękuję.", answers=sent.message_id), now=at(9))
    arrive(a_mail(JAN, text="To ja.", answers=sent.message_id), now=at(10))

    told = [(m.trust, m.trust_reason, m.third_party) for m in the_case().messages.filter(direction="in").order_by("id")]
    assert told == [("unproven", "silent", False), ("token", "mark", False), ("unproven", "silent", True)]


def text_of(message: Message) -> str:
    """What really leaves, as its reader has it."""
    body = message_from_bytes(blobs.get(message.blob), policy=policy.default).get_body(("plain",))
    return str(body.get_content()) if body else ""


def test_a2_a_number_in_the_subject_is_no_key(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Pytanie", "Moje saldo?"), evidence=PROVEN)
    case = the_case()
    answer(case, anna, "Saldo: 17,30 zł.")

    arrive(a_mail(JAN, f"Re: Pytanie [{case.reference}]", "A moje?"), now=at(9))

    other = Case.objects.exclude(pk=case.pk).get()
    assert case.messages.count() == 2
    assert "17,30" not in text_of(answer(other, anna, now=at(10)))


@pytest.mark.parametrize("how", ["a wrong mark", "no mark", "the mark of an address", "an older form"])
def test_a3_our_message_id_without_a_right_mark_is_nobodys(anna: Staff, how: str) -> None:
    arrive(a_mail(ZOFIA))
    case = the_case()
    right = signer().message_id(case.reference, "1", "fala.example")
    stem = f"{case.reference.lower()}.1"
    forged = {
        "a wrong mark": f"<{stem}.{'0' * 16}@fala.example>",
        "no mark": f"<{stem}@fala.example>",
        "the mark of an address": right.replace(
            right.split("@")[0].rpartition(".")[2], signer().reply_address(DESK, case.reference).split("@")[0][-16:]
        ),
        "an older form": f"<reply-{case.pk}-1-{right[-30:-14]}@fala.example>",
    }[how]

    arrive(a_mail(JAN, "Re: Pytanie", answers=forged), now=at(9))

    assert case.messages.count() == 1


def test_a5_who_was_put_in_copy_gains_nothing(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, text="Proszę o saldo."), evidence=PROVEN)
    case = the_case()
    answer(case, anna, "Saldo: 17,30 zł.")
    arrive(a_mail(ZOFIA, "Re: Pytanie", "Dziękuję.", to=queries.reply_address(case), cc="Jan <jan@poczta.example>"))

    arrive(a_mail(JAN, "Re: Pytanie", "A ile było w maju?", to=queries.reply_address(case)), now=at(9))

    stranger = case.messages.order_by("-id")[0]
    assert (stranger.third_party, [one.address for one in recipients(the_case())]) == (True, ["zofia@poczta.example"])
    assert stranger.pk not in {message.pk for message in thread.messages(case)}
    assert answer(the_case(), anna, now=at(10)).to == ["zofia@poczta.example"]
    with pytest.raises(actions.NotARecipient):
        reply_to(case, anna, "jan@poczta.example")


def reply_to(case: Case, by: Staff, address: str, minutes: int = 12) -> Message:
    return actions.reply(
        case_id=case.pk, author_id=by.pk, text="Proszę.", seen=newest(case), now=at(minutes), to=address
    )


def test_a5_a_person_lets_him_in_and_chooses_him_each_time(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, text="Moje hasło do konta to kot.", cc="jan@poczta.example"), evidence=PROVEN)
    case = the_case()
    with pytest.raises(actions.NotInCopy):
        actions.let_in(case_id=case.pk, address="eve@evil.example", author_id=anna.pk, now=at(1))
    actions.let_in(case_id=case.pk, address="jan@poczta.example", author_id=anna.pk, now=at(1))

    sent = reply_to(case, anna, "jan@poczta.example")

    assert sent.delivery.recipient == "jan@poczta.example"
    assert "kot" not in text_of(sent)
    assert "/s/" not in text_of(sent)
    assert (the_case().status, the_case().due_at) == ("open", at(30)), "the customer still waits"
    assert answer(the_case(), anna, now=at(13)).to == ["zofia@poczta.example"]
    actions.let_out(case_id=case.pk, address="jan@poczta.example", author_id=anna.pk, now=at(14))
    with pytest.raises(actions.NotARecipient):
        reply_to(case, anna, "jan@poczta.example", 15)


def test_a6_what_a_third_party_sends_to_our_reply_address_is_not_on_the_page(anna: Staff) -> None:
    arrive(a_mail("noreply@bank.example", "Konto", "Proszę o pomoc."))
    case = the_case()

    arrive(a_mail("Bank <kody@drugi.example>", "Kod", "Twój kod: 123456", to=queries.reply_address(case)), now=at(5))

    assert [message.text.strip() for message in thread.messages(case)] == ["Proszę o pomoc."]
    assert "123456" not in text_of(answer(the_case(), anna, now=at(6)))


@pytest.mark.parametrize(
    ("sender", "level", "address"),
    [
        pytest.param("Grupa: Zofia <zofia@poczta.example>;", "unproven", "zofia@poczta.example", id="a group"),
        pytest.param(
            '"jan@poczta.example" <zofia@poczta.example>',
            "unproven",
            "zofia@poczta.example",
            id="a name",
        ),
        pytest.param(
            "Zofia (jan@poczta.example) <zofia@poczta.example>", "proven", "zofia@poczta.example", id="a remark"
        ),
        pytest.param("jan@poczta.example, zofia@poczta.example", "forged", "jan@poczta.example", id="two people"),
    ],
)
def test_a7_a_mail_has_one_writer_or_none_is_proven(anna: Staff, sender: str, level: str, address: str) -> None:
    raw = f"From: {sender}\r\nTo: {DESK}\r\nSubject: Pytanie\r\n\r\nTreść."

    arrive(raw.encode(), evidence=PROVEN)

    assert [(m.trust, m.from_address) for m in Message.objects.all()] == [(level, address)]


def test_a7_two_from_headers_are_never_the_customer(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, mid="<a@poczta.example>"), evidence=PROVEN)
    case = the_case()

    arrive(b"From: eve@evil.example\r\n" + a_mail(ZOFIA, "Re: Pytanie", answers="<a@poczta.example>"), evidence=PROVEN)
    arrive(b"From: zofia@poczta.example\r\n" + a_mail(JAN, "Re: Inne", answers="<a@poczta.example>"), evidence=PROVEN)

    assert case.messages.count() == 1
    assert sorted(Message.objects.exclude(case=case).values_list("trust", flat=True)) == ["forged", "forged"]


def test_a8_answers_go_to_her_own_address_unless_a_person_chooses(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, text="Piszę z pracy.", Reply_To="zofia@praca.example"), evidence=PROVEN)
    case = the_case()
    assert [(one.address, one.kind) for one in recipients(case)] == [
        ("zofia@poczta.example", "customer"),
        ("zofia@praca.example", "asked"),
    ]

    usual = answer(case, anna)
    arrive(a_mail(ZOFIA, text="I jeszcze.", Reply_To="zofia@praca.example", answers=usual.message_id), now=at(9))
    chosen = reply_to(case, anna, "zofia@praca.example")

    assert (usual.to, chosen.to) == (["zofia@poczta.example"], ["zofia@praca.example"])
    assert "/s/" in text_of(usual)
    assert "/s/" not in text_of(chosen)
    assert the_case().due_at is None
    assert case.customer.contact_points.get().value == "zofia@poczta.example"


@pytest.mark.parametrize(
    "domain", ["xn--oczta-fvd.example", "росzta.example", "poczta.example.evil.example", "poczta-example.com"]
)
def test_a9_a_look_alike_is_another_customer(anna: Staff, domain: str) -> None:
    arrive(a_mail(ZOFIA, mid="<a@poczta.example>"), evidence=PROVEN)
    raw = f"From: Zofia Wójcik <zofia@{domain}>\r\nTo: {DESK}\r\nSubject: Re: Pytanie\r\n"
    raw += "In-Reply-To: <a@poczta.example>\r\n\r\nTo ja."

    arrive(raw.encode())

    assert Customer.objects.count() == 2
    other = Case.objects.order_by("-id")[0]
    assert other.messages.get().from_address.isascii()
    assert ("xn--" in other.customer.contact_points.get().value) == (domain[0] in "xр")


def test_a10_a_new_address_with_a_right_mark_changes_nobody(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, text="Proszę o saldo."), evidence=PROVEN)
    case = the_case()
    sent = answer(case, anna, "Saldo: 17,30 zł.")

    arrive(a_mail("zofia@nowa.example", "Re: Pytanie", "To mój nowy adres.", answers=sent.message_id), now=at(9))

    joined = case.messages.order_by("-id")[0]
    assert (joined.third_party, the_case().customer, joined.trust) == (True, case.customer, "unproven")
    assert answer(the_case(), anna, now=at(10)).to == ["zofia@poczta.example"]
    assert [point.value for point in case.customer.contact_points.all()] == ["zofia@poczta.example"]


def test_a11_a_bounce_opens_no_case_and_is_not_answered(anna: Staff) -> None:
    arrive(a_mail(ZOFIA))
    sent = answer(the_case(), anna)
    raw = (
        f"From: MAILER-DAEMON@mx.poczta.example\r\nTo: {queries.reply_address(the_case())}\r\nReturn-Path: <>\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nIn-Reply-To: {sent.message_id}\r\n\r\n"
        "The following address could not be delivered: <zofia@poczta.example> user unknown\r\n"
    )

    arrive(raw.encode(), now=at(9))

    assert Case.objects.count() == 1
    assert Message.objects.filter(direction="out").count() == 1


def test_what_an_unproven_writer_gets_back_holds_none_of_the_history(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, text="Mój PUK?", mid="<a@poczta.example>"), evidence=PROVEN)
    answer(the_case(), anna, "PUK: 12345678.")

    arrive(a_mail(ZOFIA, "Re: Pytanie", "Dzięki.", answers="<a@poczta.example>"), now=at(9))

    assert the_case().messages.order_by("-id")[0].trust == "unproven"
    assert "12345678" not in text_of(answer(the_case(), anna, now=at(10)))


def test_a_colleague_vouches_and_the_case_is_the_customers(anna: Staff) -> None:
    arrive(a_mail(ZOFIA), evidence=PROVEN)
    zofia = the_case().customer
    arrive(a_mail(ZOFIA, "Z podróży", "Piszę przez hotel."), now=at(1), evidence=FORGED)
    held = Case.objects.get(subject="Z podróży")
    with pytest.raises(actions.NothingToSend):
        answer(held, anna)
    with pytest.raises(actions.NoReason):
        actions.vouch(case_id=held.pk, author_id=anna.pk, reason=" ", now=at(2))

    actions.vouch(case_id=held.pk, author_id=anna.pk, reason="Oddzwoniłam na jej numer.", now=at(2))

    held.refresh_from_db()
    assert held.customer == zofia
    came, note = held.messages.order_by("id")
    assert (came.trust, came.trust_reason) == ("token", "vouched:Anna")
    assert (note.direction, note.reply_text) == ("note", "Oddzwoniłam na jej numer.")
    assert answer(held, anna, now=at(3)).to == ["zofia@poczta.example"]
    with pytest.raises(actions.NobodyToVouchFor):
        actions.vouch(case_id=held.pk, author_id=anna.pk, reason="Jeszcze raz.", now=at(4))


def test_vouching_for_somebody_new_makes_him_a_customer(anna: Staff) -> None:
    arrive(a_mail(JAN), evidence=Evidence(spf=Check("fail", "poczta.example")))

    actions.vouch(case_id=the_case().pk, author_id=anna.pk, reason="Stoi przede mną.", now=at(2))
    arrive(a_mail(JAN, "Drugi"), now=at(3), evidence=PROVEN)

    assert the_case_of("Drugi").customer == the_case_of("Pytanie").customer


def the_case_of(subject: str) -> Case:
    return Case.objects.get(subject=subject)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(f"Sender: {ZOFIA}", id="no writer at all"),
        pytest.param(f"From: {ZOFIA}\nFrom: {ZOFIA}", id="the writer twice"),
        pytest.param(f"From: Dom: {ZOFIA};", id="a group"),
    ],
)
def test_a7_a_mark_does_not_help_a_mail_that_does_not_plainly_name_its_writer(anna: Staff, head: str) -> None:
    arrive(a_mail(ZOFIA))
    sent = answer(the_case(), anna)

    arrive(f"{head}\nTo: {DESK}\nMessage-ID: <q@evil.example>\nIn-Reply-To: {sent.message_id}\n\nTo ja.\n".encode())

    assert the_case().messages.order_by("-id")[0].trust == "unproven"
