"""The engine's minutes: the desk's wall clock, counted from a Monday, as if every day had 1440 of them.

The trap is the two nights on which the clocks change. The hour that is missing is a jump; the hour that comes twice
runs at half speed. So a shift from eight is at eight on every day, and no two moments change places.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from samehand.core.routing.values import DAY

MONDAY = datetime.fromisoformat("2024-01-01")  # a wall time, of no zone
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


class Clock:
    """Turns a desk's instants into the engine's minutes and back; day `n` begins at minute `1440 * n`."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone

    def minute(self, instant: datetime) -> float:
        wall = instant.astimezone(self.zone).replace(tzinfo=None, fold=0)
        before, after = self._offsets(wall)
        if before <= after:
            return (wall - MONDAY) / MINUTE
        begins = self._change(wall) + after
        since = instant.astimezone(UTC).replace(tzinfo=None) + before - begins
        return (begins - MONDAY) / MINUTE + since / MINUTE / 2

    def instant(self, minute: float) -> datetime:
        """In UTC; a minute of the missing hour is the moment of the jump."""
        wall = MONDAY + timedelta(minutes=minute)
        before, after = self._offsets(wall)
        if before == after:
            return (wall - before).replace(tzinfo=UTC)
        change = self._change(wall)
        if before < after:
            return change.replace(tzinfo=UTC)
        begins = change + after
        since = timedelta(minutes=2 * (minute - (begins - MONDAY) / MINUTE))
        return (begins - before + since).replace(tzinfo=UTC)

    def day(self, instant: datetime) -> int:
        """The number of the day: the key of a colleague's shifts."""
        return int(self.minute(instant) // DAY)

    def _offsets(self, wall: datetime) -> tuple[timedelta, timedelta]:
        """From UTC, by the clock before and after a change; they differ at a time that is missing or comes twice."""
        return self._offset(wall.replace(tzinfo=self.zone)), self._offset(wall.replace(tzinfo=self.zone, fold=1))

    def _offset(self, moment: datetime) -> timedelta:
        return moment.utcoffset() or timedelta()

    def _change(self, wall: datetime) -> datetime:
        """The moment in UTC at which the clocks change, for a wall time that is missing or comes twice."""
        before, after = self._offsets(wall)
        early = (wall - max(before, after)).replace(microsecond=0)
        late = wall - min(before, after) + SECOND
        while late - early > SECOND:
            middle = (early + (late - early) / 2).replace(microsecond=0)
            if self._offset(middle.replace(tzinfo=UTC).astimezone(self.zone)) == after:
                late = middle
            else:
                early = middle
        return late
