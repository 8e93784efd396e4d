"""A folder of files comes into the guide: what is sound, and every fault of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from samehand.core.articles import LARGEST, Fault
from samehand.core.trees import Faulty as FaultyTree
from samehand.core.trees import checked
from samehand.guide import actions, marks, originals, pictures, searching, trees
from samehand.guide.actions import NotTaken, Taken
from samehand.guide.exporting import plain
from samehand.guide.files import ArticleFile, Entry, Folder, Read, look, read_article, read_shelves
from samehand.guide.files.articles import LARGEST_HEAD
from samehand.guide.files.shelves import LARGEST_SHELVES
from samehand.guide.models import Category, Picture, Problem, Tree
from samehand.guide.rendering import article_of
from samehand.guide.tree_faults import words_of
from samehand.people.models import Language, Staff

# How many articles are done, of how many.
Tell = Callable[[int, int], None]


class NotKept(Exception):
    """The house's own store refused the bytes of a picture; nothing of the folder is in."""


@dataclass(slots=True)
class Outcome:
    """`faults` and `notes` by the name of their file; a file with a fault is not in, one with a note is."""

    articles: Counter[Taken] = field(default_factory=Counter)
    others: Counter[Taken] = field(default_factory=Counter)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    notes: list[tuple[str, Fault]] = field(default_factory=list)


def import_folder(
    root: Path,
    *,
    by: Staff | None,
    publish: bool,
    now: datetime,
    strict: bool = False,
    with_trees: bool = True,
    tell: Tell = lambda _done, _of: None,
) -> Outcome:
    """Everything that a folder of the guide holds. `strict`: all of it, or nothing. `tell` hears of each article.

    Shelves and pictures come first, then what is written first, then translations, then trees. Raises OSError when
    there is no folder, NoGuide when it is none of a guide, NotKept.
    """
    taking = _Taking(look(root), by, publish, now, tell)
    with transaction.atomic():
        taking.hold()
        taking.shelves()
        taking.pictures()
        taking.articles()
        if with_trees:
            taking.trees()
        taking.remember()
        transaction.set_rollback(strict and bool(taking.outcome.faults))
    return taking.outcome


class _Taking:
    def __init__(self, folder: Folder, by: Staff | None, publish: bool, now: datetime, tell: Tell) -> None:
        self.folder, self.by, self.publish, self.now, self.tell = folder, by, publish, now, tell
        self.outcome = Outcome(faults=list(folder.faults))
        self.came: dict[str, bytes] = {}

    def hold(self) -> None:
        """All that the files change, before anything: who publishes an article holds its problem and then the index,
        and would wait for us while we, file by file, come to wait for her."""
        keys = {entry.key for entry in self.folder.of("article")}
        list(Problem.objects.select_for_update().filter(key__in=keys).order_by("pk"))
        for language in sorted(Language.values):
            searching.hold(language)

    def shelves(self) -> None:
        for entry, data in self._read("shelves", LARGEST_SHELVES):
            found, faults = read_shelves(data)
            self.outcome.faults += [(entry.name, fault) for fault in faults]
            there = {shelf.key: shelf for shelf in Category.objects.all()}
            for shelf in found:
                row = there.get(shelf.key)
                said = (shelf.names, shelf.slugs, shelf.summaries, shelf.icon, shelf.place)
                if row and said == (row.names, row.slugs, row.summaries, row.icon, row.place):
                    self.outcome.others[Taken.SAME] += 1
                    continue
                try:
                    actions.save_category(
                        by=None, key=shelf.key, names=shelf.names, slugs=shelf.slugs, summaries=shelf.summaries,
                        icon=shelf.icon, place=shelf.place, now=self.now,
                    )  # fmt: skip
                    self.outcome.others[Taken.CHANGED if row else Taken.NEW] += 1
                except actions.ShelfTaken as taken:
                    self._fault(entry, Fault(shelf.line, "slug-taken", taken.category.key))

    def pictures(self) -> None:
        for entry, data in self._read("picture", pictures.LARGEST):
            before = Picture.objects.filter(name=entry.key).values_list("blob", flat=True).first()
            try:
                picture = actions.put_picture(by=self.by, name=entry.key, data=data, now=self.now)
            except pictures.NoPicture as trouble:
                self._fault(entry, Fault(0, "no-picture", trouble.kind))
                continue
            except OSError as trouble:
                raise NotKept(f"{entry.name}: {trouble.strerror or trouble}") from trouble
            state = Taken.SAME if picture.blob == before else Taken.CHANGED if before else Taken.NEW
            self.outcome.others[state] += 1

    def articles(self) -> None:
        read = [(entry, self._article(entry, data)) for entry, data in self._read("article", LARGEST + LARGEST_HEAD)]
        taken = [(entry, one, one.file) for entry, one in read if one.file]
        taken.sort(key=lambda item: item[2].translates is not None)
        kept = []
        for done, (entry, one, file) in enumerate(taken):
            self.tell(done, len(taken))
            if self._take(entry, one, file):
                kept.append((entry, one))
        self._look_for_loose_ends(kept)
        self._look_for_lone_marks(kept)

    def trees(self) -> None:
        for entry, data in self._read("tree", trees.LARGEST):
            try:
                self._tree(entry, trees.read(data.decode("utf-8")))
            except UnicodeDecodeError:
                self._fault(entry, Fault(1, "no-utf8"))
            except FaultyTree as faulty:
                for fault in faulty.faults:
                    self._fault(entry, Fault(0, "no-tree", words_of(fault)))

    def remember(self) -> None:
        entries = [entry for entry in self.folder.entries if entry.name in self.came]
        keys = {entry.key for entry in entries if entry.kind == "article"}
        originals.remember(entries, self.came, dict(plain(list(Language.values), keys)))

    def _tree(self, entry: Entry, definition: dict[str, object]) -> None:
        if definition.get("key") != entry.key:
            self._fault(entry, Fault(0, "other-file", entry.key))
            return
        before = Tree.objects.filter(key=entry.key).first()
        was = before.definition if before else None
        # Trees have no drafts: one that customers walk would change before their eyes.
        if not self.publish and before and before.published and was != trees.plain(checked(definition)):
            self._fault(entry, Fault(0, "tree-shown"))
            return
        tree = actions.save_tree(
            definition=definition, by=self.by, now=self.now, tree_id=before.pk if before else None,
            published=self.publish,
        )  # fmt: skip
        state = Taken.SAME if was == tree.definition else Taken.CHANGED if before else Taken.NEW
        self.outcome.others[state] += 1

    def _article(self, entry: Entry, data: bytes) -> Read:
        read = read_article(data, key=entry.key, language=entry.language)
        for fault in read.faults:
            self._fault(entry, fault)
        return read

    def _take(self, entry: Entry, read: Read, file: ArticleFile) -> bool:
        try:
            # Each for itself: one that cannot be taken leaves nothing half done, and nothing of the others undone.
            with transaction.atomic():
                taken = actions.take_in(by=self.by, file=file, publish=self.publish, now=self.now)
        except NotTaken as refusal:
            self._fault(entry, replace(refusal.fault, line=read.lines.get(refusal.field, 1)))
            return False
        self.outcome.articles[taken] += 1
        return True

    def _look_for_loose_ends(self, kept: list[tuple[Entry, Read]]) -> None:
        """Links and related problems that are nowhere: the article is in, and shows them as plain words."""
        known = set(Problem.objects.values_list("key", flat=True))
        shown = set(Picture.objects.values_list("name", flat=True))
        there: dict[str, Callable[[str], bool]] = {"problem": known.__contains__, "picture": shown.__contains__}
        for entry, read in kept:
            file = read.file
            for link in article_of(file.body).links if file else ():
                if link.kind in there and not there[link.kind](link.key):
                    place = read.first + link.line - 1
                    self.outcome.notes.append((entry.name, Fault(place, "leads-nowhere", f"{link.kind}:{link.key}")))
            for key in (file.related or ()) if file else ():
                if key not in known:
                    self.outcome.notes.append((entry.name, Fault(read.lines.get("related", 1), "no-problem", key)))

    def _look_for_lone_marks(self, kept: list[tuple[Entry, Read]]) -> None:
        """Solutions of one language only: told of the translation, or of the source when only that came."""
        files: dict[str, list[tuple[Entry, Read, ArticleFile]]] = {}
        for entry, read in kept:
            if read.file:
                files.setdefault(read.file.problem, []).append((entry, read, read.file))
        there = marks.published_texts(files)
        for key, came in files.items():
            lone = marks.lone(there.get(key, {}) | {file.language: file.body for _, _, file in came})
            translated = [one for one in came if one[2].translates is not None]
            for entry, read, file in (translated or came) if lone else ():
                lines = {one.key: read.first + one.line - 1 for one in article_of(file.body).solutions}
                self.outcome.notes += [(entry.name, Fault(lines.get(mark, 1), "lone-mark", mark)) for mark in lone]

    def _read(self, kind: str, most: int) -> Iterator[tuple[Entry, bytes]]:
        for entry in self.folder.of(kind):
            try:
                data = entry.read(most)
            except OSError as trouble:
                self._fault(entry, Fault(0, "unreadable", trouble.strerror or ""))
                continue
            if kind != "picture":
                self.came[entry.name] = data
            yield entry, data

    def _fault(self, entry: Entry, fault: Fault) -> None:
        self.outcome.faults.append((entry.name, fault))
