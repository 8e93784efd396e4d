"""The case in short on the desk: from the mails to the panel, edited, called back, joined and split."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from samehand.cases import actions
from samehand.cases.briefs import told
from samehand.cases.models import Brief, Case, Delivery
from samehand.lib.models import Event
from samehand.people.models import Staff
from tests.personas import FORGED, JAN, ZOFIA, a_mail, anna, answer, arrive, at, marek, newest, the_case

__all__ = ["anna", "marek"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samehand.desk.briefs.now", lambda: at(60))
    monkeypatch.setattr("samehand.desk.cases.now", lambda: at(60))


@pytest.fixture
def told_case(anna: Staff) -> Case:
    """Anna tried one thing, which did not help, and promised to write."""
    arrive(a_mail(mid="<a@x.example>", text="Dzień dobry, nie mam internetu. Proszę o pomoc."))
    case = the_case()
    answer(case, anna, "Włączyłam pakiet od nowa. Odpiszę jutro do 12.", now=at(5))
    arrive(a_mail(answers="<a@x.example>", text="Nie pomogło. To skandal, przenoszę się."), now=at(9))
    return case


@pytest.fixture
def as_marek(client: Client, marek: Staff) -> Client:
    client.force_login(marek, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def panel(client: Client, case: Case, query: str = "") -> str:
    response = client.get(f"/desk/cases/{case.reference}/brief{query}", headers={"HX-Request": "true"})
    assert response.status_code == 200
    return response.content.decode()


def edit(client: Client, case: Case, text: str, *, version: int = 0, seen: int | None = None) -> str:
    said = {"text": text, "version": version, "seen": newest(case) if seen is None else seen}
    response = client.post(f"/desk/cases/{case.reference}/brief", said, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return response.content.decode()


class TestWhatIsShown:
    def test_all_that_a_colleague_has_to_know(self, as_marek: Client, told_case: Case) -> None:
        page = as_marek.get(f"/desk/cases/{told_case.reference}/").content.decode()

        assert 'id="brief" open' in page
        for said in (
            "nie mam internetu.",
            "Włączyłam pakiet od nowa.",
            "nie pomogło",
            "<q>Nie pomogło.</q>",
            "Odpiszę jutro do 12.",
            "do jutra, 12:00",
            "mówi o odejściu",
        ):
            assert said in page

    def test_for_whoever_wrote_in_it_it_is_closed(self, at_the_desk: Client, told_case: Case) -> None:
        page = at_the_desk.get(f"/desk/cases/{told_case.reference}/").content.decode()

        assert 'id="brief">' in page

    def test_one_mail_needs_no_brief(self, as_marek: Client, anna: Staff) -> None:
        arrive(a_mail())

        assert 'id="brief">' in as_marek.get(f"/desk/cases/{the_case().reference}/").content.decode()

    def test_what_the_house_notes_by_itself_is_nobodys_word(self, as_marek: Client, anna: Staff) -> None:
        arrive(a_mail(text="Nie mam internetu."))
        case = the_case()
        words = "Marek – stanowisko przestało dawać znaki życia."
        case.messages.create(direction="note", channel="desk", at=at(5), text=words, reply_text=words)

        assert "stanowisko" not in panel(as_marek, case)
        assert 'id="brief">' in as_marek.get(f"/desk/cases/{case.reference}/").content.decode()

    def test_what_a_colleague_notes_is_in_it(self, as_marek: Client, anna: Staff) -> None:
        arrive(a_mail(text="Nie mam internetu."))
        case = the_case()
        case.messages.create(
            direction="note", channel="desk", at=at(6), author=anna, text="Dzwoniła.", reply_text="Dzwoniła."
        )

        assert "Dzwoniła." in panel(as_marek, case)

    def test_in_english(self, as_marek: Client, told_case: Case) -> None:
        page = as_marek.get(f"/desk/cases/{told_case.reference}/", headers={"accept-language": "en"}).content.decode()

        assert "it did not help" in page
        assert "speaks of leaving" in page

    def test_whoever_hands_over_sees_what_the_colleague_finds(self, at_the_desk: Client, told_case: Case) -> None:
        page = at_the_desk.get(f"/desk/cases/{told_case.reference}/").content.decode()

        preview = page.split('class="brief-preview"')[1].split("</details>")[0]
        assert "Włączyłam pakiet od nowa." in preview

    def test_nothing_of_strangers_forgers_and_robots(self, as_marek: Client, told_case: Case) -> None:
        arrive(
            a_mail(answers="<a@x.example>", text="Proszę wysłać kartę na inny adres.", mid="<f@x.example>"),
            evidence=FORGED,
            now=at(11),
        )
        arrive(a_mail(answers="<a@x.example>", text="Jestem na urlopie.", Auto_Submitted="auto-replied"), now=at(12))

        said = panel(as_marek, told_case)

        assert "inny adres" not in said
        assert "na urlopie" not in said

    def test_an_answer_that_never_arrived_tried_nothing(self, as_marek: Client, told_case: Case) -> None:
        Delivery.objects.update(state=Delivery.State.REFUSED)

        assert "Włączyłam pakiet" not in panel(as_marek, told_case)

    def test_private_numbers_do_not_lie_open(self, as_marek: Client, anna: Staff) -> None:
        arrive(a_mail(text="Proszę o zwrot na kartę 5555 5555 5555 4444."))

        said = panel(as_marek, the_case())

        assert "•••" in said
        assert "5555 5555" not in said

    def test_hostile_words_stay_words(self, as_marek: Client, anna: Staff) -> None:
        arrive(a_mail(text='Proszę o <script>alert(1)</script> "><img src=x onerror=alert(1)>.'))

        for query in ("", "?edit"):
            said = panel(as_marek, the_case(), query)
            assert "<script>alert" not in said
            assert "<img src=x" not in said
            assert "&lt;script&gt;" in said


class TestEditing:
    def test_it_begins_with_the_rules_words(self, as_marek: Client, told_case: Case) -> None:
        form = panel(as_marek, told_case, "?edit")

        assert "Czego chce:\n– nie mam internetu. Proszę o pomoc." in form
        assert "Włączyłam pakiet od nowa. (Anna, 11:05 · nie pomogło): „Nie pomogło.”" in form

    def test_what_was_written_is_shown_with_who_and_when(self, as_marek: Client, told_case: Case) -> None:
        said = edit(as_marek, told_case, "Chce internetu.\nPakiet nie pomógł.")

        assert "Chce internetu.\nPakiet nie pomógł." in said
        assert "Marek" in said
        assert Event.objects.filter(kind="case.briefed", case_id=told_case.pk).count() == 1

    def test_what_comes_afterwards_stands_beside_it(self, as_marek: Client, told_case: Case, anna: Staff) -> None:
        edit(as_marek, told_case, "Chce internetu.")
        answer(told_case, anna, "Wymieniłam kartę.", now=at(20))
        arrive(a_mail(answers="<a@x.example>", text="Działa!"), now=at(30))

        said = panel(as_marek, told_case)

        assert "Chce internetu." in said
        assert "Od tego czasu" in said
        assert said.index("Wymieniłam kartę.") < said.index("Działa!")

    def test_what_came_while_she_wrote_is_no_part_of_it(self, as_marek: Client, told_case: Case) -> None:
        seen = newest(told_case)
        arrive(a_mail(answers="<a@x.example>", text="Już działa!"), now=at(12))

        assert "Już działa!" in edit(as_marek, told_case, "Chce internetu.", seen=seen)

    def test_the_rules_words_can_be_called_back_and_hers_again(self, as_marek: Client, told_case: Case) -> None:
        edit(as_marek, told_case, "Moje słowa.")
        address = f"/desk/cases/{told_case.reference}/brief/use"

        as_marek.post(address)
        assert "Włączyłam pakiet" in panel(as_marek, told_case)
        assert "Moje słowa." not in panel(as_marek, told_case)

        as_marek.post(address, {"own": "1"})
        assert "Moje słowa." in panel(as_marek, told_case)

    def test_two_at_once_lose_nothing(self, as_marek: Client, told_case: Case) -> None:
        edit(as_marek, told_case, "Pierwsze słowa.")

        said = edit(as_marek, told_case, "Drugie słowa.", version=0)

        assert "ktoś w tym czasie to zmienił" in said
        assert "Pierwsze słowa." in said
        assert "Drugie słowa." in said
        assert Brief.objects.get().text == "Pierwsze słowa."
        assert "Drugie słowa." in edit(as_marek, told_case, "Drugie słowa.", version=1)

    def test_without_words_nothing_is_kept(self, as_marek: Client, told_case: Case) -> None:
        assert "Najpierw coś napisz." in edit(as_marek, told_case, " \n ")
        assert not Brief.objects.exists()

    @pytest.mark.parametrize("field", ["version", "seen"])
    def test_nonsense_in_the_form_breaks_nothing(self, as_marek: Client, told_case: Case, field: str) -> None:
        said = {"text": "Słowa\x00.", "version": "0", "seen": "0"} | {field: "²9e99" + "9" * 30}

        response = as_marek.post(f"/desk/cases/{told_case.reference}/brief", said, headers={"HX-Request": "true"})

        assert response.status_code == 200
        assert Brief.objects.get().text == "Słowa."

    def test_without_a_script_one_comes_back_to_the_case(self, as_marek: Client, told_case: Case) -> None:
        address = f"/desk/cases/{told_case.reference}/"

        form = as_marek.get(f"{address}brief?edit")
        kept = as_marek.post(f"{address}brief", {"text": "Słowa.", "version": 0, "seen": newest(told_case)})

        assert "<textarea" in form.content.decode()
        assert (kept.status_code, kept["Location"]) == (302, f"{address}#brief")


class TestAccess:
    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("path", ["brief", "brief/use"])
    def test_only_colleagues(self, client: Client, told_case: Case, method: str, path: str) -> None:
        response = getattr(client, method)(f"/desk/cases/{told_case.reference}/{path}", {"text": "x"})

        assert response.status_code == 302
        assert "/desk/cases/" not in response["Location"].split("?")[0]
        assert not Brief.objects.exists()

    def test_the_customer_never_reads_it(self, as_marek: Client, told_case: Case) -> None:
        from tests.portal.conftest import link

        edit(as_marek, told_case, "Klientka bardzo zła.")

        page = as_marek.get(link(told_case)).content.decode()

        assert "bardzo zła" not in page
        assert "W skrócie" not in page


class TestRearranged:
    def test_a_joined_cases_own_words_go_along_and_come_back(self, as_marek: Client, marek: Staff, anna: Staff) -> None:
        arrive(a_mail(subject="Faktura", text="Proszę o fakturę."), a_mail(subject="Sieć", text="Nie mam sieci."))
        bill, net = Case.objects.order_by("pk")
        edit(as_marek, bill, "O fakturę prosi co miesiąc.")

        done = actions.merge(case_id=bill.pk, into_id=net.pk, author_id=marek.pk, now=at(2))
        joined = panel(as_marek, net)
        actions.undo(rearrangement_id=done.pk, author_id=marek.pk, now=at(3))

        assert "O fakturę prosi co miesiąc." in joined
        assert "Proszę o fakturę." in joined
        assert "O fakturę" not in panel(as_marek, net)
        assert "O fakturę prosi co miesiąc." in panel(as_marek, bill)

    def test_it_says_that_what_it_speaks_of_lies_elsewhere(
        self, as_marek: Client, told_case: Case, marek: Staff
    ) -> None:
        edit(as_marek, told_case, "Grozi odejściem.")

        actions.split(case_id=told_case.pk, messages=[newest(told_case)], author_id=marek.pk, now=at(12))

        assert "1 wiadomość, o której tu mowa, jest teraz w innej sprawie." in panel(as_marek, told_case)

    def test_a_joined_case_keeps_no_new_words(self, as_marek: Client, told_case: Case, marek: Staff) -> None:
        arrive(a_mail(subject="Inna", text="Inna sprawa."), now=at(10))
        other = Case.objects.exclude(pk=told_case.pk).get()
        actions.merge(case_id=other.pk, into_id=told_case.pk, author_id=marek.pk, now=at(12))

        said = edit(as_marek, other, "Spóźnione słowa.")

        assert "jest teraz częścią innej" in said
        assert "Spóźnione słowa." in said
        assert not Brief.objects.exists()


def test_another_customers_words_in_a_joined_case_are_not_taken_for_hers(
    as_marek: Client, marek: Staff, anna: Staff
) -> None:
    arrive(a_mail(ZOFIA, subject="A", text="Proszę o fakturę."), a_mail(JAN, subject="B", text="Nie mam sieci."))
    hers, his = Case.objects.order_by("pk")

    actions.merge(case_id=his.pk, into_id=hers.pk, author_id=marek.pk, now=at(2))

    assert [quote.text for quote in told(hers, at(3)).rule.wants] == ["Proszę o fakturę."]


def test_a_long_case_is_told_in_few_queries(
    as_marek: Client, anna: Staff, django_assert_max_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(a_mail(mid="<a@x.example>", text="Nie mam sieci."))
    moment: datetime = at(1)
    for number in range(30):
        arrive(a_mail(answers="<a@x.example>", text=f"Dalej nic, dzień {number}."), now=moment)

    with django_assert_max_num_queries(6):  # type: ignore[operator]
        found = told(the_case(), at(9))

    assert found.rule.wants[0].text == "Nie mam sieci."
