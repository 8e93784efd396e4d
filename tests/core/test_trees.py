"""Decision trees: what is no tree, with all its faults, and the way through one that is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samehand.core import trees
from samehand.core.trees import End, Fault, Faulty, LostWay, Question, checked, walk


def words(text: str = "Słowa") -> dict[str, str]:
    return {"pl": text, "en": text}


def asks(**ways: str) -> dict[str, Any]:
    answers = [{"key": key.replace("_", "-"), "words": words(key), "next": way} for key, way in ways.items()]
    return {"question": words(), "answers": answers}


def a_case(**more: Any) -> dict[str, Any]:
    return {"end": "case", "words": words(), **more}


def a_tree(start: str = "a", **nodes: Any) -> dict[str, Any]:
    named = {key.replace("_", "-"): node for key, node in nodes.items()}
    return {"key": "t", "problem": "no-internet", "titles": words(), "start": start, "nodes": named}


SOUND = a_tree(
    a=asks(yes="apn", no="us"), apn={"try": "no-internet#set-apn", "next": "b", "unable": "us"},
    b=asks(x="us", y="read"),
    read={"end": "solution", "solution": "no-internet#restart-phone"}, us=a_case(topic="no-internet", urgency="high"),
)  # fmt: skip


def faults(definition: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(Faulty) as refused:
        checked(definition)
    return [(fault.kind, fault.where, fault.word) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        pytest.param(None, [("no-tree", "", "")], id="nothing"),
        pytest.param([1, 2], [("no-tree", "", "")], id="a list"),
        pytest.param({"nodes": 3}, [("no-tree", "", "")], id="nodes that are none"),
        pytest.param(a_tree("a", a=asks(x="b", y="b"), b=asks(x="a", y="us"), us=a_case()),
                     [("cycle", "a", "a -> b -> a")], id="a ring, named"),
        pytest.param(a_tree("a", a=asks(x="a", y="us"), us=a_case()), [("cycle", "a", "a -> a")], id="into itself"),
        pytest.param(a_tree("a", a=asks(x="b", y="us"), b=asks(x="c", y="c"), c=asks(x="b", y="b"), us=a_case()),
                     [("cycle", "b", "b -> c -> b"), ("dead-end", "b", ""), ("dead-end", "c", "")],
                     id="a ring without a way out"),
        pytest.param(a_tree("a", a=asks(x="gone", y="us"), us=a_case()), [("dangling", "a", "gone")], id="dangling"),
        pytest.param(a_tree("a", a={"try": "p#s"}), [("dead-end", "a", "")], id="a try that leads nowhere"),
        pytest.param(a_tree("a", a=asks(x="us", y="us"), us=a_case(), c=a_case()), [("unreachable", "c", "")],
                     id="nothing leads there"),
        pytest.param(a_tree("z", a=a_case()), [("no-start", "", "z")], id="no start"),
        pytest.param(a_tree("a", a=a_case(words={"pl": "Tak"})), [("no-text", "a.words", "en")], id="no English"),
        pytest.param(a_tree("a", a=a_case(words=words("x" * 601))),
                     [("too-large", "a.words", "pl"), ("too-large", "a.words", "en")], id="too long"),
        pytest.param(a_tree("a", a={"end": "case"}), [("no-text", "a.words", "pl"), ("no-text", "a.words", "en")],
                     id="a case without a word"),
        pytest.param(a_tree("a", a={"end": "prayer"}), [("bad-end", "a", "prayer")], id="an end of no kind"),
        pytest.param(a_tree("a", a=a_case(urgency="now")), [("bad-end", "a", "now")], id="an urgency of no kind"),
        pytest.param(a_tree("a", a={"end": "solution", "solution": "apn"}), [("bad-end", "a", "apn")],
                     id="a solution of no problem"),
        pytest.param(a_tree("a", a={"end": "article", "problem": "No Signal"}), [("bad-key", "a", "No Signal")],
                     id="a problem that is no key"),
        pytest.param(a_tree("a", a={"question": words(), "end": "case"}),
                     [("bad-node", "a", ""), ("no-start", "", "a")], id="two things at once"),
        pytest.param(a_tree("a", a=5), [("bad-node", "a", ""), ("no-start", "", "a")], id="a number"),
        pytest.param(a_tree("A b", **{"A b": a_case()}), [("bad-key", "A b", "A b")], id="a node's name"),
        pytest.param(a_tree("a", a={"question": words(), "answers": [{"key": "x", "words": words(), "next": "us"}]},
                            us=a_case()), [("bad-answers", "a", "")], id="one answer is no choice"),
        pytest.param(a_tree("a", a={"question": words(), "answers": [
                                {"key": "x", "words": words(), "next": "us"},
                                {"key": "x", "words": words(), "next": "us"},
                            ]}, us=a_case()), [("same-answer", "a", "x")], id="twice the same answer"),
        pytest.param(a_tree("a", a={"question": words(), "answers": "yes"}),
                     [("bad-answers", "a", ""), ("dead-end", "a", "")], id="answers that are none"),
        pytest.param(a_tree("a", a={"question": words(), "answers": [{"key": "x", "words": words(), "next": "us"}, 7]},
                            us=a_case()),
                     [("bad-answers", "a.answers.2", ""), ("bad-key", "a.answers.2", "None"),
                      ("no-text", "a.answers.2", "pl"), ("no-text", "a.answers.2", "en"), ("dead-end", "a", "")],
                     id="an answer that is none"),
        pytest.param({**a_tree("a", a=a_case()), "key": "Nie ma", "titles": {}},
                     [("bad-key", "key", "Nie ma"), ("no-text", "titles", "pl"), ("no-text", "titles", "en")],
                     id="all faults at once"),
        pytest.param({**a_tree("n0"), "nodes": {f"n{n}": a_case() for n in range(201)}}, [("too-many", "", "201")],
                     id="too many"),
    ],
)  # fmt: skip
def test_what_is_no_tree(definition: Any, expected: list[tuple[str, str, str]]) -> None:
    assert faults(definition) == expected


def test_a_sound_tree_tells_its_solutions_and_ends() -> None:
    tree = checked(SOUND)

    assert tree.solutions == ["no-internet#set-apn", "no-internet#restart-phone"]
    assert {end.id: (end.kind, end.urgent) for end in tree.ends} == {"read": ("solution", False), "us": ("case", True)}


def test_yes_and_no_of_yaml_are_words() -> None:
    said = a_tree("a", a=asks(x="us", y="us"), us=a_case())
    said["nodes"]["a"]["answers"][0]["key"] = True
    said["nodes"]["a"]["answers"][1]["key"] = False

    node = checked(said).nodes["a"]

    assert isinstance(node, Question)
    assert [answer.key for answer in node.answers] == ["yes", "no"]


@pytest.mark.parametrize(
    ("answers", "at", "solved", "failed", "end"),
    [
        pytest.param("", "a", "", (), "", id="at the start"),
        pytest.param("no", "us", "", (), "us", id="to the end"),
        pytest.param("yes.failed", "b", "", ("no-internet#set-apn",), "", id="tried in vain"),
        pytest.param("yes.unable", "us", "", (), "us", id="not possible is not tried"),
        pytest.param("yes.helped", None, "no-internet#set-apn", (), "apn", id="it helped"),
        pytest.param("yes.failed.y", "read", "", ("no-internet#set-apn",), "read", id="another solution"),
        pytest.param("yes.failed.y.helped", None, "no-internet#restart-phone", ("no-internet#set-apn",), "read",
                     id="which helped"),
        pytest.param("yes.failed.y.failed", None, "", ("no-internet#set-apn", "no-internet#restart-phone"), "read",
                     id="and the last one did not"),
    ],
)  # fmt: skip
def test_the_way(answers: str, at: str | None, solved: str, failed: tuple[str, ...], end: str) -> None:
    found = walk(checked(SOUND), trees.split(answers))

    assert (found.node.id if found.node else None) == at
    assert (found.solved, found.failed, found.end) == (solved, failed, end)
    assert trees.joined(found.answers) == answers


@pytest.mark.parametrize(
    "answers", ["maybe", "yes.perhaps", "no.no", "no.failed", "yes.helped.x", ".", "yes..", "' OR 1=1"]
)
def test_answers_of_no_tree_are_refused(answers: str) -> None:
    with pytest.raises(LostWay):
        walk(checked(SOUND), trees.split(answers))


def test_a_long_tree_is_no_ring() -> None:
    nodes: dict[str, Any] = {f"n{n}": asks(x=f"n{n + 1}", y=f"n{n + 1}") for n in range(198)}
    tree = checked({**a_tree("n0"), "nodes": {**nodes, "n198": a_case()}})

    assert trees.longest(tree, tree.nodes["n0"]) == 198
    assert trees.longest(tree, tree.nodes["n198"]) == trees.longest(tree, None) == 0


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=8))
def test_whatever_passes_ends(ways: list[tuple[int, int]]) -> None:
    nodes = {f"n{n}": asks(x=f"n{x}", y=f"n{y}") for n, (x, y) in enumerate(ways)}
    try:
        tree = checked({**a_tree("n0"), "nodes": {**nodes, f"n{len(ways)}": a_case()}})
    except Faulty as refused:
        assert all(isinstance(fault, Fault) for fault in refused.faults)
        return
    reached = walk(tree, [])
    for _each in range(len(tree.nodes)):
        if isinstance(reached.node, End):
            break
        reached = walk(tree, [*reached.answers, "x"])
    assert isinstance(reached.node, End)
