"""What is exported comes back exactly: into an empty guide, and out of it again as the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samehand.guide import actions, queries
from samehand.guide.exporting import export_folder
from samehand.guide.files import ArticleFile, Shelf, read_article, read_shelves, written, written_shelves
from samehand.guide.importing import import_folder
from samehand.guide.models import Category, Picture, Problem, Revision, Tree
from samehand.guide.starting import take_starter
from samehand.people.models import Staff
from tests.guide.articles import BODY
from tests.guide.test_pictures import a_picture
from tests.guide.test_publishing import again, out
from tests.personas import MONDAY, at

LANGUAGES = ["pl", "en"]
ODD = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\u2028\u0085"), max_size=30)
LINES = st.lists(st.one_of(ODD, st.sampled_from(["---", "...", "# x", "", "  y", "- z", "a: b", "'", '"', "{#k}"])))


def out_of_the_house(folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    export_folder(folder, languages=LANGUAGES)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def empty_house() -> None:
    for table in (Tree, Problem, Category, Picture):
        table.objects.all().delete()


def there_and_back(folder: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    before = out_of_the_house(folder)
    empty_house()
    outcome = import_folder(folder, by=None, publish=True, now=MONDAY)
    assert outcome.faults == []
    return before, out_of_the_house(folder)


def test_what_the_starter_set_is_exported_as_comes_back_exactly_and_changes_nothing(db: None, tmp_path: Path) -> None:
    take_starter(now=MONDAY)

    before, after = there_and_back(tmp_path / "guide")

    assert len(before) > 150
    assert before == after
    versions = Revision.objects.count()
    outcome = import_folder(tmp_path / "guide", by=None, publish=True, now=at(5))
    assert {state.value for state in outcome.articles} == {state.value for state in outcome.others} == {"same"}
    assert Revision.objects.count() == versions


def test_versions_translations_old_addresses_and_pictures_come_back(db: None, tmp_path: Path, ola: Staff) -> None:
    first = out(ola, slug="a")
    again(first, ola, 1, slug="b")
    english = again(first, ola, 2, language="en", slug="lost", title="Lost: yes, #1")
    again(first, ola, 3, significance="major")
    again(english, ola, 4, title="Lost 'or' stolen")
    draft = actions.start(problem_id=first.problem_id, language="pl", by=ola, now=at(5))
    actions.put_picture(by=ola, name="frame", data=a_picture("JPEG", exif=True), now=at(5))
    actions.put_picture(by=ola, name="other", data=a_picture("PNG", mode="RGBA"), now=at(5))
    actions.put_picture(by=ola, name="third", data=a_picture("WEBP"), now=at(5))
    actions.discard(revision_id=draft.pk, by=ola, seen=at(5), now=at(6))

    before, after = there_and_back(tmp_path / "guide")

    assert before == after
    assert b"version: 3\n" in after["pl/sim-lost-stolen.md"]
    assert b"former: [a]\n" in after["pl/sim-lost-stolen.md"]
    assert b"version: 2\ntranslates: 2\n" in after["en/sim-lost-stolen.md"]
    assert {"pictures/frame.jpg", "pictures/other.png", "pictures/third.webp"} <= set(after)
    found = queries.article("pl", "a")
    assert found
    assert found.moved
    assert queries.translations(Problem.objects.get())[0].standing.value == "should_follow"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=ODD, summary=ODD, keywords=st.lists(ODD, max_size=4), lines=LINES)
def test_odd_texts_come_back_exactly(
    db: None, tmp_path: Path, title: str, summary: str, keywords: list[str], lines: list[str]
) -> None:
    text = actions.Text(f"{title} x", "adres", "\n".join(lines) + "\n\n" + BODY, summary, keywords)
    with transaction.atomic():
        adam = Staff.objects.create_user("adam@fala.example", role="admin", first_name="Adam")
        shelf = Category.objects.create(key="sim", names={"pl": title or "x"}, slugs={"pl": "s"})
        try:
            revision = actions.make_problem(
                by=adam, key="odd", kind="formal", category=shelf, language="pl", text=text, now=MONDAY
            )
            actions.publish(revision_id=revision.pk, by=adam, seen=MONDAY, alone=True, now=MONDAY)
        except actions.Faulty:
            transaction.set_rollback(True)
            return
        Category.objects.update(names={"pl": " ".join(title.split()) or "x"})
        before, after = there_and_back(tmp_path / "guide")
        transaction.set_rollback(True)
    assert before == after


KEY = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
WORDS = ODD.map(lambda text: " ".join(text.split()))


@given(
    WORDS.filter(bool), WORDS, st.lists(WORDS.filter(bool), max_size=3, unique=True),
    st.lists(KEY, max_size=3, unique=True), st.none() | st.integers(0, 999), st.none() | st.integers(0, 999), KEY,
)  # fmt: skip
def test_a_file_is_read_as_it_was_written(
    title: str,
    summary: str,
    keywords: list[str],
    related: list[str],
    version: int | None,
    follows: int | None,
    key: str,
) -> None:  # fmt: skip
    file = ArticleFile(
        key, "pl", title, "adres", BODY, kind="formal", category="sim", topic=None, summary=summary,
        keywords=tuple(keywords), related=tuple(related) or None, version=version, translates=follows,
    )  # fmt: skip

    read = read_article(written(file).encode(), key=key, language="pl")

    assert read.faults == ()
    assert read.file == file


@given(st.lists(st.tuples(KEY, WORDS.filter(bool), WORDS.filter(bool), st.integers(0, 99)), max_size=4))
def test_shelves_are_read_as_they_were_written(said: list[tuple[Any, ...]]) -> None:
    shelves = [Shelf(key, {"pl": pl}, {"en": key}, {"en": en}, icon=key, place=n) for key, pl, en, n in said]

    assert read_shelves(written_shelves(shelves).encode()) == (shelves, [])


@pytest.mark.django_db
def test_one_language_alone(tmp_path: Path, ola: Staff) -> None:
    first = out(ola, slug="a")
    again(first, ola, 2, language="en", slug="lost")

    assert export_folder(tmp_path, languages=["en"]) == ["categories.yaml", "en/sim-lost-stolen.md"]
