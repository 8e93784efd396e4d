"""An hour of the helpdesk in a minute: mail by SMTP, LMTP and IMAP, answers, replies to them, bounces and holiday
notes, while something is killed every few seconds. In the end ledger, mailbox and cases agree to the last message.

SAMEHAND_SOAK_MAILS (first mails, 300 by default) makes it longer: 6,000 are an hour's worth. The seed is printed;
SAMEHAND_KILL_SEED plays it again.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.doors.conftest import Dovecot, dovecot
from tests.system.house import House, free_ports, samehand, wait_for
from tests.system.plugs import (
    all_settled,
    consultant_at_work,
    exported,
    kill_something,
    left_once,
    rng,
    send_until_kept,
    watch_mailbox,
)
from tests.system.world import SERVER, Letter, World, first

__all__ = ["dovecot", "rng"]

pytestmark = [pytest.mark.system, pytest.mark.dovecot]

MAILS = int(os.environ.get("SAMEHAND_SOAK_MAILS") or 300)
# As patient as the work is long, on a machine that has other work, too.
PATIENCE = 180 + MAILS / 5
KINDS = (*("klient",) * 7, "znika", "urlop", "zajety")


@pytest.fixture
def world(rng: random.Random) -> Iterator[tuple[World, int]]:
    handler, (port,) = World(rng), free_ports(1)
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


class Post(threading.Thread):
    """Carries what the world writes: what servers say by SMTP, the rest by whichever way; some of it twice."""

    def __init__(self, house: House, server: Dovecot, world: World, seed: int) -> None:
        super().__init__(daemon=True)
        self.house, self.server, self.world = house, server, world
        self.rng = random.Random(seed)
        self.busy = False

    def run(self) -> None:
        while True:
            letter = self.world.post.get()
            if letter is None:
                return
            self.busy = True
            for _time in range(2 if self.rng.random() < 0.05 else 1):
                self._carry(letter)
            self.busy = False

    def _carry(self, letter: Letter) -> None:
        way = "smtp" if not letter.sender else self.rng.choice(("smtp", "lmtp", "imap"))
        if way == "imap":
            self.server.deliver(letter.raw)
        else:
            send_until_kept(self.house, letter.raw, sender=letter.sender, to=letter.to, lmtp=way == "lmtp")


def test_ledger_mailbox_and_cases_agree_to_the_last_message(
    tmp_path: Path, dovecot: Dovecot, world: tuple[World, int], rng: random.Random
) -> None:
    outside, port = world
    house = House(tmp_path / "data", {"SAMEHAND_RELAY": f"smtp+plain://127.0.0.1:{port}", "SAMEHAND_LOG": "error"})
    house.start()
    stop_file = tmp_path / "stop"
    consultant = consultant_at_work(house, stop_file)
    posts = [Post(house, dovecot, outside, rng.random()) for _number in range(4)]
    try:
        watch_mailbox(house, dovecot, tmp_path / "secret")
        for post in posts:
            post.start()
        killed = an_hour(house, outside, rng)
        wait_for(lambda: at_rest(house, outside, posts), PATIENCE)
        stop_file.touch()
        assert consultant.wait(60) == 0
        print("killed", dict(killed))
        agree(house, outside)
    except AssertionError:
        print("\n".join(line for line in house.page("/metrics")[1].splitlines() if line.startswith("samehand_")))
        raise
    finally:
        consultant.kill()
        house.kill()


def an_hour(house: House, outside: World, rng: random.Random) -> Counter[str]:
    """First mails keep coming; every few seconds something dies."""
    killed: Counter[str] = Counter()
    next_kill = time.monotonic() + rng.uniform(1, 4)
    for number in range(MAILS):
        customer = f"{rng.choice(KINDS)}{number % (MAILS // 3)}@{SERVER}"
        outside.write(first(number, customer, rng))
        time.sleep(rng.expovariate(10))
        if time.monotonic() > next_kill:
            kill_something(house, rng, killed)
            next_kill = time.monotonic() + rng.uniform(1, 4)
    return killed


def at_rest(house: House, outside: World, posts: list[Post]) -> bool:
    """Nothing is in the post, nothing waits to be filed, answered or sent."""
    return (
        outside.post.empty()
        and not any(post.busy for post in posts)
        and house.works()
        and house.metric('samehand_arrivals_total{channel="mail"}') == len(outside.written)
        and house.metric("samehand_arrivals_waiting") == 0
        and sum(house.metric(f'samehand_promises{{state="{state}"}}') for state in ("open", "at_risk", "broken")) == 0
        and all_settled(house)
    )


def agree(house: House, outside: World) -> None:
    rows = exported(house)
    came = Counter(row["message_id"] for row in rows if row["direction"] == "in")
    case_of = {row["message_id"]: row["case"] for row in rows}
    people = {mid for mid, letter in outside.written.items() if letter.sender and not letter.sender.startswith("urlop")}

    assert people <= set(came) <= set(outside.written)
    assert set(came.values()) == {1}
    astray = [letter for mid, letter in outside.written.items() if mid in came and letter.answers]
    assert [letter for letter in astray if case_of[letter.message_id] != case_of[letter.answers]] == []
    assert house.metric("samehand_arrivals_aside") == 0
    left_once(house, outside.taken, rows)
    assert house.metric('samehand_outbox{state="refused"}') == len(outside.bounced)
    mailbox_agrees(house)


def mailbox_agrees(house: House) -> None:
    done = samehand("mail", "reconcile", "--json", "--data", str(house.data))
    assert done.returncode == 0, done.stdout + done.stderr
    told: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(row.get("missing") == 0 for row in told if "missing" in row), told
