"""Browsers of those who write and review, on the clock of the personas' Monday."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from samehand.people.models import Staff
from tests.personas import adam, anna, at, marek, ola

__all__ = ["adam", "anna", "marek", "ola"]


def browser_of(person: Staff) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def annas(anna: Staff) -> Client:
    return browser_of(anna)


@pytest.fixture
def olas(ola: Staff) -> Client:
    return browser_of(ola)


@pytest.fixture
def adams(adam: Staff) -> Client:
    return browser_of(adam)


@pytest.fixture
def monday() -> datetime:
    return at(0)
