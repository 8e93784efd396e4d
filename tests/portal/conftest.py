from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from samehand.cases.keys import signer
from samehand.cases.models import Case
from tests.personas import adam, anna, at, marek, ola

__all__ = ["adam", "anna", "marek", "ola"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the moment at which the page is read; without it, five minutes after the first mail."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("samehand.portal.views.now", lambda: moment)

    set_to(at(5))
    return set_to


def link(case: Case) -> str:
    return f"/s/{signer().page_token(case.reference)}"
