"""What a file tells, line by line: an entry of the roster, or what is wrong with the line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from samehand.people.models import Staff

LARGEST = 1_000_000
MOST_LINES = 3000
ONE_DAY = timedelta(days=1)
BACK, AHEAD = timedelta(days=62), timedelta(days=400)
Span = tuple[datetime, datetime]
HEADER = ("person", "date", "begin", "end", "breaks", "kind", "until")


class NotAFile(Exception):
    """The whole file cannot be read; the message says why, in the reader's language."""


class BadLine(Exception):
    """One line cannot be understood; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`kind`: shift, leave, sick or other."""

    kind: str
    person_id: int
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """`cells` are the line as it stands in the file, so that a rejected one can be mended and brought again."""

    number: int
    cells: tuple[str, ...]
    entry: Entry | None = None
    trouble: str = ""

    @property
    def said(self) -> str:
        return " · ".join(cell.strip() for cell in self.cells if cell.strip())


@dataclass(frozen=True, slots=True)
class Sheet:
    header: tuple[str, ...]
    lines: tuple[Line, ...] = field(default=())


class People:
    """Finds colleagues by what a file calls them: the e-mail, else the full name when only one has it."""

    def __init__(self) -> None:
        active = list(Staff.objects.filter(is_active=True))
        names = Counter(_folded(one.full_name) for one in active)
        self._known = {_folded(one.full_name): one.pk for one in active if names[_folded(one.full_name)] == 1}
        self._known |= {_folded(one.email): one.pk for one in active}
        self._addresses = {one.pk: one.email for one in active}
        self._namesakes = {name for name, count in names.items() if count > 1}

    def find(self, called: str) -> int:
        """Raises BadLine."""
        if found := self.maybe(called):
            return found
        if _folded(called) in self._namesakes:
            raise BadLine(_("Two people are called %(name)s: write the e-mail.") % {"name": called[:80]})
        raise BadLine(_("Nobody here is called “%(name)s”.") % {"name": called[:80]})

    def address(self, person_id: int) -> str:
        return self._addresses[person_id]

    def maybe(self, called: str) -> int | None:
        return self._known.get(_folded(called))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
