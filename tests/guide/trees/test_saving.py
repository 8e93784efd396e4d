"""Trees in the house: saved when they are sound, refused with every fault, counted, and brought along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samehand.core.topic_words import TOPICS
from samehand.core.trees import Faulty, checked
from samehand.guide import actions, trees
from samehand.guide.models import Category, Kind, Problem, Solution, Tree, TreeEnding
from samehand.people.models import Staff
from tests.personas import MONDAY, ola

__all__ = ["ola"]

pytestmark = pytest.mark.django_db


def words(text: str) -> dict[str, str]:
    return {"pl": text, "en": text}


def a_tree(key: str = "proba", onward: str = "us") -> dict[str, Any]:
    answers = [{"key": key, "words": words(key), "next": onward} for key in ("yes", "no")]
    return {
        "key": key, "problem": "no-internet", "titles": words("Próba"), "start": "first",
        "nodes": {
            "first": {"question": words("Czy świeci?"), "answers": answers},
            "us": {"end": "case", "words": words("Sprawdzimy.")},
        },
    }  # fmt: skip


def test_a_sound_tree_is_saved_as_it_was_written(ola: Staff) -> None:
    row = actions.save_tree(definition=a_tree(), by=ola, now=MONDAY)

    assert trees.read(trees.written(row.definition)) == a_tree()
    assert (row.edited_by, row.published) == (ola, True)


def test_a_ring_is_refused_by_name_and_nothing_is_saved(ola: Staff) -> None:
    with pytest.raises(Faulty, match="first -> first"):
        actions.save_tree(definition=a_tree(onward="first"), by=ola, now=MONDAY)

    assert not Tree.objects.exists()


def test_a_key_belongs_to_one_tree(ola: Staff) -> None:
    first = actions.save_tree(definition=a_tree(), by=ola, now=MONDAY)

    with pytest.raises(actions.KeyTaken):
        actions.save_tree(definition=a_tree(), by=ola, now=MONDAY)
    again = actions.save_tree(definition=a_tree(), by=ola, now=MONDAY, tree_id=first.pk)

    assert again.pk == first.pk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("nodes: [unclosed", "no-yaml", id="no YAML"),
        pytest.param("- a\n- b", "no-tree", id="a list"),
        pytest.param("", "no-tree", id="nothing"),
        pytest.param("a: &a [x, x]\nb: [*a, *a]", "no-yaml", id="references, of which bombs are made"),
        pytest.param("!!python/object/apply:os.system ['true']", "no-tree", id="code"),
        pytest.param("a: " + "x" * 400_000, "too-large", id="too large"),
        pytest.param("[" * 50_000, "no-yaml", id="too deep"),
    ],
)
def test_hostile_text_is_a_fault(text: str, kind: str) -> None:
    with pytest.raises(Faulty) as refused:
        trees.read(text)

    assert refused.value.faults[0].kind == kind


def test_yes_and_no_are_words() -> None:
    assert trees.read("answers: [{key: yes, words: {en: Yes}}, {key: no, words: {en: No}}]") == {
        "answers": [{"key": "yes", "words": {"en": "Yes"}}, {"key": "no", "words": {"en": "No"}}]
    }


def test_the_house_begins_with_trees_and_does_not_bring_them_back(ola: Staff) -> None:
    assert actions.take_starter_trees(now=MONDAY) >= 9
    Tree.objects.exclude(key="mms").delete()

    assert actions.take_starter_trees(now=MONDAY) == 0
    assert [tree.key for tree in trees.published()] == ["mms"]


def test_a_tree_that_was_taken_back_is_walked_by_nobody(ola: Staff) -> None:
    row = actions.save_tree(definition=a_tree(), by=ola, now=MONDAY)
    assert trees.published_tree("proba")

    actions.publish_tree(tree_id=row.pk, published=False, by=ola, now=MONDAY)

    assert trees.published_tree("proba") is None


def test_an_edited_tree_is_read_anew(ola: Staff) -> None:
    row = actions.save_tree(definition=a_tree(), by=ola, now=MONDAY)
    assert trees.of(row).titles["pl"] == "Próba"

    changed = a_tree() | {"titles": words("Inna")}
    row = actions.save_tree(definition=changed, by=ola, now=MONDAY + timedelta(minutes=1), tree_id=row.pk)

    assert trees.of(row).titles["pl"] == "Inna"


def test_endings_are_counted_by_day(ola: Staff) -> None:
    actions.save_tree(definition=a_tree(), by=ola, now=MONDAY)

    for day in (0, 0, 1):
        actions.count_ending(key="proba", end="us", now=MONDAY + timedelta(days=day))
    actions.count_ending(key="proba", end="made-up", now=MONDAY)
    actions.count_ending(key="gone", end="us", now=MONDAY)

    assert list(TreeEnding.objects.values_list("end", "count")) == [("us", 2), ("us", 1)]


def test_what_leads_nowhere_is_named() -> None:
    shelf = Category.objects.create(key="internet", names={}, slugs={})
    problem = Problem.objects.create(key="no-internet", kind=Kind.TECHNICAL, category=shelf, created_at=MONDAY)
    Solution.objects.create(problem=problem, key="set-apn")
    tree = checked({
        **a_tree(), "nodes": {
            "first": {"try": "no-internet#set-apn", "next": "second"},
            "second": {"try": "no-internet#dance", "next": "third"},
            "third": {"end": "article", "problem": "weather"},
        },
    })  # fmt: skip

    assert trees.leads_nowhere(tree) == ["no-internet#dance", "weather"]


def test_the_trees_that_come_along_are_sound_and_know_their_topics() -> None:
    found = [checked(definition) for definition in trees.starter()]

    assert {"no-internet", "no-signal", "sim-lost-stolen", "mms", "topup-missing", "port-in-stuck"} <= {
        tree.key for tree in found
    }
    assert {end.topic for tree in found for end in tree.ends if end.topic} <= set(TOPICS)
