"""What somebody wrote by hand goes out as it came, to the byte, until the guide says something else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from samehand.guide import actions
from samehand.guide.exporting import export_folder
from samehand.guide.importing import import_folder
from samehand.guide.models import Category, Original, Problem, Revision, Tree
from samehand.people.models import Staff
from tests.personas import MONDAY, at

pytestmark = pytest.mark.django_db
LANGUAGES = ["pl", "en"]
HEAD = "problem: {key}\nlanguage: pl\ntitle: Tytuł\nslug: {key}-pl\nkind: formal\ncategory: sim\n"
TEXT = "## Raz {#raz}\n\n1. Krok.\n"
SHELVES = """# Półki
- key: sim
  slugs: {en: sim-card, pl: karta-sim}
  names: {pl: "Karta SIM", en: SIM card}
"""
TREE = """# Z komentarzem
key: ring
problem: plain
titles: {pl: Tytuł, en: Title}
start: one
nodes:
  one: {question: {pl: Czy, en: Does it}, answers: [
    {key: yes, words: {pl: Tak, en: Yes}, next: us}, {key: no, words: {pl: Nie, en: No}, next: us}]}
  us: {end: case, words: {pl: My, en: We}}
"""
DEVICES = "::: for iphone\n1. Tak.\n:::\n\n::: not iphone, samsung\n| a | b |\n|---|:-:|\n| `x` | ż |\n:::\n"
ARTICLES = {
    "plain": f"---\n{HEAD}---\n{TEXT}",
    "crlf": f"---\n{HEAD}---\n{TEXT}".replace("\n", "\r\n"),
    "bom": f"\ufeff---\n{HEAD}---\n{TEXT}",
    "no-end": f"---\n{HEAD}---\n{TEXT}Bez końca",
    "empty-lines": f"---\n{HEAD}---\n\n\n{TEXT}\n\n\nDalej.  \n\n\n",
    "devices": f"---\n{HEAD}---\n{TEXT}\n{DEVICES}",
    "order": "---\n# uwaga\nlanguage: 'pl'\nslug: \"order-pl\"   # adres\nkeywords:\n  - 'yes'\n  - a\n"
    f"kind: technical\ncategory: sim\nsummary: >\n  Dwa\n  wiersze\nversion: 1\nproblem: order\n"
    f"title: 'To: ''ono'''\n---\n{TEXT}",
}
ENGLISH = f'---\nproblem: order\nlanguage: en\ntitle: "It\\u2019s"\nslug: order-en\ntranslates: 1\n---\n{TEXT}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("pl", "en", "trees"):
        (tmp_path / "in" / name).mkdir(parents=True)
    for key, text in ARTICLES.items():
        (tmp_path / "in" / "pl" / f"{key}.md").write_bytes(text.replace("{key}", key).encode())
    (tmp_path / "in" / "en" / "order.md").write_text(ENGLISH)
    (tmp_path / "in" / "trees" / "ring.yaml").write_text(TREE)
    (tmp_path / "in" / "categories.yaml").write_text(SHELVES)
    return tmp_path / "in"


@pytest.fixture
def out(tmp_path: Path) -> Callable[[], dict[str, bytes]]:
    def export() -> dict[str, bytes]:
        export_folder(tmp_path / "out", languages=LANGUAGES)
        return contents(tmp_path / "out")

    return export


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def take(folder: Path) -> None:
    assert import_folder(folder, by=None, publish=True, now=MONDAY).faults == []


def test_what_came_goes_out_to_the_byte_and_comes_back(folder: Path, out: Callable[[], dict[str, bytes]]) -> None:
    take(folder)
    assert out() == contents(folder)

    for table in (Tree, Problem, Category, Original):
        table.objects.all().delete()
    take(folder.with_name("out"))
    assert out() == contents(folder)


def test_what_is_changed_in_the_house_is_written_by_the_house(
    folder: Path, ola: Staff, out: Callable[[], dict[str, bytes]]
) -> None:
    take(folder)
    problem = Problem.objects.get(key="order")
    draft = actions.start(problem_id=problem.pk, language="pl", by=ola, now=at(1))
    text = actions.Text("Nowy tytuł", "order-pl", TEXT)
    draft = actions.save(revision_id=draft.pk, by=ola, text=text, seen=draft.edited_at, now=at(1))
    actions.publish(revision_id=draft.pk, by=ola, seen=draft.edited_at, alone=True, now=at(1))

    after = out()

    assert after["pl/order.md"].startswith(b"---\nproblem: order\nlanguage: pl\ntitle: ")
    assert after | {"pl/order.md": b""} == contents(folder) | {"pl/order.md": b""}


def test_what_the_guide_knows_beside_the_file_is_not_lost_with_it(
    folder: Path, out: Callable[[], dict[str, bytes]]
) -> None:
    """A second version, though the file does not say so; a category that it has not."""
    take(folder)
    changed = folder / "pl" / "crlf.md"
    changed.write_bytes(changed.read_bytes().replace(b"Krok", b"Skok"))
    Category.objects.create(key="other", names={"pl": "x", "en": "x"}, slugs={"pl": "x", "en": "y"})
    take(folder)

    after = out()

    assert Revision.objects.get(problem__key="crlf", state="published").number == 2
    assert b"version: 2\n" in after["pl/crlf.md"]
    assert b"key: other\n" in after["categories.yaml"]


def test_a_file_that_is_refused_leaves_the_one_before(folder: Path, out: Callable[[], dict[str, bytes]]) -> None:
    take(folder)
    before = out()
    (folder / "pl" / "bom.md").write_text("nothing")

    assert import_folder(folder, by=None, publish=True, now=at(1)).faults
    assert out() == before
