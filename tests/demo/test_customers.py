"""The customers who keep writing: well-formed mail, to our own door alone, nothing lost while the door is away."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from samehand.cases.channels import channel
from samehand.cases.keys import signer
from samehand.core.dispatches import Dispatch, Said
from samehand.demo import replies
from samehand.demo.crowd import Crowd, is_made_up
from samehand.demo.customers import LONGEST_GAP, Customers
from samehand.demo.outbox import Outbox

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 23, 11, 7, tzinfo=UTC)
REFERENCE = "SH-7K3M9QX2"


def answer(to: str = "zofia.nowak@poczta.example", language: str = "pl", number: int = 1) -> bytes:
    """A consultant's answer as it lies in the folder of sent mail."""
    return channel("mail").compose(
        Dispatch(
            recipient=to,
            recipient_name="Zofia Nowak",
            sender_address="helpdesk@fala.example",
            author="Ania",
            subject="Re: Brak internetu",
            text="Dzień dobry, Zofio,\n\nsprawdziłam. Działa?\n\nPozdrawiam\nAnia",
            at=NOW,
            message_id=signer().message_id(REFERENCE, f"m{number}", "fala.example"),
            in_reply_to="<first@poczta.example>",
            references=("<first@poczta.example>",),
            reply_to=signer().reply_address("helpdesk@fala.example", REFERENCE),
            page_url="http://localhost:8000/s/x",
            language=language,
            history=(Said("Zofia Nowak", NOW, "Nie mam internetu."),),
        )
    )


def parsed(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


class Door:
    """Stands for the mail door; says what it is told to say."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []
        self.says = "250 2.0.0 Kept"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.says.startswith("250"):
            self.taken.append(
                (str(envelope.mail_from), list(envelope.rcpt_tos), bytes(envelope.original_content or b""))
            )
        return self.says


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def customers(tmp_path: Path, port: int, settings, monkeypatch: pytest.MonkeyPatch) -> Customers:  # type: ignore[no-untyped-def]
    settings.SMTP_PORT, settings.SENT = port, tmp_path / "sent"
    settings.SENT.mkdir()
    monkeypatch.setattr(Crowd, "waiting", lambda self: 0)
    monkeypatch.setattr(Crowd, "_known", lambda self, now: [])
    return Customers(Random(5), tmp_path / "demo")


def test_a_reply_joins_its_case_and_quotes_what_it_answers() -> None:
    sent = replies.read_sent(answer())
    assert sent

    raw = next(raw for seed in range(20) if (raw := replies.write(Random(seed), sent, rounds=0, now=NOW, zone=WARSAW)))

    mail = parsed(raw)
    ours = parsed(answer())
    assert signer().case_of_address(mail["To"].addresses[0].addr_spec) == REFERENCE
    assert mail["In-Reply-To"] == ours["Message-ID"]
    assert mail["References"].split() == ["<first@poczta.example>", ours["Message-ID"]]
    assert mail["From"].addresses[0].addr_spec == "zofia.nowak@poczta.example"
    assert mail["Date"].datetime == NOW
    body = mail.get_body(("plain",)).get_content()
    assert "W dniu 23.11.2026 o 12:07 Ania z Fala Mobile napisał(a):" in body or "napisał(a):" in body
    assert "> sprawdziłam. Działa?" in body
    read = channel("mail").read(raw, NOW, {})
    assert read.reply_text
    assert "sprawdziłam" not in read.reply_text


def test_moods_vary_and_after_three_rounds_the_customer_is_silent() -> None:
    sent = replies.read_sent(answer())
    assert sent
    kinds: Counter[str] = Counter()
    for seed in range(200):
        raw = replies.write(Random(seed), sent, rounds=0, now=NOW, zone=WARSAW)
        mail = parsed(raw) if raw else None
        kinds["silent" if mail is None else "photo" if list(mail.iter_attachments()) else "words"] += 1

    assert kinds["silent"] and kinds["photo"] and kinds["words"] > 120
    assert all(replies.write(Random(seed), sent, rounds=3, now=NOW, zone=WARSAW) is None for seed in range(50))


def test_strangers_and_robots_get_no_reply() -> None:
    assert replies.read_sent(answer("jan@example.com")) is None
    assert replies.read_sent(answer().replace(b"MIME-Version", b"Auto-Submitted: auto-replied\r\nMIME-Version")) is None


def test_english_answers_get_english_replies() -> None:
    sent = replies.read_sent(answer(language="en"))
    assert sent

    raws = [replies.write(Random(seed), sent, rounds=0, now=NOW, zone=WARSAW) for seed in range(30)]

    assert all(b" wrote:" in raw for raw in raws if raw)


def test_a_new_problem_is_a_proper_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Crowd, "_known", lambda self, now: [])
    crowd = Crowd(Random(9), "helpdesk@fala.example")

    for _number in range(60):
        mail = parsed(crowd.new_problem(NOW.astimezone(WARSAW)))
        assert is_made_up(mail["From"].addresses[0].addr_spec)
        assert mail["To"] == "helpdesk@fala.example"
        assert mail["Subject"] and mail["Message-ID"].startswith("<")
        body = mail.get_body(("plain",)).get_content()
        assert body.strip()
        assert not set("{}") & set(body)


def test_the_pace_is_human(customers: Customers) -> None:
    lively = [customers.gap(10, 14) for _ in range(300)]
    usual = [customers.gap(1000, 14) for _ in range(300)]
    sleepy = [customers.gap(1000, 60) for _ in range(300)]

    assert min(lively) >= 12 and 20 < sum(lively) / 300 < 45
    assert min(usual) >= 40 and max(usual) <= LONGEST_GAP and 55 < sum(usual) / 300 < 90
    assert min(sleepy) >= 600


def test_what_the_door_does_not_take_is_tried_again(tmp_path: Path, port: int) -> None:
    door, outbox = Door(), Outbox(tmp_path, port)
    sent = replies.read_sent(answer())
    assert sent
    raw = next(raw for seed in range(20) if (raw := replies.write(Random(seed), sent, rounds=0, now=NOW, zone=WARSAW)))
    outbox.put("one", raw)

    assert not outbox.hand_over()
    controller = Controller(door, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        door.says = "451 4.3.0 Cannot keep it right now"
        assert not outbox.hand_over()
        door.says = "250 2.0.0 Kept"
        assert outbox.hand_over()
        assert outbox.hand_over()
    finally:
        controller.stop()

    ((sender, recipients, taken),) = door.taken
    assert sender == "zofia.nowak@poczta.example"
    assert signer().case_of_address(recipients[0]) == REFERENCE
    assert taken == raw


def test_what_the_door_will_never_take_does_not_stop_the_others(tmp_path: Path, port: int) -> None:
    door, outbox = Door(), Outbox(tmp_path, port)
    door.says = "550 5.7.1 No"
    outbox.put("one", b"From: a@list.test\r\nTo: helpdesk@fala.example\r\n\r\nx\r\n")
    controller = Controller(door, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        assert outbox.hand_over()
    finally:
        controller.stop()

    assert [path.name for path in tmp_path.iterdir()] == ["one.refused"]


def test_the_first_mail_comes_soon_and_the_end_is_clean(customers: Customers, port: int) -> None:
    door, stop = Door(), threading.Event()
    controller = Controller(door, hostname="127.0.0.1", port=port)
    controller.start()
    living = threading.Thread(target=customers.keep_writing, args=(stop,))
    try:
        begun = time.monotonic()
        living.start()
        while not door.taken and time.monotonic() - begun < 15:
            time.sleep(0.1)
        waited = time.monotonic() - begun
    finally:
        stop.set()
        living.join(5)
        controller.stop()

    assert door.taken and waited < 12
    assert not living.is_alive()


def test_an_answer_is_replied_to_once_also_after_a_restart(
    customers: Customers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(replies, "SOON", 0)
    monkeypatch.setattr(replies, "LATER", 0)
    monkeypatch.setattr(replies, "MOODS", ((100, 0, 0, 0),) * 3)
    customers.problem_at = time.monotonic() + 60
    (customers.sent / "a.eml").write_bytes(answer())
    (customers.sent / "stranger.eml").write_bytes(answer("jan@example.com"))

    customers.live(1000)
    customers.live(1000)
    again = Customers(Random(6), tmp_path / "demo")
    again.problem_at = time.monotonic() + 60
    again.live(1000)

    assert [path.name for path in (tmp_path / "demo" / "outbox").iterdir()] == ["reply-a.eml"]
    assert sum(again.diary.rounds.values()) == 1
    assert again.diary.dealt_with == {"a.eml", "stranger.eml"}
