"""Receipts: off by default, only to whom they may go, once in a case, capped, echoing nothing; and loops that end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from samehand.cases import actions
from samehand.cases.actions import flooding
from samehand.cases.jobs import RECEIPTS
from samehand.cases.models import Case, Delivery, MachineMail, Message
from samehand.core.receipts import PER_DAY, PER_HOUR, Asked, may_go
from samehand.core.trust import NOTHING, Check, Evidence
from samehand.lib import blobs
from samehand.people.models import Customer, ServiceHours, Staff
from samehand.people.queries import service_hours
from tests.personas import JAN, MONDAY, PROVEN, ZOFIA, a_mail, answer, arrive, at, the_case

ASKED = Asked(at(0), at(30), "proven", answered_before=False, reachable=True, sent_to_him=0, sent_over_all=0)
PROOF = Evidence(dmarc=Check("pass", "poczta.example"), by="mx.fala.example")
EVIL = "KLIKNIJ http://zlo.example"


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        pytest.param(ASKED, True, id="to who proved that it is he"),
        pytest.param(replace(ASKED, trust="token"), True, id="to who came back with our mark"),
        pytest.param(replace(ASKED, trust="unproven"), False, id="not to who might be anybody"),
        pytest.param(replace(ASKED, trust="unproven", answered_before=True), True, id="to whom we answered before"),
        pytest.param(replace(ASKED, trust="forged", answered_before=True), False, id="not in another's name"),
        pytest.param(replace(ASKED, due_at=None), False, id="not without a promise"),
        pytest.param(replace(ASKED, due_at=at(1)), False, id="not with a promise that is broken"),
        pytest.param(replace(ASKED, at=at(-20)), False, id="not long after the mail"),
        pytest.param(replace(ASKED, reachable=False), False, id="not to an address that mail does not reach"),
        pytest.param(replace(ASKED, sent_to_him=PER_DAY), False, id="not too many to one"),
        pytest.param(replace(ASKED, sent_over_all=PER_HOUR), False, id="not too many over all"),
    ],
)
def test_whom_a_receipt_may_go_to(asked: Asked, goes: bool) -> None:
    assert may_go(asked, at(1)) is goes


@pytest.fixture
def on(db: None) -> None:
    service_hours()
    ServiceHours.objects.update(receipts=True)


def receipts_now(minutes: float = 0.1) -> int:
    """What the jobs that filing put in line would do."""
    jobs = ProcrastinateJob.objects.filter(task_name=RECEIPTS)
    waiting = [number for job in jobs for number in job.args["message_ids"]]
    return actions.send_receipts(message_ids=waiting, now=at(minutes))


def receipts() -> list[Message]:
    return list(Message.objects.filter(direction="out", auto_submitted=True).order_by("pk"))


def mail_of(message: Message) -> EmailMessage:
    return message_from_bytes(blobs.get(message.blob), policy=policy.default)


def test_by_default_nobody_gets_one(anna: Staff) -> None:
    arrive(a_mail(), evidence=PROOF)

    assert not ProcrastinateJob.objects.filter(task_name=RECEIPTS).exists()
    assert actions.send_receipts(message_ids=[Message.objects.get().pk], now=at(0)) == 0


def test_a_proven_customer_hears_who_answers_and_by_when(anna: Staff, on: None) -> None:
    arrive(a_mail(), evidence=PROOF)

    assert receipts_now() == 1

    receipt = receipts()[0]
    mail = mail_of(receipt)
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Mamy Twoją wiadomość. Anna odpowie do 11:30." in text
    assert mail["Subject"] == f"Mamy Twoją wiadomość ({the_case().reference})"
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert receipt.delivery.automatic
    assert the_case().due_at == at(30)
    assert the_case().status == "open"


def test_an_english_customer_hears_it_in_english(anna: Staff, on: None) -> None:
    arrive(a_mail(text="Hello, my phone does not work and I have no signal."), evidence=PROOF)
    receipts_now()

    assert "We have your message. Anna will answer by 11:30." in receipts()[0].text


def test_nothing_of_the_mail_is_echoed(anna: Staff, on: None) -> None:
    evil = a_mail(f'"{EVIL}" <zofia@poczta.example>', EVIL, EVIL, mid="<kliknij@zlo.example>")
    arrive(evil, evidence=PROOF)
    receipts_now()

    raw = blobs.get(receipts()[0].blob).decode()
    mail = mail_of(receipts()[0])
    for words in (raw, *(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")):
        assert "zlo.example" not in words
        assert "KLIKNIJ" not in words


def test_d3_a_victim_of_a_flood_in_her_name_gets_nothing(anna: Staff, on: None) -> None:
    arrive(*(a_mail(ZOFIA, f"Sprawa {n}", f"Tekst {n}") for n in range(20)))

    assert receipts_now() == 0
    assert Case.objects.count() == 20


def test_even_a_known_customer_gets_few_in_a_day(anna: Staff, on: None) -> None:
    arrive(*(a_mail(ZOFIA, f"Sprawa {n}", f"Tekst {n}") for n in range(20)), evidence=PROOF)

    assert receipts_now() == PER_DAY
    assert receipts_now() == 0


def test_a_case_gets_one_and_an_answer_leaves_none_to_say(anna: Staff, on: None) -> None:
    arrive(a_mail(), evidence=PROOF)
    receipts_now()
    arrive(a_mail(ZOFIA, "Re: Pytanie", "Dopisuję.", answers=Message.objects.first().message_id), now=at(1))  # type: ignore[union-attr]
    assert receipts_now(1.1) == 0

    arrive(a_mail(JAN), evidence=PROOF)
    answer(Case.objects.latest("pk"), anna, now=at(2))
    assert receipts_now(2.1) == 0


def test_a_receipt_keeps_no_promise_and_hinders_nobody(anna: Staff, on: None) -> None:
    arrive(a_mail(), evidence=PROOF)
    seen = Message.objects.get().pk
    receipts_now()

    actions.reply(case_id=the_case().pk, author_id=anna.pk, text="Już działa.", seen=seen, now=at(5))

    assert Message.objects.get(pk=seen).answered_at == at(5)


class TestLoops:
    def test_d1_two_machines_with_marks_exchange_one_mail(self, anna: Staff, on: None) -> None:
        arrive(a_mail(), evidence=PROOF)
        receipts_now()

        back = a_mail(ZOFIA, "Automatyczna odpowiedź", "Urlop", answers=receipts()[0].message_id,
                      Auto_Submitted="auto-replied")  # fmt: skip
        arrive(back, now=at(0.2), evidence=PROOF)

        assert receipts_now(0.3) == 0
        assert len(receipts()) == 1
        assert the_case().messages.count() == 3

    def test_d2_without_any_mark_it_ends_within_five_mails(self, anna: Staff, on: None) -> None:
        """It answers each of our receipts within seconds, with the same words, naming nothing, in a new case."""
        Customer.objects.all().delete()
        for turn in range(30):
            minutes = turn * 0.2
            moment = MONDAY + timedelta(minutes=minutes)
            arrive(a_mail(ZOFIA, "Dziękujemy", "Mamy Państwa zgłoszenie.", mid=f"<{turn}@x.example>"), now=moment,
                   evidence=PROOF)  # fmt: skip
            receipts_now(minutes + 0.05)

        assert len(receipts()) <= 5
        assert Message.objects.filter(direction="in").count() + MachineMail.objects.count() == 30

    def test_d4_ten_thousand_of_one_writer_leave_the_others_their_time(
        self, anna: Staff, on: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Scaled down: 300 in a minute, of which 20 open cases. All are kept; Jan has his owner and his promise."""
        monkeypatch.setattr(flooding, "MANY", 20)
        flood = [a_mail(ZOFIA, "Uwaga", f"Wiadomość {n}", mid=f"<{n}@x.example>") for n in range(300)]
        arrive(*flood[:20])
        arrive(*flood[20:150], a_mail(JAN, "Pytanie Jana"), *flood[150:])

        jans = Case.objects.get(subject="Pytanie Jana")
        assert (jans.owner, jans.due_at) == (anna, at(30))
        assert Message.objects.filter(direction="in", due_at=at(30)).count() == 301
        assert Case.objects.count() == 21
        assert Case.objects.exclude(pk=jans.pk).latest("pk").messages.count() == 281
        assert Delivery.objects.count() == 0

    @pytest.mark.parametrize("evidence", [NOTHING, PROVEN], ids=["in her name", "her own"])
    def test_what_is_proven_and_what_is_not_do_not_join(
        self, anna: Staff, evidence: Evidence, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(flooding, "MANY", 20)
        arrive(*(a_mail(ZOFIA, f"Uwaga {n}", mid=f"<{n}@x.example>") for n in range(20)), evidence=evidence)
        other = NOTHING if evidence is PROVEN else PROVEN

        arrive(*(a_mail(ZOFIA, f"Ja {n}", mid=f"<z{n}@x.example>") for n in range(5)), evidence=other)

        assert all(case.messages.count() == 1 for case in Case.objects.filter(subject__startswith="Ja"))
        assert Case.objects.count() == 25

    def test_a_busy_day_is_no_flood(self, anna: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(flooding, "MANY", 20)
        for hour in range(3):
            mails = [a_mail(ZOFIA, f"Sprawa {hour} {n}", "Tekst", mid=f"<{hour}-{n}@x.example>") for n in range(15)]
            arrive(*mails, now=at(60 * hour))

        assert Case.objects.count() == 45
