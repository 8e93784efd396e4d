"""A way in that falls silent and a trouble that lasts are told: on the lead's screen, and to administrators by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import translation

from samehand.cases.models import RawArrival
from samehand.channels.mail import backend
from samehand.channels.mail.boxes import alarm, habits
from samehand.channels.mail.boxes.alarm import NotPutInLine
from samehand.channels.mail.health import findings
from samehand.channels.mail.models import Alarm, Grant, Habit, Mailbox, Reconciliation
from samehand.people.models import Staff
from tests.personas import MONDAY, at

pytestmark = pytest.mark.django_db
NOON = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def in_polish(settings: Any) -> Iterator[None]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ALARM_MINUTES = 15
    with translation.override("pl"):
        yield


def eight_weeks(source: str, *, until: Any = MONDAY, history: bool = False) -> None:
    """A mail every five minutes from 8 to 20 in Warsaw, on every day."""
    rows = []
    moment = MONDAY - timedelta(weeks=8)
    while moment <= until:
        if 7 <= moment.hour < 19:
            rows.append(
                RawArrival(
                    channel="mail", mailbox=source, fingerprint=f"{source} {moment}", blob="", size=1, state="filed",
                    received_at=moment, stored_at=moment, envelope={"history": True} if history else {},
                )
            )  # fmt: skip
        moment += timedelta(minutes=5)
    RawArrival.objects.bulk_create(rows)


def a_mailbox(**fields: Any) -> Mailbox:
    return Mailbox.objects.create(**({"name": "Pomoc", "host": "h", "username": "u"} | fields))


class TestSilence:
    def test_a_door_that_falls_silent_in_the_morning_is_told_within_hours(self) -> None:
        eight_weeks("door")

        habits.listen(now=at(10))
        assert findings(at(30)) == []
        habits.listen(now=at(240))

        (finding,) = findings(at(240))
        assert finding.kind == "care"
        assert finding.words.startswith("Nasze drzwi pocztowe: żadnej poczty przez 4 h")

    def test_the_next_mail_ends_it(self) -> None:
        eight_weeks("door")
        habits.listen(now=at(240))
        RawArrival.objects.create(
            channel="mail", mailbox="door", fingerprint="x", blob="", size=1, received_at=at(240), stored_at=at(240)
        )

        habits.listen(now=at(241))

        assert findings(at(242)) == []

    def test_a_mailbox_that_is_watched_no_longer_may_be_silent(self) -> None:
        box = a_mailbox()
        eight_weeks("Pomoc")
        habits.listen(now=at(10))
        assert Habit.objects.filter(source="Pomoc").exclude(rates=None).exists()

        Mailbox.objects.filter(pk=box.pk).update(enabled=False)

        assert findings(at(600)) == []

    def test_old_mail_taken_in_makes_no_habit(self) -> None:
        a_mailbox()
        eight_weeks("Pomoc", history=True)

        habits.listen(now=at(240))

        assert not Habit.objects.exclude(rates=None).exists()

    def test_a_mailbox_in_trouble_is_not_called_silent_too(self) -> None:
        a_mailbox(trouble="refused: ", trouble_since=at(0))
        eight_weeks("Pomoc")
        habits.listen(now=at(240))

        assert [finding.words for finding in findings(at(240))] == [
            "Skrzynka Pomoc: Pod tym adresem i portem nic nie odpowiada."
        ]


class TestTheAlarm:
    def test_a_trouble_that_lasts_is_told_once_a_day_to_each_administrator(self, adam: Staff, ola: Staff) -> None:
        a_mailbox(trouble="login: NO", trouble_since=at(0))

        assert alarm.tell(now=at(10)) == 0
        assert alarm.tell(now=at(16)) == 1
        assert alarm.tell(now=at(17)) == 0
        assert alarm.tell(now=at(16 + 24 * 60 + 1)) == 1

        first = mail.outbox[0]
        assert first.to == [adam.email]
        assert first.subject == "Fala Mobile: poczta przychodząca potrzebuje pomocy"
        assert "Skrzynka Pomoc: Serwer odrzuca" in first.body
        assert "/desk/office/mailboxes" in first.body

    def test_it_is_written_in_the_language_of_its_reader(self, adam: Staff) -> None:
        Staff.objects.update(language="en")
        a_mailbox(trouble="login: NO", trouble_since=at(0))

        alarm.tell(now=at(16))

        assert "The server refuses the user name or the password." in mail.outbox[0].body

    def test_a_sign_in_that_was_taken_back_is_told_at_once(self, adam: Staff) -> None:
        Grant.objects.create(mailbox=a_mailbox(), provider="google", given_at=at(0), refused_at=at(5))

        assert alarm.tell(now=at(5)) == 1
        assert "Ktoś musi zalogować ją ponownie" in mail.outbox[0].body

    def test_missing_mail_is_told_at_once(self, adam: Staff) -> None:
        Reconciliation.objects.create(begun_at=at(0), touched_at=at(1), ended_at=at(1), bytes_missing=2)

        assert alarm.tell(now=at(2)) == 1
        assert "Brakuje 2 wiadomości" in mail.outbox[0].body

    def test_an_alarm_that_could_not_be_kept_is_tried_again(
        self, adam: Staff, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def full(_raw: bytes) -> str:
            raise OSError("no space left")

        settings.EMAIL_BACKEND = "samehand.channels.mail.backend.OutboxBackend"
        monkeypatch.setattr(backend.blobs, "put", full)
        a_mailbox(trouble="login: NO", trouble_since=at(0))

        with pytest.raises(NotPutInLine):
            alarm.tell(now=at(16))

        assert not Alarm.objects.exists()

    def test_comparisons_that_stopped_are_told_to_leads(self) -> None:
        Reconciliation.objects.create(begun_at=at(0), touched_at=at(1), ended_at=at(1))

        assert findings(at(60)) == []
        assert [finding.words for finding in findings(at(60 * 4))] == ["Skrzynek nie porównano od kilku godzin."]
