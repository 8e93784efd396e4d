"""The next server on the way out: how it is named in the settings, and the connections to it.

A connection is kept for the next mail: to connect, to agree on TLS and to sign in costs more than the mail itself.
"""

from __future__ import annotations

import select
import smtplib
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings

from samehand.cases.keys import our_domain, plain
from samehand.core.dispatches import ChannelError
from samehand.lib.seal import SealBroken, unseal
from samehand.people.models import SendingAddress

TIMEOUT = 60
# Servers close after minutes of silence and count who is connected: what is not used soon is given back.
IDLE = 15.0
MAILS = 100
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
TLS = {"smtp": "offered", "smtps": "implicit", "smtp+plain": "none"}


@dataclass(frozen=True, slots=True)
class Relay:
    """`tls` is "none", "offered" (STARTTLS when the server has it), "required" or "implicit". `authorities` is a file
    of certificates to believe instead of the machine's own, `certificate` one with ours and its key."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "offered"
    authorities: str = ""
    certificate: str = ""


class WrongRelay(ChannelError):
    """The relay's address cannot be understood."""

    def __init__(self) -> None:
        super().__init__("A relay must look like smtp://user:password@host:587", permanent=False)


class NoTls(ChannelError):
    def __init__(self) -> None:
        super().__init__("The relay offers no TLS; our password does not travel in the open.", permanent=False)


def relay(url: str) -> Relay:
    """The relay that `smtp://user:password@host:587?tls=required&ca=FILE&cert=FILE` names."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise WrongRelay from None
    options = dict(parse_qsl(parts.query))
    tls = options.get("tls", TLS.get(parts.scheme, ""))
    if parts.scheme not in PORTS or not parts.hostname or tls not in {"none", "offered", "required", "implicit"}:
        raise WrongRelay
    return Relay(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        authorities=options.get("ca", ""),
        certificate=options.get("cert", ""),
    )


def relay_of(sender: str) -> str:
    """The relay of mail whose envelope has that sender: its address's own, else the house's; blank for the folder."""
    sealed = SendingAddress.objects.filter(address=plain(sender)).values_list("sealed_relay", flat=True).first()
    try:
        return unseal(sealed) if sealed else str(settings.RELAY)
    except SealBroken:
        raise WrongRelay from None


class Line:
    """A connection that has said hello, and how often it was used."""

    def __init__(self, to: Relay) -> None:
        self.to, self.mails, self.idle_since = to, 0, 0.0
        self.smtp = _connected(to)

    def fit(self) -> bool:
        """Whether it may carry another mail: a server that has anything to say now says good-bye."""
        sock = self.smtp.sock
        fresh = self.mails < MAILS and time.monotonic() - self.idle_since < IDLE
        return bool(fresh and sock and not select.select([sock], [], [], 0)[0])

    def close(self) -> None:
        # A goodbye that goes wrong changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            self.smtp.quit()
        self.smtp.close()


class Lines:
    """The connections of this process that nobody uses just now. Those that stay unused are closed in time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[Relay, list[Line]] = defaultdict(list)
        self._sweeping = False

    def use(self, to: Relay, begin: Callable[[smtplib.SMTP], None]) -> Line:
        """A connection on which `begin` went well. A kept one may have died unseen: then a fresh one is tried."""
        while line := self._take(to):
            try:
                begin(line.smtp)
                return line
            except OSError:
                # All of smtplib's troubles are OSErrors.
                line.smtp.close()
            except BaseException:
                line.close()
                raise
        line = Line(to)
        try:
            begin(line.smtp)
        except BaseException:
            line.close()
            raise
        return line

    def keep(self, line: Line) -> None:
        line.mails += 1
        line.idle_since = time.monotonic()
        if line.smtp.sock:
            line.smtp.sock.settimeout(TIMEOUT)
        with self._lock:
            self._idle[line.to].append(line)
            begin, self._sweeping = not self._sweeping, True
        if begin:
            self._sweep_later()

    def _take(self, to: Relay) -> Line | None:
        while True:
            with self._lock:
                line = self._idle[to].pop() if self._idle[to] else None
            if line is None or line.fit():
                return line
            line.close()

    def _sweep_later(self) -> None:
        timer = threading.Timer(IDLE, self._sweep)
        timer.daemon = True
        timer.start()

    def _sweep(self) -> None:
        with self._lock:
            old = [line for kept in self._idle.values() for line in kept if not line.fit()]
            self._idle = defaultdict(
                list, {to: [line for line in kept if line not in old] for to, kept in self._idle.items()}
            )
            self._sweeping = any(self._idle.values())
        for line in old:
            line.close()
        if self._sweeping:
            self._sweep_later()


lines = Lines()


def _connected(to: Relay) -> smtplib.SMTP:
    context = trusted(to.authorities, to.certificate)
    if to.tls == "implicit":
        server: smtplib.SMTP = smtplib.SMTP_SSL(to.host, to.port, our_domain(), timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(to.host, to.port, our_domain(), timeout=TIMEOUT)
    try:
        _greet(server, to, context)
    except BaseException:
        server.close()
        raise
    return server


def _greet(server: smtplib.SMTP, to: Relay, context: ssl.SSLContext) -> None:
    server.ehlo_or_helo_if_needed()
    if to.tls == "required" or (to.tls == "offered" and server.has_extn("starttls")):
        server.starttls(context=context)
        server.ehlo()
    elif to.tls == "offered" and to.user:
        raise NoTls
    if to.user:
        server.login(to.user, to.password)


@cache
def trusted(authorities: str = "", certificate: str = "") -> ssl.SSLContext:
    """Reading the machine's certificates takes longer than sending a mail: once is enough."""
    context = ssl.create_default_context(cafile=authorities or None)
    if certificate:
        context.load_cert_chain(certificate)
    return context
