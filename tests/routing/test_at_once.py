"""Several who act at the same moment, each with a connection of her own: nobody stands in another's way for good."""

from __future__ import annotations

import os
import threading
import time
import traceback

import pytest
from django.db import connection

from samehand.cases.actions import dispatching
from tests.routing.test_walk import wrong
from tests.routing.walking import ACTS, REFUSED, Desk

SECONDS = float(os.environ.get("SAMEHAND_AT_ONCE", "6"))
# A switch that is turned off empties the line under everybody's hands; it has walks of its own.
NOT_AT_ONCE = ("switches",)


def act(desk: Desk, until: float, troubles: list[str]) -> None:
    names = [name for name in ACTS if name not in NOT_AT_ONCE]
    try:
        while time.monotonic() < until:
            name = desk.dice.choices(names, [ACTS[name] for name in names])[0]
            try:
                getattr(desk, name)()
                dispatching.step(now=desk.now)
            except REFUSED:
                pass
            except Exception:
                troubles.append(f"{name}: {traceback.format_exc()}")
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_three_at_once_never_wait_for_each_other_in_a_ring() -> None:
    desk = Desk(0)
    for _ in range(15):
        desk.acts()
    desk.present = {one.pk for one in desk.crew}
    troubles: list[str] = []
    until = time.monotonic() + SECONDS

    others = [desk.also(seed) for seed in (1, 2, 3)]
    threads = [threading.Thread(target=act, args=(one, until, troubles)) for one in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not troubles, "\n".join(troubles)
    desk.rests()
    assert [*wrong(desk)] == []
