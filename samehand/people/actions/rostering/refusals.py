"""Why a change of the roster was refused; `span` is what stands in the way."""

from __future__ import annotations

from datetime import datetime

from samehand.people.models import Staff

Span = tuple[datetime, datetime]


class Refused(Exception):
    def __init__(self, person: Staff, span: Span | None = None) -> None:
        super().__init__(person, span)
        self.person, self.span = person, span


class ShiftOverlaps(Refused):
    """The person already has a shift at that time."""


class AbsenceOverlaps(Refused):
    """The person is away at that time already."""


class OutsideTheShift(Refused):
    """A break, or the place where a shift is split, has to lie inside the shift; breaks do not overlap."""


class EndsBeforeItBegins(Refused):
    """On the wall clock it seemed to last; the clocks jump over it."""


class TooLong(Refused):
    """A shift of more than a day, or an absence of more than two years, is a slip of the pen."""


class NotWorkingHere(Refused):
    """The person can no longer sign in."""


class Gone(Exception):
    """Somebody else has taken it out meanwhile."""
