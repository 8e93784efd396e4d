"""The phone of a case's customer, as it stands beside the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from samehand.cases.models import Case, Message
from samehand.desk.remarks import model_of
from samehand.guide import devices, setup
from samehand.guide.models import OwnedDevice, Solution

# What the guide calls "set the access point" wherever a problem has it.
SET_UP = "set-apn"


@dataclass(frozen=True, slots=True)
class Shown:
    """`steps` is where the guide says how to set it up; "" in a house without those pages. `words` are the same steps
    for an answer, and `solution` is what they are of the case's problem, None when they are none of it."""

    name: str
    steps: str
    words: str
    solution: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """`is_one`: a device bears this very name, and one press keeps it; "iPhone" says no more than whose it is."""

    name: str
    is_one: bool


def told_of(messages: Sequence[Message]) -> Told | None:
    """The phone that the customer told of last in a form; for a case where none is known."""
    name = model_of(messages)
    if not name:
        return None
    found = devices.find(name, 1)
    return Told(name, bool(found) and found[0].title == name)


def device_of(case: Case) -> Shown | None:
    owned = OwnedDevice.objects.filter(customer=case.customer).select_related("device").first()
    if owned is None:
        return None
    language = case.language if case.language in ("pl", "en") else "en"
    words = setup.text(owned.device, language)
    return Shown(str(owned.device), _steps(owned, language), words, _solution(case))


def _steps(owned: OwnedDevice, language: str) -> str:
    try:
        return reverse("guide:phone_steps", kwargs={"language": language, "key": str(owned.device_id)})
    except NoReverseMatch:
        return ""


def _solution(case: Case) -> int | None:
    return Solution.objects.filter(problem=case.problem_id, key=SET_UP).values_list("pk", flat=True).first()
