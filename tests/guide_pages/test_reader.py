"""A customer whom the guide knows, because she asked for it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from samehand.cases.models import Case, Offer, Outcome
from samehand.guide.models import Solution
from samehand.lib.clock import now
from samehand.lib.spoken import day
from samehand.people.models import Staff
from samehand.portal.guide.reader import COOKIE
from tests.guide_pages.test_pages import LOST, Guide, said
from tests.personas import MONDAY, a_mail, arrive, the_case
from tests.portal.conftest import link

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(anna: Staff, guide: Guide) -> Case:
    arrive(a_mail())
    return the_case()


def failed(case: Case, by: Staff | None, outcome: str = Outcome.FAILED) -> None:
    solution = Solution.objects.get(key="block-in-account")
    Offer.objects.create(
        customer=case.customer, problem=solution.problem, solution=solution, by=by, channel="phone", offered_at=MONDAY,
        outcome=outcome, outcome_at=MONDAY,
    )  # fmt: skip


def known(client: Client, case: Case) -> None:
    response = client.post(f"{link(case)}/guide")
    assert response["Location"] == "/pl/pomoc/"


def that_day() -> str:
    """With the year, once it is another one."""
    with translation.override("pl"):
        return day(MONDAY, now())


def test_what_did_not_help_is_folded(client: Client, case: Case, anna: Staff) -> None:
    failed(case, anna)
    assert "za sobą" not in said(client, LOST)

    known(client, case)

    page = said(client, LOST)
    assert f"Masz to już za sobą: {that_day()} (pomoc: Anna). Nie pomogło, przejdź do następnego." in page
    assert page.count("Mimo to pokaż kroki") == 1
    assert client.get(LOST)["Cache-Control"] == "private, no-store"


def test_what_she_did_by_herself_names_nobody(client: Client, case: Case) -> None:
    failed(case, None)
    known(client, case)

    assert f"Masz to już za sobą: {that_day()}. Nie pomogło" in said(client, LOST)


def test_what_helped_is_said(client: Client, case: Case) -> None:
    failed(case, None, Outcome.HELPED)
    known(client, case)

    assert "To już Ci kiedyś pomogło." in said(client, LOST)


def test_the_mark_is_locked_away_from_scripts(client: Client, case: Case) -> None:
    known(client, case)

    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 30 * 24 * 3600


def test_it_loses_its_force_with_the_link(client: Client, case: Case) -> None:
    failed(case, None)
    known(client, case)

    Case.objects.filter(pk=case.pk).update(page_turn=case.page_turn + 1)

    assert "za sobą" not in said(client, LOST)
    assert client.get(LOST)["Cache-Control"].startswith("public")


@pytest.mark.parametrize("mark", ["", "x", "WyJTSC0wMDAwMDAwMCIsMF0:1abc:def", "a" * 4000])
def test_a_forged_mark_is_nobodys(client: Client, case: Case, mark: str) -> None:
    failed(case, None)
    client.cookies[COOKIE] = mark

    assert "za sobą" not in said(client, LOST)


def test_who_only_shows_an_address_is_not_known(client: Client, case: Case) -> None:
    failed(case, None)
    known(client, case)
    case.customer.claimed_address = "zofia@poczta.example"
    case.customer.save()

    assert "za sobą" not in said(client, LOST)


OURS = {"Sec-Fetch-Site": "same-origin"}
OUTCOME = "/pl/pomoc/wynik/sim-lost/block-by-phone"


def test_what_she_says_of_a_solution_stands_in_her_ledger(client: Client, case: Case) -> None:
    known(client, case)
    assert OUTCOME in said(client, LOST)

    response = client.post(OUTCOME, {"helped": "no"}, headers=OURS)

    assert response["Location"] == f"{LOST}#block-by-phone"
    (offer,) = Offer.objects.all()
    assert (offer.customer, offer.channel, offer.outcome) == (case.customer, "guide", Outcome.FAILED)
    assert "Mimo to pokaż kroki" in said(client, LOST)


@pytest.mark.parametrize(
    ("path", "helped", "headers", "status"),
    [
        pytest.param(OUTCOME, "no", {"Origin": "https://evil.example"}, 403, id="another site"),
        pytest.param(OUTCOME, "perhaps", OURS, 400, id="neither yes nor no"),
        pytest.param("/pl/pomoc/wynik/sim-lost/made-up", "no", OURS, 404, id="no such solution"),
        pytest.param("/pl/pomoc/wynik/made-up/block-by-phone", "no", OURS, 404, id="no such problem"),
    ],
)
def test_rubbish_stands_in_no_ledger(
    client: Client, case: Case, path: str, helped: str, headers: dict[str, str], status: int
) -> None:
    known(client, case)

    assert client.post(path, {"helped": helped}, headers=headers).status_code == status
    assert not Offer.objects.exists()


def test_whom_nobody_knows_has_no_ledger(client: Client, case: Case) -> None:
    assert client.post(OUTCOME, {"helped": "no"}, headers=OURS).status_code == 403


def test_not_me(client: Client, case: Case) -> None:
    known(client, case)
    assert "Zapomnij mnie na tym urządzeniu" in said(client, "/pl/pomoc/")

    refused = client.post("/pl/pomoc/zapomnij", headers={"Origin": "https://evil.example"})
    client.post("/pl/pomoc/zapomnij", headers={"Sec-Fetch-Site": "same-origin"})

    assert refused.status_code == 403
    assert "Zapomnij mnie" not in said(client, "/pl/pomoc/")


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_follows_links_makes_nobody_known(client: Client, case: Case, method: str) -> None:
    response = getattr(client, method)(f"{link(case)}/guide")

    assert COOKIE not in response.cookies


def test_a_wrong_link_makes_nobody_known(client: Client, case: Case) -> None:
    assert client.post("/s/sh-00000000.wrong/guide").status_code == 404


def test_her_page_leads_to_the_guide(client: Client, case: Case) -> None:
    assert "Pokaż mi poradnik bez tego, co już mam za sobą" in said(client, link(case))
