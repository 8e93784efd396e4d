"""How well the search answers what people type.

`searches/*.txt` has lines `article|kind|words`. What a "seen" set missed was printed while words were collected: it
says that nothing got worse. The author of a "blind" set saw titles and summaries only; who collects words is told how
many of it missed, never which: whoever prints them makes it a seen one. A "daily" set has what nearly everybody types.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
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
def test_searches_of_our_own_find_the_given_articles(tmp_path: Path) -> None:
    articles = json.loads(SHARED.read_text(encoding="utf-8"))["articles"]

    told = figures(articles, "pl", ("seen_pl", "blind_pl"), tmp_path)

    assert (told["seen_pl"].n, told["blind_pl"].n) == (516, 160)
    assert told["seen_pl"].first >= 0.9 and told["seen_pl"].top3 >= 0.97
    assert told["blind_pl"].first >= 0.9 and told["blind_pl"].top3 >= 0.96
    assert told["seen_pl paraphrase"].first >= 0.85
    assert told["blind_pl paraphrase"].first >= 0.8


@pytest.mark.parametrize(
    ("language", "seen", "blind"), [("pl", (0.9, 0.96), (0.78, 0.9)), ("en", (0.77, 0.93), (0.8, 0.9))]
)
def test_the_starter_set_is_found(
    language: str, seen: tuple[float, float], blind: tuple[float, float], tmp_path: Path
) -> None:
    sets = [f"starter_{name}_{language}" for name in ("seen", "blind", "daily")]

    told = figures(starter(language), language, sets, tmp_path)
    known, unseen, daily = (told[name] for name in sets)

    assert (known.n, unseen.n) == (170, 166)
    assert known.first >= seen[0] and known.top3 >= seen[1]
    assert unseen.first >= blind[0] and unseen.top3 >= blind[1]
    assert daily.first == 1.0


def figures(articles: list[dict[str, Any]], language: str, sets: Iterable[str], folder: Path) -> dict[str, Figures]:
    """Of each set, and of each kind in it: laying the synonyms out takes longer than all searches."""
    queries: dict[str, list[dict[str, str]]] = {}
    for name in sets:
        for line in (SEARCHES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            article, kind, query = line.split("|")
            queries.setdefault(f"{name} {KINDS[kind]}", []).append({"query": query, "article": article})
    path = folder / "asked.json"
    path.write_text(json.dumps({"articles": articles, "queries": queries}), encoding="utf-8")
    answers = trials.run(trials.read(path, language))
    of_sets = [replace(answer, kind=answer.kind.partition(" ")[0]) for answer in answers]
    return trials.judged(answers) | trials.judged(of_sets)


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
