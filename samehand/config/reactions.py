"""Every effect of every event, on one page: kind of event -> functions called in the same transaction."""

from __future__ import annotations

from collections.abc import Callable

from samehand.channels.mail import copies
from samehand.lib.models import Event

TABLE: dict[str, tuple[Callable[[Event], None], ...]] = {
    "delivery.changed": (copies.after_delivery,),
}
