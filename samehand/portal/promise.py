"""The promise in the customer's words: who answers, by when, and honestly when we did not keep our word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samehand.cases.models import Case, Message
from samehand.cases.waiting_for import Chosen, Standing
from samehand.people.models import Staff
from samehand.portal.moments import at, by
from samehand.portal.names import is_she
from samehand.portal.thread import Face, face


@dataclass(frozen=True, slots=True)
class Promise:
    """What the page says first. `state`: open, broken, kept, late, closed, none; `person` is whom it speaks of."""

    state: str
    headline: str
    detail: str = ""
    person: Face | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    now: datetime
    zone: ZoneInfo

    def by(self, moment: datetime) -> str:
        return by(moment, now=self.now, zone=self.zone)

    def at(self, moment: datetime) -> str:
        return at(moment, now=self.now, zone=self.zone)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the customer may choose: to wait for `name` until a moment (`by` in words), or no longer (`chosen`)."""

    chosen: bool
    name: str
    until: str = ""
    by: str = ""


def choice(standing: Standing, clock: Clock) -> Choice | None:
    if standing.chosen:
        return Choice(chosen=True, name=standing.chosen.owner.first_name)
    if offer := standing.offer:
        return Choice(False, offer.owner.first_name, offer.back.due.isoformat(), clock.by(offer.back.due))
    return None


def promise(
    case: Case, shown: Sequence[Message], received_due: datetime | None, clock: Clock, standing: Standing
) -> Promise:
    """How the case stands for the customer; `received_due` is for what she has just sent and is not filed yet."""
    asked = [message for message in shown if message.due_at]
    open_dues = [message.due_at for message in asked if not message.answered_at and not message.waived_at]
    if received_due:
        open_dues.append(received_due)
    if open_dues:
        return _waiting(case.owner, min(due for due in open_dues if due), clock, standing)
    settled = asked[-1] if asked else None
    if settled and settled.answered_at:
        # One answer settles all questions before it: the oldest of them was the hardest to keep.
        hardest = next(message for message in asked if message.answered_at == settled.answered_at)
        return _answered(case, hardest, clock)
    if case.status == Case.Status.SOLVED:
        return Promise("closed", _("This case is closed."), _reopens(), face(case.owner))
    return Promise("none", _who_cares(case.owner), person=face(case.owner))


def _waiting(owner: Staff | None, due: datetime, clock: Clock, standing: Standing) -> Promise:
    if chosen := standing.chosen:
        # What she added a moment ago will be waited for as well.
        due = max(due, chosen.due_at)
    if clock.now > due:
        return _broken(owner if not standing.away else None, due, clock)
    if standing.chosen:
        return _by_choice(standing.chosen, due, clock)
    if standing.away and owner:
        return _without(owner, due, clock, standing)
    said = {"by": clock.by(due)}
    if owner is None:
        return Promise("open", _("We will answer you %(by)s") % said)
    return Promise(
        "open", _("%(name)s will answer you %(by)s") % {**said, "name": owner.first_name}, person=face(owner)
    )


def _by_choice(chosen: Chosen, due: datetime, clock: Clock) -> Promise:
    name = chosen.owner.first_name
    headline = _("%(name)s will answer you %(by)s") % {"name": name, "by": clock.by(due)}
    detail = _("You chose to wait.")
    if chosen.back_at:
        detail += " " + _("%(name)s is back %(at)s.") % {"name": name, "at": clock.at(chosen.back_at)}
    return Promise("open", headline, detail, face(chosen.owner))


def _without(owner: Staff, due: datetime, clock: Clock, standing: Standing) -> Promise:
    """The owner is away, so somebody else answers."""
    offer, said = standing.offer, {"by": clock.by(due), "name": owner.first_name}
    details = []
    if standing.ended == "absent":
        details.append(_("%(name)s comes back later than we said, so you need not wait.") % said)
    elif offer:
        details.append(_("%(name)s is back %(at)s.") % {**said, "at": clock.at(offer.back.at)})
    if offer and offer.knows and not offer.answers:
        knows = _("%(name)s knows your case.") if offer.wrote else _("%(name)s knows you from an earlier case.")
        details.append(knows % {"name": offer.knows.first_name})
    if offer and offer.knows and offer.answers:
        headline = _("%(name)s will answer you %(by)s") % {**said, "name": offer.knows.first_name}
        return Promise("open", headline, " ".join(details), face(offer.knows))
    return Promise("open", _("One of us will answer you %(by)s") % said, " ".join(details))


def _broken(owner: Staff | None, due: datetime, clock: Clock) -> Promise:
    headline = _("We promised an answer %(by)s. We did not keep our word.") % {"by": clock.by(due)}
    if owner is None:
        return Promise("broken", headline, _("We are sorry. Your message comes first now."))
    detail = _("We are sorry. %(name)s will answer you as soon as possible.") % {"name": owner.first_name}
    return Promise("broken", headline, detail, face(owner))


def _answered(case: Case, message: Message, clock: Clock) -> Promise:
    assert message.answered_at and message.due_at
    author = message.answer.author if message.answer else None
    said = _who_answered(author, clock.at(message.answered_at))
    closed = " " + _("This case is closed.") + " " + _reopens() if case.status == Case.Status.SOLVED else ""
    if message.answered_at <= message.due_at:
        return Promise("kept", said, closed.strip(), face(author))
    headline = _("We promised an answer %(by)s. We did not keep our word.") % {"by": clock.by(message.due_at)}
    return Promise("late", headline, _("%(said)s. We are sorry.") % {"said": said} + closed, face(author))


def _who_answered(author: Staff | None, moment: str) -> str:
    if author is None:
        return _("We answered you %(at)s") % {"at": moment}
    she = is_she(author.first_name)
    said = pgettext("she", "%(name)s answered you %(at)s") if she else pgettext("he", "%(name)s answered you %(at)s")
    return said % {"name": author.first_name, "at": moment}


def _reopens() -> str:
    return _("If anything is left, just write below: it opens again.")


def _who_cares(owner: Staff | None) -> str:
    if owner is None:
        return _("We look after your case")
    return _("%(name)s looks after your case") % {"name": owner.first_name}
