"""All of it together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from samehand.core.briefs.promising import promised
from samehand.core.briefs.sentences import sentences, shown
from samehand.core.briefs.tone import reminders, tone
from samehand.core.briefs.trying import tried
from samehand.core.briefs.values import Brief, Given, Quote, Said
from samehand.core.briefs.wanting import wants

# A brief that is as long as the case is none: the latest of each.
MOST_TRIED, MOST_PROMISED, MOST_NOTES = 5, 4, 2


def brief(said: Sequence[Said], *, now: datetime, zone: ZoneInfo) -> Brief:
    """The brief of what was said, oldest first, as it stands at `now`; promises are read in the desk's zone."""
    return Brief(
        wants=wants(said),
        tried=tried(said)[-MOST_TRIED:],
        promised=_telling(promised(said, now, zone)),
        notes=_notes(said),
        tone=tone(said),
        reminders=reminders(said),
    )


def _telling(given: Sequence[Given]) -> tuple[Given, ...]:
    """What still binds us; what was followed up only while nothing else is there to be told."""
    binding = [one for one in given if one.fate != "followed"]
    return tuple(binding[-MOST_PROMISED:] or given[-1:])


def _notes(said: Sequence[Said]) -> tuple[Quote, ...]:
    notes = [one for one in said if one.who == "note"][-MOST_NOTES:]
    return tuple(Quote(shown(sentences(one.text)[:3], 220), one.at, one.name) for one in notes if one.text.strip())
