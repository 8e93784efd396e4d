"""Kill -9 of every part at random moments, while mail comes in two ways and answers leave: nothing is lost, nothing
is doubled. The seed is printed; SAMEHAND_KILL_SEED plays it again."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.doors.conftest import Dovecot, dovecot
from tests.system.house import House, free_ports, wait_for
from tests.system.plugs import (
    all_settled,
    consultant_at_work,
    exported,
    header,
    kill_something,
    left_once,
    rng,
    send_until_kept,
    watch_mailbox,
)

__all__ = ["dovecot", "rng"]

pytestmark = [pytest.mark.system, pytest.mark.dovecot]

MAILS = 2000
KILLS = 18


def mail(number: int, rng: random.Random) -> bytes:
    message = EmailMessage()
    message["From"] = f"klient{number % 300}@poczta.example"
    message["To"] = "helpdesk@fala.example"
    message["Subject"] = f"Sprawa {number}"
    message["Message-ID"] = f"<{number}.kill@poczta.example>"
    message.set_content("Dzień dobry, nie działa mi internet.\n" * rng.randrange(1, 20))
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


class Sink:
    """The next server on the way: counts what it took, by Message-ID."""

    def __init__(self) -> None:
        self.got: Counter[str] = Counter()

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        self.got[header(envelope.content, "Message-ID")] += 1  # type: ignore[attr-defined]
        return "250 2.0.0 Ok"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    handler, (port,) = Sink(), free_ports(1)
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def send_all(house: House, mails: list[bytes]) -> None:
    for raw in mails:
        send_until_kept(house, raw, sender="klient@poczta.example")


def let_mail_come(house: House, server: Dovecot, rng: random.Random) -> list[threading.Thread]:
    """Both ways at once; some mails come twice the same way, some come both ways."""
    mails = [mail(number, rng) for number in range(MAILS)]
    by_smtp, by_imap = mails[: MAILS * 6 // 10], mails[MAILS * 6 // 10 :]
    by_smtp += rng.sample(by_smtp, 60) + rng.sample(by_imap, 40)
    by_imap += rng.sample(by_imap, 40)
    rng.shuffle(by_smtp)
    parts = [by_smtp[start::4] for start in range(4)]
    coming = [threading.Thread(target=send_all, args=(house, part), daemon=True) for part in parts]
    coming.append(threading.Thread(target=server.deliver, args=by_imap, daemon=True))
    for thread in coming:
        thread.start()
    return coming


def kill_at_random(house: House, rng: random.Random) -> None:
    killed: Counter[str] = Counter()
    while sum(killed.values()) < KILLS:
        time.sleep(rng.uniform(0.3, 2.5))
        kill_something(house, rng, killed)
    print("killed", dict(killed))


def test_nothing_is_lost_and_nothing_is_doubled(
    tmp_path: Path, dovecot: Dovecot, sink: tuple[Sink, int], rng: random.Random
) -> None:
    taken, port = sink
    stop_file = tmp_path / "stop"
    house = House(tmp_path / "data", {"SAMEHAND_RELAY": f"smtp+plain://127.0.0.1:{port}", "SAMEHAND_LOG": "error"})
    house.start()
    consultant = consultant_at_work(house, stop_file)
    try:
        watch_mailbox(house, dovecot, tmp_path / "secret")
        coming = let_mail_come(house, dovecot, rng)
        kill_at_random(house, rng)
        for thread in coming:
            thread.join(300)
            assert not thread.is_alive()

        wait_for(lambda: all_taken(house), 300)
        stop_file.touch()
        assert consultant.wait(30) == 0
        wait_for(lambda: all_settled(house), 300)
        check(house, taken, {f"<{number}.kill@poczta.example>" for number in range(MAILS)})
    except AssertionError:
        print("\n".join(line for line in house.page("/metrics")[1].splitlines() if line.startswith("samehand_")))
        raise
    finally:
        consultant.kill()
        house.kill()


def all_taken(house: House) -> bool:
    return (
        house.works()
        and house.metric('samehand_arrivals_total{channel="mail"}') == MAILS
        and house.metric("samehand_arrivals_waiting") == 0
        and sum(house.metric(f'samehand_promises{{state="{state}"}}') for state in ("open", "at_risk", "broken")) == 0
    )


def check(house: House, taken: Sink, sent_to_us: set[str]) -> None:
    rows = exported(house)
    came = Counter(row["message_id"] for row in rows if row["direction"] == "in")

    assert set(came) == sent_to_us
    assert set(came.values()) == {1}
    left_once(house, taken.got, rows)
