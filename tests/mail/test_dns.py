"""How names are asked for: remembered, never waited for twice, and not at all while nobody answers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import dns.exception
import dns.resolver
import pytest

from samehand.channels.mail.dns import NEGATIVE, UNANSWERED, Resolver
from samehand.core.names import Away


class Servers:
    """What stands behind the resolver: names with their texts; others do not exist, those in `away` do not answer."""

    def __init__(self, **texts: str) -> None:
        self.texts = {name.replace("_", "."): text for name, text in texts.items()}
        self.away: set[str] = set()
        self.asked: list[str] = []

    def resolve(self, name: str, kind: str, **_: Any) -> Any:
        self.asked.append(name)
        if name in self.away or "everything" in self.away:
            raise dns.exception.Timeout
        if name == ".":
            return []
        if name not in self.texts:
            raise dns.resolver.NXDOMAIN
        return Records([SimpleNamespace(strings=[self.texts[name].encode()])])


class Records(list[Any]):
    rrset = SimpleNamespace(ttl=1)


@pytest.fixture
def servers() -> Servers:
    return Servers(wp_example="v=spf1 -all")


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def resolver(servers: Servers, clock: list[float]) -> Resolver:
    made = Resolver(["off"], clock=lambda: clock[0])
    made.asked = servers
    return made


def test_an_answer_is_remembered_and_so_is_none(resolver: Resolver, servers: Servers, clock: list[float]) -> None:
    for _time in range(3):
        assert resolver.texts("WP.example.") == ("v=spf1 -all",)
        assert resolver.texts("nowhere.example") == ()
    assert servers.asked == ["wp.example", "nowhere.example"]
    assert (resolver.remembers("wp.example"), resolver.remembers("x.example")) == (("v=spf1 -all",), None)

    clock[0] = NEGATIVE + 1
    resolver.texts("nowhere.example")

    assert servers.asked == ["wp.example", "nowhere.example", "nowhere.example"]


def test_who_owns_servers_that_do_not_answer_is_not_asked_again_for_a_while(
    resolver: Resolver, servers: Servers, clock: list[float]
) -> None:
    servers.away = {"a.dead.example", "b.dead.example"}

    for name in ("a.dead.example", "b.dead.example", "a.dead.example"):
        with pytest.raises(Away):
            resolver.texts(name)
    assert servers.asked == ["a.dead.example", "."]
    assert resolver.texts("wp.example") == ("v=spf1 -all",)

    clock[0] = UNANSWERED + 1
    servers.away.clear()
    assert resolver.texts("a.dead.example") == ()


def test_while_all_is_away_nobody_is_asked(resolver: Resolver, servers: Servers, clock: list[float]) -> None:
    servers.away = {"everything"}

    for name in ("wp.example", "onet.example", "o2.example"):
        with pytest.raises(Away):
            resolver.texts(name)
    assert servers.asked == ["wp.example", "."]

    servers.away.clear()
    clock[0] = UNANSWERED + 1
    assert resolver.texts("wp.example") == ("v=spf1 -all",)


def test_a_house_may_ask_for_no_names_at_all() -> None:
    with pytest.raises(Away):
        Resolver(["off"]).texts("wp.example")


@pytest.mark.parametrize(
    ("server", "address", "port"),
    [
        ("192.0.2.53", "192.0.2.53", 53),
        ("127.0.0.1:5353", "127.0.0.1", 5353),
        ("2001:db8::53", "2001:db8::53", 53),
        ("[::1]:5353", "::1", 5353),
    ],
)
def test_servers_are_named_with_or_without_a_port(server: str, address: str, port: int) -> None:
    used = Resolver([server]).asked.nameservers[0]

    assert (used.address, used.port) == (address, port)


@pytest.mark.parametrize(
    "name", ["\\999.wp.example", "a..wp.example", f"{'x' * 64}.wp.example", "\u200b\ud800.wp.example"]
)
def test_what_is_no_name_silences_nobody(name: str, resolver: Resolver, servers: Servers) -> None:
    assert resolver.texts(name) == ()
    assert resolver.texts("wp.example") == ("v=spf1 -all",)
    assert servers.asked == ["wp.example"]
