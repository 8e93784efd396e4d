"""What everybody may read: home, categories, articles, their languages and old addresses."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from samehand.guide.models import Asked, Problem, Redirect, Revision
from tests.guide_pages.conftest import publish
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db
LOST = "/pl/pomoc/karta-sim/zgubiona-karta-sim/"
LOST_EN = "/en/help/sim-card/lost-sim-card/"
INTERNET = "/pl/pomoc/internet/nie-dziala-internet/"
Guide = dict[str, Problem]


def said(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.headers.get("Location")
    return response.content.decode()


class TestHome:
    def test_search_comes_first_then_articles_then_topics_then_a_person(self, client: Client, guide: Guide) -> None:
        page = said(client, "/pl/pomoc/")

        parts = ('role="search"', "Dobre na początek", "Zgubiona karta SIM", "Wszystkie tematy", "Napisz do nas: czł")
        places = [page.index(part) for part in parts]
        assert places == sorted(places)

    def test_what_was_looked_for_and_opened_most_stands_first(self, client: Client, guide: Guide) -> None:
        lately = MONDAY + timedelta(days=3650)
        for _ in range(2):
            Asked.objects.create(
                query="net", folded="net", language="pl", where="search", found=1, at=lately,
                opened=guide["no-internet"],
            )  # fmt: skip

        page = said(client, "/pl/pomoc/")

        wanted = page.partition("Najczęściej szukane")[2].partition("Wszystkie tematy")[0]
        assert "Nie działa internet" in wanted
        assert "Zgubiona karta SIM" not in wanted

    def test_an_empty_guide_says_so(self, client: Client) -> None:
        assert "Tu jeszcze nic nie ma" in said(client, "/pl/pomoc/")

    @pytest.mark.parametrize(
        ("wished", "there"), [("pl", "/pl/pomoc/"), ("en-GB,en", "/en/help/"), ("de", "/pl/pomoc/")]
    )
    def test_who_comes_to_the_door_is_led_to_her_language(self, client: Client, wished: str, there: str) -> None:
        response = client.get("/", headers={"Accept-Language": wished})

        assert response["Location"] == there
        assert "Accept-Language" in response["Vary"]

    def test_one_of_us_is_led_to_the_desk(self, at_the_desk: Client) -> None:
        assert at_the_desk.get("/")["Location"] == "/desk/"


class TestCategory:
    def test_its_articles_with_what_they_are_about(self, client: Client, guide: Guide) -> None:
        page = said(client, "/pl/pomoc/karta-sim/")

        assert "Zguba i wymiana." in page
        assert "Zgubiona karta SIM: co zrobić." in page
        assert f"{LOST}?from=category" in page

    def test_what_is_not_translated_is_offered_in_the_other_language(self, client: Client, guide: Guide) -> None:
        page = said(client, "/en/help/internet/")

        assert "Only in Polish so far" in page
        assert 'lang="pl"' in page
        assert INTERNET in page


class TestArticle:
    def test_ways_out_are_numbered_and_can_be_jumped_to(self, client: Client, guide: Guide) -> None:
        page = said(client, LOST)

        assert '<a href="#block-by-phone">Zadzwoń</a>' in page
        assert re.search(r'id="block-by-phone".*?guide-number">2<', page, re.DOTALL)
        assert "Sprawa formalna" in page
        assert "Sprawdzone 23 listopada 2026" in page
        assert "{{" not in page

    def test_two_ways_out_need_no_list_of_contents(self, client: Client, guide: Guide) -> None:
        assert "guide-contents" not in said(client, INTERNET)

    def test_the_look_of_an_editor_makes_it_fresh(self, client: Client, guide: Guide) -> None:
        Problem.objects.filter(key="sim-lost").update(review_by=date(2027, 5, 24), review_every=181)

        assert "Sprawdzone 24 listopada 2026" in said(client, LOST)

    def test_each_language_names_the_other(self, client: Client, guide: Guide) -> None:
        page = said(client, LOST)

        assert f'<link rel="canonical" href="http://localhost:8000{LOST}">' in page
        assert f'hreflang="en" href="http://localhost:8000{LOST_EN}"' in page
        assert f'<a href="{LOST_EN}" lang="en" hreflang="en"' in page
        assert client.get(LOST)["Content-Language"] == "pl"

    def test_what_is_only_in_one_language_says_so(self, client: Client, guide: Guide) -> None:
        assert "Ten artykuł jest na razie tylko po polsku." in said(client, INTERNET)
        assert INTERNET in said(client, "/en/help/internet/nie-dziala-internet/", 404)

    def test_the_slug_of_the_other_language_leads_to_the_translation(self, client: Client, guide: Guide) -> None:
        assert client.get("/en/help/sim-card/zgubiona-karta-sim/")["Location"] == LOST_EN

    @pytest.mark.parametrize("path", ["/pl/pomoc/internet/zgubiona-karta-sim/", "/pl/pomoc/sim/stary-adres/"])
    def test_old_addresses_and_moved_articles_lead_on(self, client: Client, guide: Guide, path: str) -> None:
        Redirect.objects.create(language="pl", slug="stary-adres", problem=guide["sim-lost"])

        response = client.get(path)

        assert (response.status_code, response["Location"]) == (301, LOST)

    def test_drafts_and_withdrawn_problems_are_shown_to_nobody(self, client: Client, guide: Guide) -> None:
        Problem.objects.filter(key="sim-lost").update(withdrawn_at=MONDAY)
        Revision.objects.filter(problem__key="no-internet").update(state=Revision.State.DRAFT)

        assert client.get(LOST).status_code == 404
        assert client.get(INTERNET).status_code == 404
        assert "Zgubiona" not in said(client, "/pl/pomoc/")

    def test_a_translation_behind_in_something_important_says_so(self, client: Client, guide: Guide) -> None:
        Revision.objects.filter(problem__key="sim-lost", language="pl").update(state="superseded")
        publish(guide["sim-lost"], "pl", "Zgubiona karta", "zgubiona", "Nowe.", number=2, significance="major")

        assert "Something important has changed in the Polish version" in said(client, LOST_EN)
        assert "zmieniło się coś ważnego" not in said(client, "/pl/pomoc/karta-sim/zgubiona/")


class TestForWhom:
    def test_all_steps_until_the_reader_chooses(self, client: Client, guide: Guide) -> None:
        page = said(client, INTERNET)

        assert "Dane komórkowe" in page
        assert "Punkty dostępu" in page
        assert "Pokazujemy dla wszystkich telefonów i ofert" in page

    def test_only_hers_afterwards(self, client: Client, guide: Guide) -> None:
        page = said(client, f"{INTERNET}?for=iphone")

        assert "Dane komórkowe" in page
        assert "Punkty dostępu" not in page
        assert "Pokazujemy dla: iPhone" in page

    @pytest.mark.parametrize("odd", ["?for=toaster", "?for=%00", "?for=x" + "&for=x" * 500])
    def test_what_nobody_has_is_passed_over(self, client: Client, guide: Guide, odd: str) -> None:
        assert "Pokazujemy dla wszystkich" in said(client, INTERNET + odd)


class TestNothingThere:
    def test_the_words_of_the_address_are_looked_for(self, client: Client, guide: Guide) -> None:
        page = said(client, "/pl/pomoc/karta-sim/zgubilem-karte/", 404)

        assert "Może chodziło o to" in page
        assert LOST in page

    @pytest.mark.parametrize(
        "path", ["/pl/pomoc/nie-ma/", "/pl/pomoc/a/b/c/d", "/en/help/%00", "/pl/pomoc/" + "a-" * 900]
    )
    def test_odd_addresses_are_not_found_and_nothing_worse(self, client: Client, guide: Guide, path: str) -> None:
        assert client.get(path).status_code == 404


def test_few_queries(client: Client, guide: Guide, django_assert_max_num_queries: Any) -> None:
    for path, most in (("/pl/pomoc/", 10), ("/pl/pomoc/karta-sim/", 10), (LOST, 13), ("/pl/kontakt/", 6)):
        client.get(path)
        with django_assert_max_num_queries(most):
            client.get(path)
