"""The guide's commands as they are typed: what they print, and what they refuse with which words."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samehand.guide import commands
from samehand.guide.models import Document, Problem, Revision
from samehand.guide.searching import commands as searching
from tests.guide.test_importing import article, root
from tests.guide.test_searching import article as in_the_guide

__all__ = ["root"]

pytestmark = pytest.mark.django_db

Typed = Callable[..., tuple[int, str, str]]
ARTICLES = [
    {"id": "apn", "title": "Ustawienia internetu", "body": "Wpisz nazwę APN.", "keywords": ["sieć"]},
    {"id": "invoice", "title": "Gdzie znajdę fakturę?", "body": "Czeka w panelu."},
]
QUERIES = {"plain": [{"query": "faktura", "article": "invoice"}, {"query": "smok", "article": "apn"}]}


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    """A command with its words: its exit code, what it printed, and what it complained of."""

    def run(command: str, *words: object) -> tuple[int, str, str]:
        room = searching if command in {"search", "eval", "reindex"} else commands
        name = f"{command}_" if command in {"eval", "import"} else command
        parser = argparse.ArgumentParser()
        getattr(room, f"{command}_arguments", lambda _: None)(parser)
        code = getattr(room, name)(parser.parse_args(list(map(str, words)))) or 0
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def trial(tmp_path: Path) -> Callable[[Any], Path]:
    def write(told: Any) -> Path:
        path = tmp_path / "trial.json"
        path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
        return path

    return write


@pytest.fixture
def refused(typed: Typed) -> Callable[..., str]:
    def run(*words: object) -> str:
        with pytest.raises(SystemExit) as refusal:
            typed(*words)
        return str(refusal.value)

    return run


def test_a_search_prints_the_articles_and_by_which_words(typed: Typed) -> None:
    in_the_guide("invoice", "Gdzie znajdę fakturę?", "Faktura czeka w panelu.")

    code, out, err = typed("search", "FAKTURY")

    assert (code, err) == (0, "")
    assert "invoice" in out.splitlines()[0]
    assert out.splitlines()[0].endswith("Gdzie znajdę fakturę?")
    assert out.splitlines()[1].strip() == "faktury = faktura (form)"


def test_a_search_for_programs_is_a_list(typed: Typed) -> None:
    in_the_guide("invoice", "Gdzie znajdę fakturę?", "Faktura czeka w panelu.")

    hits = json.loads(typed("search", "faktury", "--json")[1])

    assert [hit["article"] for hit in hits] == ["invoice"]
    assert hits[0]["score"] > 0
    assert hits[0]["why"][0]["word"] == "faktury"


@pytest.mark.parametrize("query", ["", " ", "?!", "x" * 10_000, "karta " * 2_000, "\x00", "{#"])
def test_any_text_may_be_looked_for(typed: Typed, query: str) -> None:
    assert typed("search", query) == (0, "nothing found\n", "")
    assert json.loads(typed("search", query, "--json")[1]) == []


def test_reindexing_says_how_many_articles_lie_there(typed: Typed) -> None:
    in_the_guide("invoice", "Gdzie znajdę fakturę?")
    in_the_guide("invoice", "Where is my invoice?", language="en")
    in_the_guide("apn", "Ustawienia internetu")
    Document.objects.all().delete()

    assert typed("reindex") == (0, "pl: 2 articles\nen: 1 articles\n", "")
    assert Document.objects.count() == 3


def test_a_trial_prints_its_figures_and_what_it_missed(typed: Typed, trial: Callable[[Any], Path]) -> None:
    code, out, _ = typed("eval", trial({"articles": ARTICLES, "queries": QUERIES}), "--misses")

    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["searches", "first", "in", "three", "MRR"],
        ["all", "2", "50.0", "%", "50.0", "%", "0.500"],
        ["plain", "2", "50.0", "%", "50.0", "%", "0.500"],
        ["plain:", "smok", "right:", "apn", "(None)", "()"],
    ]
    assert not Problem.objects.exists(), "nothing of it stays"


def test_a_trial_for_programs_is_shares(typed: Typed, trial: Callable[[Any], Path]) -> None:
    told = json.loads(typed("eval", trial({"articles": ARTICLES, "queries": QUERIES["plain"]}), "--json")[1])

    assert told["all"] == told["queries"] == {"first": 0.5, "top3": 0.5, "mrr": 0.5, "n": 2}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("[" * 100_000, " is no JSON of a trial: it is nested too deep"),
        ("{", " is no JSON in UTF-8: "),
        ([], ': an object with "articles" and "queries" is expected'),
        ({"queries": QUERIES}, ': "articles" must be a list of {id, title, body}'),
        ({"articles": []}, ': "articles" must be a list of {id, title, body}'),
        ({"articles": [{"id": "a", "title": "b"}]}, ': article 1: "body" is missing'),
        ({"articles": [{"id": "a"}]}, ': article 1: "title", "body" is missing'),
        ({"articles": [{"id": "a", "title": 1, "body": ""}]}, ': article 1: "title" must be a text'),
        ({"articles": [*ARTICLES, 7]}, ": article 3: an object with id and title and body is expected"),
        ({"articles": [*ARTICLES, ARTICLES[0]]}, ": article 3: the id 'apn' is there twice"),
        ({"articles": [ARTICLES[0] | {"language": "de"}]}, ": article 1: the language must be one of pl, en"),
        ({"articles": [ARTICLES[0] | {"summary": 1}]}, ': article 1: "summary" must be a text, "keywords" a list'),
        ({"articles": [ARTICLES[0] | {"title": "a\x00"}]}, ": article 1: it holds a sign that cannot be kept"),
        ({"articles": [ARTICLES[0] | {"body": "\ud800"}]}, ": article 1: it holds a sign that cannot be kept"),
        (
            {"articles": ARTICLES, "queries": [{"query": "\x00", "article": "apn"}]},
            ": queries, query 1: it holds a sign that cannot be kept",
        ),
        ({"articles": ARTICLES}, ': "queries" must be {class: [{query, article}]} or a list'),
        ({"articles": ARTICLES, "queries": []}, ': there is no query in "queries"'),
        ({"articles": ARTICLES, "queries": {"plain": []}}, ': there is no query in "queries"'),
        ({"articles": ARTICLES, "queries": [{"query": "x"}]}, ': queries, query 1: "article" is missing'),
        ({"articles": ARTICLES, "queries": [{"article": "apn"}]}, ': queries, query 1: "query" is missing'),
        (
            {"articles": ARTICLES, "queries": {"plain": [*QUERIES["plain"], {"query": "x", "article": "y"}]}},
            ": plain, query 3 ('x'): there is no article 'y'",
        ),
        (
            {"articles": [ARTICLES[0], {**ARTICLES[0], "language": "en"}], "queries": QUERIES},
            ": article 2: the id 'apn' is there twice",
        ),
        (
            {"articles": ARTICLES, "queries": {"all": QUERIES["plain"], "typo": QUERIES["plain"]}},
            ': a class cannot be called "all": so are the figures of all classes together',
        ),
    ],
)
def test_a_file_that_is_no_trial_is_refused_with_its_name_and_what_is_wrong(
    refused: Callable[..., str], trial: Callable[[Any], Path], told: Any, words: str
) -> None:
    path = trial(told)

    assert refused("eval", path).startswith(f"{path}{words}")


def test_a_trial_that_is_not_there(refused: Callable[..., str], tmp_path: Path) -> None:
    assert refused("eval", tmp_path / "none") == f"{tmp_path / 'none'} cannot be read: No such file or directory"


def test_a_folder_without_a_guide_is_refused(refused: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("x")

    assert refused("import", tmp_path) == f"{tmp_path} holds no guide: there is no categories.yaml, no pl/ and no en/"


def test_import_without_a_place_says_both_ways(typed: Typed) -> None:
    assert typed("import") == (2, "", "say where the guide comes from: a folder (DIR), or --starter\n")


@pytest.mark.parametrize("more", [["somewhere"], ["--draft"], ["--strict"], ["--by", "ola@fala.example"]])
def test_the_starter_set_is_taken_as_it_is(typed: Typed, more: list[str]) -> None:
    code, out, err = typed("import", "--starter", *more)

    assert (code, out) == (2, "")
    assert err.endswith(f"leave out {'DIR' if more == ['somewhere'] else more[0]}\n")
    assert not Revision.objects.exists()


@pytest.mark.parametrize("below", ["", "/deeper"])
def test_nothing_is_exported_onto_a_file(refused: Callable[..., str], tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("mine")

    told = refused("export", f"{tmp_path}/file{below}")

    assert told == f"{tmp_path}/file{below}: a folder is wanted, and a file stands in its place"
    assert (tmp_path / "file").read_text() == "mine"


def test_a_broken_head_is_the_only_fault_that_is_told(typed: Typed, root: Path) -> None:
    article(root, title="a: b: c", body="Nic {{nic}}.")

    code, _, err = typed("import", root)

    assert code == 1
    assert err == "pl/sim-lost.md:4: this is no YAML that is taken: mapping values are not allowed here\n"


def test_a_tree_that_goes_round_is_refused_in_words_with_the_way_round(typed: Typed, root: Path) -> None:
    article(root)
    (root / "trees").mkdir()
    question = "question: {pl: q, en: q}, answers: [{key: y, words: {pl: t, en: y}, next: %s}, "
    other = "{key: n, words: {pl: n, en: n}, next: end}]"
    (root / "trees" / "ring.yaml").write_text(
        "key: ring\nproblem: sim-lost\ntitles: {pl: x, en: x}\nstart: a\nnodes:\n"
        + "".join(f"  {one}: {{{question % following}{other}}}\n" for one, following in ("ab", "ba"))
        + "  end: {end: case, words: {pl: k, en: e}}\n"
    )

    code, _, err = typed("import", root)

    assert code == 1
    assert err == (
        "trees/ring.yaml: it is no sound tree: It goes round in a circle: a -> b -> a. Nobody would ever come out.\n"
    )
