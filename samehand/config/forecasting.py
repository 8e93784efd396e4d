"""The rest of this day for the simulator: who waits, who is there, what usually comes; and what it says, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from samehand.cases import figures
from samehand.cases.models import Case, Turn
from samehand.cases.presence import Present, presence
from samehand.config.whatif.house import House, this_house
from samehand.core.days import Day
from samehand.core.hours import Hours, opened
from samehand.core.promises import Terms
from samehand.core.routing.clock import Clock
from samehand.core.routing.values import DAY
from samehand.people.models import ServiceHours, Tongue
from samehand.people.queries import calendar, service_hours
from samehand.people.rostering.colleagues import colleagues
from samehand.sim.forecast import HOUR, Forecast, Today, Waiting, Work, Worker, forecast
from samehand.sim.world import Rules

ENOUGH_WEEKS, ENOUGH_CASES = 2.0, 100
# A day that has hardly begun says little about its pace: so many messages are believed to have come as usual.
AS_USUAL = 10.0
SLOWEST, FASTEST = 0.5, 4.0
MOST_WAITING = 2_000
EARLIEST = timedelta(hours=2)
Promised = tuple[Hours, Terms]


def today(now: datetime) -> dict[str, Any]:
    """What `desk.board` shows: `status` is "told", "closed", "early" or "short" (the history says too little)."""
    row = service_hours()
    day, promised = Day.of(now, ZoneInfo(row.zone)), calendar(now, row)
    spans = opened(promised[0], now, day.ends)
    if not spans:
        return {"status": "closed"}
    if spans[0][0] - now > EARLIEST:
        return {"status": "early"}
    house = _known(day.on, now)
    flow = figures.flow(day, promised[0])
    if house.seen.weeks < ENOUGH_WEEKS or house.seen.cases < ENOUGH_CASES or flow.usual is None:
        return {"status": "short", "cases": house.seen.cases, "weeks": round(house.seen.weeks, 1)}
    state = _State(now, row, day, promised, house, flow)
    return state.told(forecast(state.today()))


_house: dict[date, House] = {}


def _known(day: date, now: datetime) -> House:
    """What the weeks before this day say: fitted once a day by each worker, because it reads all of them."""
    if day not in _house:
        found = this_house(now)
        if found.seen.cases < ENOUGH_CASES:
            return found
        _house.clear()
        _house[day] = found
    return _house[day]


def forget() -> None:
    """Look at the history anew."""
    _house.clear()


class _State:
    """The day in the simulator's minutes, which begin with a Monday one to two weeks ago."""

    def __init__(
        self, now: datetime, row: ServiceHours, day: Day, promised: Promised, house: House, flow: figures.Flow
    ) -> None:
        self.clock = Clock(ZoneInfo(row.zone))
        self.at, self.row, self.day, self.house, self.flow = now, row, day, house, flow
        self.calendar, self.promise = promised[0], promised[1].within(now) / timedelta(minutes=1)
        self.begins = (self.clock.day(now) // 7 - 1) * 7 * DAY
        self.now = self._minute(now)
        self.midnight = self.now // DAY * DAY
        self.pace = self._pace()

    def today(self) -> Today:
        profile = self.house.profile
        return Today(
            now=self.now,
            rules=self._rules(),
            waiting=list(self._waiting()),
            crew=list(self._crew()),
            expected=self._expected(),
            topics={
                name: Work(one["share"], one["median_minutes"], one["sigma"]) for name, one in profile.topics.items()
            },
            languages=profile.languages,
            over_dispersion=profile.over_dispersion,
            pace=self.pace,
        )

    def told(self, found: Forecast) -> dict[str, Any]:
        worst, remedy = found.worst, found.remedy
        return {
            "status": "told",
            "hours": [asdict(hour) | {"hour": self._hour(hour.begins)} for hour in found.hours],
            "broken": found.broken,
            "worst": self._hour(worst.begins) if worst else None,
            "worst_broken": worst.broken if worst else 0.0,
            "remedy": asdict(remedy) | {"since": self._wall(remedy.since)} if remedy else None,
            "seeds": found.seeds,
            "pace": round(self.pace, 2),
        }

    def _minute(self, moment: datetime) -> float:
        return self.clock.minute(moment) - self.begins

    def _hour(self, minute: float) -> int:
        return int((minute - self.midnight) // HOUR)

    def _wall(self, minute: float) -> str:
        hour, rest = divmod(int(minute - self.midnight), 60)
        return f"{hour % 24}:{rest:02}"

    def _rules(self) -> Rules:
        """This day's hours; from its first opening to its last closing, should it close in between."""
        spans = opened(self.calendar, self.day.starts, self.day.ends)
        opens, closes = self._minute(spans[0][0]), self._minute(spans[-1][1])
        return Rules(
            name="today",
            days=int(self.midnight // DAY) + 1,
            measured_from=self.now,
            measured_to=self.midnight + DAY,
            open_min=opens - self.midnight,
            close_min=min(closes - self.midnight, DAY),
            promise=min(self.promise, closes - opens),
        )

    def _waiting(self) -> Iterator[Waiting]:
        """One work for each case that nobody has in hand; whoever chose to wait for her consultant needs nobody else
        today."""
        cases = Case.objects.filter(status=Case.Status.OPEN, due_at__lt=self.day.ends).order_by("due_at", "id")
        if self.row.hands_out:
            cases = cases.exclude(Exists(Turn.objects.filter(case=OuterRef("pk"), given_to__isnull=False)))
        known = self.house.profile
        for skill, language, owner, due in cases.values_list("skill", "language", "owner", "due_at")[:MOST_WAITING]:
            topic = skill if skill in known.topics else next(iter(known.topics))
            yield Waiting(
                self._minute(due or self.at), topic, language if language in known.languages else Tongue.POLISH, owner
            )

    def _crew(self) -> Iterator[Worker]:
        """Who is here or comes today, for what is left of the shift. A break that lasts ends as planned."""
        there = presence(self.at)
        for one in colleagues(self.at, 1):
            spans = [self._here(span) for spans in one.shifts.values() for span in spans]
            if self.row.hands_out:
                spans = list(self._really(spans, there.get(one.id)))
            rests = [self._here(span) for spans in one.breaks.values() for span in spans]
            free = self._free(there.get(one.id), rests)
            for begin, stop in spans:
                if stop > self.now and begin < self.midnight + DAY:
                    breaks = tuple((since, until) for since, until in rests if begin <= since and free < until <= stop)
                    begins = max(begin, self.now)
                    yield Worker(one.id, one.topics, one.languages, begins, stop, breaks, free)

    def _really(self, planned: list[tuple[float, float]], present: Present | None) -> Iterator[tuple[float, float]]:
        """The shifts to come; that which is on now, only of who is here, to the end that she told."""
        if present and (present.here or present.doing == "due"):
            yield self.now, self._minute(present.until)
        yield from (span for span in planned if span[0] > self.now)

    def _free(self, present: Present | None, rests: list[tuple[float, float]]) -> float:
        """Until when she does what she has begun: as handing out foresees it, else by the roster."""
        if self.row.hands_out:
            return self._minute(present.free_at) if present and present.free_at else 0.0
        return max((until for since, until in rests if since <= self.now < until), default=0.0)

    def _here(self, span: tuple[float, float]) -> tuple[float, float]:
        return span[0] - self.begins, span[1] - self.begins

    def _pace(self) -> float:
        """How much more comes today than usual, until now."""
        here = int((self.now - self.midnight) // HOUR)
        share = (self.now - self.midnight) % HOUR / HOUR
        usual = self.flow.usual or (0.0,) * 24
        before = sum(usual[:here]) + usual[here] * share
        return min(max((sum(self.flow.asked) + AS_USUAL) / (before + AS_USUAL), SLOWEST), FASTEST)

    def _expected(self) -> Mapping[float, float]:
        here, usual = int((self.now - self.midnight) // HOUR), self.flow.usual or (0.0,) * 24
        rest = 1.0 - (self.now - self.midnight) % HOUR / HOUR
        return {
            self.midnight + hour * HOUR: usual[hour] * self.pace * (rest if hour == here else 1.0)
            for hour in range(here, 24)
        }
