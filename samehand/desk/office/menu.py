"""The office in the desk's list of places: each person sees what is open to her."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samehand.cases.queries import put_aside
from samehand.guide.duties import duties
from samehand.lib.clock import now
from samehand.people.models import Staff


@dataclass(frozen=True, slots=True)
class Item:
    view: str
    href: str
    name: str
    icon: str
    hint: str
    count: int = 0


def items(person: Staff) -> list[Item]:
    """The places of the office that this person may enter, in order: what comes and goes first, then the house."""
    return [item for allowed, item in (*_of_mail(person), *_of_the_house(person)) if allowed and item]


def _of_mail(person: Staff) -> list[tuple[bool, Item | None]]:
    leads, administers = person.leads, person.administers
    aside = put_aside().count() if leads else 0
    return [
        (leads, _item("board", "board:show", _("Board"), "gauge", _("today's promises, hands and hours"))),
        (leads, _item("office-home", "office:home", _("Office"), "lamp-desk", _("what needs an eye"))),
        (leads, _item("office-aside", "office:aside", _("Put aside"), "archive", _("what could not be read"), aside)),
        (
            leads,
            _item("office-mail", "mail:proof", _("Arrived and filed"), "inbox", _("the proof that no mail is lost")),
        ),
        (True, _item("office-machines", "office:machine_mail", _("From machines"), "bot", _("what nobody waits for"))),
        (
            leads,
            _item(
                "office-queue", "office:queue", _("Answers on their way"), "send", _("what leaves, waits, was refused")
            ),
        ),
        (
            not settings.RELAY,
            _item("sent", "mail:sent", _("Sent mails"), "mail-open", _("what would have left the house")),
        ),
        (leads, _item("office-mailboxes", "mail:mailboxes", _("Mailboxes"), "mail", _("where mail is collected"))),
        (
            administers,
            _item("office-addresses", "mail:addresses", _("Our addresses"), "at-sign", _("from where answers leave")),
        ),
    ]


def _of_the_house(person: Staff) -> list[tuple[bool, Item | None]]:
    leads, administers = person.leads, person.administers
    duty = duties(person, timezone.localdate(now()))
    waiting = duty.mine + (duty.reviews if leads else 0)
    return [
        (True, _item("guide", "desk_guide:list", _("The guide"), "life-buoy", _("what customers read"), waiting)),
        (True, _item("office-mine", "office:shifts_mine", _("My shifts"), "calendar", _("when I am on duty"))),
        (leads, _item("office-shifts", "office:shifts", _("Shifts"), "calendar", _("who is on duty"))),
        (leads, _item("office-notices", "office:notices", _("Notices"), "info", _("what customers are told"))),
        (leads, _item("solutions", "solutions:page", _("What helps"), "circle-check", _("which advice works"))),
        (leads, _item("staffing", "staffing:page", _("Staffing"), "chart-column", _("how many people it takes"))),
        (
            administers,
            _item("office-hours", "office:hours", _("Hours and promise"), "clock", _("when we answer, how fast")),
        ),
        (administers, _item("office-team", "office:team", _("People"), "users", _("who works here"))),
    ]


def _item(view: str, address: str, name: str, icon: str, hint: str, count: int = 0) -> Item | None:
    try:
        return Item(view, reverse(address), name, icon, hint, count)
    except NoReverseMatch:
        # A house without that door (no mail channel) simply has no such place.
        return None
