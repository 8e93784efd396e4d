"""Anna and Marek answer, Ewa knows the technology, Ola leads, Adam administers; Zofia and Jan write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from samehand.cases import actions
from samehand.cases.models import Case, Message
from samehand.channels.mail.fingerprint import fingerprint
from samehand.core.trust import NOTHING, Check, Evidence, Policy
from samehand.people.models import Role, Shift, Staff

# A Monday, 11:00 in Warsaw: the desk is open.
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PASSWORD = "lampa-w-oknie"
ZOFIA, JAN = "Zofia Wójcik <zofia@poczta.example>", "Jan Żuk <jan@poczta.example>"
DESK = "helpdesk@fala.example"
# What the door finds: the domain's own signature, or a domain that disowns the mail.
PROVEN = Evidence(dkim=(Check("pass", "poczta.example"),))
FORGED = Evidence(spf=Check("fail", "evil.example"), policy=Policy("reject"))


def at(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def staff(name: str, role: str = Role.CONSULTANT, skills: Sequence[str] = ("general",), *, works: bool = True) -> Staff:
    person = Staff.objects.create_user(
        f"{name.lower()}@fala.example", PASSWORD, first_name=name, last_name="Testowa", role=role, skills=list(skills)
    )
    if works:
        Shift.objects.create(
            consultant=person, starts_at=MONDAY - timedelta(hours=2), ends_at=MONDAY + timedelta(hours=6)
        )
    return person


@pytest.fixture
def anna(db: None) -> Staff:
    return staff("Anna", skills=("general", "billing"))


@pytest.fixture
def marek(db: None) -> Staff:
    return staff("Marek", skills=("general", "technical"))


@pytest.fixture
def ola(db: None) -> Staff:
    return staff("Ola", Role.LEAD, works=False)


@pytest.fixture
def adam(db: None) -> Staff:
    return staff("Adam", Role.ADMIN, works=False)


def a_mail(
    sender: str = ZOFIA,
    subject: str = "Pytanie",
    text: str = "Dzień dobry, mam pytanie.",
    *,
    to: str = DESK,
    mid: str = "",
    answers: str = "",
    references: str = "",
    **headers: str,
) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = format_datetime(MONDAY)
    mail["Message-ID"] = mid or f"<{abs(hash((sender, subject, text, answers)))}@poczta.example>"
    if answers:
        mail["In-Reply-To"] = answers
    if references or answers:
        mail["References"] = references or answers
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def arrive(
    *mails: bytes, now: datetime = MONDAY, recipients: Sequence[str] = (DESK,), evidence: Evidence = NOTHING
) -> None:
    """The mails reach the door, which found this evidence about their writers, and are filed."""
    envelope = {"recipients": list(recipients), "auth": evidence.as_row()}
    incoming = [actions.Incoming(raw, now, fingerprint(raw), envelope) for raw in mails]
    actions.accept(channel="mail", mailbox="door", incoming=incoming, now=now)
    while actions.file_waiting(now=now):
        pass


def the_case() -> Case:
    return Case.objects.get()


def answer(case: Case, by: Staff, text: str = "Sprawdziłam. Już działa.", now: datetime | None = None) -> Message:
    """The consultant answers all that she has before her eyes."""
    return actions.reply(case_id=case.pk, author_id=by.pk, text=text, seen=newest(case), now=now or at(5))


def newest(case: Case) -> int:
    """What one has seen who has the whole case before her eyes."""
    return case.messages.order_by("-id").values_list("id", flat=True).first() or 0
