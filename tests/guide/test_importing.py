"""Files come in: the same ones change nothing, faulty ones are told with their line, no link is followed."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from samehand.config.cli import COMMANDS
from samehand.core.staleness import Standing
from samehand.guide import actions, queries
from samehand.guide.exporting import export_folder
from samehand.guide.files import said
from samehand.guide.importing import Outcome, import_folder
from samehand.guide.models import Category, Picture, Problem, Revision
from samehand.people.models import Staff
from tests.guide.articles import BODY
from tests.guide.test_pictures import a_picture
from tests.personas import at

SHELVES = "- key: sim\n  names: {pl: Karta, en: Card}\n  slugs: {pl: karta, en: card}\n"
HEAD = {"problem": "sim-lost", "language": "pl", "title": "Zguba", "slug": "zguba", "kind": "formal", "category": "sim"}
ENGLISH = {"problem": "sim-lost", "language": "en", "title": "Lost", "slug": "lost", "translates": "1"}


def article(root: Path, body: str = BODY, **head: str) -> Path:
    said = {**(ENGLISH if head.get("language") == "en" else HEAD), **head}
    path = root / said["language"] / f"{said['problem']}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{name}: {value}\n" for name, value in said.items() if value)
    path.write_bytes(f"---\n{lines}---\n{body}".encode())
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "categories.yaml").write_text(SHELVES)
    return tmp_path


def take(root: Path, minute: float = 0, **how: Any) -> Outcome:
    return import_folder(root, **{"by": None, "publish": True, "now": at(minute), **how})


def told(outcome: Outcome) -> list[str]:
    return [f"{name}:{fault.line}: {said(fault)}" for name, fault in outcome.faults]


pytestmark = pytest.mark.django_db


def test_a_folder_comes_in_and_the_same_one_changes_nothing(root: Path) -> None:
    article(root)
    article(root, language="en")

    first, second = take(root), take(root, 5)

    assert told(first) == []
    assert {state.value: n for state, n in first.articles.items()} == {"new": 2}
    assert {state.value: n for state, n in second.articles.items()} == {"same": 2}
    assert Revision.objects.filter(state="published").count() == Revision.objects.count() == 2
    english = queries.published("en").get()
    assert english.based_on == queries.published("pl").get()


def test_a_changed_file_is_the_next_version_and_its_translation_falls_behind(root: Path) -> None:
    article(root)
    article(root, language="en")
    take(root)
    article(root, body=BODY + "\nJeszcze coś.\n")

    changed = take(root, 5)

    assert {state.value: n for state, n in changed.articles.items()} == {"changed": 1, "same": 1}
    assert [r.number for r in queries.history(Problem.objects.get(), "pl")] == [2, 1]
    assert queries.translations(Problem.objects.get())[0].standing is Standing.SHOULD_FOLLOW
    article(root, language="en", translates="2")
    take(root, 6)
    assert queries.translations(Problem.objects.get())[0].standing is Standing.CURRENT


def test_as_drafts_a_person_reads_them_first(root: Path, ola: Staff) -> None:
    article(root)

    take(root, by=ola, publish=False)
    again = take(root, 5, by=ola, publish=False)

    assert (Revision.objects.get().state, Revision.objects.get().author) == ("draft", ola)
    assert [state.value for state in again.articles] == ["same"]


def test_a_draft_of_a_person_is_never_overtaken(root: Path, anna: Staff) -> None:
    article(root)
    take(root)
    actions.start(problem_id=Problem.objects.get().pk, language="pl", by=anna, now=at(1))
    article(root, body=BODY + "\nInaczej.\n")

    assert "somebody writes a version of it at the moment (Anna)" in told(take(root, 2))[0]


def test_only_leads_take_files_in(root: Path, anna: Staff) -> None:
    article(root)

    with pytest.raises(actions.NotAllowed):
        take(root, by=anna)

    assert not Problem.objects.exists()


@pytest.mark.parametrize(
    ("head", "body", "fault"),
    [
        ({}, "Nic.", "pl/sim-lost.md:9: no heading has a mark like {#set-apn}: without one there is no solution"),
        ({}, "\n\n" + BODY + "\n{{nic}}\n", "pl/sim-lost.md:18: {{nic}} is no fact that we know"),
        ({"title": "'{{nic}}'"}, BODY, "pl/sim-lost.md:4: {{nic}} is no fact that we know"),
        ({}, "x" * 1_000_000, "pl/sim-lost.md:1: it has more than 220 kB; an article has 200 kB at most"),
        ({}, "ż" * 105_000, "pl/sim-lost.md:9: it has 210 kB; an article has 200 kB at most"),
        ({"colour": "red"}, BODY, "pl/sim-lost.md:8: “colour” is no field that we know"),
        ({"kind": "odd"}, BODY, "pl/sim-lost.md:6: the value of “kind” cannot be right: formal or technical"),
        (
            {"slug": "żółw"},
            BODY,
            "pl/sim-lost.md:5: the value of “slug” cannot be right: small letters without accents",
        ),
        ({"title": ""}, BODY, "pl/sim-lost.md:1: “title” is missing"),
        ({"category": "none"}, BODY, "pl/sim-lost.md:7: there is no category “none”"),
        ({"keywords": "[a, [b]]"}, BODY, "pl/sim-lost.md:8: the value of “keywords” cannot be right"),
        ({"keywords": "*bomb"}, BODY, "pl/sim-lost.md:8: this is no YAML that is taken: references (*name) are not"),
        ({"keywords": "[" * 50 + "]" * 50}, BODY, "pl/sim-lost.md:8: this is no YAML that is taken: too deep"),
        ({"summary": "!!python/object/apply:os.system [x]"}, BODY, "pl/sim-lost.md:8: the value of “summary” cannot"),
        ({"review_every": "-1"}, BODY, "pl/sim-lost.md:8: the value of “review_every” cannot be right"),
        ({"title": "a: b: c"}, BODY, "pl/sim-lost.md:4: this is no YAML that is taken"),
        ({}, "a\x00b" + BODY, "pl/sim-lost.md:9: it holds a sign that cannot be kept"),
    ],
)
def test_each_fault_is_told_with_file_and_line(root: Path, head: dict[str, str], body: str, fault: str) -> None:
    article(root, body=body, **head)
    article(root, problem="sim-new", slug="nowa")

    found = told(take(root))

    assert any(line.startswith(fault) for line in found), found
    assert list(Problem.objects.values_list("key", flat=True)) == ["sim-new"], "the sound one is in"


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"\xff\xfe", "it is no UTF-8"),
        (b"", "it must begin with what is said of it, between two lines of ---"),
        (b"---\nproblem: x\n", "it must begin with what is said of it"),
        (b"---\n- a\n---\n", "it must begin with what is said of it"),
        (b"---\nproblem: x\nproblem: y\n---\n", "“problem” stands there twice"),
        (b"---\nproblem: other\nlanguage: pl\n---\n", "“problem: other” does not fit the place of the file"),
    ],
)
def test_what_is_no_article_is_told(root: Path, raw: bytes, fault: str) -> None:
    article(root).write_bytes(raw)

    assert any(fault in line for line in told(take(root)))


def test_strict_takes_all_or_nothing(root: Path) -> None:
    article(root)
    article(root, problem="sim-new", body="Nic.")

    outcome = take(root, strict=True)

    assert len(outcome.faults) == 1
    assert not Problem.objects.exists()
    assert not Category.objects.exists()


def test_no_link_is_followed_out_of_the_folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    article(outside, problem="secret", slug="s")
    (root / "pl").mkdir()
    (root / "pl" / "secret.md").symlink_to(outside / "pl" / "secret.md")
    (root / "en").symlink_to(outside / "pl")

    assert sorted(told(take(root))) == [
        "en:0: it is a link to another place, and is not followed",
        "pl/secret.md:0: it is a link to another place, and is not followed",
    ]
    assert not Problem.objects.exists()


def test_names_that_are_no_keys_are_told_and_other_files_are_left_alone(root: Path) -> None:
    path = article(root)
    path.rename(path.with_name("Zła nazwa.md"))
    (root / "pl" / "README.txt").write_text("x")
    (root / "pl" / ".hidden.md").write_text("x")

    assert told(take(root)) == ["pl/Zła nazwa.md:0: its name must be a key: small letters, digits, hyphens"]


def test_two_articles_of_one_address_and_a_translation_that_says_otherwise(root: Path) -> None:
    article(root)
    article(root, problem="sim-new")
    article(root, language="en", kind="technical")
    article(root, problem="sim-new", language="en", slug="x", translates="7")

    assert told(take(root)) == [
        "pl/sim-new.md:5: the address leads to “sim-lost” already",
        "en/sim-lost.md:7: “kind” differs from what the source says of the problem",
        "en/sim-new.md:2: “kind, category” is missing",
    ]


def test_what_leads_nowhere_is_noted_and_taken(root: Path) -> None:
    article(root, body=BODY + "\n[x](problem:nic) ![y](picture:brak)\n", related="[inny]")

    outcome = take(root)

    assert outcome.faults == []
    assert [f"{name}:{fault.line}: {said(fault)}" for name, fault in outcome.notes] == [
        "pl/sim-lost.md:17: “problem:nic” leads nowhere",
        "pl/sim-lost.md:17: “picture:brak” leads nowhere",
        "pl/sim-lost.md:8: there is no problem “inny”",
    ]


def test_files_that_are_too_many_are_told_of(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samehand.guide.files.folders.MOST_FILES", 1)
    for key in ("sim-lost", "sim-replace"):
        article(root, problem=key, slug=key)

    assert told(take(root)) == ["pl:0: more than 1 files lie in it: those beyond are not read"]
    assert Problem.objects.get().key == "sim-lost"


def test_the_name_of_a_picture_is_a_key(root: Path) -> None:
    (root / "pictures").mkdir()
    for length in (60, 61):
        (root / "pictures" / f"{'a' * length}.png").write_bytes(a_picture())

    (fault,) = told(take(root))

    assert fault == f"pictures/{'a' * 61}.png:0: its name must be a key: small letters, digits, hyphens"
    assert Picture.objects.get().name == "a" * 60


def test_trees_are_checked(root: Path) -> None:
    article(root)
    (root / "trees").mkdir()
    (root / "trees" / "ring.yaml").write_text(
        "key: ring\nproblem: sim-lost\ntitles: {pl: x, en: x}\nstart: a\nnodes: {}\n"
    )
    (root / "trees" / "other.yaml").write_text("key: ring\n")

    found = told(take(root))

    assert any(line.startswith("trees/ring.yaml:0: it is no sound tree: ") for line in found)
    assert "trees/other.yaml:0: it says nothing about “other”" in found


def test_the_commands(root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from samehand.guide import commands

    article(root)
    article(root, problem="bad", body="Nic.")
    args = {"folder": root, "starter": False, "draft": False, "strict": False, "by": None}

    assert commands.import_(Namespace(**args)) == 1
    told = capsys.readouterr()
    assert (
        told.out
        == "articles: 1 new, 0 changed, 0 same; categories, trees and pictures: 1 new, 0 changed, 0 same; 1 faults\n"
    )
    assert told.err.startswith("pl/bad.md:9: no heading has a mark")
    with pytest.raises(SystemExit, match="already"):
        commands.import_(Namespace(**{**args, "folder": None, "starter": True}))
    with pytest.raises(SystemExit, match="nobody here is"):
        commands.import_(Namespace(**{**args, "by": "x@y.example"}))
    with pytest.raises(SystemExit, match="No such file"):
        commands.import_(Namespace(**{**args, "folder": root / "none"}))
    commands.export(Namespace(folder=root, language=None))
    told = capsys.readouterr()
    assert (told.out, told.err) == ("2 files\n", "pl/bad.md: not in the guide (any more)\n")
    assert {"guide import", "guide export"} <= set(COMMANDS)


def test_nothing_is_written_through_a_link(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    from samehand.guide.files import UnsafePlace

    article(root)
    take(root)
    outside = tmp_path_factory.mktemp("outside")
    target = tmp_path_factory.mktemp("target")
    (outside / "mine").write_text("mine")
    (target / "categories.yaml").symlink_to(outside / "mine")

    export_folder(target, languages=["pl"])
    assert (outside / "mine").read_text() == "mine"
    (target / "en").symlink_to(outside)
    article(root, language="en")
    take(root)
    with pytest.raises(UnsafePlace):
        export_folder(target, languages=["en"])
