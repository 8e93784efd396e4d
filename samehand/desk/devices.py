"""The phone of a case's customer, as it stands beside the case."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from samehand.cases.models import Case
from samehand.guide.models import OwnedDevice


@dataclass(frozen=True, slots=True)
class Shown:
    """`steps` is where the guide says how to set it up; "" in a house without those pages."""

    name: str
    steps: str


def device_of(case: Case) -> Shown | None:
    owned = OwnedDevice.objects.filter(customer=case.customer).select_related("device").first()
    if owned is None:
        return None
    language = case.language if case.language in ("pl", "en") else "en"
    try:
        steps = reverse("guide:phone_steps", kwargs={"language": language, "key": str(owned.device_id)})
    except NoReverseMatch:
        steps = ""
    return Shown(str(owned.device), steps)
