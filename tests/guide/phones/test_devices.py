"""Devices by what people type: as a set with its hit rate, and the odd things that are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from samehand.core.families import FAMILIES, SKINS
from samehand.guide import actions, devices
from samehand.guide.devices.listed import DATA, listed
from samehand.guide.models import Device, DeviceList, OwnedDevice
from samehand.people.models import Customer
from tests.personas import MONDAY

TYPED = [
    line.split(" = ")
    for line in (Path(__file__).parent / "typed.txt").read_text(encoding="utf-8").splitlines()
    if " = " in line
]
# What was reached when this was written; docs/phones.md says it.
FIRST, IN_FIVE = 0.97, 0.99

pytestmark = pytest.mark.django_db


def test_what_people_type_finds_what_they_have(all_devices: None) -> None:
    places = {typed: _place(typed, wanted.split(" | ")) for typed, wanted in TYPED}

    assert len(places) >= 150
    assert _share(places, 1) >= FIRST, {typed: place for typed, place in places.items() if place != 1}
    assert _share(places, 5) >= IN_FIVE, {typed: place for typed, place in places.items() if not 1 <= place <= 5}


def test_what_only_shares_a_word_is_not_offered(all_devices: None) -> None:
    found = [hit.title for hit in devices.find("doogee s98 pro", 12)]

    assert set(found) == {"Doogee S98", "Doogee S98Pro"}


def _place(typed: str, wanted: list[str]) -> int:
    """1 for the first; 0 when it is not among ten."""
    names = [f"{hit.brand} {hit.name}".lower() for hit in devices.find(typed, 10)]
    places = [names.index(name.lower()) + 1 for name in wanted if name.lower() in names]
    return min(places, default=0)


def _share(places: dict[str, int], most: int) -> float:
    return sum(1 <= place <= most for place in places.values()) / len(places)


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "!!!", "\x00", "qqqqqqqqxz", "ż" * 10_000, "' OR 1=1 --", "%_%", "<script>alert(1)</script>", "😀"],
)
def test_odd_things_are_answered(all_devices: None, typed: str) -> None:
    assert isinstance(devices.find(typed), list)


def test_every_device_has_a_skin_with_a_family() -> None:
    found = listed()

    assert {device.skin for device in found} <= set(SKINS)
    assert {device.family for device in found} <= FAMILIES
    assert len({(device.brand, device.name) for device in found}) == len(found) > 28_000


def test_the_list_is_loaded_once_and_keeps_the_numbers(all_devices: None) -> None:
    before = Device.objects.get(brand="Apple", name="iPhone 13")
    Device.objects.filter(pk=before.pk).update(skin="android")

    assert not actions.load_devices(now=MONDAY)
    DeviceList.objects.update(fingerprint="older")
    assert actions.load_devices(now=MONDAY)

    after = Device.objects.get(brand="Apple", name="iPhone 13")
    assert (after.pk, after.skin) == (before.pk, "iphone")


def test_what_a_customer_has_stays_although_the_list_has_it_no_longer(all_devices: None) -> None:
    kept = Device.objects.create(brand="Dawna", name="Cegła", family="feature-phone", skin="feature", words="cegla")
    gone = Device.objects.create(brand="Dawna", name="Muszla", family="feature-phone", skin="feature", words="muszla")
    OwnedDevice.objects.create(customer=Customer.objects.create(known_since=MONDAY), device=kept, since=MONDAY)

    DeviceList.objects.update(fingerprint="older")
    actions.load_devices(now=MONDAY)

    assert set(Device.objects.filter(pk__in=[kept.pk, gone.pk])) == {kept}


def test_the_licence_of_the_public_list_lies_beside_it() -> None:
    licence = (DATA / "android_devices.LICENSE.txt").read_text(encoding="utf-8")

    assert "Copyright (c) 2016 Peter Bakondy" in licence
    assert "this permission notice shall be included in all" in licence
