"""Files that came in go out to the byte, as long as the guide says what they say.

Kept is only what an empty guide would make the same of: whatever else this guide knows would be lost with the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from samehand.core.trees import Faulty, checked
from samehand.guide import trees
from samehand.guide.files import ArticleFile, Entry, read_article, read_shelves, written
from samehand.guide.models import Original, Problem

# What a translation may leave to its source.
_SHARED = ("kind", "category", "topic", "related", "review_every")


def remember(entries: Iterable[Entry], came: Mapping[str, bytes], plain: Mapping[str, bytes]) -> None:
    """`came`: the files of the entries by name, `plain`: what the guide writes for them now."""
    same = [
        entry.name
        for entry in entries
        if entry.name in plain
        and (came[entry.name] == plain[entry.name] or _SAME[entry.kind](entry, came[entry.name], plain[entry.name]))
    ]
    Original.objects.filter(name__in=same).delete()
    Original.objects.bulk_create(
        Original(name=name, data=came[name], plain=_digest(plain[name])) for name in same if came[name] != plain[name]
    )


def as_they_came(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    digests = {name: bytes(digest) for name, digest in Original.objects.values_list("name", "plain")}
    for name, data in files:
        whole = digests.get(name) == _digest(data)
        yield name, bytes(Original.objects.get(name=name).data) if whole else data


def _digest(data: bytes) -> bytes:
    return sha256(data).digest()


def _same_article(entry: Entry, came: bytes, plain: bytes) -> bool:
    file, now = (read_article(raw, key=entry.key, language=entry.language).file for raw in (came, plain))
    return file is not None and now is not None and written(_filled(file, now)).encode() == plain


def _filled(file: ArticleFile, now: ArticleFile) -> ArticleFile:
    """What the file leaves out, as an empty guide would have it."""
    version = None if file.version == 1 else file.version
    if file.translates is None:
        days = file.review_every or Problem._meta.get_field("review_every").default
        return replace(file, version=version, review_every=days)
    unsaid = {name: getattr(now, name) for name in _SHARED if getattr(file, name) is None}
    return replace(file, version=version, **unsaid)


def _same_tree(_entry: Entry, came: bytes, plain: bytes) -> bool:
    try:
        theirs, ours = (trees.plain(checked(trees.read(raw.decode("utf-8")))) for raw in (came, plain))
    except (UnicodeDecodeError, Faulty):
        return False
    return theirs == ours


def _same_shelves(_entry: Entry, came: bytes, plain: bytes) -> bool:
    (theirs, faults), (ours, _) = read_shelves(came), read_shelves(plain)
    return not faults and {one.key: one for one in theirs} == {one.key: one for one in ours}


_SAME = {"article": _same_article, "tree": _same_tree, "shelves": _same_shelves}
