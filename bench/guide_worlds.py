"""Two guides of two thousand articles to search: one as hard as it can be, one that reads like the starter set."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samehand.guide.files.articles import ArticleFile
    from samehand.guide.searching.shelves import Article

ARTICLES = 2_000
WORDS_OF_ONE = 120
# How much of an article's text is another's.
FOREIGN = 0.4
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class World:
    """`typed` makes up a search."""

    name: str
    articles: list[Article]
    typed: Callable[[Random], str]


def hard(known: list[str], dice: Random) -> World:
    """Every word of each article and of each search is one with synonyms."""
    from samehand.guide.searching.shelves import Article

    articles = []
    for number in range(ARTICLES):
        # Few words are in most articles, most words in few: as in every language.
        said = [known[int(len(known) * dice.random() ** 3)] for _word in range(WORDS_OF_ONE)]
        title, summary, body = (" ".join(part) for part in (said[:6], said[6:20], said[20:]))
        articles.append(Article(key=f"a-{number}", title=title, summary=summary, body=body))

    def typed(dice: Random) -> str:
        return " ".join(_slipped([dice.choice(known) for _word in range(dice.choice((1, 2, 2, 3, 3, 4, 5)))], dice))

    return World("hard", articles, typed)


def real(dice: Random) -> World:
    """The starter set's sentences, mixed; searches are its keywords, which are what customers say, and its titles."""
    files = _starter()
    phrases = [phrase for file in files for phrase in (*file.keywords, file.title)]
    sentences = [sentence for file in files for sentence in _SENTENCE.split(file.body)]
    articles = [_mixed(number, files[number % len(files)], sentences, dice) for number in range(ARTICLES)]
    return World("real", articles, lambda dice: " ".join(_slipped(dice.choice(phrases).split(), dice)))


def _starter() -> list[ArticleFile]:
    from samehand.guide.files.articles import read_article
    from samehand.guide.starting import STARTER

    read = [
        read_article(path.read_bytes(), key=path.stem, language="pl") for path in sorted((STARTER / "pl").glob("*.md"))
    ]
    return [one.file for one in read if one.file]


def _mixed(number: int, file: ArticleFile, sentences: list[str], dice: Random) -> Article:
    from samehand.guide.searching.shelves import Article

    own = _SENTENCE.split(file.body)
    body = [dice.choice(sentences) if dice.random() < FOREIGN else sentence for sentence in own]
    dice.shuffle(body)
    keywords = tuple(phrase for phrase in file.keywords if dice.random() > FOREIGN)
    return Article(
        key=f"a-{number}", title=file.title, summary=dice.choice(body)[:300], keywords=keywords, body="\n\n".join(body)
    )


def _slipped(said: list[str], dice: Random) -> list[str]:
    """Without marks, and sometimes with a letter left out."""
    from samehand.core.search.words import folded

    said = [folded(word) for word in said]
    if dice.random() < 0.3:
        at = dice.randrange(len(said))
        middle = len(said[at]) // 2
        said[at] = said[at][:middle] + said[at][middle + 1 :]
    return said
