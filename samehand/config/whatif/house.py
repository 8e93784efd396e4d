"""What the simulator needs to know of this house: its weeks as a profile, its coming week as a crew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from samehand.cases.history import OfCase, Past, past
from samehand.core.routing import Colleague
from samehand.core.routing.clock import Clock
from samehand.core.routing.values import DAY
from samehand.people.models import Absence, AbsenceKind, Customer, Shift, Staff, Tongue
from samehand.people.queries import service_hours
from samehand.people.rostering.colleagues import colleagues
from samehand.people.rostering.presence import languages_of, skills_of
from samehand.sim.fitting import History, PastCase, PastPerson, PastShift, PastWork, fit
from samehand.sim.profile import EXAMPLES, Profile, read_profile
from samehand.sim.staffing.crews import Person

WEEKS = 8
# Below these the example profile says more than the history does, and whoever reads the answer is told.
ENOUGH_WEEKS, ENOUGH_CASES = 4.0, 500
FEWEST_CASES = 30


@dataclass(frozen=True, slots=True)
class Seen:
    """From how much the profile comes."""

    weeks: float
    cases: int
    works: int

    @property
    def is_none(self) -> bool:
        return self.cases < FEWEST_CASES or self.weeks < 1 / 7

    @property
    def is_short(self) -> bool:
        return self.weeks < ENOUGH_WEEKS or self.cases < ENOUGH_CASES


@dataclass(frozen=True, slots=True)
class House:
    """`week`: who is planned for the seven days from tomorrow on, days counted from 0, a Monday; `tomorrow` is one."""

    profile: Profile
    week: list[Person]
    seen: Seen
    tomorrow: int


def this_house(now: datetime, mails_a_day: float | None = None) -> House:
    """`mails_a_day` instead of what the history says, for a house that has none."""
    row = service_hours()
    clock = Clock(ZoneInfo(row.zone))
    today = clock.day(now)
    before = past(clock.instant((today - 7 * WEEKS) * DAY), clock.instant(today * DAY))
    history, seen = _history(before, clock)
    fitted = fit(history, _base(row.week, row.promise_minutes)).profile
    profile = replace(fitted, name="Samehand", days=28, warm_days=7)
    if mails_a_day is not None:
        profile = replace(profile, messages_per_day=mails_a_day)
    tomorrow = today + 1
    week = _able(_week(colleagues(now, 8), range(tomorrow, tomorrow + 7)), profile)
    return House(profile, week, seen, tomorrow % 7)


def _history(before: Past, clock: Clock) -> tuple[History, Seen]:
    begins = min((case.opened_at for case in before.cases), default=before.ends)
    # A house that began to work in the third of eight weeks has six.
    begins = max(begins, before.begins)
    shifts, leave = _past_shifts(begins, before.ends, clock)
    history = History(
        begins=clock.minute(begins),
        ends=clock.minute(before.ends),
        subscribers=max(1, Customer.objects.count()),
        cases=[_past_case(case, clock) for case in before.cases],
        delays=before.delays,
        postscripts=before.postscripts,
        works=[PastWork(*work) for work in before.works],
        crew=[PastPerson(skills_of(who), languages_of(who)) for who in _at_work(begins, before.ends)],
        shifts=shifts,
        leave_days=leave,
    )
    return history, Seen(history.weeks, len(before.cases), len(before.works))


def _past_case(case: OfCase, clock: Clock) -> PastCase:
    language = case.language if case.language in Tongue.values else Tongue.POLISH.value
    return PastCase(case.customer, case.skill, language, clock.minute(case.opened_at), case.messages, case.ended)


def _at_work(begins: datetime, ends: datetime) -> Sequence[Staff]:
    touching = {"starts_at__lt": ends + timedelta(days=8), "ends_at__gt": begins}
    planned = Shift.objects.filter(**touching).values("consultant")
    return list(Staff.objects.filter(is_active=True, pk__in=planned).order_by("pk"))


def _past_shifts(begins: datetime, ends: datetime, clock: Clock) -> tuple[list[PastShift], int]:
    """Planned shifts less those of people on leave, and how many those are; who was ill did not come."""
    away: dict[int, list[tuple[datetime, datetime, str]]] = {}
    touching = {"starts_at__lt": ends, "ends_at__gt": begins}
    for who, start, end, kind in Absence.objects.filter(**touching).values_list(
        "consultant", "starts_at", "ends_at", "kind"
    ):
        away.setdefault(who, []).append((start, end, kind))
    shifts, leave = [], 0
    for who, start, end in Shift.objects.filter(**touching).values_list("consultant", "starts_at", "ends_at"):
        kinds = {kind for since, until, kind in away.get(who, ()) if since < end and until > start}
        if kinds & {AbsenceKind.LEAVE, AbsenceKind.OTHER}:
            leave += 1
            continue
        came = AbsenceKind.SICK not in kinds
        shifts.append(PastShift(who, clock.day(start), clock.minute(start), clock.minute(end), came))
    return shifts, leave


def _base(week: Sequence[Sequence[Sequence[str]]], promise: int) -> Profile:
    """The example, with this house's hours and promise, and languages as this house names them."""
    example = read_profile(EXAMPLES / "example.json")
    opens, closes = _hours(week)
    return replace(
        example,
        open_min=opens,
        close_min=closes,
        promise=min(float(promise), closes - opens),
        languages={name.lower(): share for name, share in example.languages.items()},
        spoken=tuple({**group, "languages": [name.lower() for name in group["languages"]]} for group in example.spoken),
    )


def _hours(week: Sequence[Sequence[Sequence[str]]]) -> tuple[float, float]:
    """From the earliest opening to the latest closing of the week; who is open over midnight never closes."""
    spans = [(_minute(opens), _minute(closes) or DAY) for day in week for opens, closes in day]
    if not spans or any(closes <= opens for opens, closes in spans):
        return 0.0, DAY
    return min(opens for opens, _ in spans), max(closes for _, closes in spans)


def _minute(text: str) -> float:
    hour, minute = text.split(":")[:2]
    return int(hour) * 60.0 + int(minute)


def _week(crew: Sequence[Colleague], days: range) -> list[Person]:
    found = []
    for who in crew:
        shifts = tuple(
            (start % DAY + day % 7 * DAY, end - start + start % DAY + day % 7 * DAY)
            for day in days
            for start, end in who.shifts.get(day, ())
        )
        if shifts:
            found.append(Person(who.id, who.topics, who.languages, tuple(sorted(shifts))))
    return found


def _able(week: list[Person], profile: Profile) -> list[Person]:
    """What nobody can do everybody does somehow: else those mails would wait for ever, and only in the simulation."""
    topics = frozenset(profile.topics) - frozenset().union(*(who.topics for who in week))
    languages = frozenset(profile.languages) - frozenset().union(*(who.languages for who in week))
    return [replace(who, topics=who.topics | topics, languages=who.languages | languages) for who in week]
