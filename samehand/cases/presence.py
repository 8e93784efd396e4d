"""Who is really there where mails are handed out: what everybody does now, since when and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from samehand.cases.actions.dispatching import remembering
from samehand.cases.actions.dispatching.crew import crew
from samehand.cases.actions.dispatching.minutes import Minutes
from samehand.cases.actions.dispatching.table import HEAVY, rules_of
from samehand.cases.models import Post, Turn
from samehand.core.routing import Colleague, Engine, Memory, restored
from samehand.core.routing.people import Person
from samehand.people.models import ServiceHours
from samehand.people.queries import service_hours

# "due": her shift began so lately that her page may still open; "silent": it should have.
Doing = Literal["free", "busy", "break", "phone", "away", "silent", "due"]
HERE = ("free", "busy", "break", "phone")
NAMES: Mapping[str, Doing] = {"busy": "busy", "break": "break", "call": "phone"}


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is on duty, or should be by the roster until then. `since`: when that began, or her last sign.

    `free_at`: when what she does usually ends. `in_hand`: mails given to her and not answered, one of them at hand and
    the other put aside.
    """

    doing: Doing
    until: datetime
    since: datetime | None
    free_at: datetime | None = None
    in_hand: int = 0

    @property
    def here(self) -> bool:
        return self.doing in HERE


def presence(now: datetime) -> dict[int, Present]:
    """By person; nothing where mails are not handed out. Four queries, however many people there are."""
    row = service_hours()
    return _Now(now, row).all() if row.hands_out else {}


class _Now:
    def __init__(self, now: datetime, row: ServiceHours) -> None:
        self.now, self.minutes = now, Minutes(row.zone)
        self.at = self.minutes.of(now)
        self.silence = timedelta(minutes=row.silence_minutes)
        self.crew = crew(now, row.zone, self.minutes)
        self.posts = {post.consultant_id: post for post in Post.objects.filter(consultant__in=self.crew)}
        self.works: dict[int, list[Turn]] = {}
        for turn in Turn.objects.filter(given_to__in=self.posts).select_related("case").defer(*HEAVY):
            self.works.setdefault(turn.given_to_id or 0, []).append(turn)
        self.engine = self._engine(row)

    def _engine(self, row: ServiceHours) -> Engine:
        memory = Memory(
            people=tuple(
                remembering.standing(post, self.works.get(one, ()), self.minutes) for one, post in self.posts.items()
            ),
            works=tuple(remembering.told(turn, self.minutes) for turns in self.works.values() for turn in turns),
            learned=remembering.learned(),
        )
        return restored(self.crew.values(), rules_of(row), memory)

    def all(self) -> dict[int, Present]:
        found = {one: self._of(colleague) for one, colleague in self.crew.items()}
        return {one: present for one, present in found.items() if present}

    def _of(self, colleague: Colleague) -> Present | None:
        post, person = self.posts.get(colleague.id), self.engine.board.people[colleague.id]
        works = self.works.get(colleague.id, ())
        if post and (post.on_duty or (person.state == "busy" and works)):
            return self._there(post, person, works)
        span = _span_at(colleague.shifts.values(), self.at)
        return self._missing(post, *map(self.minutes.moment, span)) if span else None

    def _there(self, post: Post, person: Person, works: Sequence[Turn]) -> Present:
        foresight = self.engine.foresight
        free_at = foresight.free_at(person, self.at) if person.state != "off" else self.at
        if person.aside:
            free_at += foresight.pace.of(person.aside.key)
        doing = NAMES.get(person.state, "free")
        began = post.began_at if doing == "busy" else None
        ends = self.minutes.moment(free_at) if free_at > self.at else None
        return Present(doing, post.until, began or post.since, ends, len(works))

    def _missing(self, post: Post | None, begins: datetime, ends: datetime) -> Present:
        """She is on shift by the roster. What she said of herself on another shift counts no more."""
        if post and post.wish == Post.Wish.AWAY and post.since >= begins:
            return Present("away", ends, post.since)
        if begins > self.now - self.silence:
            return Present("due", ends, begins)
        sign = post.seen_at if post and post.seen_at >= begins else None
        return Present("silent", ends, sign)


def _span_at(days: Iterable[Sequence[tuple[float, float]]], at: float) -> tuple[float, float] | None:
    return next((span for spans in days for span in spans if span[0] <= at < span[1]), None)
