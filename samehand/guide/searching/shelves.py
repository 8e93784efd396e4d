"""Laying articles out to be searched: their words with weights, and what the synonyms say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from django.db import connection, transaction

from samehand.core.search import plain, weighing
from samehand.core.search.words import Word, telling, words
from samehand.guide.models import Document, Form, Lemma, Posting, Problem, Revision, Sense
from samehand.guide.queries import published
from samehand.guide.searching import embedding, nearness, senses, synonyms
from samehand.guide.searching.embedding import Named
from samehand.guide.searching.lexicon import Lexicon
from samehand.lib import bulk

# An article of a megabyte is one of 20,000 words; what comes after says nothing new.
LONGEST_BODY = 150_000
EMBEDDED = 1_500


@dataclass(frozen=True, slots=True)
class Article:
    """What is laid on a shelf. `body` is Markdown."""

    key: str
    title: str
    body: str
    summary: str = ""
    keywords: tuple[str, ...] = ()
    problem_id: int | None = None
    revision_id: int | None = None

    def words(self, language: str) -> dict[str, list[Word]]:
        body = self.body[:LONGEST_BODY]
        said = {
            "title": self.title,
            "keywords": " . ".join(self.keywords),
            "summary": self.summary,
            "headings": plain.headings(body),
            "body": plain.plain(body),
        }
        return {name: telling(text, language) for name, text in said.items() if text.strip()}

    def text(self) -> str:
        """What an embedder reads: it looks no further than some three hundred words anyway."""
        return f"{self.title}. {self.summary} {plain.plain(self.body[: 2 * EMBEDDED])}"[:EMBEDDED]


def index(revision: Revision) -> None:
    """Lay the published version out in place of the one before."""
    with transaction.atomic():
        refresh(revision.language)
        lay(revision.language, revision.language, [of_revision(revision)])
        lay_meaning(revision.language, [of_revision(revision)], embedding.current())


def refresh(language: str) -> None:
    """The shelf, held by the transaction from here on, knows the synonyms of today. One that an older Samehand laid out
    is laid out as a whole: with some articles read in one way and some in another, nobody could tell later."""
    hold(language)
    if synonyms.are_of_old(language):
        _anew(language)
    else:
        synonyms.refresh(language, language)


def forget(problem: Problem) -> None:
    """The problem is found no more, in no language."""
    Document.objects.filter(problem=problem).delete()


def reindex(languages: Iterable[str]) -> dict[str, int]:
    """Lay everything out anew from what is published; how many articles stand on each shelf."""
    return {language: _anew(language) for language in languages}


def out_of_date() -> list[str]:
    """The languages that an older Samehand laid out: in another way, or with other synonyms."""
    languages = sorted(Document.objects.values_list("shelf", flat=True).distinct())
    return [one for one in languages if not synonyms.are_known(one, one)]


@transaction.atomic
def _anew(language: str) -> int:
    hold(language)
    clear(language)
    synonyms.refresh(language, language)
    articles = [of_revision(revision) for revision in published(language).order_by("problem__key")]
    lay(language, language, articles)
    lay_meaning(language, articles, embedding.current())
    return len(articles)


def of_revision(revision: Revision) -> Article:
    return Article(
        key=revision.problem.key, title=revision.title, body=revision.body, summary=revision.summary,
        keywords=tuple(revision.keywords), problem_id=revision.problem_id, revision_id=revision.pk,
    )  # fmt: skip


def hold(shelf: str) -> None:
    """Who changes a shelf changes it alone, until the end of the transaction."""
    number = int.from_bytes(blake2b(f"samehand.guide.shelf.{shelf}".encode(), digest_size=8).digest(), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def clear(shelf: str) -> None:
    # Without the ORM's collecting of dependent rows: there may be hundreds of thousands.
    for model in (Sense, Document):
        model.objects.filter(shelf=shelf).delete()
    Form.objects.filter(shelf=shelf)._raw_delete(using="default")
    Lemma.objects.filter(shelf=shelf).update(family=None)
    Lemma.objects.filter(shelf=shelf)._raw_delete(using="default")


def lay(shelf: str, language: str, articles: Iterable[Article]) -> None:
    """Put articles on a shelf that the transaction holds, in place of those of the same key."""
    lexicon = Lexicon(shelf, language)
    several = [(article, article.words(language)) for article in articles]
    known = lexicon.learn(word for _article, fields in several for said in fields.values() for word in said)
    Document.objects.filter(shelf=shelf, key__in=[article.key for article, _fields in several]).delete()
    documents = [_document(shelf, article) for article, _fields in several]
    bulk.insert(documents)
    postings = [
        Posting(document_id=document.pk, lemma_id=lemma, weight=weight)
        for document, (_article, fields) in zip(documents, several, strict=True)
        for lemma, weight in _weights(fields, known, lexicon).items()
    ]
    # A word's rows lie side by side on the disk: a search reads a few pages, not one for each article.
    postings.sort(key=lambda one: (one.lemma_id, one.document_id))
    bulk.insert(postings)
    senses.lay([document.pk for document in documents])


def lay_meaning(shelf: str, articles: Iterable[Article], embedder: Named | None) -> None:
    """Keep what articles that were just laid out mean, if there is an embedder."""
    nearness.lay(shelf, {article.key[:200]: article.text() for article in articles}, embedder)


def _document(shelf: str, article: Article) -> Document:
    said = "".join(f" {word.folded}" for word in words(article.title))
    return Document(
        shelf=shelf, key=article.key[:200], problem_id=article.problem_id, revision_id=article.revision_id,
        title=article.title[:300], summary=article.summary[:300], folded=said[:300],
    )  # fmt: skip


def _weights(fields: dict[str, list[Word]], known: dict[Word, tuple[int, ...]], lexicon: Lexicon) -> dict[int, float]:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for name, said in fields.items():
        for word in said:
            for lemma in known[word]:
                counts[lemma][name] += 1
    lengths = {name: len(said) for name, said in fields.items()}
    weights = {lemma: weighing.weight(count, lengths) for lemma, count in counts.items()}
    families: dict[int, float] = {}
    for lemma, family in lexicon.families(weights).items():
        families[family] = max(families.get(family, 0.0), weights[lemma])
    return weights | families
