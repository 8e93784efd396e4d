"""A full disk, a database that is away: mail is refused for now, nothing is lost, and the house mends by itself."""

from __future__ import annotations

import base64
import os
import random
import smtplib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from samehand.config import children, env, postgres
from tests.system.house import House, wait_for

pytestmark = pytest.mark.system


def mail(number: int, size: int = 100) -> bytes:
    head = f"From: jan@example.com\r\nTo: helpdesk@fala.example\r\nMessage-ID: <{number}@x.example>\r\n"
    # Nothing that could be compressed: the disk is to be filled.
    body = base64.encodebytes(random.Random(number).randbytes(size * 3 // 4)).replace(b"\n", b"\r\n")
    return (head + "Subject: SIM\r\n\r\n").encode() + body


def refusal(house: House, raw: bytes) -> int:
    """The code by which the door does not take the mail; 250 when it does."""
    try:
        house.send_mail(raw)
    except smtplib.SMTPResponseException as said:
        return said.smtp_code
    return 250


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    blobs = tmp_path / "data" / "blobs"
    blobs.mkdir(parents=True)
    if (
        os.getuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(blobs)], check=False).returncode
    ):
        pytest.skip("a disk of one megabyte needs the right to mount")
    yield blobs
    subprocess.run(["umount", "-l", str(blobs)], check=True)


def test_a_full_disk_refuses_for_now_and_recovers_with_room(small_disk: Path) -> None:
    house = House(small_disk.parent)
    house.start()
    try:
        codes = [refusal(house, mail(number, 300_000)) for number in range(6)]
        assert codes[0] == 250
        assert codes[-1] == 452
        assert not [draft for draft in small_disk.rglob(".*") if draft.is_file()]

        subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
        assert [refusal(house, mail(number, 300_000)) for number in range(6)] == [250] * 6
        wait_for(lambda: house.metric('samehand_arrivals_total{channel="mail"}') == 6)
        wait_for(lambda: house.metric("samehand_arrivals_waiting") == 0)
    finally:
        house.kill()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[children.Child]:
    """A PostgreSQL that the house did not start and will not start again."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    folder.chmod(0o711)
    child = postgres.child(folder)
    child.start()
    postgres.wait_until_ready(child, folder)
    yield child
    children.stop([child])


def test_a_database_that_is_away_refuses_for_now_and_everything_goes_on_when_it_is_back(
    server: children.Child, tmp_path: Path
) -> None:
    house = House(tmp_path / "data", {"DATABASE_URL": env.embedded_url(tmp_path / "elsewhere")})
    house.start()
    try:
        assert refusal(house, mail(1)) == 250
        wait_for(lambda: house.metric("samehand_arrivals_waiting") == 0)

        children.stop([server])
        assert refusal(house, mail(2)) == 451
        assert house.page("/readyz")[0] == 503
        assert house.page("/healthz")[0] == 200

        server.start()
        postgres.wait_until_ready(server, tmp_path / "elsewhere")
        wait_for(lambda: house.works())
        assert refusal(house, mail(2)) == 250
        wait_for(lambda: house.metric('samehand_arrivals_total{channel="mail"}') == 2)
        wait_for(lambda: house.metric("samehand_arrivals_waiting") == 0)
    finally:
        house.kill()
