"""The customer's own choice while her consultant is away: wait for her, or let somebody else answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from samehand.cases import actions
from samehand.cases.models import Case

Said = tuple[str, int]


def wait(request: HttpRequest, case: Case, moment: datetime) -> Said | None:
    """She waits; None when it is so now, else what the page says and its status."""
    until = _moment(request.POST.get("until", ""))
    if until is None:
        return _changed()
    return _said(lambda: actions.wait_for_owner(case_id=case.pk, until=until, now=moment))


def take_back(request: HttpRequest, case: Case, moment: datetime) -> Said | None:
    return _said(lambda: actions.wait_no_more(case_id=case.pk, now=moment))


def _said(act: Callable[[], None]) -> Said | None:
    try:
        act()
    except actions.NothingToWaitFor:
        return _("Nothing changed: your question has been answered already."), HTTPStatus.CONFLICT
    except (actions.NotOffered, actions.OfferChanged, actions.Joined):
        return _changed()
    except actions.ChangedTooOften:
        said = _("You have changed this many times within an hour. It stays as it is now; try again later.")
        return said, HTTPStatus.TOO_MANY_REQUESTS
    return None


def _changed() -> Said:
    return _("Nothing changed: things are different by now. This is how it stands:"), HTTPStatus.CONFLICT


def _moment(said: str) -> datetime | None:
    try:
        moment = parse_datetime(said[:40])
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
