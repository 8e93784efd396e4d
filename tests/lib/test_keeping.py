"""The web server's connections: kept for the next page, replaced at once when the database dropped them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError, connection

from samehand.lib.keeping import base

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[[], base.DatabaseWrapper]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens one more connection, as another page would; all are closed for good at the end."""
    wrappers: list[base.DatabaseWrapper] = []

    def one_more() -> base.DatabaseWrapper:
        wrapper = base.DatabaseWrapper({**connection.settings_dict, "CONN_MAX_AGE": 0}, "default")
        wrapper.inc_thread_sharing()
        wrapper.ensure_connection()
        wrappers.append(wrapper)
        return wrapper

    yield one_more
    for wrapper in wrappers:
        wrapper.close()
    for _place in range(base.MOST):
        if kept := base._places.get_nowait():
            kept.close()
    for _place in range(base.MOST):
        base._places.put(None)


def pid(wrapper: base.DatabaseWrapper) -> int:
    return wrapper.connection.info.backend_pid


def test_a_connection_is_kept_for_the_next_page(opened: Open) -> None:
    first = opened()
    known = pid(first)
    first.close()

    assert pid(opened()) == known


def test_one_with_an_unfinished_transaction_is_not_kept(opened: Open) -> None:
    first = opened()
    known = pid(first)
    first.set_autocommit(False)
    first.cursor().execute("SELECT 1")
    first.close()

    assert pid(opened()) != known


def test_dead_ones_are_replaced_without_waiting(opened: Open) -> None:
    pages = [opened() for _page in range(8)]
    dead = [pid(page) for page in pages]
    for page in pages:
        page.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", [dead])
    began = time.monotonic()

    alive = {pid(opened()) for _page in range(8)}

    assert time.monotonic() - began < 1
    assert not alive & set(dead)


def test_there_is_a_limit_and_it_is_told(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PATIENCE", 0.1)
    pages = [opened() for _page in range(base.MOST)]

    with pytest.raises(OperationalError, match="in use"):
        opened()

    pages[0].close()
    opened()
