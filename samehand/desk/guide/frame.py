"""What every page of the editors' guide has around it: its places, with what waits in each."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samehand.guide.duties import duties
from samehand.guide.rendering import address
from samehand.lib.clock import now
from samehand.people.models import Staff

VIEW = "guide"


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    href: str
    name: str
    count: int
    current: bool


def tabs(person: Staff, current: str) -> list[Tab]:
    """The places that this person may enter; `current` is the key of the one that she is in."""
    waiting = duties(person, timezone.localdate(now()))
    places = [
        (True, "list", "desk_guide:list", _("Problems"), 0),
        (True, "mine", "desk_guide:mine", _("For me"), waiting.mine),
        (person.leads, "review", "desk_guide:reviews", _("To review"), waiting.reviews),
        (True, "gaps", "desk_guide:gaps", _("Searches that found nothing"), 0),
        (True, "votes", "desk_guide:votes", _("What did not help"), waiting.votes),
        (True, "synonyms", "desk_guide:synonyms", _("Synonyms"), 0),
        (True, "pictures", "desk_guide:pictures", _("Pictures"), 0),
        (person.leads, "trees", "desk_guide_trees:list", _("Guided questions"), 0),
        (person.administers, "categories", "desk_guide:categories", _("Categories"), 0),
        (person.administers, "facts", "desk_guide:facts", _("The operator's facts"), 0),
    ]
    return [
        Tab(key, href, name, count, key == current)
        for allowed, key, address, name, count in places
        if allowed and (href := _address(address))
    ]


def public_home(language: str) -> str:
    return address("home", language)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
