"""The lead's questions to the simulator: asked, refused, cancelled, kept, shown."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from samehand.config.whatif.reckoning import reckon
from samehand.desk.models import Reckoning
from samehand.desk.staffing import reckonings
from samehand.lib.clock import now
from samehand.people.models import Shift, Staff
from samehand.sim.profile import Profile
from samehand.sim.staffing.values import profile_values
from tests.personas import adam, anna, marek, ola, staff

__all__ = ["adam", "anna", "marek", "ola"]
pytestmark = pytest.mark.django_db
PAGE = "/desk/staffing/"
WARSAW = ZoneInfo("Europe/Warsaw")
QUIET = Profile(days=28, subscribers=500, messages_per_day=40.0, people=3, calls_per_hour=0.0)
BASIS = {
    "profile": profile_values(QUIET), "week": [], "tomorrow": 1, "weeks": 6.0, "cases": 900, "works": 300,
    "none": False, "short": False,
}  # fmt: skip
TARGET = {"target": "90", "within": "30"}
INPUTS = {"target": 0.9, "within": 30, "hour_cost": 40.0, "mails": 40.0}
ILL = {"people": 2, "weekday": 1}


@pytest.fixture
def lead(ola: Staff) -> Client:
    client = Client()
    client.force_login(ola)
    return client


# This house had no history: its mails a day were said.
NEW_HOUSE = {**BASIS, "cases": 0, "none": True}


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    """What the simulator really says, asked once."""
    people = reckon("people", INPUTS, BASIS, lambda _share: True)
    basis = {**NEW_HOUSE, "plan": people["answer"]["need"]["plan"]}
    outage = {
        "factor": 8.0, "at": 600, "minutes": 60, "deflects": 0.5, "banner_after": 10, "answer_after": 20, "weekday": 0,
    }  # fmt: skip
    return {
        "people": people,
        "ill": reckon("ill", ILL, basis, lambda _share: True),
        "outage": reckon("outage", outage, basis, lambda _share: True),
    }


@pytest.fixture
def roof(monkeypatch: pytest.MonkeyPatch, answers: dict[str, Any]) -> None:
    def said(kind: str, _inputs: Any, _basis: Any, go_on: Callable[[float], bool]) -> dict[str, Any]:
        return answers[kind] if go_on(0.5) else {"cancelled": True}

    monkeypatch.setattr("samehand.config.whatif.reckoning.reckon", said)


def ask(client: Client, kind: str = "people", **changed: Any) -> Any:
    given = {"people": TARGET, "ill": ILL, "outage": {"factor": 8, "at": 600, "minutes": 60, "deflects": 50,
             "banner_after": 10, "answer_after": 20, "weekday": 0}}[kind]  # fmt: skip
    return client.post(f"{PAGE}ask/{kind}", {**given, **changed})


def under_way() -> Reckoning:
    return Reckoning.objects.get(under_way=True)


def page(client: Client, **headers: Any) -> str:
    return client.get(PAGE, **headers).content.decode()


def test_only_leads_and_administrators_ask(anna: Staff, lead: Client, adam: Staff) -> None:
    consultant, admin = Client(), Client()
    consultant.force_login(anna)
    admin.force_login(adam)

    assert consultant.get(PAGE).status_code == 403 and ask(consultant).status_code == 403
    assert consultant.post(f"{PAGE}cancel/1").status_code == 403
    assert consultant.get(f"{PAGE}piece/people").status_code == 403
    assert Client().get(PAGE).status_code == 302
    assert lead.get(PAGE).status_code == 200 and admin.get(PAGE).status_code == 200
    assert not Reckoning.objects.exists()


def test_an_empty_house_says_what_to_do(lead: Client) -> None:
    shown = page(lead)

    assert "Nikt jeszcze nie pytał" in shown and "Najpierw zapytaj, ilu ludzi trzeba" in shown
    assert 'href="/desk/staffing/"' in shown, "the office's list of places leads here"


def test_a_question_is_put_in_line_with_its_job_and_answered_by_it(lead: Client, roof: None) -> None:
    assert ask(lead, hour_cost="40").status_code == 302
    asked = under_way()
    [job] = ProcrastinateJob.objects.filter(task_name=reckonings.TASK)
    assert job.args == {"reckoning_id": asked.pk} and job.queue_name == "desk"
    assert "W kolejce" in page(lead)

    reckonings.answer(**job.args)

    shown = page(lead)
    assert "Zmiany w tygodniu" in shown and "trzeba zatrudnić" in shown and "Erlang C chce" in shown
    assert shown.count("<svg viewBox") == 7, "a chart for each day"
    assert "Na najbliższy tydzień nikt nie ma jeszcze zmian" in shown
    assert "za każdą obietnicę" in shown and "Symulacja" in shown
    reckonings.answer(**job.args)
    assert Reckoning.objects.count() == 1, "a job that comes twice answers once"


def test_the_same_question_of_the_same_day_is_not_simulated_again_unless_anew(lead: Client, roof: None) -> None:
    ask(lead)
    reckonings.answer(reckoning_id=under_way().pk)

    ask(lead)
    assert not Reckoning.objects.filter(under_way=True).exists()
    ask(lead, again="1")
    assert under_way().key == Reckoning.objects.filter(state="done").get().key


def test_bad_days_stand_on_the_people_asked_for(lead: Client, roof: None) -> None:
    refused = lead.post(f"{PAGE}ask/ill", ILL, follow=True)
    assert "Najpierw zapytaj" in refused.content.decode() and not Reckoning.objects.exists()
    ask(lead)
    reckonings.answer(reckoning_id=under_way().pk)
    assert "Najpierw zapytaj" not in page(lead)

    for kind in ("ill", "outage"):
        ask(lead, kind)
        reckonings.answer(reckoning_id=under_way().pk)

    shown = page(lead)
    assert "Choruje 2 z" in shown and "8 razy więcej poczty od 10:00 przez 60 minut" in shown
    assert "Baner ratuje" in shown and "minuty do końca zaległości" in shown


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("people", {"target": "100"}),
        ("people", {"target": "nan"}),
        ("people", {"within": "0"}),
        ("people", {"mails": "-3"}),
        ("people", {"hour_cost": "dużo"}),
        ("ill", {"people": "99999999999999"}),
        ("ill", {"weekday": "7"}),
        ("outage", {"factor": "inf"}),
        ("outage", {"at": "601"}),
        ("outage", {"deflects": "<b>"}),
    ],
)
def test_nonsense_is_said_beside_its_field_and_nothing_is_asked(
    lead: Client, kind: str, changed: Mapping[str, str]
) -> None:
    answered = ask(lead, kind, **changed)

    assert answered.status_code == 422
    assert not Reckoning.objects.exists()
    if kind == "people":
        assert 'class="error"' in answered.content.decode()


def test_an_unknown_question_is_not_found(lead: Client) -> None:
    assert lead.get(f"{PAGE}piece/money").status_code == 404
    assert lead.post(f"{PAGE}ask/money").status_code == 404


def test_who_cancels_ends_the_process_and_nothing_of_it_is_kept(
    lead: Client, monkeypatch: pytest.MonkeyPatch, answers: dict[str, Any]
) -> None:
    ask(lead)
    asked = under_way()

    def said(_kind: str, _inputs: Any, _basis: Any, go_on: Callable[[float], bool]) -> dict[str, Any]:
        assert go_on(0.4) and page(lead)
        lead.post(f"{PAGE}cancel/{asked.pk}")
        assert not go_on(0.5)
        return answers["people"]

    monkeypatch.setattr("samehand.config.whatif.reckoning.reckon", said)
    reckonings.answer(reckoning_id=asked.pk)

    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("cancelled", None)
    assert "Odwołane" in page(lead)


def test_one_is_answered_at_a_time_and_whoever_asks_anew_gives_up_her_own(lead: Client, adam: Staff) -> None:
    ask(lead)
    first = under_way()
    ask(lead, target="95")
    assert under_way().inputs["target"] == 0.95
    first.refresh_from_db()
    assert first.state == "cancelled"

    other = Client()
    other.force_login(adam)
    refused = other.post(f"{PAGE}ask/people", TARGET, follow=True).content.decode()

    assert "Trwa obliczanie pytania, które zadał(a) Ola: 0%" in refused
    assert Reckoning.objects.filter(under_way=True).count() == 1


def test_what_died_with_its_worker_is_said_and_stands_in_nobodys_way(lead: Client) -> None:
    ask(lead)
    Reckoning.objects.update(state="running", beat_at=now() - timedelta(minutes=5))

    assert "Obliczenie przerwano" in page(lead)
    ask(lead)
    assert Reckoning.objects.filter(under_way=True).count() == 1


def test_trouble_in_the_simulator_is_said_and_the_job_fails(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> dict[str, Any]:
        raise ZeroDivisionError

    monkeypatch.setattr("samehand.config.whatif.reckoning.reckon", broken)
    ask(lead)

    with pytest.raises(ZeroDivisionError):
        reckonings.answer(reckoning_id=under_way().pk)

    assert "Nie udało się policzyć" in page(lead)


def test_too_little_history_is_said_with_what_to_do(lead: Client) -> None:
    ask(lead)
    reckonings.answer(reckoning_id=under_way().pk)

    assert "Za mało historii: 0 spraw. Powiedz, ile wiadomości przychodzi dziennie" in page(lead)


def test_progress_is_a_piece_and_the_answer_takes_the_place_of_the_whole(lead: Client, roof: None) -> None:
    ask(lead)
    Reckoning.objects.update(progress=0.37, state="running")
    shown = lead.get(f"{PAGE}piece/people")
    assert "Symuluję, 37%" in shown.content.decode() and 'value="0.370"' in shown.content.decode()
    assert "<form" in shown.content.decode() and 'name="target"' not in shown.content.decode()
    assert "HX-Retarget" not in shown

    Reckoning.objects.update(state="waiting")
    reckonings.answer(reckoning_id=under_way().pk)

    shown = lead.get(f"{PAGE}piece/people")
    assert shown["HX-Retarget"] == "#people" and 'name="target"' in shown.content.decode()


def test_it_speaks_english_too(lead: Client, roof: None) -> None:
    ask(lead)
    reckonings.answer(reckoning_id=under_way().pk)

    shown = page(lead, HTTP_ACCEPT_LANGUAGE="en")

    assert "people</b> to employ" in shown and "Both formulas mislead for mail" in shown


def test_old_answers_are_forgotten(lead: Client, roof: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reckonings, "KEPT", 2)
    for target in ("90", "91", "92", "93"):
        ask(lead, target=target)
        reckonings.answer(reckoning_id=under_way().pk)

    assert [one.inputs["target"] for one in Reckoning.objects.order_by("pk")] == [0.92, 0.93]


def test_the_roof_asks_the_house_and_compares_with_its_roster(anna: Staff, marek: Staff) -> None:
    today = now().astimezone(WARSAW).replace(hour=7, minute=0, second=0, microsecond=0)
    for person in (anna, marek):
        for day in range(1, 6):
            begins = today + timedelta(days=day)
            Shift.objects.create(consultant=person, starts_at=begins, ends_at=begins + timedelta(hours=8))
    shares: list[float] = []

    found = reckon("people", INPUTS, None, lambda share: shares.append(share) is None)

    assert found["basis"]["profile"]["messages_per_day"] == 40.0
    assert sum(found["answer"]["rostered"]) == 80.0
    assert shares[0] == 0.0 and max(shares) == 1.0


def test_cancelling_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    big = {**BASIS, "profile": profile_values(Profile(days=28, subscribers=9000, messages_per_day=4000.0, people=150))}
    started: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen

    def popen(*args: Any, **kwargs: Any) -> subprocess.Popen[bytes]:
        started.append(begin(*args, **kwargs))
        return started[0]

    monkeypatch.setattr("samehand.config.whatif.reckoning.subprocess.Popen", popen)
    signs: list[float] = []

    found = reckon("people", INPUTS, big, lambda share: signs.append(share) is None and len(signs) < 4)

    assert found == {"cancelled": True, "basis": big}
    assert started[0].returncode == -signal.SIGKILL and max(signs) < 1.0


def test_nobody_else_is_called_as_somebody_who_left(lead: Client, adam: Staff) -> None:
    gone = staff("Zenon", "lead", works=False)
    reckonings.ask(kind="people", inputs=INPUTS, by=gone, again=False, now=now())
    Reckoning.objects.update(asked_by=None)

    refused = lead.post(f"{PAGE}ask/people", TARGET, follow=True)

    assert refused.status_code == 200 and "(a) ?:" in refused.content.decode()
