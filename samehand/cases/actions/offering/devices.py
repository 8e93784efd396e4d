"""Which phone an offer was made for."""

from __future__ import annotations

from samehand.guide.models import OwnedDevice


def device_of(customer_id: int) -> tuple[str, str]:
    """What the customer said that she has, and its family; both empty when she did not."""
    owned = OwnedDevice.objects.filter(customer=customer_id).select_related("device").first()
    return (str(owned.device)[:200], owned.device.family) if owned else ("", "")
