"""Who writes, from raw bytes to the desk: group A of the hostile inputs, each by its number."""

from __future__ import annotations

import pytest

from samehand.cases import queries
from samehand.cases.models import Case
from samehand.people.models import ContactPoint, Customer, Staff
from tests.personas import FORGED, JAN, PROVEN, ZOFIA, a_mail, answer, arrive, at, the_case

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
