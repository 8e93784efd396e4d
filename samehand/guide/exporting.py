"""The guide goes out as files: the same guide is the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import chain
from pathlib import Path

from samehand.guide import queries, trees
from samehand.guide.files import ArticleFile, Shelf, put, written, written_shelves
from samehand.guide.models import Category, Picture, Redirect, Revision, Tree
from samehand.guide.originals import as_they_came
from samehand.guide.pictures import SUFFIXES
from samehand.lib import blobs
from samehand.people.models import Language


def export_folder(root: Path, *, languages: list[str], lost: Callable[[str], None] = lambda _name: None) -> list[str]:
    """Write what is published; the names of the files. What else lies there stays. Raises OSError, UnsafePlace.

    `lost` hears of each picture whose bytes cannot be had: it is left out, the others are written.
    """
    root.mkdir(parents=True, exist_ok=True)
    names = []
    for name, data in chain(as_they_came(plain(languages)), _pictures(lost)):
        put(root, name, data)
        names.append(name)
    return names


def stale(root: Path, names: list[str]) -> list[str]:
    """Articles and trees that lie there and are not in the guide any more."""
    places = [*Language.values, "trees"]
    found = (path for place in places for path in sorted((root / place).glob("*.*")) if path.suffix in {".md", ".yaml"})
    return sorted({path.relative_to(root).as_posix() for path in found} - set(names))


def _pictures(lost: Callable[[str], None]) -> Iterator[tuple[str, bytes]]:
    for picture in Picture.objects.order_by("name"):
        name = f"pictures/{picture.name}.{SUFFIXES[picture.content_type]}"
        try:
            yield name, blobs.get(picture.blob)
        except (blobs.BlobMissing, OSError):
            lost(name)


def plain(languages: list[str], articles: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """The files with words, as the guide writes them. `articles`: the keys of those that are wanted; None: all."""
    yield "categories.yaml", written_shelves([_shelf(row) for row in Category.objects.all()]).encode()
    for language in languages:
        former = _former(language)
        rows = queries.published(language).select_related("based_on").order_by("problem__key")
        for revision in rows if articles is None else rows.filter(problem__key__in=articles):
            text = written(article_file(revision, former.get(revision.problem_id, ())))
            yield f"{language}/{revision.problem.key}.md", text.encode()
    for tree in Tree.objects.filter(published=True).order_by("key"):
        yield f"trees/{tree.key}.yaml", trees.written(trees.plain(trees.of(tree))).encode()


def article_file(revision: Revision, former: tuple[str, ...] = ()) -> ArticleFile:
    problem = revision.problem
    source = revision.language == problem.source_language
    follows = revision.based_on.number if revision.based_on else 0
    return ArticleFile(
        problem=problem.key, language=revision.language, title=revision.title, slug=revision.slug, body=revision.body,
        kind=problem.kind, category=problem.category.key, topic=problem.topic, summary=revision.summary,
        keywords=tuple(revision.keywords), related=tuple(problem.related), review_every=problem.review_every,
        version=revision.number if revision.number != 1 else None, translates=None if source else follows,
        former=former,
    )  # fmt: skip


def _former(language: str) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for row in Redirect.objects.filter(language=language).order_by("slug"):
        found[row.problem_id] = (*found.get(row.problem_id, ()), row.slug)
    return found


def _shelf(row: Category) -> Shelf:
    return Shelf(
        row.key, _in_order(row.names), _in_order(row.slugs), _in_order(row.summaries), icon=row.icon, place=row.place
    )


def _in_order(said: dict[str, str]) -> dict[str, str]:
    return {language: said[language] for language in Language.values if language in said}
