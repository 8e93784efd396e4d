"""For every test: a database without preparation, and honest skips where a program is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from samehand.config import postgres
from tests.browsing import browser

__all__ = ["browser"]

PROGRAMS = {"browser": "chromium", "dovecot": "dovecot"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Without DATABASE_URL the tests run on a PostgreSQL of their own, which goes with its folder."""
    with postgres.for_a_while(Path(settings.DATA)):
        yield


@pytest.fixture(autouse=True)
def few_synonyms(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Laying out all synonyms takes two seconds; who needs them marks the test."""
    if not request.node.get_closest_marker("synonyms"):
        monkeypatch.setattr("samehand.guide.searching.synonyms._own", lambda language: ())


@pytest.fixture
def at_the_desk(client: Client, anna: Any) -> Client:
    """Anna's browser; the test's own module says which Anna."""
    client.force_login(anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture(autouse=True)
def closed_pages(request: pytest.FixtureRequest) -> Iterator[None]:
    """A page that stays open keeps its live line, and the server a connection to the database for it."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Last, because Playwright's loop stays in this thread: after it no test may run a loop of its own.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    for mark, program in PROGRAMS.items():
        # In CI a missing program is a failure of the test that needs it, never a skip.
        if shutil.which(program, path=path) or os.environ.get("CI") == "true":
            continue
        for item in items:
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=f"{program} is not installed"))
