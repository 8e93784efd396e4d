"""Looking for an answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from samehand.guide.actions.asking import KEPT, forget_old
from samehand.guide.models import Asked
from samehand.lib import limits
from samehand.lib.clock import now
from samehand.portal.guide.results import marked
from samehand.portal.guide.slowing import SEARCHES
from tests.guide_pages.conftest import publish
from tests.guide_pages.test_pages import INTERNET, LOST, Guide, said

pytestmark = pytest.mark.django_db
SEARCH = "/pl/pomoc/szukaj"


def test_results_carry_the_words_along(client: Client, guide: Guide) -> None:
    page = said(client, f"{SEARCH}?q=zgubi%C5%82em+kart%C4%99")

    assert f'{LOST}?from=search&amp;q=zgubi%C5%82em+kart%C4%99"' in page
    assert "<mark>Zgubiona</mark> <mark>karta</mark>" in page
    assert "Napisz do nas: człowiek odpowie Ci" in page


def test_did_you_mean_is_a_link_and_nothing_more(client: Client, guide: Guide) -> None:
    page = said(client, f"{SEARCH}?q=zgubina+karta")

    assert LOST in page, "it was searched for all the same"
    assert "Czy chodzi o" in page
    assert 'href="?q=' in page


def test_who_types_without_polish_marks_is_not_asked_what_she_means(client: Client, guide: Guide) -> None:
    page = said(client, f"{SEARCH}?q=zgubiona karte?")

    assert LOST in page
    assert "Czy chodzi o" not in page


def test_nothing_found_says_what_to_do(client: Client, guide: Guide) -> None:
    page = said(client, f"{SEARCH}?q=qqqqqq")

    assert "Nic nie znaleźliśmy dla „qqqqqq”" in page
    assert "Napisz do nas" in page
    assert "Dobre na początek" in page


def test_what_was_looked_for_and_opened_is_known(client: Client, guide: Guide) -> None:
    said(client, f"{SEARCH}?q=karta+600100200")
    (asked,) = Asked.objects.all()
    assert (asked.where, asked.language, asked.found) == ("search", "pl", 1)
    assert "600100200" not in asked.query + asked.folded

    said(client, f"{LOST}?from=search&q=karta+600100200")
    said(client, f"{INTERNET}?from=search&q=made+up")

    asked.refresh_from_db()
    assert asked.opened == guide["sim-lost"]
    assert Asked.objects.count() == 1


def test_it_is_forgotten_in_time(client: Client, guide: Guide) -> None:
    said(client, f"{SEARCH}?q=karta")
    Asked.objects.update(at=now() - KEPT - timedelta(hours=1))

    assert forget_old(now=now()) == 1


@pytest.mark.parametrize("odd", ["", "%00", "a" * 10_000, "%ff%fe", "<script>alert(1)</script>", "'; DROP TABLE x--"])
def test_odd_searches_are_only_searches(client: Client, guide: Guide, odd: str) -> None:
    page = said(client, f"{SEARCH}?q={odd}")

    assert "<script>alert" not in page
    assert len(page) < 20_000


def test_too_many_are_refused_kindly_and_others_unharmed(
    client: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits.time, "monotonic", lambda: 7.0)
    answers = [client.get(f"{SEARCH}?q=karta", REMOTE_ADDR="192.0.2.1") for _ in range(SEARCHES.burst + 5)]

    assert [one.status_code for one in answers[: SEARCHES.burst]] == [200] * SEARCHES.burst
    refused = answers[-1]
    assert (refused.status_code, refused["Retry-After"], refused["Cache-Control"]) == (429, "1", "no-store")
    assert "prosimy o 1 sekundę przerwy" in refused.content.decode()
    assert client.get(f"{SEARCH}?q=karta", REMOTE_ADDR="192.0.2.2").status_code == 200


def test_who_comes_upon_too_many_lost_addresses_is_not_searched_for(
    client: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits.time, "monotonic", lambda: 7.0)
    pages = [client.get("/pl/pomoc/karta-sim/zgubilem-karte/") for _ in range(SEARCHES.burst + 1)]

    assert {page.status_code for page in pages} == {404}
    assert [LOST in page.content.decode() for page in pages] == [True] * SEARCHES.burst + [False]


def test_suggestions_say_facts_as_pages_do(client: Client, guide: Guide) -> None:
    publish(guide["no-internet"], "en", "Call {{hotline}}", "call", "New.")

    assert "Call *200" in said(client, "/en/help/search/suggestions?q=call")


def test_suggestions_are_options_that_lead_there(client: Client, guide: Guide) -> None:
    page = said(client, f"{SEARCH}/podpowiedzi?q=zgub")

    assert 'role="option"' in page
    assert f"{LOST}?from=suggestion&amp;q=zgub" in page
    assert said(client, f"{SEARCH}/podpowiedzi?q=").strip() == ""


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Zgubiona karta", ["zgubilem"], "<mark>Zgubiona</mark> karta"),
        ("Kartę & <b>", ["karta"], "<mark>Kartę</mark> &amp; &lt;b&gt;"),
        ("Przeniesienie numeru", ["prze"], "Przeniesienie numeru"),
        ("", ["karta"], ""),
    ],
)
def test_what_fits_is_marked_and_nothing_is_html(text: str, words: list[str], expected: str) -> None:
    assert marked(text, words) == expected
