"""The live line: what commits is heard, a lost database is survived, nobody listens after the account has ended."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from samehand.desk.live import BYE, _lines, _missed, _signed_in
from samehand.lib.clock import now
from samehand.lib.events import Fact, record
from samehand.lib.live import BACKLOG, Happened, Hub, Item, Refresh
from samehand.lib.models import Event
from samehand.people.actions import staffing
from samehand.people.models import Staff
from tests.personas import adam, anna

__all__ = ["adam", "anna"]

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def happens(kind: str = "case.filed", count: int = 1) -> None:
    with transaction.atomic():
        record([Fact(kind, case_id=7, staff_id=3) for _number in range(count)], now=now())


async def in_thread(act: Callable[..., Any], *arguments: Any) -> None:
    def run() -> None:
        try:
            act(*arguments)
        finally:
            connections.close_all()

    await asyncio.to_thread(run)


def followed(story: Callable[[asyncio.Queue[Item]], Awaitable[None]]) -> None:
    async def run() -> None:
        async with Hub().following() as queue:
            await story(queue)

    asyncio.run(run())


async def next_of(queue: asyncio.Queue[Item], seconds: float = 5) -> Item:
    return await asyncio.wait_for(queue.get(), seconds)


def test_what_is_committed_is_heard_in_order() -> None:
    async def story(queue: asyncio.Queue[Item]) -> None:
        await in_thread(happens, "case.filed", 2)
        heard = [await next_of(queue), await next_of(queue)]
        assert [(item.kind, item.case_id, item.staff_id) for item in heard if isinstance(item, Happened)] == [
            ("case.filed", 7, 3)
        ] * 2

    followed(story)


def test_a_lost_database_is_found_again_and_everybody_looks_anew() -> None:
    async def story(queue: asyncio.Queue[Item]) -> None:
        await in_thread(cut_the_listener)
        assert isinstance(await next_of(queue), Refresh)
        await in_thread(happens)
        assert isinstance(await next_of(queue), Happened)

    followed(story)


def cut_the_listener() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%%' AND pid <> pg_backend_pid()"
        )
        assert cursor.rowcount == 1


def test_who_falls_behind_is_told_to_look_anew() -> None:
    async def story(queue: asyncio.Queue[Item]) -> None:
        await in_thread(happens, "case.filed", BACKLOG + 10)
        await asyncio.sleep(0.5)
        told = [queue.get_nowait() for _item in range(queue.qsize())]
        assert len(told) <= BACKLOG
        assert any(isinstance(item, Refresh) for item in told)

    followed(story)


def test_after_a_broken_line_all_is_told_again_with_some_overlap(rf: Any) -> None:
    happens(count=3)
    last = Event.objects.latest("id").pk

    again = _missed(rf.get("/desk/live", headers={"last-event-id": str(last)}))
    assert [item.id for item in again][-3:] == [last - 2, last - 1, last]
    Event.objects.update(at="2020-01-01T00:00Z")
    assert _missed(rf.get("/desk/live", {"since": last})) == []
    assert len(_missed(rf.get(f"/desk/live?since={last}&lost"))) >= 3
    assert _missed(rf.get("/desk/live", {"since": "1'; DROP"})) == []


def test_an_account_that_ends_ends_the_line(anna: Staff, client: Client) -> None:
    client.force_login(anna, backend=BACKEND)
    key = client.session.session_key or ""
    assert _signed_in(key)

    Staff.objects.filter(pk=anna.pk).update(is_active=False)

    assert not _signed_in(key)
    assert not _signed_in("")


def test_an_open_line_ends_at_once_with_the_account(adam: Staff, anna: Staff, client: Client, rf: Any) -> None:
    client.force_login(anna, backend=BACKEND)
    key = client.session.session_key or ""

    async def story() -> list[str]:
        lines = _lines(rf.get("/desk/live"), key)
        await anext(lines)
        await in_thread(lambda: staffing.deactivate(by=adam, person_id=anna.pk, now=now()))
        async with asyncio.timeout(5):
            return [line async for line in lines]

    connection.close()
    assert asyncio.run(story())[-1] == BYE


def test_strangers_hear_nothing(client: Client) -> None:
    assert client.get("/desk/live").status_code == 401
    page = client.get("/desk/live", headers={"accept": "text/event-stream"})
    assert page.content == b"event: bye\ndata: {}\n\n"
