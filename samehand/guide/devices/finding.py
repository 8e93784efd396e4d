"""A device by what somebody types: "samsng galaxy s21", "ajfon 13", "SM-G991B"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from samehand.core import device_words
from samehand.core.device_words import Asked
from samehand.guide.devices.listed import FOUND_FIRST, sounds
from samehand.guide.models import Device
from samehand.lib import sql

# About how many devices there are: it only says how rare a word is.
COUNT = 28_000
# What has less than so much of the best one's score shares a word with it and is meant by nobody.
CLOSE = 0.65


@dataclass(frozen=True, slots=True)
class Hit:
    """`skin` is one of `core.families`; hits are compared by `score` within one search only."""

    id: int
    brand: str
    name: str
    family: str
    skin: str
    score: float

    @property
    def title(self) -> str:
        return str(Device(brand=self.brand, name=self.name))


def find(typed: str, limit: int = 8) -> list[Hit]:
    """The devices that are most likely meant, the best first; [] when no word of it is known."""
    words = device_words.asked(typed, sounds())
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.named("samehand.guide", "find_devices"), _values(words, limit))
        return _close([Hit(*row) for row in cursor.fetchall()])


def _close(hits: Sequence[Hit]) -> list[Hit]:
    best = hits[0].score if hits else 0.0
    return [hit for hit in hits if hit.score >= min(best, CLOSE * best)]


def _values(words: Sequence[Asked], limit: int) -> dict[str, Any]:
    slots = {word.slot for word in words}
    typed = next(number for number in range(len(slots) + 1) if number not in slots)
    return {
        "words": [word.word for word in words],
        "slots": [word.slot for word in words],
        "weights": [word.weight for word in words],
        # The places of the typed words come first, from 0, without a gap; those made of them stand behind.
        "typed": typed,
        "last": typed - 1,
        "count": COUNT,
        "limit": limit,
    }


def popular(family: str, limit: int = 12) -> list[Device]:
    """What many people have, newest names last to first: to choose from without typing."""
    return list(Device.objects.filter(family=family, rank=FOUND_FIRST).order_by("-id")[:limit])
