"""Every effect of every event, on one page: kind of event -> functions called in the same transaction."""

from __future__ import annotations

from collections.abc import Callable

from samehand.lib.models import Event

TABLE: dict[str, tuple[Callable[[Event], None], ...]] = {}
