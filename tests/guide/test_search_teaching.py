"""The office adds words to the search, and sees to searches that failed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samehand.core.search.synonyms import BadSynonyms, Rule, read
from samehand.guide import searching
from samehand.guide.access import NotAllowed
from samehand.guide.actions.asking import ask
from samehand.people.models import Staff
from tests.guide.test_searching import article
from tests.personas import MONDAY, anna

__all__ = ["anna"]


@pytest.mark.django_db
def test_a_word_that_the_office_adds_is_known_at_once_and_forgotten_again(anna: Staff) -> None:
    article("voicemail", "Poczta głosowa")
    assert searching.search("sekretarki", "pl").hits == ()

    added = searching.add_synonym(
        words=["Sekretarka"], means=["poczta głosowa"], language="pl", by=anna, now=MONDAY
    )  # fmt: skip
    hit = searching.search("sekretarki", "pl").hits[0]
    assert (hit.problem_key, hit.why[0].how) == ("voicemail", "leads")

    searching.remove_synonym(synonym_id=added.pk, by=anna)
    assert searching.search("sekretarki", "pl").hits == ()


@pytest.mark.django_db
@pytest.mark.synonyms
def test_what_the_office_says_it_means_is_found_although_our_own_words_say_it_of_everything(anna: Staff) -> None:
    article("change", "Zmiana planu")
    for number in range(12):
        article(f"other-{number}", f"Pakiet {number}", "Telefon w tym planie ma ofertę i pakiet.")

    searching.add_synonym(words=["raty na telefon"], means=["zmiana planu"], language="pl", by=anna, now=MONDAY)

    assert searching.search("raty na telefon", "pl").hits[0].problem_key == "change"


@pytest.mark.django_db
def test_who_left_the_house_teaches_nothing(anna: Staff) -> None:
    anna.is_active = False

    with pytest.raises(NotAllowed):
        searching.add_synonym(words=["a", "b"], language="pl", by=anna, now=MONDAY)


@pytest.mark.django_db
@pytest.mark.parametrize("words", [[], ["sama"], ["%", "_"], ["jeden dwa trzy cztery pięć sześć siedem", "dwa"]])
def test_words_that_teach_nothing_are_refused(anna: Staff, words: list[str]) -> None:
    with pytest.raises(BadSynonyms):
        searching.add_synonym(words=words, language="pl", by=anna, now=MONDAY)


@pytest.mark.django_db
def test_a_failed_search_waits_until_it_is_put_aside_and_comes_back_when_it_fails_again(anna: Staff) -> None:
    for minutes in (0, 1):
        ask(query="Faks domowy", language="pl", where="search", found=0, now=MONDAY + timedelta(minutes=minutes))
    ask(query="karta", language="pl", where="search", found=3, now=MONDAY)
    since = MONDAY - timedelta(days=30)
    assert [(gap.folded, gap.times, gap.nothing) for gap in searching.gaps(since)] == [("faks domowy", 2, 2)]

    searching.put_aside(folded="faks domowy", language="pl", by=anna, now=MONDAY + timedelta(minutes=5))
    assert searching.gaps(since) == []

    ask(query="faks domowy", language="pl", where="search", found=0, now=MONDAY + timedelta(minutes=9))
    assert [gap.times for gap in searching.gaps(since)] == [1]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("# nothing\n\n", []),
        ("kasa, środki  konta # money", [Rule(("kasa", "środki konta"))]),
        ("grecja, kreta -> roaming, ue", [Rule(("grecja", "kreta"), ("roaming", "ue"))]),
    ],
)
def test_the_file_of_synonyms_is_read(text: str, rules: list[Rule]) -> None:
    assert read(text) == rules


@pytest.mark.parametrize("line", ["sama", "-> dokąd", "skąd ->", "a, jeden dwa trzy cztery pięć sześć siedem"])
def test_a_bad_line_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(BadSynonyms, match="line 2"):
        read(f"# first\n{line}")
