"""The mail that lay in a mailbox before us: taken in behind the new mail, or left out on purpose."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samehand.cases.models import Case, Message, RawArrival
from samehand.channels.mail.boxes import choosing, history
from samehand.channels.mail.models import Mailbox, Taken
from samehand.lib.clock import now
from tests.doors.dovecot import Dovecot
from tests.doors.maildirs import fill
from tests.doors.watched import Callers, a_mailbox, be_quick, until
from tests.personas import a_mail

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.dovecot]
MANY = 5000


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    be_quick(monkeypatch)


def connected(callers: Callers, server: Dovecot, **fields: Any) -> Mailbox:
    mailbox = a_mailbox(server, **fields)
    callers.watch(mailbox)
    until(lambda: Mailbox.objects.get().contact_at is not None)
    return Mailbox.objects.get()


def histories() -> int:
    return RawArrival.objects.filter(envelope__history=True).count()


def test_five_thousand_old_mails_are_killed_in_the_middle_and_hold_up_no_new_one(
    dovecot: Dovecot, callers: Callers
) -> None:
    dovecot.start()
    fill(dovecot, MANY, newest=now() - timedelta(days=30))
    mailbox = connected(callers, dovecot)
    assert histories() == 0

    first = callers.read_history(mailbox)
    until(lambda: histories() >= 500)
    before = RawArrival.objects.latest("pk").pk
    dovecot.deliver(a_mail(subject="Nowa"))
    until(lambda: Message.objects.filter(subject="Nowa", due_at__isnull=False).exists())
    # It waited behind what had been fetched already, not behind the mailbox.
    assert RawArrival.objects.get(envelope={}).pk < before + MANY // 2
    assert histories() < MANY
    first.stop()
    first.join(15)
    known = Taken.objects.count()
    assert 500 < known < MANY
    shown = Mailbox.objects.get()
    assert 0 < shown.history_done < shown.history_total == MANY
    assert shown.history_left

    callers.read_history(mailbox)
    until(lambda: Mailbox.objects.get().history_state == "ended", 180)
    until(lambda: not RawArrival.objects.filter(state="waiting").exists())

    assert histories() == MANY
    assert Taken.objects.count() == MANY + 1
    numbers = list(
        RawArrival.objects.filter(envelope__history=True).order_by("pk").values_list("received_at", flat=True)
    )
    assert numbers == sorted(numbers)
    assert Case.objects.exclude(status="solved").get().subject == "Nowa"
    assert not Message.objects.exclude(subject="Nowa").exclude(due_at=None).exists()


def test_an_answer_to_an_old_mail_opens_its_case_again(dovecot: Dovecot, callers: Callers) -> None:
    dovecot.start()
    fill(dovecot, 3, newest=now() - timedelta(days=30))
    callers.read_history(connected(callers, dovecot))
    until(lambda: Case.objects.count() == 3)

    dovecot.deliver(a_mail("klient2@poczta.example", "Inny temat", answers="<stary-2@poczta.example>"))
    until(lambda: Message.objects.count() == 4)

    case = Case.objects.get(status="open")
    assert case.subject == "Sprawa 2"
    assert case.due_at


def test_what_is_left_out_on_purpose_stays_out_until_somebody_wants_it(dovecot: Dovecot, callers: Callers) -> None:
    dovecot.start()
    fill(dovecot, 5, newest=now() - timedelta(days=1), flags="")
    mailbox = connected(callers, dovecot, history="none")
    dovecot.deliver(a_mail(subject="Nowa"))
    callers.read_history(mailbox)
    until(lambda: Mailbox.objects.get().history_state == "out")
    until(lambda: RawArrival.objects.count() == 1)

    choosing.choose(mailbox=mailbox, said="all", now=now())
    callers.read_history(mailbox)

    until(lambda: Mailbox.objects.get().history_state == "ended")
    assert RawArrival.objects.count() == 6


def test_mail_since_a_day_is_taken_in_and_older_mail_is_not(dovecot: Dovecot, callers: Callers) -> None:
    dovecot.start()
    fill(dovecot, 4, newest=now() - timedelta(days=60))
    fill(dovecot, 2, newest=now() - timedelta(days=20), first=5)
    mailbox = connected(callers, dovecot, history="since", history_since=(now() - timedelta(days=40)).date())

    callers.read_history(mailbox)

    until(lambda: Mailbox.objects.get().history_state == "ended")
    assert histories() == RawArrival.objects.count() == 2


def test_unread_mail_of_this_week_is_work_and_not_history(dovecot: Dovecot, callers: Callers) -> None:
    dovecot.start()
    fill(dovecot, 2, newest=now() - timedelta(hours=3))
    fill(dovecot, 1, newest=now() - timedelta(hours=2), first=3, flags="")
    fill(dovecot, 1, newest=now() - timedelta(days=40), first=4, flags="")

    callers.read_history(connected(callers, dovecot))

    until(lambda: Mailbox.objects.get().history_state == "ended" and Message.objects.count() == 4)
    assert Message.objects.exclude(due_at=None).get().subject == "Sprawa 3"


def test_mails_that_people_delete_meanwhile_stop_nothing(
    dovecot: Dovecot, callers: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "BATCH", 10)
    dovecot.start()
    fill(dovecot, 40, newest=now() - timedelta(days=30))
    mailbox = connected(callers, dovecot)
    real = history.take

    def delete_some(client: Any, *args: Any, **kwargs: Any) -> list[int]:
        if not Taken.objects.exists():
            other = dovecot.client()
            other.select_folder("INBOX")
            other.delete_messages(list(range(5, 16)))
            other.expunge()
            other.logout()
        return real(client, *args, **kwargs)

    monkeypatch.setattr(history, "take", delete_some)
    callers.read_history(mailbox)

    until(lambda: Mailbox.objects.get().history_state == "ended")
    # The server may still have the bodies of those that it had announced.
    assert 29 <= Taken.objects.count() <= 40
    assert set(Taken.objects.values_list("uid", flat=True)) >= {1, 2, 3, 4, *range(16, 41)}


def test_paused_work_goes_on_where_it_stopped(
    dovecot: Dovecot, callers: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "BATCH", 5)
    dovecot.start()
    fill(dovecot, 20, newest=now() - timedelta(days=30))
    mailbox = connected(callers, dovecot)
    real = history.take

    def pause_after_one(*args: Any, **kwargs: Any) -> list[int]:
        stuck = real(*args, **kwargs)
        choosing.pause(mailbox=mailbox, paused=True, now=now())
        return stuck

    monkeypatch.setattr(history, "take", pause_after_one)
    reader = callers.read_history(mailbox)
    reader.join(30)
    assert (histories(), Mailbox.objects.get().history_state) == (5, "paused")

    monkeypatch.setattr(history, "take", real)
    choosing.pause(mailbox=mailbox, paused=False, now=now())
    callers.read_history(mailbox)
    until(lambda: Mailbox.objects.get().history_state == "ended")
    assert histories() == 20


def test_a_mailbox_numbered_anew_loses_nothing_and_takes_no_new_mail_for_history(
    dovecot: Dovecot, callers: Callers
) -> None:
    dovecot.start()
    fill(dovecot, 3, newest=now() - timedelta(days=30))
    dovecot.deliver(a_mail(subject="Zgubiona"))
    mailbox = a_mailbox(
        dovecot, history="none", uid_validity=1, began_validity=1, last_uid=900, new_from=800,
        began_at=now() - timedelta(days=10), contact_at=now() - timedelta(hours=1),
    )  # fmt: skip

    callers.watch(mailbox)
    until(lambda: Message.objects.count() == 1)
    callers.read_history(mailbox)
    until(lambda: Mailbox.objects.get().history_ended_at is not None)

    assert Message.objects.get().due_at
    assert RawArrival.objects.count() == 1
