"""What an administrator of a new house does first, until it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samehand.cases.models import RawArrival
from samehand.lib.clock import now
from samehand.people.models import Shift, Staff


@dataclass(frozen=True, slots=True)
class Step:
    words: str
    hint: str
    href: str
    done: bool


def steps(person: Staff) -> list[Step]:
    """The first steps, with those that are done; none for others, nor when nothing is left to do."""
    if not person.administers:
        return []
    found = [_people(), _shifts(), _mail()]
    return [] if all(step.done for step in found) else found


def _people() -> Step:
    done = Staff.objects.filter(is_active=True).count() > 1
    hint = _("Each gets a link with which to choose a password.")
    return Step(_("Add the people who will answer"), hint, reverse("office:team_add"), done)


def _shifts() -> Step:
    done = Shift.objects.filter(ends_at__gt=now()).exists()
    hint = _("New cases go only to those who are on shift.")
    return Step(_("Plan their shifts"), hint, reverse("office:shifts"), done)


def _mail() -> Step:
    hint = _("Add a mailbox that we read over IMAP, or point your mail server at our SMTP door.")
    return Step(_("Let the mail in"), hint, reverse("mail:mailboxes"), RawArrival.objects.exists())
