"""PostgreSQL dies under readers: for a moment pages say "try again", and work as soon as it is back."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from samehand.config import postgres
from tests.system.house import House, wait_for

pytestmark = pytest.mark.system
READERS = 16
Answers = list[tuple[float, int]]


def read(house: House, answers: Answers, stop: threading.Event) -> None:
    """Ask for a page that looks into the database, again and again; note each answer and its moment."""
    address = f"http://127.0.0.1:{house.http}/account/login/"
    request = urllib.request.Request(address, headers={"Cookie": f"samehand_session={'a' * 32}"})
    while not stop.is_set():
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                code = answer.status
        except urllib.error.HTTPError as answer:
            code = answer.code
        answers.append((time.monotonic(), code))
        time.sleep(0.05)


def test_pages_work_as_soon_as_the_database_is_back(tmp_path: Path) -> None:
    house = House(tmp_path / "data")
    house.start()
    answers: Answers = []
    stop = threading.Event()
    readers = [threading.Thread(target=read, args=(house, answers, stop)) for _number in range(READERS)]
    try:
        for reader in readers:
            reader.start()
        time.sleep(1)
        server = house.child("postgres")
        assert server
        server.kill()
        server.wait(5)
        wait_for(lambda: postgres.answers(house.data))
        back = time.monotonic()
        time.sleep(5)
    finally:
        stop.set()
        for reader in readers:
            reader.join(30)
        house.kill()

    assert {code for _moment, code in answers} <= {200, 503}
    assert not [moment - back for moment, code in answers if code != 200 and moment > back + 2]
    assert len([code for moment, code in answers if moment > back]) > READERS
