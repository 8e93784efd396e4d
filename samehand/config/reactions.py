"""Every effect of every event, on one page: kind of event -> functions called in the same transaction."""

from __future__ import annotations

from collections.abc import Callable

from samehand.cases import effects
from samehand.channels.mail import copies
from samehand.lib.models import Event

# After these a colleague may not come, or hold the case, for whom a customer waits by her own choice.
COMES_OR_NOT = (
    "absence.added",
    "shift.added",
    "shift.edited",
    "shift.split",
    "shift.dropped",
    "staff.deactivated",
    "case.handed_over",
    "case.taken",
    "case.assigned",
)
TABLE: dict[str, tuple[Callable[[Event], None], ...]] = {
    "delivery.changed": (copies.after_delivery,),
    **dict.fromkeys(COMES_OR_NOT, (effects.end_choices,)),
}
