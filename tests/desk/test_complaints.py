"""What users of every helpdesk complain about in their mail, most often first: none of it can happen here.

Each story goes from raw bytes to what Anna, Ola or the customer gets to see.
"""

from __future__ import annotations

import base64
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from samehand.cases import actions, queries
from samehand.cases.models import Case, Delivery, Message, RawArrival
from samehand.channels.mail.models import Mailbox
from samehand.people.models import Staff
from tests.personas import JAN, PROVEN, ZOFIA, a_mail, anna, answer, arrive, at, ola, the_case

__all__ = ["anna", "ola"]

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def page(person: Staff, address: str) -> str:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return re.sub(r"\s+", " ", client.get(address, follow=True).content.decode())


def case_page(person: Staff, case: Case) -> str:
    return page(person, f"/desk/cases/{case.reference}/")


class TestMailIsLostAndNobodySees:
    def test_a_mail_without_message_id_is_a_case_like_any_other(self, anna: Staff) -> None:
        arrive(b"From: zofia@poczta.example\r\nTo: helpdesk@fala.example\r\nSubject: Halo\r\n\r\nNie mam zasiegu.")

        assert "Nie mam zasiegu." in case_page(anna, the_case())

    def test_what_stops_the_reader_lies_aside_whole_and_the_lead_is_told(
        self, ola: Staff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stumble(*_arguments: object) -> None:
            raise RuntimeError("a fault of ours")

        monkeypatch.setattr("samehand.channels.mail.channel.read_mail", stumble)
        raw = a_mail()
        actions.accept(channel="mail", mailbox="door", incoming=[actions.Incoming(raw, at(0), "one")], now=at(0))
        for _start_of_the_worker in range(4):
            with suppress(RuntimeError):
                actions.file_carefully(limit=10, now=at(1))

        assert RawArrival.objects.get().state == RawArrival.State.ASIDE
        assert "1 odłożona" in page(ola, "/desk/office/mail")

        monkeypatch.undo()
        actions.replay(arrival_id=RawArrival.objects.get().pk, now=at(2))
        while actions.file_waiting(now=at(2)):
            pass
        assert the_case().messages.get().text.strip() == "Dzień dobry, mam pytanie."


class TestTheMailboxStandsStillAndNobodyIsTold:
    def test_a_token_that_ran_out_stands_on_the_leads_screen(self, ola: Staff) -> None:
        Mailbox.objects.create(
            name="Gmail", host="imap.gmail.com", username="x@fala.example", login=Mailbox.Login.XOAUTH2,
            trouble="login: token expired", trouble_since=at(-60),
        )  # fmt: skip

        assert "Gmail" in page(ola, "/desk/office/")


class TestTheCustomersWordsAreCutOff:
    def test_words_below_between_and_above_the_quote_stay_and_the_whole_is_one_click_away(self, anna: Staff) -> None:
        text = (
            "Odpowiadam pod spodem.\n\nW dniu 23.11.2026 o 10:00 Anna pisze:\n> Czy telefon był wyłączany?\n"
            "Tak, dwa razy.\n> A karta SIM?\nWyjęta i włożona.\n\nPozdrawiam\nZofia\n"
        )
        arrive(a_mail(text=text))
        shown = case_page(anna, the_case())

        for words in ("Odpowiadam pod spodem.", "Tak, dwa razy.", "Wyjęta i włożona.", "Czy telefon był wyłączany?"):
            assert words in shown


class TestThreadsBreakOrGoToTheWrongCase:
    def test_a_number_in_the_subject_opens_nobodys_case(self, anna: Staff) -> None:
        arrive(a_mail(ZOFIA), evidence=PROVEN)
        case = the_case()

        arrive(a_mail(JAN, f"Re: [{case.reference}] Pytanie", "Proszę o dane."))

        assert case.messages.count() == 1
        assert Case.objects.count() == 2

    def test_a_reply_without_headers_is_offered_not_guessed(self, anna: Staff) -> None:
        arrive(a_mail(ZOFIA, "Brak zasięgu w Łebie"), evidence=PROVEN)
        first = the_case()
        answer(first, anna)

        arrive(a_mail(ZOFIA, "Odp: Brak zasięgu w Łebie", "Dalej nic."), now=at(30), evidence=PROVEN)

        second = Case.objects.exclude(pk=first.pk).get()
        assert first.messages.count() == 2
        assert first.reference in case_page(anna, second)

    def test_a_closed_case_is_found_again_by_its_thread(self, anna: Staff) -> None:
        arrive(a_mail(ZOFIA))
        sent = answer(the_case(), anna)
        actions.solve(case_id=the_case().pk, author_id=anna.pk, seen=sent.pk, now=at(6))

        arrive(a_mail(ZOFIA, text="Jednak nie działa.", answers=sent.message_id), now=at(60))

        assert (the_case().status, the_case().owner) == (Case.Status.OPEN, anna)


class TestTheSameAnswerLeavesManyTimes:
    def test_two_workers_and_a_second_job_send_one_mail(self, anna: Staff, settings: Any, tmp_path: Path) -> None:
        settings.SENT = tmp_path
        arrive(a_mail(ZOFIA))
        sent = answer(the_case(), anna)

        for _worker in range(3):
            actions.deliver(message_id=sent.pk, worker=1, clock=lambda: at(6))

        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.attempts) == (Delivery.State.SENT, 1)
        assert len(list(tmp_path.glob("*.eml"))) == 1


class TestMachinesAnswerEachOther:
    def test_a_holiday_note_is_answered_by_nobody_and_promised_nothing(self, anna: Staff) -> None:
        arrive(a_mail(ZOFIA))
        sent = answer(the_case(), anna)

        arrive(a_mail(ZOFIA, "Automatyczna odpowiedź", "Jestem na urlopie.", answers=sent.message_id,
                      Auto_Submitted="auto-replied"), now=at(6))  # fmt: skip

        note = the_case().messages.get(auto_submitted=True)
        assert note.due_at is None
        assert Delivery.objects.count() == 1

    def test_a_false_bounce_changes_nothing(self, anna: Staff) -> None:
        arrive(a_mail(ZOFIA))
        answer(the_case(), anna)
        actions.deliver(message_id=Message.objects.get(direction="out").pk, worker=1, clock=lambda: at(6))

        arrive(a_mail("MAILER-DAEMON@evil.example", "Undelivered Mail", "<zofia@poczta.example>: unknown user"),
               now=at(7))  # fmt: skip

        assert Delivery.objects.get().state == Delivery.State.SENT
        assert not queries.unanswered(Case.objects.get(customer__contact_points__value="zofia@poczta.example")).exists()


class TestPolishLettersFallApart:
    PANGRAM = "Zażółć gęślą jaźń, ZAŻÓŁĆ GĘŚLĄ JAŹŃ"

    @pytest.mark.parametrize("charset", ["windows-1250", "iso-8859-2", "utf-8", "utf-7", "utf-16"])
    def test_every_letter_reaches_the_desk(self, anna: Staff, charset: str) -> None:
        letters = base64.b64encode(self.PANGRAM.encode(charset))
        head = (
            "From: zofia@poczta.example\nTo: helpdesk@fala.example\nMessage-ID: <1@poczta.example>\n"
            f"Subject: =?{charset}?B?{letters.decode()}?=\n"
            f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
        )

        arrive(head.encode() + letters)

        assert case_page(anna, the_case()).count(self.PANGRAM) >= 2
