"""Why a notice cannot be like this, in a sentence that says what to do, and at which field."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samehand.people.actions import noticing

FIELDS: dict[type[noticing.Refused], str] = {
    noticing.NoPolishTitle: "title_pl",
    noticing.EndsInThePast: "ends",
    noticing.EndsBeforeItBegins: "ends",
    noticing.TooLong: "last_day",
}


def field_of(refusal: noticing.Refused) -> str | None:
    return FIELDS.get(type(refusal))


def refused(refusal: noticing.Refused) -> str:
    if isinstance(refusal, noticing.TooLong):
        return ngettext(
            "That is too long: %(days)d day at the most. For longer, change the hours of the desk.",
            "That is too long: %(days)d days at the most. For longer, change the hours of the desk.",
            refusal.days,
        ) % {"days": refusal.days}
    said = {
        noticing.NoPolishTitle: _("Write at least a Polish title: that is what most customers read."),
        noticing.EndsInThePast: _("That is over already: choose an end that is still to come."),
        noticing.EndsBeforeItBegins: _("It ends before it begins."),
        noticing.NotYetBegun: _("It has not begun yet: take it back instead."),
    }
    return said.get(type(refusal), _("This notice is over or was taken back. Announce a new one."))
