"""What synonyms have in articles is laid out before anybody asks, and follows articles and synonyms."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from samehand.guide import searching
from samehand.guide.models import Problem, SensePosting
from samehand.people.models import Staff
from tests.guide.test_searching import article
from tests.personas import MONDAY, anna

__all__ = ["anna"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(anna: Staff) -> None:
    """ "hajs" is money, and so is "wolne środki", two words."""
    searching.add_synonym(words=["hajs", "pieniądze", "wolne środki"], language="pl", by=anna, now=MONDAY)


def laid() -> set[tuple[str, str, float]]:
    rows = SensePosting.objects.values_list("document__key", "lemma__text", "weight")
    return {(key, lemma, round(weight, 6)) for key, lemma, weight in rows}


def keys(typed: str) -> list[str]:
    return [hit.problem_key for hit in searching.search(typed, "pl").hits]


def test_an_article_has_of_a_sense_the_word_that_speaks_most_for_it(money: None) -> None:
    article("balance", "Pieniądze na koncie", "Tyle hajsu masz.")

    (one,) = laid()
    assert one[:2] == ("balance", "pieniądz")


def test_a_phrase_counts_where_all_its_words_are(money: None) -> None:
    article("whole", "Wolne i jeszcze raz wolne środki")
    article("half", "Środki czystości")

    assert {key for key, *_rest in laid()} == {"whole"}
    assert keys("hajs") == ["whole"]


def test_synonyms_that_come_later_reach_the_articles_that_were_there(anna: Staff) -> None:
    article("balance", "Pieniądze na koncie")
    assert keys("hajs") == []

    searching.add_synonym(words=["hajs", "pieniądze"], language="pl", by=anna, now=MONDAY)
    assert keys("hajs") == ["balance"]


def test_a_new_version_speaks_for_itself_alone(money: None) -> None:
    article("balance", "Pieniądze na koncie")
    article("topup", "Hajs do doładowania")
    article("balance", "Saldo", number=2)

    assert {key for key, *_rest in laid()} == {"topup"}


def test_what_is_withdrawn_leaves_nothing(money: None) -> None:
    article("balance", "Pieniądze na koncie")

    searching.forget(Problem.objects.get(key="balance"))

    assert laid() == set()


def test_laying_out_one_by_one_all_anew_or_by_the_migration_comes_to_the_same(money: None) -> None:
    article("balance", "Pieniądze na koncie", "Tyle hajsu masz.")
    article("whole", "Wolne środki")
    one_by_one = laid()

    searching.reindex(["pl"])
    anew = laid()
    SensePosting.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_fill())

    assert one_by_one == anew == laid() != set()


def _fill() -> str:
    return str(import_module("samehand.guide.migrations.0005_sense_postings").FILL)


def test_a_family_is_asked_only_when_it_has_another_member(money: None) -> None:
    article("alone", "Zguba")
    assert {why.how for why in searching.search("zguba", "pl").hits[0].why} == {"form"}

    article("related", "Zgubić")
    hows = {hit.problem_key: {why.how for why in hit.why} for hit in searching.search("zguba", "pl").hits}
    assert hows["related"] == {"family"}


def test_little_words_are_a_phrase_only_in_their_order(anna: Staff) -> None:
    searching.add_synonym(words=["na mnie"], means=["cesja"], language="pl", by=anna, now=MONDAY)
    article("owner", "Cesja numeru")
    article("forward", "Numer przekierowany")

    assert keys("numer ma być na mnie")[0] == "owner"
    assert keys("przekierowany numer do mnie na stacjonarny")[0] == "forward"
    assert "owner" not in keys("do mnie na stacjonarny")
