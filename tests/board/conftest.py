from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation

from samehand.config import forecasting
from tests.browser.conftest import context, desk, open_as, server
from tests.personas import adam, anna, marek, ola

__all__ = ["adam", "anna", "context", "desk", "marek", "ola", "open_as", "server"]


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Days that are over and the house's history are remembered by a process; every test has its own."""
    cache.clear()
    forecasting.forget()
    with translation.override("pl"):
        yield
