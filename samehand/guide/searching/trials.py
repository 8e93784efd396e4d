"""Trying the search on articles and labelled searches from a file, apart from the guide: nothing of it stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from samehand.core.search.judging import Figures, figures
from samehand.guide.searching import embedding, synonyms
from samehand.guide.searching.asking import search
from samehand.guide.searching.embedding import Named
from samehand.guide.searching.shelves import Article, hold, lay, lay_meaning

LANGUAGES = ("pl", "en")
LOOKED_AT = 20
WITHOUT_CLASS = "queries"
ALL = "all"
# What PostgreSQL takes in no text.
_UNKEPT = re.compile(r"[\x00\ud800-\udfff]")


class BadTrial(Exception):
    """The file is none that a trial can be made of; the words say which file, where and why."""


@dataclass(frozen=True, slots=True)
class Trial:
    """`queries` has (class, what is typed, key of the right article)."""

    articles: dict[str, list[Article]]
    queries: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    kind: str
    query: str
    right: str
    keys: tuple[str, ...]

    @property
    def place(self) -> int | None:
        return self.keys.index(self.right) + 1 if self.right in self.keys else None


def read(path: Path, language: str) -> Trial:
    """{"articles": [{id, title, body, summary?, keywords?, language?}], "queries": {class: [{query, article}]}};
    `queries` may be a list. Raises BadTrial."""
    told = _told(path)
    try:
        articles = _articles(told.get("articles"), language)
        keys = {article.key for shelf in articles.values() for article in shelf}
        return Trial(articles, list(_queries(told.get("queries"), keys)))
    except BadTrial as bad:
        raise BadTrial(f"{path}: {bad}") from None


def _told(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise BadTrial(f"{path} cannot be read: {trouble.strerror}") from trouble
    except ValueError as trouble:
        raise BadTrial(f"{path} is no JSON in UTF-8: {trouble}") from trouble
    except RecursionError:
        raise BadTrial(f"{path} is no JSON of a trial: it is nested too deep") from None
    if not isinstance(told, dict):
        raise BadTrial(f'{path}: an object with "articles" and "queries" is expected')
    return told


def _articles(told: Any, language: str) -> dict[str, list[Article]]:
    if not isinstance(told, list) or not told:
        raise BadTrial('"articles" must be a list of {id, title, body}')
    shelves: dict[str, list[Article]] = {}
    keys: set[str] = set()
    for number, one in enumerate(told, start=1):
        article, spoken = _article(one, number, language)
        if article.key in keys:
            raise BadTrial(f"article {number}: the id {article.key!r} is there twice")
        keys.add(article.key)
        shelves.setdefault(spoken, []).append(article)
    return shelves


def _article(one: Any, number: int, language: str) -> tuple[Article, str]:
    missing = _missing(one, ("id", "title", "body"))
    if missing:
        raise BadTrial(f"article {number}: {missing}")
    spoken = one.get("language", language)
    if spoken not in LANGUAGES:
        raise BadTrial(f"article {number}: the language must be one of {', '.join(LANGUAGES)}")
    summary, keywords = one.get("summary") or "", one.get("keywords") or []
    if not isinstance(summary, str) or not isinstance(keywords, list):
        raise BadTrial(f'article {number}: "summary" must be a text, "keywords" a list of texts')
    article = Article(one["id"], one["title"], one["body"], summary, tuple(map(str, keywords)))
    if any(map(_UNKEPT.search, (article.key, article.title, article.body, summary, *article.keywords))):
        raise BadTrial(f"article {number}: it holds a sign that cannot be kept")
    return article, spoken


def _missing(one: Any, names: tuple[str, ...]) -> str:
    """What an object lacks of the texts that it must have, in words; empty when nothing."""
    if not isinstance(one, dict):
        return f"an object with {' and '.join(names)} is expected"
    lacking = [f'"{name}"' for name in names if one.get(name) is None]
    wrong = [f'"{name}"' for name in names if not isinstance(one.get(name), str)]
    return f"{', '.join(lacking)} is missing" if lacking else f"{', '.join(wrong)} must be a text" if wrong else ""


def _queries(told: Any, keys: set[str]) -> Iterator[tuple[str, str, str]]:
    if isinstance(told, list):
        told = {WITHOUT_CLASS: told}
    if not isinstance(told, dict) or not all(isinstance(several, list) for several in told.values()):
        raise BadTrial('"queries" must be {class: [{query, article}]} or a list of {query, article}')
    if not any(told.values()):
        raise BadTrial('there is no query in "queries"')
    if ALL in told:
        raise BadTrial(f'a class cannot be called "{ALL}": so are the figures of all classes together')
    for kind, several in told.items():
        for number, one in enumerate(several, start=1):
            if missing := _missing(one, ("query", "article")):
                raise BadTrial(f"{kind}, query {number}: {missing}")
            if _UNKEPT.search(one["query"]):
                raise BadTrial(f"{kind}, query {number}: it holds a sign that cannot be kept")
            if one["article"] not in keys:
                raise BadTrial(
                    f"{kind}, query {number} ({one['query'][:60]!r}): there is no article {one['article']!r}"
                )
            yield kind, one["query"], one["article"]


def run(trial: Trial, embedder: Named | None = None) -> list[Answer]:
    """What the search answers when it has nothing but the trial's articles, by default with the house's embedder."""
    embedder = embedder or embedding.current()
    with transaction.atomic():
        for language, articles in trial.articles.items():
            shelf = _shelf(language)
            hold(shelf)
            synonyms.refresh(shelf, language)
            lay(shelf, language, articles)
            lay_meaning(shelf, articles, embedder)
        with connection.cursor() as cursor:
            # What was only just written has no statistics; nobody else sees these.
            cursor.execute(
                "ANALYZE guide_form, guide_lemma, guide_posting, guide_expression, guide_document, guide_senseposting"
            )
        languages = {article.key: language for language, several in trial.articles.items() for article in several}
        answers = [_answer(kind, query, right, languages[right], embedder) for kind, query, right in trial.queries]
        transaction.set_rollback(True)
    return answers


def _answer(kind: str, query: str, right: str, language: str, embedder: Named | None) -> Answer:
    hits = search(query, language, limit=LOOKED_AT, shelf=_shelf(language), embedder=embedder).hits
    return Answer(kind, query, right, tuple(hit.problem_key for hit in hits))


def _shelf(language: str) -> str:
    return f"trial-{language}"


def judged(answers: list[Answer]) -> dict[str, Figures]:
    """Of all, then of each class."""
    kinds = dict.fromkeys(answer.kind for answer in answers)
    told = {ALL: figures(answer.place for answer in answers)}
    return told | {kind: figures(one.place for one in answers if one.kind == kind) for kind in kinds}
