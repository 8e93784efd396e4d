"""The addresses that the house writes from."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.lib.events import Fact, record
from samehand.people.models import SendingAddress, Staff


@transaction.atomic
def save(*, by: Staff, address: SendingAddress, now: datetime) -> SendingAddress:
    """The address as it is given; when it is to be the usual one, no other is any more."""
    if address.is_default:
        SendingAddress.objects.exclude(pk=address.pk).update(is_default=False)
    address.save()
    record([_fact("address.saved", address.pk, by)], now=now)
    return address


@transaction.atomic
def remove(*, by: Staff, address_id: int, now: datetime) -> None:
    """Nothing is sent from it any more; what was sent stays as it is."""
    if SendingAddress.objects.filter(pk=address_id).delete()[0]:
        record([_fact("address.removed", address_id, by)], now=now)


def _fact(kind: str, address_id: int, by: Staff) -> Fact:
    return Fact(kind, data={"address": address_id, "by": by.pk})
