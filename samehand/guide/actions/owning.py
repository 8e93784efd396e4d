"""Which phone a customer has."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samehand.guide.models import OwnedDevice


@transaction.atomic
def own_device(*, customer_id: int, device_id: int, now: datetime) -> None:
    """The customer has this device: the guide shows its steps first."""
    OwnedDevice.objects.update_or_create(customer_id=customer_id, defaults={"device_id": device_id, "since": now})


@transaction.atomic
def disown_device(*, customer_id: int) -> None:
    """Nothing is known of the customer's device any more."""
    OwnedDevice.objects.filter(customer_id=customer_id).delete()
