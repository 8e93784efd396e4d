"""A folder of the guide on disk: what there is to read, and where something is put. No link is followed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from samehand.core.articles import KEY, Fault
from samehand.people.models import Language

# A guide of so many files is a mistake, for example the whole disk.
MOST_FILES = 20_000
_PICTURE = re.compile(r"\.(png|jpe?g|webp|gif)", re.IGNORECASE)


class UnsafePlace(Exception):
    """A link stands where a folder of the guide should be."""


class NoGuide(Exception):
    """The folder has neither shelves nor articles' folders: it is another one than was meant."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the guide. `name`: how it is told of; `kind`: article, tree, picture or shelves."""

    path: Path
    name: str
    kind: str
    key: str
    language: str = ""

    def read(self, most: int) -> bytes:
        """Its first `most` bytes and one more, so that the reader sees that it is too large. Raises OSError."""
        with os.fdopen(os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read(most + 1)


@dataclass(slots=True)
class Folder:
    entries: list[Entry] = field(default_factory=list)
    faults: list[tuple[str, Fault]] = field(default_factory=list)

    def of(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == kind]


def look(root: Path) -> Folder:
    """What of a guide lies in the folder. Raises OSError when there is none, NoGuide when it is another's."""
    folder = Folder()
    if not {"categories.yaml", *Language.values} & {path.name for path in root.iterdir()}:
        raise NoGuide(str(root))
    shelves = root / "categories.yaml"
    if shelves.is_symlink():
        folder.faults.append((shelves.name, Fault(0, "link")))
    elif shelves.is_file():
        folder.entries.append(Entry(shelves, shelves.name, "shelves", ""))
    for language in Language.values:
        _take(root / language, folder, "article", language)
    _take(root / "trees", folder, "tree")
    _take(root / "pictures", folder, "picture")
    return folder


def _take(place: Path, folder: Folder, kind: str, language: str = "") -> None:
    if place.is_symlink():
        folder.faults.append((place.name, Fault(0, "link")))
        return
    if not place.is_dir():
        return
    for name, path in _files(place, folder):
        shown = f"{place.name}/{name}"
        if not _fits(kind, path):
            continue
        if not KEY.fullmatch(path.stem):
            folder.faults.append((shown, Fault(0, "bad-name")))
        else:
            folder.entries.append(Entry(path, shown, kind, path.stem, language))


def _fits(kind: str, path: Path) -> bool:
    if kind == "picture":
        return bool(_PICTURE.fullmatch(path.suffix))
    return path.suffix == (".md" if kind == "article" else ".yaml")


def _files(place: Path, folder: Folder) -> Iterator[tuple[str, Path]]:
    with os.scandir(place) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    if len(entries) > MOST_FILES:
        folder.faults.append((place.name, Fault(0, "too-many", str(MOST_FILES))))
    for entry in entries[:MOST_FILES]:
        shown = entry.name.encode("utf-8", "replace").decode()
        if entry.is_symlink():
            folder.faults.append((f"{place.name}/{shown}", Fault(0, "link")))
        elif entry.is_file(follow_symlinks=False) and not shown.startswith("."):
            yield shown, Path(entry.path)


def put(root: Path, name: str, data: bytes) -> None:
    """The file has this content, all of it or what it had before. Raises OSError, UnsafePlace."""
    path = root / name
    if path.parent.is_symlink() and path.parent != root:
        raise UnsafePlace(str(path.parent))
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    half.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:
            file.write(data)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
