"""What refuses, what warns; which suggestion stands first."""

from __future__ import annotations

import pytest

from samehand.core.solutions import Advice, Again, Allow, Draft, Known, Refuse, Tried, judge, suggestions

RESTART = Advice("Uruchom telefon ponownie", "Wyłącz telefon, poczekaj minutę i go włącz.")
WORDS = Draft("Proszę zrestartować telefon.")


def tried(outcome: str, offer: int = 1) -> Tried:
    return Tried(offer, 7, outcome, (RESTART,))


@pytest.mark.parametrize(
    ("draft", "how", "likeness"),
    [
        (WORDS, "text", 1.0),
        (Draft("Tu: https://fala.example", linked=frozenset({7})), "link", 1.0),
        (Draft("Krok po kroku", inserted={7: (RESTART,)}), "canned", 1.0),
    ],
)
def test_what_failed_refuses(draft: Draft, how: str, likeness: float) -> None:
    assert judge(draft, [tried("failed")]) == Refuse((Again(1, how, likeness),))  # type: ignore[arg-type]


def test_what_nobody_knows_yet_only_warns() -> None:
    assert judge(WORDS, [tried("unknown")]) == Allow((Again(1, "text", 1.0),))


@pytest.mark.parametrize("outcome", ["helped", "not_tried"])
def test_what_helped_or_was_not_tried_may_be_offered(outcome: str) -> None:
    assert judge(WORDS, [tried(outcome)]) == Allow()


def test_one_solution_that_failed_twice_is_told_once() -> None:
    decision = judge(WORDS, [tried("failed", 1), tried("failed", 2)])

    assert isinstance(decision, Refuse)
    assert len(decision.again) == 1


def test_a_whole_article_is_known_by_its_link_alone() -> None:
    article = Tried(3, 0, "failed", (), article=9)

    assert isinstance(judge(Draft("", articles=frozenset({9})), [article]), Refuse)
    assert judge(Draft(""), [article]) == Allow()


def order(*known: Known, failed: tuple[int, ...] = ()) -> list[int]:
    return [one.solution for one in suggestions(known, failed)]


def test_many_of_many_stand_before_a_few_of_few() -> None:
    assert order(Known(1, 0, 3, 0), Known(2, 1, 40, 4)) == [2, 1]


def test_what_failed_here_and_what_is_retired_is_never_suggested() -> None:
    assert order(Known(1, 0, 9, 0), Known(2, 1, 5, 0), Known(3, 2, 1, 1, retired=True), failed=(1,)) == [2]


def test_without_any_outcome_the_article_has_the_order() -> None:
    found = suggestions([Known(2, 1, 0, 0), Known(1, 0, 0, 0)], ())

    assert [(one.solution, one.why) for one in found] == [(1, "place"), (2, "place")]


def test_what_never_helped_stands_behind_what_nobody_tried() -> None:
    assert order(Known(1, 0, 0, 5), Known(2, 1, 0, 0), Known(3, 2, 0, 1), Known(4, 3, 1, 5)) == [4, 2, 3, 1]


def test_on_her_own_family_of_phones_it_counts_once_there_is_enough() -> None:
    (one,) = suggestions([Known(1, 0, 20, 20, helped_on_family=5, failed_on_family=0)], ())
    (other,) = suggestions([Known(1, 0, 20, 20, helped_on_family=4, failed_on_family=0)], ())

    assert (one.share.count, one.share.of, one.of_family) == (5, 5, True)
    assert (other.share.count, other.share.of, other.of_family) == (20, 40, False)
