"""Every effect of every event, on one page: kind of event -> functions called in the same transaction."""

from __future__ import annotations

from collections.abc import Callable

from samehand.cases import effects, following
from samehand.channels.mail import copies
from samehand.lib.models import Event

Effect = Callable[[Event], None]
# What is kept for a person by the roster is looked at anew, and a customer may wait for her by her own choice.
ROSTER: tuple[Effect, ...] = (effects.end_choices, following.after_roster)
TABLE: dict[str, tuple[Effect, ...]] = {
    "delivery.changed": (copies.after_delivery,),
    "hours.changed": (following.wake_handing_out,),
    # The desk's banners hear of it by themselves; see data-follows="notices" in live.js.
    **dict.fromkeys(
        ("notice.announced", "notice.changed", "notice.prolonged", "notice.ended", "notice.withdrawn"),
        (following.wake_handing_out,),
    ),
    "shift.added": ROSTER,
    "shift.edited": ROSTER,
    "shift.split": ROSTER,
    "shift.dropped": ROSTER,
    "shift.copied": (following.after_roster,),
    "shift.imported": ROSTER,
    "absence.added": ROSTER,
    # Ended at another time than planned, which may be later.
    "absence.ended": (effects.end_choices, following.after_return),
    "absence.dropped": (following.after_return,),
    "staff.edited": (following.after_roster,),
    "staff.activated": (following.after_roster,),
    "staff.deactivated": ROSTER,
    "case.handed_over": (effects.end_choices,),
    "case.taken": (effects.end_choices,),
    "case.assigned": (effects.end_choices,),
}
