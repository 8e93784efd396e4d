"""Guided questions as a customer walks them: back and forth, to a way out, or to a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from samehand.guide import actions
from samehand.guide.models import Category, Kind, Problem, Revision, Solution, SolutionText, TreeEnding
from samehand.portal.guide import slowing
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db
TREE = "/pl/pomoc/krok-po-kroku/no-internet/"
BODY = """Zacznij tutaj.

## Połącz telefon z siecią na nowo {#restart-phone}

1. Włącz **tryb samolotowy**.

## Ustaw APN {#set-apn}

::: for iphone
1. Otwórz Sieć danych komórkowych.
:::

::: for samsung
1. Otwórz Nazwy punktów dostępu.
:::
"""


@pytest.fixture(autouse=True)
def house() -> None:
    slowing.SEARCHES.forget()
    shelf = Category.objects.create(
        key="internet", names={"pl": "Internet"}, slugs={"pl": "internet", "en": "internet"}
    )
    problem = Problem.objects.create(key="no-internet", kind=Kind.TECHNICAL, category=shelf, created_at=MONDAY)
    for key, title in (("restart-phone", "Połącz telefon z siecią na nowo"), ("set-apn", "Ustaw APN")):
        solution = Solution.objects.create(problem=problem, key=key)
        SolutionText.objects.create(solution=solution, language="pl", title=title, text="")
    Revision.objects.create(
        problem=problem, language="pl", number=1, title="Nie działa internet", slug="nie-dziala-internet", body=BODY,
        state=Revision.State.PUBLISHED, created_at=MONDAY, edited_at=MONDAY, published_at=MONDAY,
    )  # fmt: skip
    actions.take_starter_trees(now=MONDAY)


def see(client: Client, answers: str = "", status: int = 200, **headers: str) -> str:
    answer = client.get(TREE, {"answers": answers} if answers else {}, headers=headers or None)
    assert answer.status_code == status
    return answer.content.decode()


def test_one_question_a_page_and_each_answer_is_a_link(client: Client) -> None:
    said = see(client)

    assert "Co widzisz obok kresek zasięgu" in said
    assert f'href="{TREE}?answers=airplane"' in said
    assert '<link rel="alternate" hreflang="en" href="http' in said


def test_a_step_to_try_shows_how_and_asks_what_became_of_it(client: Client) -> None:
    said = see(client, "airplane")

    assert "Włącz <strong>tryb samolotowy</strong>" in said
    for word in ("helped", "failed", "unable"):
        assert f"answers=airplane.{word}" in said


def test_what_was_answered_stands_there_and_can_be_changed(client: Client) -> None:
    said = see(client, "airplane.failed.unable.yes")

    assert "Zrobione, nie pomogło." in said
    assert "Nie dało się tego zrobić." in said
    assert f'href="{TREE}?answers=airplane"' in said
    assert '<meta name="robots" content="noindex">' in said


def test_facts_of_the_operator_stand_in_questions(client: Client) -> None:
    assert "*100#" in see(client, "airplane.failed.failed")


def test_it_helped(client: Client) -> None:
    assert "Świetnie, że działa" in see(client, "airplane.helped")


def test_an_article_in_the_middle_of_the_way_knows_the_phone(client: Client) -> None:
    client.cookies["samehand_phone"] = "samsung"

    said = see(client, "airplane.failed.failed.yes")

    assert "Nazwy punktów dostępu" in said
    assert "Sieć danych komórkowych" not in said


CASE = "airplane.failed.failed.yes.failed.everywhere.failed.untested"


def test_at_the_end_a_person_gets_all_answers(client: Client) -> None:
    said = see(client, CASE)

    assert "Teraz nasza kolej" in said
    assert f'href="/pl/kontakt/?tree=no-internet&amp;answers={CASE}"' in said


def test_a_solution_at_the_end_that_did_not_help_goes_to_a_person(client: Client) -> None:
    assert "Teraz nasza kolej" in see(client, "airplane.failed.failed.used-up.failed")


@pytest.mark.parametrize(
    "answers", ["no", "airplane.maybe", "airplane.helped.x", "<script>alert(1)</script>", "a." * 20_000, "\x00"]
)
def test_garbage_is_a_clear_page(client: Client, answers: str) -> None:
    said = see(client, answers, 404)

    assert "Te pytania się zmieniły" in said
    assert "<script>alert" not in said


def test_a_tree_that_there_is_not_offers_those_that_there_are(client: Client) -> None:
    answer = client.get("/en/help/step-by-step/weather/")

    assert answer.status_code == 404
    assert "Mobile internet does not work" in answer.content.decode()


def test_all_trees_in_a_list_and_some_on_the_home_page(client: Client) -> None:
    assert client.get("/en/help/step-by-step/").content.decode().count('class="guide-way"') >= 9
    assert TREE in client.get("/pl/pomoc/").content.decode()


def test_endings_are_counted_of_those_who_answered_their_way_there(client: Client) -> None:
    came = f"http://testserver{TREE}?answers=airplane"

    see(client, "airplane.helped", Referer=came)
    see(client, CASE, Referer=came)
    see(client, CASE)
    see(client, "airplane", Referer=came)
    client.head(TREE, {"answers": CASE}, headers={"Referer": came})

    assert dict(TreeEnding.objects.values_list("end", "count")) == {"restart": 1, "us": 1}


def test_an_article_that_went_leaves_the_way_open(client: Client) -> None:
    Problem.objects.update(withdrawn_at=MONDAY)

    said: Any = see(client, "airplane")

    assert "answers=airplane.unable" in said
