"""Mail that no person wrote: never answered, never a case alone, never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from samehand.cases import actions, ledger
from samehand.cases.models import Case, MachineMail, Message, RawArrival
from samehand.people.models import Customer, Staff
from tests.personas import JAN, ZOFIA, a_mail, answer, arrive, at, the_case

AWAY = "Dzień dobry,\n\ndziękuję za wiadomość. Jestem na urlopie do 30 listopada, odpiszę po powrocie.\n\nZofia"


def test_a_vacation_note_without_a_case_lies_apart_and_makes_nobody_a_customer(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Automatyczna odpowiedź: Pytanie", AWAY, Auto_Submitted="auto-replied"))

    mail = MachineMail.objects.get()
    assert (mail.kind, mail.from_address) == ("machine", "zofia@poczta.example")
    assert mail.preview.startswith("Dzień dobry, dziękuję za wiadomość.")
    assert mail.arrival.state == RawArrival.State.FILED
    assert not Case.objects.exists()
    assert not Customer.objects.exists()


def test_a_vacation_note_in_a_case_is_a_quiet_entry(anna: Staff) -> None:
    arrive(a_mail())
    sent = answer(the_case(), anna)

    arrive(a_mail(ZOFIA, "Odp: Pytanie", AWAY, answers=sent.message_id, Auto_Submitted="auto-replied"), now=at(6))

    note = the_case().messages.get(auto_submitted=True)
    assert note.due_at is None
    assert the_case().status == "waiting"
    assert not MachineMail.objects.exists()


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        pytest.param("Automatyczna odpowiedź: Re: Pytanie", "Wracam 30 listopada.", id="by its subject"),
        pytest.param("Nieobecność", "Jestem nieobecna.", id="by a single word"),
        pytest.param("Re: Pytanie", AWAY, id="by its first lines"),
        pytest.param("Out of office", "I am away.", id="in English"),
    ],
)
def test_wp_pl_answers_for_its_customer_without_any_mark(anna: Staff, subject: str, text: str) -> None:
    """Nothing in its header says that it is a machine's, and it names no mail of ours: it comes seconds after it."""
    arrive(a_mail())
    answer(the_case(), anna, now=at(5))

    arrive(a_mail(ZOFIA, subject, text), now=at(5) + timedelta(seconds=4))

    assert MachineMail.objects.count() == 1
    assert the_case().status == "waiting"


@pytest.mark.parametrize(
    ("subject", "text", "minutes"),
    [
        pytest.param(
            "Nieobecność", "Nie będzie mnie w piątek, czy kurier może w sobotę?", 0, id="when nobody wrote to him"
        ),
        pytest.param("Urlop", AWAY, 60, id="an hour after our answer"),
        pytest.param("Re: Pytanie", "Dziękuję, nadal nie działa.", 5.05, id="seconds after our answer, in own words"),
    ],
)
def test_a_customer_keeps_his_promise(anna: Staff, subject: str, text: str, minutes: float) -> None:
    if minutes:
        arrive(a_mail())
        answer(the_case(), anna, now=at(5))

    arrive(a_mail(ZOFIA, subject, text), now=at(minutes))

    assert Message.objects.latest("pk").due_at == at(minutes + 30)
    assert not MachineMail.objects.exists()


def test_no_means_a_person(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Pytanie", Auto_Submitted="no"))

    assert the_case().due_at == at(30)


def test_a_person_makes_a_case_of_it_and_its_promise_runs_since_it_came(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Pilne", "Proszę o blokadę karty.", Auto_Submitted="auto-generated"))

    assert actions.make_case(machine_mail_id=MachineMail.objects.get().pk, author_id=anna.pk, now=at(10))
    actions.file_waiting(now=at(10))

    assert the_case().due_at == at(30)
    assert the_case().owner == anna
    assert not MachineMail.objects.exists()


def test_two_make_a_case_of_it_and_one_comes_of_it(anna: Staff) -> None:
    arrive(a_mail(ZOFIA, "Pilne", Auto_Submitted="auto-generated"))
    number = MachineMail.objects.get().pk

    done = [actions.make_case(machine_mail_id=number, author_id=anna.pk, now=at(10)) for _ in range(2)]
    actions.file_waiting(now=at(10))

    assert done == [True, False]
    assert Case.objects.count() == 1


class TestThePage:
    def test_everybody_on_the_desk_looks_through_it(self, anna: Staff, client: Client) -> None:
        arrive(a_mail(ZOFIA, "Automatyczna odpowiedź", AWAY, Auto_Submitted="auto-replied"))
        arrive(a_mail(JAN, "Newsletter", "Numer 601 234 567", Auto_Submitted="auto-generated"))
        client.force_login(anna)

        every = client.get("/desk/office/machines").content.decode()
        found = client.get("/desk/office/machines?words=NEWS").content.decode()

        assert "zofia" in every.lower()
        assert "•••567" in found
        assert "601 234 567" not in found
        assert "Automatyczna odpowied" not in found

    def test_page_after_page_shows_each_once(
        self, anna: Staff, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("samehand.desk.office.machine_mail.PAGE", 2)
        for minute in (0, 0, 0, 1, 2):
            arrive(
                a_mail(subject=f"Nota {MachineMail.objects.count()}", Auto_Submitted="auto-generated"), now=at(minute)
            )
        client.force_login(anna)

        seen, after = [], ""
        while after or not seen:
            context = client.get("/desk/office/machines", {"after": after}).context
            seen += [mail.subject for mail in context["mails"]]
            after = context["next"]

        assert seen == ["Nota 4", "Nota 3", "Nota 2", "Nota 1", "Nota 0"]

    def test_a_mangled_page_is_the_first_one(self, anna: Staff, client: Client) -> None:
        arrive(a_mail(subject="Nota", Auto_Submitted="auto-generated"))
        client.force_login(anna)

        assert "Nota" in client.get("/desk/office/machines?after=x_1e9").content.decode()

    def test_one_is_opened_and_becomes_a_case(self, anna: Staff, client: Client) -> None:
        arrive(a_mail(ZOFIA, "Nota", AWAY, Auto_Submitted="auto-replied"))
        number = MachineMail.objects.get().pk
        client.force_login(anna)

        shown = client.get(f"/desk/office/machines/{number}").content.decode()
        client.post(f"/desk/office/machines/{number}/case")
        actions.file_waiting(now=at(1))

        assert "odpiszę po powrocie" in shown
        assert the_case().subject == "Nota"

    def test_nobody_from_outside_sees_it(self, anna: Staff, client: Client) -> None:
        arrive(a_mail(ZOFIA, "Nota", AWAY, Auto_Submitted="auto-replied"))
        number = MachineMail.objects.get().pk

        for address in ("", f"/{number}"):
            assert client.get(f"/desk/office/machines{address}").status_code == 302
        assert client.post(f"/desk/office/machines/{number}/case").status_code == 302
        assert MachineMail.objects.exists()


def test_the_ledger_counts_what_lies_apart_as_filed(anna: Staff) -> None:
    arrive(a_mail(), a_mail(JAN, "Nota", AWAY, Auto_Submitted="auto-replied"))

    assert ledger.summed(ledger.counted()) == ledger.Sum(arrived=2, filed=2, waiting=0, aside=0)
    assert ledger.without_message() == 0
