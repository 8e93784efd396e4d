"""The week as a picture: people by days, bars on the wall clock's axis, how many are there and whom nobody covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import holidays
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samehand.cases.owed import usual_load
from samehand.core.coverage import TAKES, Duty, Interval, headcount, uncovered
from samehand.core.days import midnight
from samehand.core.hours import Hours, opened
from samehand.core.intervals import within
from samehand.core.routing.clock import MONDAY, Clock
from samehand.desk.office.shifts.picture import Bar, Cell, Column, Day, Entry, Row, Week
from samehand.desk.office.shifts.words import hours as said_hours
from samehand.people.access import absences_for
from samehand.people.models import Absence, AbsenceKind, Break, Shift, SpecialDay, Staff
from samehand.people.queries import hours, service_hours
from samehand.people.rostering.presence import duties

DAY = 1440
ONE_DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
# The axis shows at least these hours of the day.
AXIS = (8, 18)


def week(monday: date, *, reader: Staff, now: datetime, zone: ZoneInfo) -> Week:
    return _Painter(monday, reader, now, zone).week()


class _Painter:
    def __init__(self, monday: date, reader: Staff, now: datetime, zone: ZoneInfo) -> None:
        self.monday, self.now, self.zone = monday, now, zone
        self.clock = Clock(zone)
        self.midnights: dict[date, datetime] = {}
        self.dates = [monday + number * ONE_DAY for number in range(7)]
        self.begin, self.end = self._midnight(monday), self._midnight(monday + 7 * ONE_DAY)
        touching = {"starts_at__lt": self.end, "ends_at__gt": self.begin}
        self.shifts = list(Shift.objects.filter(**touching).select_related("consultant").prefetch_related("breaks"))
        self.shifts_of: dict[int, list[Shift]] = defaultdict(list)
        for shift in self.shifts:
            self.shifts_of[shift.consultant_id].append(shift)
        self.absences_of: dict[int, list[Absence]] = defaultdict(list)
        for absence in absences_for(reader).filter(**touching):
            self.absences_of[absence.consultant_id].append(absence)
        self.calendar: Hours = hours(self._midnight(monday))
        self.opened = opened(self.calendar, self.begin, self.end)
        self.first, self.last = self._axis()

    def week(self) -> Week:
        rows = [self._row(person) for person in self._people()]
        return Week(self._days(rows), rows, self.first, self.last, not self.shifts)

    def _people(self) -> list[Staff]:
        """Everybody who may be planned, and whoever still is; those with shifts first."""
        known = {shift.consultant_id: shift.consultant for shift in self.shifts}
        rest = Staff.objects.filter(is_active=True).exclude(pk__in=known)
        return [*sorted(known.values(), key=lambda one: (one.first_name, one.last_name, one.pk)), *rest]

    def _row(self, person: Staff) -> Row:
        shifts, absences = self.shifts_of[person.pk], self.absences_of[person.pk]
        planned = sum((s.ends_at - s.starts_at for s in shifts if s.starts_at >= self.begin), timedelta())
        minutes = planned // timedelta(minutes=1)
        cells = tuple(self._cell(day, shifts, absences) for day in self.dates)
        return Row(person, cells, f"{minutes // 60}:{minutes % 60:02}" if minutes else "")

    def _cell(self, day: date, shifts: Sequence[Shift], absences: Sequence[Absence]) -> Cell:
        bars = [bar for shift in shifts for bar in self._bars_of(day, shift)]
        # Who falls ill on leave is ill: one name in the bar.
        away = sorted(
            (one for one in absences if self._touches(day, one)), key=lambda one: one.kind == AbsenceKind.SICK
        )
        named = {away[-1].pk: away[-1].get_kind_display()} if away else {}
        bars += [b for one in away if (b := self._bar(day, one.kind, one, named.get(one.pk, "")))]
        words = [said_hours(s.starts_at, s.ends_at, self.zone) for s in shifts if self._on(s.starts_at) == day]
        words += [absence.get_kind_display() for absence in away]
        return Cell(day, tuple(bars), ", ".join(words) or _("free"))

    def _bars_of(self, day: date, shift: Shift) -> Iterator[Bar]:
        words = said_hours(shift.starts_at, shift.ends_at, self.zone)
        if self._on(shift.starts_at) != day:
            # The end of a night that began the day before.
            words = "–" + words.partition("–")[2]
        words = words.replace(":00", "")
        if bar := self._bar(day, "shift", shift, words):
            yield bar
        for rest in shift.breaks.all():
            if bar := self._bar(day, "break", rest):
                yield bar

    def _bar(self, day: date, kind: str, row: Shift | Absence | Break, words: str = "") -> Bar | None:
        """The part of a row that lies in the day, on the axis."""
        if not self._touches(day, row):
            return None
        begin, end = (self._minute(day, moment) for moment in (row.starts_at, row.ends_at))
        left, right = self._x(begin), self._x(end)
        return Bar(kind, round(left, 2), round(right - left, 2), words) if right > left else None

    def _x(self, minute: float) -> float:
        share = (minute - self.first * 60) / ((self.last - self.first) * 60)
        return 100 * max(0.0, min(1.0, share))

    def _minute(self, day: date, moment: datetime) -> float:
        # On the wall clock: on the day that has 25 hours eight o'clock stands where it always stands.
        return self.clock.minute(moment) - (day - MONDAY.date()).days * DAY

    def _axis(self) -> tuple[int, int]:
        """From the first to the last full hour of the day in which anything happens this week."""
        low, high = AXIS[0] * 60.0, AXIS[1] * 60.0
        for begin, end in [*self.opened, *((shift.starts_at, shift.ends_at) for shift in self.shifts)]:
            for day in {self._on(begin), self._on(end)}:
                low = min(low, max(0.0, self._minute(day, begin)))
                high = max(high, min(float(DAY), self._minute(day, end)))
        return int(low // 60), ceil(high / 60)

    def _days(self, rows: Sequence[Row]) -> list[Day]:
        names, special = self._names(), {one.date: one for one in SpecialDay.objects.filter(date__in=self.dates)}
        crew = duties(self.begin, self.end)
        load = usual_load(self.now, self.zone)
        by_day = {day: self._crew_of(day, crew) for day in self.dates}
        counted = (headcount(by_day[day], begin, begin + HOUR) for day in self.dates for begin in self._hours(day))
        most = max(1.0, *counted, *self._needs(load))
        today = self.now.astimezone(self.zone).date()
        return [
            Day(
                date=day,
                today=day == today,
                name=special[day].name or names.get(day, "") if day in special else names.get(day, ""),
                closed=not self.calendar.spans_of(day),
                columns=[self._column(day, hour, by_day[day], load, most) for hour in range(self.first, self.last)],
                bare=tuple(said_hours(*gap, self.zone) for gap in self._bare(day, by_day[day])),
                entries=[entry for row in rows if (entry := self._entry(row.person, day))],
            )
            for day in self.dates
        ]

    def _entry(self, person: Staff, day: date) -> Entry | None:
        shifts = [shift for shift in self.shifts_of[person.pk] if self._on(shift.starts_at) == day]
        away = [absence for absence in self.absences_of[person.pk] if self._touches(day, absence)]
        words = ", ".join(said_hours(shift.starts_at, shift.ends_at, self.zone) for shift in shifts)
        return Entry(person, words, ", ".join(a.get_kind_display() for a in away)) if shifts or away else None

    def _bare(self, day: date, crew: Iterable[Duty]) -> tuple[Interval, ...]:
        """The opening hours of the day in which nobody is there."""
        return uncovered(within(self.opened, *self._of(day)), crew)

    def _column(
        self, day: date, hour: int, crew: Sequence[Duty], load: dict[tuple[int, int], float], most: float
    ) -> Column:
        begin = datetime.combine(day, time(hour), self.zone).astimezone(UTC)
        is_open = bool(within(self.opened, begin, begin + HOUR))
        need = _need(load.get((day.weekday(), hour), 0.0)) if is_open else 0
        there = headcount(crew, begin, begin + HOUR)
        bare = bool(uncovered(within(self.opened, begin, begin + HOUR), crew))
        state = "closed" if not is_open else "bare" if bare else "few" if there < need else "well"
        width = 100 / (self.last - self.first)
        return Column(
            x=round(self._x(hour * 60), 2),
            width=round(width, 2),
            height=round(100 * there / most, 1),
            need=round(100 - 100 * need / most, 1),
            state=state,
            words=_hour_words(hour, there, need),
        )

    def _needs(self, load: dict[tuple[int, int], float]) -> list[int]:
        return [_need(mean) for mean in load.values()] or [1]

    def _hours(self, day: date) -> Iterator[datetime]:
        begin, end = self._of(day)
        while begin < end:
            yield begin
            begin += HOUR

    def _crew_of(self, day: date, crew: Sequence[Duty]) -> list[Duty]:
        """Whoever is there on the day; an hour of the night in which the day ends may reach into the next."""
        begin, end = self._of(day)
        there = (replace(one, spans=within(one.spans, begin, end + HOUR)) for one in crew)
        return [one for one in there if one.spans]

    def _names(self) -> dict[date, str]:
        """Public holidays in the reader's language."""
        country = service_hours().country
        if not country:
            return {}
        language = {"pl": "pl", "en": "en_US"}.get(get_language() or "")
        years = {day.year for day in self.dates}
        return dict(holidays.country_holidays(country, years=years, language=language))

    def _touches(self, day: date, row: Shift | Absence | Break) -> bool:
        begin, end = self._of(day)
        return row.starts_at < end and row.ends_at > begin

    def _of(self, day: date) -> Interval:
        return self._midnight(day), self._midnight(day + ONE_DAY)

    def _on(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _midnight(self, day: date) -> datetime:
        # Asked for thousands of times a page.
        if day not in self.midnights:
            self.midnights[day] = midnight(day, self.zone)
        return self.midnights[day]


def _need(promises: float) -> int:
    """How many people so many promises an hour keep busy; one at least when the desk is open."""
    return max(1, ceil(promises * TAKES / HOUR))


def _hour_words(hour: int, there: float, need: int) -> str:
    there = round(there, 1)
    said = {"hour": hour, "there": number_format(there, int(there % 1 > 0)), "need": need}
    return _("%(hour)d:00, there: %(there)s, usually needed: %(need)d") % said
