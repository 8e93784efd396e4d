"""How well the search answers what people type.

`searches/*.txt` has lines `article|kind|words`. What a "seen" set missed was printed while words were collected: it
says that nothing got worse. The author of a "blind" set saw titles and summaries only; who collects words is told how
many of it missed, never which: whoever prints them makes it a seen one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from samehand.core.search.judging import Figures
from samehand.guide.files import look, read_article
from samehand.guide.searching import trials
from samehand.guide.starting import STARTER

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "text" / "guide_search_pl.json"
SEARCHES = Path(__file__).with_name("searches")
KINDS = {"p": "paraphrase", "h": "held back", "i": "inflected", "a": "ascii", "t": "typo", "n": "plain"}

pytestmark = [pytest.mark.django_db, pytest.mark.synonyms]
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED.name} does not lie in ../shared/data/text")


@needs_shared
def test_the_given_searches_find_their_articles() -> None:
    told = trials.judged(trials.run(trials.read(SHARED, "pl")))["all"]

    assert told.first >= 0.85
    assert told.top3 >= 0.93


@needs_shared
@pytest.mark.parametrize(
    ("name", "count", "first", "top3", "paraphrases"),
    [
        pytest.param("seen_pl", 516, 0.9, 0.97, 0.85, id="seen"),
        pytest.param("blind_pl", 160, 0.9, 0.96, 0.8, id="blind"),
    ],
)
def test_searches_of_our_own_find_the_given_articles(
    name: str, count: int, first: float, top3: float, paraphrases: float, tmp_path: Path
) -> None:
    told = figures(name, json.loads(SHARED.read_text(encoding="utf-8"))["articles"], "pl", tmp_path)

    assert told["all"].n == count
    assert told["all"].first >= first
    assert told["all"].top3 >= top3
    assert told["paraphrase"].first >= paraphrases


@pytest.mark.parametrize(
    ("name", "language", "count", "first", "top3"),
    [
        pytest.param("starter_seen_pl", "pl", 170, 0.9, 0.96, id="Polish, seen"),
        pytest.param("starter_blind_pl", "pl", 166, 0.78, 0.9, id="Polish, blind"),
        pytest.param("starter_seen_en", "en", 170, 0.77, 0.93, id="English, seen"),
        pytest.param("starter_blind_en", "en", 166, 0.8, 0.9, id="English, blind"),
    ],
)
def test_the_starter_set_is_found(
    name: str, language: str, count: int, first: float, top3: float, tmp_path: Path
) -> None:
    told = figures(name, starter(language), language, tmp_path)["all"]

    assert told.n == count
    assert told.first >= first
    assert told.top3 >= top3


@pytest.mark.parametrize(
    ("language", "searches"),
    [
        ("pl", {
            "nie mam internetu": "no-internet", "nie mam neta w telefonie": "no-internet",
            "nie mam zasięgu": "no-signal", "nie mogę dzwonić": "cannot-call", "zgubiłem kartę": "sim-lost-stolen",
            "nie przyszło doładowanie": "topup-missing", "jak przenieść numer do was": "port-in",
        }),
        ("en", {
            "no internet": "no-internet", "my internet is not working": "no-internet", "no signal": "no-signal",
            "can't call": "cannot-call", "lost my sim": "sim-lost-stolen", "top up not arrived": "topup-missing",
        }),
    ],
    ids=["Polish", "English"],
)  # fmt: skip
def test_what_nearly_everybody_types_finds_its_article_first(
    language: str, searches: dict[str, str], tmp_path: Path
) -> None:
    told = {"articles": starter(language), "queries": [{"query": q, "article": a} for q, a in searches.items()]}
    path = tmp_path / "asked.json"
    path.write_text(json.dumps(told), encoding="utf-8")

    missed = [one.query for one in trials.run(trials.read(path, language)) if one.place != 1]

    assert not missed


def figures(name: str, articles: list[dict[str, Any]], language: str, folder: Path) -> dict[str, Figures]:
    queries: dict[str, list[dict[str, str]]] = {}
    for line in (SEARCHES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        article, kind, query = line.split("|")
        queries.setdefault(KINDS[kind], []).append({"query": query, "article": article})
    path = folder / "asked.json"
    path.write_text(json.dumps({"articles": articles, "queries": queries}), encoding="utf-8")
    return trials.judged(trials.run(trials.read(path, language)))


def starter(language: str) -> list[dict[str, Any]]:
    entries = look(STARTER).of("article")
    files = [read_article(one.read(10**6), key=one.key, language=one.language).file for one in entries]
    return [
        {
            "id": one.problem,
            "title": one.title,
            "summary": one.summary,
            "keywords": list(one.keywords),
            "body": one.body,
        }
        for one in files
        if one and one.language == language
    ]
