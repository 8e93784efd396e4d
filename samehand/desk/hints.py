"""Why a case may belong to another one, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samehand.cases.models import Case
from samehand.cases.rearranged import maybe

SIGNS = {
    "number": gettext_lazy("names its number"),
    "link": gettext_lazy("quotes the link to its page"),
    "answers": gettext_lazy("answers a message of it, from another address"),
    "again": gettext_lazy("carries the identification of a mail in it"),
    "quotes": gettext_lazy("quotes what was said in it"),
    "subject": gettext_lazy("the same subject"),
    "like": gettext_lazy("a similar subject"),
    "name": gettext_lazy("greets the colleague who holds it"),
}


@dataclass(frozen=True, slots=True)
class Maybe:
    """The case that another one may belong to. `stranger`: it is of another customer."""

    case: Case
    why: str
    stranger: bool


def hint_of(user: Any, case: Case) -> Maybe | None:
    into = maybe(user, case)
    if into is None:
        return None
    told = case.maybe_why or {}
    why = [str(SIGNS[sign]) for sign in told.get("signs", ()) if sign in SIGNS]
    return Maybe(into, ", ".join([*why, _when(int(told.get("days", 0)))]), into.customer_id != case.customer_id)


def _when(days: int) -> str:
    if not days:
        return _("the same day")
    return ngettext("%(count)d day between", "%(count)d days between", days) % {"count": days}
