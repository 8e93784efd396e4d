from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from samehand.cases import actions
from samehand.cases.models import RawArrival
from samehand.people.models import Staff
from tests.personas import MONDAY, adam, anna, marek, ola

__all__ = ["adam", "anna", "marek", "ola"]


@pytest.fixture(autouse=True)
def in_polish() -> Iterator[None]:
    with translation.override("pl"):
        yield


@pytest.fixture(autouse=True)
def sent_folder(settings: Any, tmp_path: Path) -> Path:
    settings.SENT = tmp_path / "sent"
    settings.SENT.mkdir()
    settings.PRIVATE_MAIL = tmp_path / "private-mail"
    return settings.SENT


@pytest.fixture
def signed_in() -> Callable[[Staff], Client]:
    def sign_in(person: Staff) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def admin(adam: Staff, signed_in: Callable[[Staff], Client]) -> Client:
    return signed_in(adam)


@pytest.fixture
def lead(ola: Staff, signed_in: Callable[[Staff], Client]) -> Client:
    return signed_in(ola)


def put_aside(raw: bytes, reason: str = "The mail is empty.") -> RawArrival:
    fingerprint = sha256(raw).hexdigest()
    incoming = [actions.Incoming(raw=raw, received_at=MONDAY, fingerprint=fingerprint)]
    actions.accept(channel="mail", mailbox="door", incoming=incoming, now=MONDAY)
    RawArrival.objects.filter(fingerprint=fingerprint).update(state="aside", reason=reason, settled_at=MONDAY)
    return RawArrival.objects.get(fingerprint=fingerprint)
