"""Who works here: what an administrator does to the accounts of the team."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse

from samehand.lib.events import Fact, record
from samehand.people.models import Role, Staff


class LastAdmin(Exception):
    """Without an administrator nobody could let anybody in any more."""


def add(*, by: Staff, fields: dict[str, Any], now: datetime) -> Staff:
    """A new colleague; she chooses her password herself through the link of `invitation`."""
    with transaction.atomic():
        person = Staff.objects.create_user(**fields)
        record([_fact("staff.added", person, by)], now=now)
    return person


def edit(*, by: Staff, person_id: int, fields: dict[str, Any], now: datetime) -> Staff:
    """Write the colleague's fields. Raises LastAdmin when nobody would administer afterwards."""
    with transaction.atomic():
        person = _locked(person_id)
        if fields.get("role", person.role) != Role.ADMIN:
            _keep_an_admin(person)
        for name, value in fields.items():
            setattr(person, name, value)
        person.save(update_fields=list(fields))
        record([_fact("staff.edited", person, by)], now=now)
    return person


def deactivate(*, by: Staff, person_id: int, now: datetime) -> Staff:
    """The colleague can no longer sign in and her open sessions end. Her cases stay hers until they are handed over."""
    with transaction.atomic():
        person = _locked(person_id)
        _keep_an_admin(person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        _end_sessions(person)
        record([_fact("staff.deactivated", person, by)], now=now)
    return person


def activate(*, by: Staff, person_id: int, now: datetime) -> Staff:
    with transaction.atomic():
        person = _locked(person_id)
        person.is_active = True
        person.save(update_fields=["is_active"])
        record([_fact("staff.activated", person, by)], now=now)
    return person


def invitation(person: Staff) -> str:
    """The path under which the colleague sets her password: once, within three days."""
    proof = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=proof)


def _locked(person_id: int) -> Staff:
    # All administrators are locked, not only this one: two who dismiss each other at once would leave none.
    list(Staff.objects.select_for_update(no_key=True).filter(role=Role.ADMIN, is_active=True).order_by("pk"))
    return Staff.objects.select_for_update(no_key=True).get(pk=person_id)


def _keep_an_admin(person: Staff) -> None:
    others = Staff.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=person.pk)
    if person.administers and person.is_active and not others.exists():
        raise LastAdmin


def _end_sessions(person: Staff) -> None:
    # A session names its person only inside its sealed data; there are a few for each of the staff, not millions.
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


def _fact(kind: str, person: Staff, by: Staff) -> Fact:
    return Fact(kind, data={"staff": person.pk, "by": by.pk})
