"""Several change the guide at once: nobody waits for ever, nobody's work is lost, nobody meets an error."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from samehand.guide import actions, queries, searching
from samehand.guide.models import Problem, Revision, Tree
from samehand.people.models import Staff
from tests.guide.articles import BODY, shelf
from tests.guide.test_importing import article, root, take, told
from tests.guide.test_publishing import out
from tests.guide.trees.test_files import a_tree
from tests.personas import at

__all__ = ["root"]
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[type[Exception]]:
    """What the acts were refused with, each in a thread of its own."""
    together, refusals = threading.Barrier(len(acts)), list[type[Exception]]()

    def run(act: Callable[[], object]) -> None:
        together.wait()
        try:
            act()
        except Exception as refusal:
            refusals.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


def a_draft_of(revision: Revision, by: Staff) -> Revision:
    draft = actions.start(problem_id=revision.problem_id, language="pl", by=by, now=at(1))
    text = actions.Text(draft.title, draft.slug, BODY + "\nWięcej.\n")
    return actions.save(revision_id=draft.pk, by=by, text=text, seen=at(1), now=at(2))


def test_of_two_who_publish_one_version_one_is_told(ola: Staff) -> None:
    draft = a_draft_of(out(ola), ola)

    def publish() -> None:
        actions.publish(revision_id=draft.pk, by=ola, seen=at(2), alone=True, now=at(3))

    assert at_once(publish, publish) == [actions.NotOpen]
    assert queries.published("pl").get() == draft


def test_a_folder_comes_in_while_somebody_publishes(ola: Staff, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, last = article(root, problem="a", slug="a"), article(root, problem="b", slug="b")
    assert told(take(root)) == []
    draft = a_draft_of(queries.published("pl").get(problem__key="b"), ola)
    for path in (first, last):
        path.write_text(path.read_text() + "\nNowe.\n")
    held, indexed = threading.Event(), threading.Event()

    def come_in() -> None:
        held.wait(10)
        assert told(take(root, 5)) == []

    def publish() -> None:
        actions.publish(revision_id=draft.pk, by=ola, seen=at(2), alone=True, now=at(3))

    def index(revision: Revision) -> None:
        # Ola holds her problem; the folder's first article goes to the index, if it can, before hers does.
        if revision.problem.key == "b" and not held.is_set():
            held.set()
            indexed.wait(1)
        searching.index(revision)
        indexed.set()

    monkeypatch.setattr("samehand.guide.actions.publishing.searching", SimpleNamespace(index=index))

    assert at_once(come_in, publish) == []
    assert queries.published("pl").get(problem__key="b").number == 3


def test_a_problem_and_a_tree_of_one_key_are_made_once(anna: Staff) -> None:
    sim, text = shelf(), actions.Text("Zguba", "zguba", BODY)

    def make() -> None:
        actions.make_problem(by=anna, key="lost", kind="formal", category=sim, language="pl", text=text, now=at(0))

    assert at_once(make, make) == [actions.KeyInUse]
    assert Problem.objects.count() == Revision.objects.count() == 1

    def save() -> None:
        actions.save_tree(definition=a_tree(), by=None, now=at(0))

    assert at_once(save, save) == [actions.KeyTaken]
    assert Tree.objects.count() == 1
