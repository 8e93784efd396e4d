"""From which address an answer leaves, with which words, and what stands under it."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest

from samehand.cases import actions, queries
from samehand.cases.keys import signer
from samehand.cases.models import Case, Message, RawArrival
from samehand.lib import blobs
from samehand.people.models import SendingAddress, Staff
from tests.personas import ZOFIA, a_mail, answer, arrive, at, newest, the_case

BILLS = "rachunki@fala.example"


@pytest.fixture
def bills(db: None) -> SendingAddress:
    return SendingAddress.objects.create(
        address=BILLS,
        receives=["faktury@fala.example"],
        name_pl="{first_name}, rachunki {operator}",
        greeting_pl="Dzień dobry {customer},",
        closing_pl="{first_name}\n{{7*7}} {0.__class__}",
    )


def sent(message: Message) -> EmailMessage:
    mail = email.message_from_bytes(blobs.get(message.blob), policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(message: Message) -> str:
    body = sent(message).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def trusted(case: Case, level: str) -> Case:
    case.messages.update(trust=level)
    return case


@pytest.mark.parametrize(
    ("to", "leaves"),
    [
        pytest.param(BILLS, BILLS, id="from the address that was written to"),
        pytest.param("faktury@fala.example", BILLS, id="from the one that an alias leads to"),
        pytest.param("helpdesk@fala.example", "helpdesk@fala.example", id="from the usual one"),
        pytest.param("rachunki+lato@fala.example", BILLS, id="whatever stands behind a plus"),
        pytest.param("ktos@inny.example", "helpdesk@fala.example", id="from the usual one when none of ours is named"),
    ],
)
def test_an_answer_leaves(anna: Staff, bills: SendingAddress, to: str, leaves: str) -> None:
    arrive(a_mail(ZOFIA, to=to), recipients=["somebody@else.example"])

    message = answer(the_case(), anna)

    assert message.from_address == leaves
    assert sent(message)["From"].addresses[0].addr_spec == leaves
    assert message.reply_to == [signer().reply_address(leaves, the_case().reference)]
    assert message.message_id.endswith(f"@{leaves.partition('@')[2]}>")


def test_the_customers_next_mail_goes_to_the_same_address(anna: Staff, bills: SendingAddress) -> None:
    arrive(a_mail(ZOFIA, to=BILLS))
    first = answer(the_case(), anna)
    arrive(a_mail(ZOFIA, "Re: Pytanie", "Jeszcze jedno.", to=first.reply_to[0], answers=first.message_id), now=at(6))

    assert answer(the_case(), anna, now=at(7)).from_address == BILLS


def test_the_words_around_it_are_the_addresss_own_and_no_formulas(anna: Staff, bills: SendingAddress) -> None:
    arrive(a_mail(ZOFIA, to=BILLS))
    message = answer(the_case(), anna, "Faktura jest w załączniku.")

    assert sent(message)["From"].addresses[0].display_name == "Anna, rachunki Fala Mobile"
    assert text_of(message).startswith(
        "Dzień dobry Zofia Wójcik,\n\nFaktura jest w załączniku.\n\nAnna\n{{7*7}} {0.__class__}\n\n"
    )
    assert message.text == "Faktura jest w załączniku."


def test_a_consultant_chooses_another_address_of_ours_and_no_other(anna: Staff, bills: SendingAddress) -> None:
    arrive(a_mail(ZOFIA))
    case = the_case()
    given = {"case_id": case.pk, "author_id": anna.pk, "text": "Już.", "seen": newest(case), "now": at(5)}

    with pytest.raises(actions.NotOurAddress):
        actions.reply(**given, sender="prezes@inny.example")
    assert actions.reply(**given, sender=BILLS).from_address == BILLS


def test_nobody_outside_writes_from_an_address_that_was_added(bills: SendingAddress) -> None:
    arrive(a_mail(f"Rachunki <{BILLS}>"), a_mail("Faktury <faktury@fala.example>"))

    assert RawArrival.objects.filter(state="aside").count() == 2


def test_who_is_surely_the_customer_sees_what_was_said_before(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, text="Nie działa internet."))
    case = trusted(the_case(), "proven")
    answer(case, anna, "Proszę wyłączyć telefon.")
    actions.note(case_id=case.pk, author_id=anna.pk, text="Trudna klientka.", now=at(6))
    arrive(a_mail(ZOFIA, "Re: Pytanie", "Nadal nie.", to=queries.reply_address(case)), now=at(7))

    text = text_of(answer(trusted(case, "proven"), anna, "Wysyłam ustawienia.", now=at(8)))

    where = [text.index(words) for words in ("Wysyłam", "Reply above", "> Nadal nie.", "> Proszę wy", "> Nie działa")]
    assert where == sorted(where)
    assert "Anna, Fala Mobile" in text
    assert "Trudna" not in text


@pytest.mark.parametrize("level", ["", "unproven"])
def test_who_may_be_somebody_else_sees_only_his_own_last_words(anna: Staff, level: str) -> None:
    arrive(a_mail(ZOFIA, text="Nie działa internet."))
    case = the_case()
    answer(case, anna, "Proszę wyłączyć telefon.")
    arrive(a_mail(ZOFIA, "Re: Pytanie", "Nadal nie.", to=queries.reply_address(case)), now=at(7))

    text = text_of(answer(trusted(case, level), anna, "Wysyłam ustawienia.", now=at(8)))

    assert "> Nadal nie." in text
    assert "> Nie działa" not in text
    assert "> Proszę" not in text


def test_who_is_not_the_customer_sees_nothing_and_gets_no_link(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, text="Proszę o nową kartę SIM."))

    text = text_of(answer(trusted(the_case(), "forged"), anna, "Proszę przyjść z dowodem."))

    assert text.strip() == "Proszę przyjść z dowodem."


@pytest.mark.parametrize(
    ("subject", "becomes"),
    [
        pytest.param("Pytanie", "Re: Pytanie", id="a first answer"),
        pytest.param("Odp: Pytanie", "Odp: Pytanie", id="no Re: before Odp:"),
        pytest.param("RE: Pytanie", "RE: Pytanie", id="not twice in capitals"),
        pytest.param("Re[2]: Pytanie", "Re[2]: Pytanie", id="not twice when it is counted"),
        pytest.param("Fwd: Pytanie", "Re: Fwd: Pytanie", id="what was passed on is answered"),
        pytest.param("Reklamacja: faktura", "Re: Reklamacja: faktura", id="a word is no mark"),
        pytest.param("", "Re:", id="without a subject"),
    ],
)
def test_the_subject_stays_the_one_that_was_written(anna: Staff, subject: str, becomes: str) -> None:
    arrive(a_mail(ZOFIA, subject))

    message = answer(the_case(), anna)

    assert message.subject == becomes
    assert the_case().reference not in str(sent(message)["Subject"])
