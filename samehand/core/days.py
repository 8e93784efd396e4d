"""Days by the desk's wall clock: from midnight to midnight, which is 23 or 25 hours when the clocks change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


def midnight(day: date, zone: tzinfo) -> datetime:
    """When the day begins, in UTC: moments of one zone are subtracted by the clock on the wall, whatever its jumps."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def moment(day: date, minutes: int, zone: tzinfo) -> datetime:
    """So many minutes after midnight by the clock on the wall, not in time that passed; in UTC."""
    return (datetime.combine(day, time()) + timedelta(minutes=minutes)).replace(tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    zone: tzinfo

    @classmethod
    def of(cls, moment: datetime, zone: tzinfo) -> Day:
        return cls(moment.astimezone(zone).date(), zone)

    @property
    def starts(self) -> datetime:
        return midnight(self.on, self.zone)

    @property
    def ends(self) -> datetime:
        return midnight(self.on + timedelta(days=1), self.zone)

    def ago(self, days: int) -> Day:
        return Day(self.on - timedelta(days=days), self.zone)

    def hour(self, number: int) -> datetime:
        """When the clock first shows this hour, or has jumped past it."""
        return datetime.combine(self.on, time(number), self.zone).astimezone(UTC) if number < 24 else self.ends


def week_of(day: Day) -> tuple[datetime, datetime]:
    """From the Monday before (or on) the day to the next one."""
    monday = day.ago(day.on.weekday())
    return monday.starts, monday.ago(-7).starts
