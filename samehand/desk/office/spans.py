"""Opening hours as people write them ("8-14, 15:30–22") and as they are stored (["08:00", "14:00"], ...)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Pairs = list[list[str]]
SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
DAY = 24 * 60


def parse(text: str) -> Pairs:
    """The pairs that are written in the text, in order; nothing written is a closed day. Raises ValidationError."""
    minutes = sorted(_minutes(part.strip()) for part in re.split(r"[,;\n]", text) if part.strip())
    for (_begin, end), (begin, _end) in itertools.pairwise(minutes):
        if begin < end:
            raise ValidationError(
                _("Two of the hours overlap: %(clock)s lies inside another.") % {"clock": _clock(begin)}
            )
    return [[_clock(begin), _clock(end)] for begin, end in minutes]


def shown(pairs: Iterable[Sequence[str]]) -> str:
    return ", ".join(f"{begin}–{'24:00' if end == '00:00' else end}" for begin, end in pairs)


def _minutes(part: str) -> tuple[int, int]:
    found = SPAN.fullmatch(part)
    if not found:
        raise ValidationError(_("“%(part)s” is not a span of hours. Write it like 8:00–22:00.") % {"part": part})
    begin, end = _clock_minutes(found[1], found[2], part), _clock_minutes(found[3], found[4], part)
    # Up to the same hour or an earlier one: over midnight, into the next day.
    return begin % DAY, end if end > begin else end + DAY


def _clock_minutes(hour: str, minute: str | None, part: str) -> int:
    minutes = int(hour) * 60 + int(minute or 0)
    if minutes > DAY or int(minute or 0) > 59:
        raise ValidationError(_("“%(part)s”: there is no such hour.") % {"part": part})
    return minutes


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes % DAY, 60)
    return f"{hour:02}:{minute:02}"
