"""The whole list of devices, loaded once for all tests of a module that ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from samehand.guide import actions
from samehand.guide.models import Device, DeviceList, DeviceWord
from tests.personas import MONDAY, adam, anna, marek, ola

__all__ = ["adam", "anna", "marek", "ola"]


@pytest.fixture(scope="module")
def all_devices(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        actions.load_devices(now=MONDAY)
        yield
        for model in (Device, DeviceWord, DeviceList):
            model.objects.all().delete()
