"""The doors by name: a channel is a module of `settings.CHANNELS` that reads, sends and opens parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings

from samehand.core.arrivals import Arrival, Part
from samehand.core.dispatches import Dispatch, Receipt


class Formatted(Protocol):
    html: str
    blocked_images: int


class Channel(Protocol):
    def read(self, raw: bytes, received_at: datetime, envelope: dict[str, Any]) -> Arrival: ...

    def part_bytes(self, raw: bytes, index: int) -> tuple[Part, bytes]: ...

    def letter_inside(self, raw: bytes, index: int) -> Arrival: ...

    def formatted(
        self, raw: bytes, *, images: bool, address: Callable[[bytes], str], elsewhere: Callable[[str], str]
    ) -> Formatted: ...

    def compose(self, dispatch: Dispatch) -> bytes: ...

    def send(self, raw: bytes, recipient: str, *, sender: str, handing_over: Callable[[], None]) -> Receipt: ...


@cache
def channel(name: str) -> Channel:
    return cast(Channel, import_module(settings.CHANNELS[name]))
