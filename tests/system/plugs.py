"""What tests that pull plugs have in common: the next server, a mailbox, a consultant, and the hand at the plug."""

from __future__ import annotations

import json
import os
import random
import smtplib
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.doors.conftest import Dovecot
from tests.system.house import ROOT, House, clean_environment, samehand

PARTS = ("web", "doors", "worker", "watch", "postgres")
DESK = "helpdesk@fala.example"


@pytest.fixture
def rng(capsys: pytest.CaptureFixture[str]) -> random.Random:
    seed = int(os.environ.get("SAMEHAND_KILL_SEED") or random.SystemRandom().randrange(1_000_000))
    with capsys.disabled():
        print(f" SAMEHAND_KILL_SEED={seed}", end=" ", flush=True)
    return random.Random(seed)


def header(raw: bytes, name: str) -> str:
    """One header of a mail whose headers we composed ourselves: unfolded, each on a line of its own."""
    head = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ").decode()
    return next((line.partition(": ")[2] for line in head.split("\r\n") if line.startswith(f"{name}: ")), "")


def send_until_kept(house: House, raw: bytes, *, sender: str, to: str = DESK, lmtp: bool = False) -> None:
    """As a mail server does: what was not answered with 250 is sent again."""
    door = smtplib.LMTP if lmtp else smtplib.SMTP
    while True:
        try:
            with door("127.0.0.1", house.lmtp if lmtp else house.smtp, timeout=30) as client:
                client.sendmail(sender, [to], raw)
            return
        except (smtplib.SMTPException, OSError):
            time.sleep(0.1)


def watch_mailbox(house: House, server: Dovecot, secret: Path) -> None:
    server.start()
    secret.write_text(server.password)
    added = samehand(
        "mail", "mailbox", "add", "Helpdesk", "--data", str(house.data), "--host", "127.0.0.1", "--port",
        str(server.port), "--security", "none", "--username", "desk", "--secret-file", str(secret),
    )  # fmt: skip
    assert added.returncode == 0, added.stderr


def consultant_at_work(house: House, stop_file: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.system.consultant", str(stop_file)],
        env=clean_environment(SAMEHAND_DATA=str(house.data), SAMEHAND_LOG="critical"),
        cwd=ROOT,
    )


def kill_something(house: House, rng: random.Random, killed: Counter[str]) -> None:
    part = rng.choice(PARTS)
    process = house.child(part)
    if process:
        try:
            process.kill()
            killed[part] += 1
        except psutil.Error:
            pass


def all_settled(house: House) -> bool:
    """Nothing is on its way out any more."""
    states = ("queued", "sending", "delayed")
    return house.works() and sum(house.metric(f'samehand_outbox{{state="{state}"}}') for state in states) == 0


def exported(house: House) -> list[dict[str, Any]]:
    done = samehand("export", "messages", "--data", str(house.data))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def left_once(house: House, taken: Counter[str], rows: list[dict[str, Any]]) -> None:
    """Every answer left exactly once. One whose worker died between the final dot and the receipt is shown as
    unconfirmed, never sent blindly."""
    answered = {row["message_id"] for row in rows if row["direction"] == "out"}
    unconfirmed = house.metric('samehand_outbox{state="unconfirmed"}')
    print(f"{len(answered)} answers, {unconfirmed:g} of them unconfirmed")

    assert set(taken.values()) == {1}
    assert set(taken) <= answered
    assert len(answered - set(taken)) <= unconfirmed
