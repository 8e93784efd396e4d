"""The domain name system: asked through the system's resolvers, remembered for a while, and never waited for long.

`names()` is the one way to it. Whoever writes may choose which names we ask for, so what does not answer is remembered
for its owner's whole domain; a resolver that is away itself is not asked again for a while.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import dns.exception
import dns.name
import dns.nameserver
import dns.resolver
import dns.reversename
import structlog
from django.conf import settings

from samehand.core.names import Away
from samehand.lib.domains import organization

PATIENCE, PROBE = 2.0, 1.0
SHORTEST, LONGEST, NEGATIVE, UNANSWERED = 60.0, 3600.0, 300.0, 30.0
MOST = 20_000
log = structlog.get_logger()
Answer = tuple[str, ...]


class Resolver:
    """Thread-safe. Answers stay as long as their TTL says, within bounds; two who want the same one ask once."""

    def __init__(self, servers: Sequence[str] = (), *, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.asked = _resolver(servers)
        self.answers: dict[tuple[str, str], tuple[float, Answer]] = {}
        self.silent: dict[str, float] = {}
        self.closed_until = 0.0
        self.one_at_a_time = [threading.Lock() for _stripe in range(256)]

    def texts(self, name: str) -> Answer:
        return self._answer(name, "TXT")

    def addresses(self, name: str, *, v6: bool) -> Answer:
        return self._answer(name, "AAAA" if v6 else "A")

    def exchangers(self, name: str) -> Answer:
        return self._answer(name, "MX")

    def hosts(self, address: str) -> Answer:
        return self._answer(str(dns.reversename.from_address(address)), "PTR")

    def remembers(self, name: str) -> Answer | None:
        """The TXT records if they are at hand, without asking anybody; raises Away as `texts` would."""
        return self._at_hand(name.lower().rstrip("."), "TXT")

    def _answer(self, name: str, kind: str) -> Answer:
        name = name.lower().rstrip(".")
        with self.one_at_a_time[hash((name, kind)) % len(self.one_at_a_time)]:
            known = self._at_hand(name, kind)
            return self._ask(name, kind) if known is None else known

    def _at_hand(self, name: str, kind: str) -> Answer | None:
        until, answer = self.answers.get((name, kind), (0.0, ()))
        if until > (moment := self.clock()):
            return answer
        if self.closed_until > moment or self.silent.get(_owner(name), 0.0) > moment:
            raise Away(name)
        return None

    def _ask(self, name: str, kind: str) -> Answer:
        if self.asked is None:
            raise Away(name)
        if not _is_name(name):
            # Nobody was asked: it must not look as if its owner's servers were silent.
            return ()
        try:
            found = self.asked.resolve(name, kind, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return self._remember(name, kind, (), NEGATIVE)
        except dns.exception.DNSException:
            self._note_silence(name)
            raise Away(name) from None
        ttl = min(max(float(found.rrset.ttl if found.rrset else 0), SHORTEST), LONGEST)
        return self._remember(name, kind, tuple(filter(None, (_text(one, kind) for one in found))), ttl)

    def _remember(self, name: str, kind: str, answer: Answer, seconds: float) -> Answer:
        if len(self.answers) >= MOST:
            self.answers.clear()
        self.answers[name, kind] = (self.clock() + seconds, answer)
        return answer

    def _note_silence(self, name: str) -> None:
        """The name's servers are away, or all is: a resolver that lives knows the root by heart."""
        if len(self.silent) >= MOST:
            self.silent.clear()
        self.silent[_owner(name)] = self.clock() + UNANSWERED
        try:
            self.asked.resolve(".", "NS", lifetime=PROBE)
        except dns.exception.DNSException as trouble:
            self.closed_until = self.clock() + UNANSWERED
            log.warning("no names can be resolved", trouble=type(trouble).__name__)


def _resolver(servers: Sequence[str]) -> Any:
    """None: this machine has none, or none is wanted."""
    if list(servers) == ["off"]:
        return None
    try:
        resolver = dns.resolver.Resolver(configure=not servers)
    except dns.resolver.NoResolverConfiguration:
        return None
    if servers:
        resolver.nameservers = [_server(one) for one in servers]
    resolver.lifetime, resolver.timeout = PATIENCE, PATIENCE / 2
    resolver.use_edns(0, 0, 1232)
    return resolver


def _is_name(text: str) -> bool:
    try:
        return bool(dns.name.from_text(text))
    except (dns.exception.DNSException, UnicodeError):
        return False


def _server(text: str) -> dns.nameserver.Nameserver:
    """ "192.0.2.53", "127.0.0.1:5353", "2001:db8::53", "[::1]:5353"."""
    host, _colon, port = text.rpartition(":")
    if port.isdecimal() and host and (":" not in host or host[0] == "["):
        return dns.nameserver.Do53Nameserver(host.strip("[]"), int(port))
    return dns.nameserver.Do53Nameserver(text.strip("[]"))


def _text(record: Any, kind: str) -> str:
    match kind:
        case "TXT":
            return b"".join(record.strings).decode("utf-8", "replace")
        case "MX":
            return str(record.exchange).rstrip(".").lower()
        case "PTR":
            return str(record.target).rstrip(".").lower()
    return str(record.address)


def _owner(name: str) -> str:
    return organization(name) or name


@cache
def names() -> Resolver:
    """The house's own window; tests put a table in its place."""
    return Resolver(settings.DNS)
