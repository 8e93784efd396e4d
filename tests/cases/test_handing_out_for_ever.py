"""The thread that hands out lives as long as its process."""

from __future__ import annotations

import threading

import pytest
from django.db import OperationalError

from samehand.cases import handing_out
from samehand.cases.actions import dispatching
from samehand.cases.handing_out import AFTER_FAULT, AFTER_TROUBLE, HandingOut, one_round

FAULTS = [(OperationalError("gone"), AFTER_TROUBLE), (KeyError(5), AFTER_FAULT)]


@pytest.mark.parametrize("when", ["step", "next_moment"])
@pytest.mark.parametrize(("fault", "rest"), FAULTS, ids=["the database is away", "a fault of ours"])
@pytest.mark.django_db
def test_a_round_that_fails_is_tried_again_soon(
    monkeypatch: pytest.MonkeyPatch, when: str, fault: Exception, rest: float
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(handing_out, "close_old_connections", lambda: None)
    monkeypatch.setattr(dispatching, when, fails)

    assert one_round(HandingOut()) == rest


@pytest.mark.django_db(transaction=True)
def test_the_thread_goes_on_after_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, rounds = threading.Event(), [KeyError(5), OperationalError("gone")]

    def turn(_self: HandingOut) -> None:
        if rounds:
            raise rounds.pop()
        stop.set()

    monkeypatch.setattr(HandingOut, "turn", turn)
    monkeypatch.setattr(HandingOut, "rest", lambda _self: 0.0)
    monkeypatch.setattr(handing_out, "AFTER_TROUBLE", 0.0)
    monkeypatch.setattr(handing_out, "AFTER_FAULT", 0.0)
    thread = threading.Thread(target=handing_out.hand_out_for_ever, args=(stop,), daemon=True)
    thread.start()
    thread.join(30)

    assert stop.is_set() and not thread.is_alive()
