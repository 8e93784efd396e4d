"""What follows when a version goes out: old addresses, solutions, translations, the days to look at it again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samehand.core.staleness import Standing
from samehand.guide import actions, queries, searching
from samehand.guide.actions import voting
from samehand.guide.models import Problem, Redirect, Revision, Solution, SolutionText, Vote
from samehand.people.models import Staff
from tests.guide.articles import BODY, shelf
from tests.personas import at

State = Revision.State


def out(by: Staff, key: str = "sim-lost-stolen", slug: str = "", body: str = BODY, minute: float = 0) -> Revision:
    """A problem whose first version is out."""
    text = actions.Text(f"Tytuł {key}", slug or key, body)
    revision = actions.make_problem(
        by=by, key=key, kind="formal", category=shelf(), language="pl", text=text, now=at(minute)
    )
    return actions.publish(revision_id=revision.pk, by=by, seen=at(minute), alone=True, now=at(minute))


def again(revision: Revision, by: Staff, minute: float, **changes: str) -> Revision:
    """The next version, written and published by one person."""
    language = changes.pop("language", revision.language)
    significance = changes.pop("significance", "medium")
    draft = actions.start(problem_id=revision.problem_id, language=language, by=by, now=at(minute))
    text = actions.Text(**{"title": draft.title, "slug": draft.slug, "body": draft.body, **changes})  # type: ignore[arg-type]
    saved = actions.save(
        revision_id=draft.pk, by=by, text=text, seen=at(minute), significance=significance, now=at(minute)
    )
    return actions.publish(revision_id=saved.pk, by=by, seen=at(minute), alone=True, now=at(minute))


def test_a_newer_version_replaces_the_one_before(ola: Staff) -> None:
    first = out(ola)

    second = again(first, ola, 5, body=BODY + "\nWięcej.\n")

    assert [(r.number, r.state) for r in queries.history(first.problem, "pl")] == [
        (2, State.PUBLISHED), (1, State.SUPERSEDED)
    ]  # fmt: skip
    assert queries.published("pl").get() == second
    assert [line.what for line in queries.difference(first, second) if line.what != "same"] == ["new", "new"]


def test_a_renamed_article_leads_on_from_each_old_address(ola: Staff) -> None:
    first = out(ola, slug="a")
    again(first, ola, 1, slug="b")
    again(first, ola, 2, slug="c")

    for slug, moved in (("a", True), ("b", True), ("c", False)):
        found = queries.article("pl", slug)
        assert found
        assert (found.revision.slug, found.moved) == ("c", moved)
    assert queries.article("en", "a") is None
    assert queries.article("pl", "d") is None


def test_an_article_may_be_renamed_back(ola: Staff) -> None:
    first = out(ola, slug="a")
    again(first, ola, 1, slug="b")
    again(first, ola, 2, slug="a")

    assert [(row.slug, row.problem) for row in Redirect.objects.all()] == [("b", first.problem)]
    assert queries.article("pl", "a") == queries.Found(queries.published("pl").get(), moved=False)


def test_an_address_that_leads_to_another_article_is_refused(ola: Staff) -> None:
    first, other = out(ola, slug="a"), out(ola, "sim-replace", slug="c")
    again(first, ola, 1, slug="b")
    draft = actions.start(problem_id=other.problem_id, language="pl", by=ola, now=at(2))

    for slug in ("a", "b"):
        with pytest.raises(actions.SlugTaken) as refusal:
            text = actions.Text(draft.title, slug, draft.body)
            actions.save(revision_id=draft.pk, by=ola, text=text, seen=at(2), now=at(3))
        assert refusal.value.problem == first.problem


def test_solutions_come_go_and_come_back_as_the_same_ones(ola: Staff) -> None:
    first = out(ola, body="## A **{{apn}}** {#a}\n\n1. x\n2. y\n\n## B {#b}\n\nz\n")
    rows = {row.key: row.pk for row in Solution.objects.all()}
    second = again(first, ola, 1, body="## C {#c}\n\nc\n\n## B {#b}\n\nz\n")

    assert list(Solution.objects.values_list("key", "place", "retired_at")) == [
        ("a", 0, at(1)), ("c", 0, None), ("b", 1, None)
    ]  # fmt: skip
    assert set(SolutionText.objects.values_list("solution__key", "title", "text")) == {("c", "C", "c"), ("b", "B", "z")}
    again(second, ola, 2, body=first.body)
    assert list(Solution.objects.filter(retired_at=None).values_list("key", "pk")) == [
        ("a", rows["a"]), ("b", rows["b"])
    ]  # fmt: skip
    text = SolutionText.objects.get(solution__key="a")
    assert (text.title, text.text) == ("A internet", "1. x\n2. y")


def test_an_older_version_is_brought_back_as_a_new_one(ola: Staff, anna: Staff) -> None:
    first = out(ola)
    again(first, ola, 1, body="## B {#b}\n\nźle\n")

    draft = actions.revert(revision_id=first.pk, by=anna, now=at(2))
    actions.submit(revision_id=draft.pk, by=anna, now=at(3))
    third = actions.publish(revision_id=draft.pk, by=ola, seen=at(3), now=at(4))

    assert (third.number, third.restores, third.body) == (3, first, BODY)


def test_a_translation_falls_behind_by_what_the_change_means(ola: Staff) -> None:
    first = out(ola)
    assert [(t.language, t.revision) for t in queries.translations(first.problem)] == [("en", None)]
    english = again(first, ola, 1, language="en", title="Lost card", slug="lost-card")

    def stands() -> Standing:
        return queries.translations(Problem.objects.get())[0].standing

    assert english.based_on == first
    assert stands() is Standing.CURRENT
    again(first, ola, 2, significance="minor")
    assert stands() is Standing.CURRENT
    again(first, ola, 3, significance="medium")
    assert stands() is Standing.SHOULD_FOLLOW
    newest = again(first, ola, 4, significance="major")
    assert stands() is Standing.OUT_OF_DATE
    again(english, ola, 5, title="Lost or stolen card")
    assert stands() is Standing.OUT_OF_DATE, "a small correction does not make it follow"

    draft = actions.start(problem_id=first.problem_id, language="en", by=ola, now=at(6))
    text = actions.Text.of(draft)
    actions.save(revision_id=draft.pk, by=ola, text=text, seen=at(6), follows=newest, now=at(6))
    actions.publish(revision_id=draft.pk, by=ola, seen=at(6), alone=True, now=at(6))
    assert stands() is Standing.CURRENT


def test_a_translation_that_stayed_right_is_confirmed(ola: Staff) -> None:
    first = out(ola)
    again(first, ola, 1, language="en", slug="lost-card")
    again(first, ola, 2)

    actions.confirm(problem_id=first.problem_id, language="en", by=ola, now=at(3))

    assert queries.translations(first.problem)[0].standing is Standing.CURRENT
    with pytest.raises(actions.NotPublished):
        actions.confirm(problem_id=first.problem_id, language="pl", by=ola, now=at(3))


def test_an_article_comes_back_to_its_owner_after_its_time(ola: Staff, anna: Staff) -> None:
    first = out(ola)
    due = date(2027, 5, 22)

    assert Problem.objects.get().review_by == due
    assert not queries.due_for(ola, date(2027, 5, 7))
    assert [problem.key for problem in queries.due_for(ola, date(2027, 5, 8))] == ["sim-lost-stolen"]
    actions.give(problem_id=first.problem_id, to=anna, by=ola, now=at(1))
    assert not queries.due_for(ola, due)
    actions.look_at(problem_id=first.problem_id, by=anna, now=at(60 * 24 * 180))
    assert not queries.due_for(anna, due)


def test_a_translation_says_nothing_of_whether_its_source_is_still_true(ola: Staff) -> None:
    first = out(ola)
    source, days = date(2027, 5, 22), 60 * 24 * 10

    again(first, ola, days, language="en", slug="lost-card")
    assert Problem.objects.get().review_by == source
    again(first, ola, days + 1)
    assert Problem.objects.get().review_by == date(2027, 6, 1)


def test_a_readers_word_is_seen_to_once_and_again_when_it_changes(ola: Staff, anna: Staff) -> None:
    said: dict[str, Any] = {"reader": "x" * 64, "revision": out(ola), "helped": False, "came": "search", "query": ""}
    word = voting.vote(**said, reason="unclear", comment="", now=at(1))

    assert actions.see_to(vote_id=word.pk, by=anna, now=at(2))
    assert not actions.see_to(vote_id=word.pk, by=ola, now=at(3))
    assert Vote.objects.get().handled_by == anna
    voting.vote(**said, reason="wrong", comment="", now=at(4))
    assert queries.complaints().get().reason == "wrong"


def test_a_withdrawn_article_is_seen_by_nobody_outside_and_comes_back(ola: Staff, anna: Staff) -> None:
    first = out(ola, slug="a")
    assert found("Tytuł") == [first.problem.key]

    with pytest.raises(actions.NotAllowed):
        actions.withdraw(problem_id=first.problem_id, by=anna, now=at(1))
    actions.withdraw(problem_id=first.problem_id, by=ola, now=at(1))
    assert queries.article("pl", "a") is None
    assert found("Tytuł") == []
    again(first, ola, 2, title="Inne słowa", slug="a")
    assert found("inne słowa") == [], "a new version does not bring it back"
    with pytest.raises(actions.NotAllowed):
        actions.bring_back(problem_id=first.problem_id, by=anna, now=at(3))
    actions.bring_back(problem_id=first.problem_id, by=ola, now=at(3))
    assert queries.article("pl", "a")
    assert found("inne słowa") == [first.problem.key]


def found(words: str) -> list[str]:
    return [hit.problem_key for hit in searching.search(words, "pl").hits]


def test_unhelpful_articles_by_what_readers_say(ola: Staff) -> None:
    poor, fair, new = out(ola, "a"), out(ola, "b"), out(ola, "c")
    for revision, yes, no in ((poor, 1, 9), (fair, 5, 5), (new, 0, 4)):
        Vote.objects.bulk_create(
            Vote(reader=str(n), revision=revision, helped=n < yes, at=at(0)) for n in range(yes + no)
        )

    assert [judged.revision for judged in queries.unhelpful("pl")] == [poor]
    assert queries.judged([poor, fair])[fair.pk].of == 10


def test_shelves_and_facts_are_the_administrators(adam: Staff, ola: Staff) -> None:
    names, slugs = {"pl": "Karta", "en": "Card"}, {"pl": "karta-sim", "en": "card"}
    revision = out(ola, body="## Zadzwoń {#a}\n\n{{hotline}}\n")

    with pytest.raises(actions.NotAllowed):
        actions.save_category(by=ola, key="x", names=names, slugs=slugs, summaries={}, now=at(1))
    with pytest.raises(actions.ShelfTaken):
        actions.save_category(by=adam, key="x", names=names, slugs=slugs, summaries={}, now=at(1))
    with pytest.raises(actions.ShelfNotEmpty):
        actions.remove_category(by=adam, key="sim", now=at(1))
    with pytest.raises(actions.UnknownFact):
        actions.state_fact(by=adam, key="nic", values={}, now=at(1))
    with pytest.raises(actions.NotAllowed):
        actions.state_fact(by=ola, key="hotline", values={}, now=at(1))
    shelf_ = actions.save_category(by=adam, key="x", names=names, slugs={"pl": "x"}, summaries={}, now=at(1))
    actions.describe(
        problem_id=revision.problem_id, by=ola, kind="technical", category=shelf_, topic="", related=["a", "a"],
        review_every=30, now=at(2),
    )  # fmt: skip
    actions.state_fact(by=adam, key="hotline", values={"pl": " 22  123 "}, now=at(2))

    problem = Problem.objects.get()
    assert (problem.category, problem.related, problem.review_by) == (shelf_, ["a"], date(2026, 12, 23))
    assert SolutionText.objects.get().text == "22 123", "what is compared with drafts says the new number"
    actions.state_fact(by=adam, key="hotline", values={}, now=at(3))
    assert SolutionText.objects.get().text == "*200"
