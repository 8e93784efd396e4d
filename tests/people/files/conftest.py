"""Everything is said in English; Anna's week may be free."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from samehand.people.models import Shift, Staff


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def free(anna: Staff) -> Staff:
    Shift.objects.all().delete()
    return anna
