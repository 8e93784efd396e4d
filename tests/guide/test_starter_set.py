"""What comes with Samehand: every file is sound, both languages say the same problem, and nothing leads nowhere."""

from __future__ import annotations

import pytest

from samehand.core.topic_words import TOPICS
from samehand.guide.files import ArticleFile, look, read_article, read_shelves, said, written
from samehand.guide.models import Problem, Revision, Solution, Tree
from samehand.guide.rendering import article_of
from samehand.guide.starting import STARTER, take_starter
from tests.personas import MONDAY

FOLDER = look(STARTER)
READ = {e.name: read_article(e.read(10**6), key=e.key, language=e.language) for e in FOLDER.of("article")}
FILES: dict[tuple[str, str], ArticleFile] = {(r.file.language, r.file.problem): r.file for r in READ.values() if r.file}
PROBLEMS = sorted({problem for _, problem in FILES})
SHELVES, SHELF_FAULTS = read_shelves(FOLDER.of("shelves")[0].read(10**6))


def test_there_are_enough_problems() -> None:
    assert not FOLDER.faults
    assert len(PROBLEMS) >= 60


@pytest.mark.parametrize("name", sorted(READ))
def test_a_file_has_no_fault(name: str) -> None:
    assert [f"{name}:{fault.line}: {said(fault)}" for fault in READ[name].faults] == []


@pytest.mark.parametrize("key", PROBLEMS)
def test_both_languages_say_the_same_problem(key: str) -> None:
    pl, en = FILES["pl", key], FILES["en", key]
    shelves = {shelf.key for shelf in SHELVES}

    assert pl.translates is None
    assert en.translates == 1
    for name in ("kind", "category", "topic", "related", "review_every"):
        assert getattr(en, name) in (None, getattr(pl, name)), name
    assert [s.key for s in article_of(pl.body).solutions] == [s.key for s in article_of(en.body).solutions]
    assert pl.category in shelves
    assert pl.topic in {None, "", *TOPICS}
    assert pl.summary and en.summary


@pytest.mark.parametrize("language", ["pl", "en"])
def test_addresses_are_there_once(language: str) -> None:
    slugs = [file.slug for (spoken, _), file in FILES.items() if spoken == language]

    assert len(slugs) == len(set(slugs))


def test_links_and_related_problems_lead_somewhere() -> None:
    trees = {entry.key for entry in FOLDER.of("tree")}
    loose = []
    for (language, key), file in FILES.items():
        for link in article_of(file.body).links:
            there = {"problem": (language, link.key) in FILES, "tree": link.key in trees, "picture": False}
            loose += [] if there.get(link.kind, True) else [f"{language}/{key}: {link.kind}:{link.key}"]
        loose += [f"{language}/{key}: related {one}" for one in file.related or () if one not in PROBLEMS]

    assert loose == []


def test_shelves_are_sound_and_none_is_empty() -> None:
    assert SHELF_FAULTS == []
    assert {shelf.key for shelf in SHELVES} == {file.category for (spoken, _), file in FILES.items() if spoken == "pl"}


def test_what_is_read_can_be_written_and_read_again() -> None:
    for (language, key), file in FILES.items():
        assert read_article(written(file).encode(), key=key, language=language).file == file


def test_an_empty_guide_gets_it_and_another_one_is_left_alone(db: None) -> None:
    outcome = take_starter(now=MONDAY)

    assert outcome
    assert outcome.faults == outcome.notes == []
    assert Problem.objects.count() == len(PROBLEMS)
    assert Revision.objects.filter(state="published").count() == len(FILES)
    assert Solution.objects.filter(retired_at=None).count() > len(PROBLEMS)
    assert Tree.objects.exists()
    assert not Tree.objects.filter(problem=None).exists()
    assert take_starter(now=MONDAY) is None
