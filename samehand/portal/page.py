"""One case as its customer's page shows it at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from samehand.cases import waiting_for
from samehand.cases.models import Case, Message, RawArrival
from samehand.core import promises
from samehand.core.hours import NeverOpen
from samehand.people import notices
from samehand.people import queries as people
from samehand.people.models import Notice
from samehand.people.telling import Told, told
from samehand.portal import thread
from samehand.portal.moments import at
from samehand.portal.outcomes import Asked, asked_of
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
    def notices(self) -> list[Told]:
        return told(notices.current(self.now, self._notices), self.now, self.zone)

    @cached_property
    def later(self) -> list[Told]:
        """Because of what the answer takes longer than usual."""
        first = min(self._promised, default=None)
        if first is None or self.promise.state != "open" or (self.choice and self.choice.chosen):
            return []
        due, asked = first
        return told(people.why_later(asked, due, self.now, self._notices), self.now, self.zone)

    @property
    def _promised(self) -> Iterator[tuple[datetime, datetime]]:
        """What still waits: by when we owe the answer, and when it was asked."""
        for message in self._messages:
            if message.due_at and not message.answered_at and not message.waived_at:
                yield message.due_at, message.at
        if self._received_due:
            yield self._received_due, self._waiting[0].received_at

    @cached_property
    def _notices(self) -> list[Notice]:
        return notices.known(self.now)

    @cached_property
    def choice(self) -> Choice | None:
        return choice(self._standing, Clock(self.now, self.zone)) if self.promise.state == "open" else None

    @cached_property
    def _standing(self) -> waiting_for.Standing:
        return waiting_for.standing(self.case, self.now)

    @cached_property
    def lines(self) -> list[tuple[thread.Line, str, Asked | None]]:
        """What was said and when, the newest last; with our answers what they advised."""
        asked = asked_of(self.case) if self._advised else {}
        return [
            (line, at(line.at, now=self.now, zone=self.zone), asked.get(line.message_id or 0))
            for line in thread.lines(self._messages, self._waiting)
        ]

    @property
    def _advised(self) -> bool:
        return any(message.advises for message in self._messages)  # type: ignore[attr-defined]

    @cached_property
    def _messages(self) -> list[Message]:
        return list(thread.messages(self.case))

    @cached_property
    def _waiting(self) -> list[RawArrival]:
        return thread.waiting(self.case)

    @cached_property
    def _received_due(self) -> datetime | None:
        """By when we owe the answer to the first of what was just sent: the filing will reckon the same."""
        if not self._waiting:
            return None
        try:
            return promises.due_at(self._waiting[0].received_at, *people.calendar(self.now, told=self._notices))
        except NeverOpen:
            return None
