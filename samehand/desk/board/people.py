"""What the board says of people: who is there, what each does, and what is held for her."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samehand.cases.owners import Held, Owner
from samehand.cases.presence import Doing, Present
from samehand.lib.spoken import clock, when

ICONS: dict[Doing, str] = {
    "free": "hand", "busy": "mail-open", "break": "coffee", "phone": "phone", "away": "circle-dashed",
    "silent": "wifi-off", "due": "clock",
}  # fmt: skip
DOING: dict[Doing, Any] = {
    "free": gettext_lazy("takes mails, free since %(time)s"),
    "busy": gettext_lazy("with a mail since %(time)s"),
    "break": gettext_lazy("on a break since %(time)s"),
    "phone": gettext_lazy("on the phone since %(time)s"),
    "away": gettext_lazy("away since %(time)s, on shift until %(until)s"),
    "silent": gettext_lazy("on shift until %(until)s, no sign since %(time)s"),
    "due": gettext_lazy("expected, the shift began at %(time)s"),
}
COUNTED: dict[Doing, Any] = {
    "free": gettext_lazy("free: %(n)d"),
    "busy": gettext_lazy("with a mail: %(n)d"),
    "break": gettext_lazy("on a break: %(n)d"),
    "phone": gettext_lazy("on the phone: %(n)d"),
    "due": gettext_lazy("expected: %(n)d"),
    "away": gettext_lazy("away: %(n)d"),
    "silent": gettext_lazy("no sign of: %(n)d"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A person's row: `doing` with its icon, and `held` below."""

    icon: str
    doing: str
    held: str
    missing: bool


def line(owner: Owner, now: datetime) -> Line:
    present = owner.present
    if owner.person is None:
        return Line("", _("waits for an owner"), "", missing=False)
    if present is None:
        said = _("here until %(time)s") % {"time": when(owner.until, now)} if owner.until else _("not here")
        return Line("", said, held(owner.held, now), missing=False)
    missing = present.doing in ("silent", "away")
    return Line(ICONS[present.doing], doing(present, now), held(owner.held, now), missing)


def doing(present: Present, now: datetime) -> str:
    if present.since is None:
        return _("on shift until %(until)s, not seen yet") % {"until": when(present.until, now)}
    said = str(DOING[present.doing]) % {"time": when(present.since, now), "until": when(present.until, now)}
    if present.in_hand > 1:
        said += _(", one more put aside")
    if present.free_at and present.here:
        said += _(", free at about %(time)s") % {"time": when(present.free_at, now)}
    return said


def held(one: Held, now: datetime) -> str:
    """ "3 held, the first until 14:21; 1 only for this person"."""
    parts = []
    if one.held:
        parts.append(ngettext("%(n)d held", "%(n)d held", one.held) % {"n": one.held} + _until(one, now))
    if one.only:
        parts.append(_("%(n)d only for this person") % {"n": one.only})
    return "; ".join(parts)


def _until(one: Held, now: datetime) -> str:
    if one.until is None or one.last is None:
        return ""
    if one.held == 1 or clock(one.until) == clock(one.last):
        return _(" until %(time)s") % {"time": when(one.until, now)}
    return _(", the first until %(time)s") % {"time": when(one.until, now)}


def crew(rows: Sequence[Owner]) -> str:
    """How many of those who should be there are, and what they do; nothing where nobody says so."""
    there = [row.present for row in rows if row.present]
    if not there:
        return ""
    counted = Counter(present.doing for present in there)
    here = _("%(here)d of %(all)d on duty are here") % {"here": sum(one.here for one in there), "all": len(there)}
    return " · ".join([here, *(str(words) % {"n": counted[name]} for name, words in COUNTED.items() if counted[name])])
