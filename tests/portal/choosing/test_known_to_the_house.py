"""The desk, the counts, the roster, the receipt and the line of what is handed out know what the customer chose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from samehand.cases import actions
from samehand.cases.actions import dispatching
from samehand.cases.models import Case, Message, Post, Turn
from samehand.config import metrics
from samehand.people.actions import rostering
from samehand.people.models import ServiceHours, Shift, Staff
from tests.personas import PROVEN, a_mail, answer, arrive, at, the_case
from tests.portal.choosing.acts import EVENING, SetClock, due, last, on, take_back, wait
from tests.portal.conftest import link

pytestmark = pytest.mark.django_db


class TestTheHouseKnows:
    def test_the_desk_says_for_whom_and_until_when(
        self, client: Client, asked: Case, anna: Staff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wait(client, asked)
        monkeypatch.setattr("samehand.desk.cases.now", lambda: EVENING)
        monkeypatch.setattr("samehand.lib.templatetags.house.now", lambda: EVENING)
        client.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")
        address = f"/desk/cases/{asked.reference}/"

        said = client.get(address).content.decode()
        english = client.get(address, headers={"accept-language": "en"}).content.decode()

        assert "klient woli poczekać: odpowie Anna do jutra, 8:30" in said
        assert "the customer chose to wait: Anna answers by tomorrow 8:30" in english

    def test_it_is_counted_apart(self, client: Client, asked: Case, anna: Staff) -> None:
        def counted(line: str) -> bool:
            return line in metrics.text()[0].decode()

        wait(client, asked)
        assert counted('samehand_promises{state="by_choice"} 1.0')
        assert counted('samehand_promises{state="broken"} 0.0')

        answer(asked, anna, now=on(24, 8, 10))
        assert counted("samehand_promises_kept_total 1.0")
        assert counted("samehand_promises_late_total 0.0")
        assert counted('samehand_promises_by_choice_total{outcome="kept"} 1.0')

    def test_the_roster_ends_it_at_once(self, client: Client, asked: Case, anna: Staff, adam: Staff) -> None:
        from samehand.people.actions import staffing

        wait(client, asked)

        staffing.deactivate(by=adam, person_id=anna.pk, now=on(23, 19))

        assert last(asked).waits_for is None
        assert due(asked) == on(23, 19, 30)


class TestTheReceipt:
    def test_it_leads_to_the_page_and_chooses_nothing_itself(
        self, offered: None, anna: Staff, marek: Staff, client: Client, clock: SetClock
    ) -> None:
        ServiceHours.objects.update(receipts=True)
        Shift.objects.all().delete()
        Shift.objects.create(consultant=anna, starts_at=on(24, 8), ends_at=on(24, 16))
        arrive(a_mail(), now=EVENING, evidence=PROVEN)
        case = the_case()
        Case.objects.update(owner=anna)

        actions.send_receipts(message_ids=[case.messages.get().pk], now=EVENING + timedelta(minutes=1))

        receipt = Message.objects.get(direction="out")
        assert "Odpowiemy do 18:30." in receipt.text
        assert "Anna wraca: jutro 8:00. Na stronie sprawy możesz wybrać, że poczekasz." in receipt.text
        from samehand.lib import blobs

        raw = blobs.get(receipt.blob).decode().replace("=\r\n", "")
        assert link(case).removeprefix("/s/")[:20] in raw
        assert "/wait" not in raw

    def test_with_nothing_to_choose_it_is_as_ever(self, offered: None, anna: Staff, clock: SetClock) -> None:
        ServiceHours.objects.update(receipts=True)
        arrive(a_mail(), evidence=PROVEN)

        actions.send_receipts(message_ids=[the_case().messages.get().pk], now=at(1))

        assert Message.objects.get(direction="out").text == "Mamy Twoją wiadomość. Anna odpowie do 11:30."


class TestWhereMailsAreHandedOut:
    @pytest.fixture
    def handed_out(self, asked: Case, late: Staff) -> Case:
        """Marek is free at his desk; what the customer asked waits for its moment."""
        ServiceHours.objects.update(hands_out=True)
        dispatching.settle(case_ids=[asked.pk], now=EVENING)
        return asked

    def test_nobody_else_gets_what_is_waited_for(self, client: Client, handed_out: Case, anna: Staff) -> None:
        wait(client, handed_out)

        turn = Turn.objects.get()
        assert (turn.only_for, turn.given_to, turn.due_at) == (anna, None, on(24, 8, 30))

    def test_taken_back_it_stands_in_line_for_everybody(self, client: Client, handed_out: Case) -> None:
        wait(client, handed_out)

        take_back(client, handed_out)

        turn = Turn.objects.get()
        assert (turn.only_for, turn.due_at) == (None, on(23, 18, 30))

    def test_when_she_falls_ill_it_stands_in_line_for_everybody(
        self, client: Client, handed_out: Case, anna: Staff, adam: Staff
    ) -> None:
        wait(client, handed_out)

        rostering.add_absence(
            by=adam, person_id=anna.pk, kind="sick", starts_at=on(24, 0), ends_at=on(25, 0), note="", now=on(23, 19)
        )

        turn = Turn.objects.get()
        assert (turn.only_for, turn.due_at) == (None, on(23, 19, 30))
        assert due(handed_out) == on(23, 19, 30)

    def test_when_she_does_not_come_it_is_not_waited_to_the_end(
        self, client: Client, handed_out: Case, anna: Staff
    ) -> None:
        wait(client, handed_out)
        post = {"state": "off", "since": on(24, 8), "until": on(24, 16), "seen_at": on(23, 16)}
        Post.objects.update_or_create(consultant=anna, defaults={**post, "absent_on": on(24, 8).date()})

        assert actions.end_choices(now=on(24, 8, 10)) == 1

        assert Turn.objects.get().only_for is None
        assert due(handed_out) == on(24, 8, 30)

    def test_whoever_takes_it_keeps_it(self, client: Client, handed_out: Case, late: Staff) -> None:
        wait(client, handed_out)

        actions.take(case_id=handed_out.pk, author_id=late.pk, now=on(23, 19))

        turn = Turn.objects.get()
        assert late in (turn.only_for, turn.given_to)
        assert turn.due_at == on(23, 19, 30)
