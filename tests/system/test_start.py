"""The house starts by one command, lives through the death of its parts, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.system.house import House, samehand, wait_for

pytestmark = pytest.mark.system

ROLES = ("web", "worker", "doors", "watch")

MAIL = b"From: jan@example.com\r\nTo: helpdesk@fala.example\r\nMessage-ID: <1@x.example>\r\nSubject: SIM\r\n\r\nHej\r\n"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "data")
    yield house
    house.kill()


@pytest.fixture(scope="module")
def lasting_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house") / "data")
    house.start()
    yield house
    house.kill()


def arrivals(house: House) -> float:
    return house.metric('samehand_arrivals_total{channel="mail"}')


def backends(house: House) -> list[psutil.Process]:
    """The processes by which the database serves the house's own connections."""
    server = house.child("postgres")
    children = server.children() if server else []
    return [process for process in children if "samehand samehand" in "".join(process.cmdline())]


def test_starts_stops_and_starts_again_with_its_data(house: House) -> None:
    house.start()
    first_words = house.printed
    house.send_mail(MAIL)

    assert "admin@fala.example" in first_words
    assert house.page("/healthz") == (200, "alive\n")
    assert house.page("/readyz") == (200, "ready\n")
    assert (house.data / "admin-login.txt").stat().st_mode & 0o777 == 0o600
    assert house.stop(signal.SIGTERM) == 0
    assert house.processes() == []

    house.start()

    assert arrivals(house) == 1
    assert house.stop(signal.SIGINT) == 0
    assert house.processes() == []


@pytest.mark.parametrize("role", [*ROLES, "postgres"])
def test_a_killed_part_comes_back(lasting_house: House, role: str) -> None:
    house = lasting_house
    before = house.child(role)
    assert before is not None

    before.kill()

    wait_for(lambda: (now := house.child(role)) is not None and now.pid != before.pid)
    wait_for(house.works)


def test_roles_share_what_they_load(lasting_house: House) -> None:
    assert lasting_house.process is not None
    roles = [process for role in ROLES if (process := lasting_house.child(role))]
    family = [psutil.Process(lasting_house.process.pid), *roles]

    together = sum(one.memory_full_info().pss for one in family)

    assert len(family) == 5
    assert together < 0.6 * sum(one.memory_info().rss for one in family)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_holds_nothing_of_the_house(lasting_house: House, role: str) -> None:
    process = lasting_house.child(role)
    assert process is not None

    assert "house.lock" not in " ".join(file.path for file in process.open_files())
    assert os.getsid(process.pid) == process.pid
    assert process.cmdline()[0] == f"samehand --data {lasting_house.data} {role}"


def test_a_killed_backend_of_the_database_does_not_end_the_house(lasting_house: House) -> None:
    wait_for(lambda: backends(lasting_house))

    backends(lasting_house)[0].kill()

    wait_for(lasting_house.works)


def test_no_second_house_on_the_same_folder(lasting_house: House) -> None:
    second = samehand("run", "--data", str(lasting_house.data))

    assert second.returncode == 1
    assert "runs on" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_other_commands_use_the_running_house(lasting_house: House) -> None:
    data = str(lasting_house.data)

    added = samehand("admin", "add", "ola@fala.example", "--data", data, SAMEHAND_ADMIN_PASSWORD="dobre-haslo-Oli")
    twice = samehand("--data", data, "admin", "add", "ola@fala.example")

    assert (added.returncode, added.stdout) == (0, "ola@fala.example can sign in\n")
    assert twice.returncode == 1
    assert "is there already" in twice.stderr
    assert lasting_house.works()


def test_a_killed_house_takes_its_children_along_and_starts_again(house: House) -> None:
    house.start()
    house.send_mail(MAIL)

    house.kill()
    wait_for(lambda: house.processes() == [], 15)
    house.start()

    assert arrivals(house) == 1
    assert house.stop() == 0


@pytest.mark.parametrize("option", ["--http", "--smtp", "--lmtp"])
def test_a_busy_port_is_named_with_its_option(tmp_path: Path, option: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        refused = samehand("run", "--data", str(tmp_path / "data"), option, str(taken.getsockname()[1]))

    assert refused.returncode == 1
    assert f"choose another with {option}" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_command_brings_its_own_database_and_takes_it_away(house: House) -> None:
    data = str(house.data)

    first = samehand("admin", "add", "ola@fala.example", "--data", data)
    second = samehand("admin", "password", "ola@fala.example", "--data", data)

    assert first.returncode == 0, first.stderr
    assert second.returncode == 0, second.stderr
    assert house.processes() == []


def test_two_commands_share_one_database(house: House) -> None:
    from tests.system.house import COMMAND, ROOT, clean_environment

    names = ("anna", "marek", "ewa")
    running = [
        subprocess.Popen(
            [*COMMAND, "admin", "add", f"{name}@fala.example", "--data", str(house.data)],
            env=clean_environment(),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        for name in names
    ]

    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert house.processes() == []


def test_the_demo_shows_its_logins_and_has_customers_who_write(tmp_path: Path) -> None:
    house = House(tmp_path / "data", arguments=("--demo",))
    try:
        house.start()
        wait_for(lambda: house.child("customers"))

        assert "ola@fala.example" in house.printed
        assert house.page("/sent")[0] == 200
        assert house.metric('samehand_promises{state="open"}') > 0
        assert house.stop() == 0
        assert house.processes() == []
    finally:
        house.kill()
