"""One case as its customer's page shows it at a moment."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from samehand.cases import waiting_for
from samehand.cases.models import Case, Message, RawArrival
from samehand.core import promises
from samehand.core.hours import NeverOpen
from samehand.people import queries as people
from samehand.portal import thread
from samehand.portal.moments import at
from samehand.portal.promise import Choice, Clock, Promise, choice, promise


class Page:
    def __init__(self, case: Case, now: datetime) -> None:
        self.case = case
        self.now = now
        self.zone = ZoneInfo(people.service_hours().zone)

    @property
    def title(self) -> str:
        return self.case.subject.strip()

    @cached_property
    def promise(self) -> Promise:
        return promise(self.case, self._messages, self._received_due, Clock(self.now, self.zone), self._standing)

    @cached_property
    def choice(self) -> Choice | None:
        return choice(self._standing, Clock(self.now, self.zone)) if self.promise.state == "open" else None

    @cached_property
    def _standing(self) -> waiting_for.Standing:
        return waiting_for.standing(self.case, self.now)

    @cached_property
    def lines(self) -> list[tuple[thread.Line, str]]:
        """What was said and when, the newest last."""
        return [
            (line, at(line.at, now=self.now, zone=self.zone)) for line in thread.lines(self._messages, self._waiting)
        ]

    @cached_property
    def _messages(self) -> list[Message]:
        return list(thread.messages(self.case))

    @cached_property
    def _waiting(self) -> list[RawArrival]:
        return thread.waiting(self.case)

    @property
    def _received_due(self) -> datetime | None:
        """By when we owe the answer to the first of what was just sent: the filing will reckon the same."""
        if not self._waiting:
            return None
        row = people.service_hours()
        try:
            return promises.due_at(self._waiting[0].received_at, people.hours(self.now, row), people.terms(row))
        except NeverOpen:
            return None
