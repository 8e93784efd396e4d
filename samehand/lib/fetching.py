"""A picture from elsewhere, fetched in the house's name so that nobody learns who looks at it and when.

Whoever writes us chooses the address, so it must not lead inside: only to addresses of the public internet, and the
connection goes to the very address that was looked at. No cookies, no Referer, bounded in size and time.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from functools import cache
from urllib.parse import urljoin, urlsplit

MAX_PICTURE = 5_000_000
MAX_HOPS = 3
TIMEOUT = 5.0
WHOLE = 10.0
PORTS = {80, 443}
HEADERS = {"Accept": "image/*", "User-Agent": "Mozilla/5.0 (compatible; pictures)", "Accept-Encoding": "identity"}


_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")


class NotFetched(Exception):
    """The address may not be asked, does not answer, or answers too much."""


def fetch(url: str) -> bytes:
    """What lies at an http or https address, after at most three hops. Raises NotFetched."""
    until = time.monotonic() + WHOLE
    for _hop in range(MAX_HOPS + 1):
        try:
            answer, content = _asked(url, until)
        except (OSError, http.client.HTTPException, ValueError, UnicodeError) as trouble:
            raise NotFetched(type(trouble).__name__) from None
        if answer.status not in (301, 302, 303, 307, 308):
            break
        url = urljoin(url, answer.getheader("Location") or "")
    if answer.status != http.client.OK:
        raise NotFetched(f"status {answer.status}")
    return content


def _asked(url: str, until: float) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    if parts.scheme not in ("http", "https") or not parts.hostname or port not in PORTS:
        raise NotFetched("no such way")
    line = http.client.HTTPConnection(parts.hostname, port, timeout=TIMEOUT)
    line.sock = _connected(parts.hostname, port, secure)
    # A header that comes letter by letter never meets a limit of the silence between two.
    end = threading.Timer(max(0.0, until - time.monotonic()), _hang_up, [line.sock])
    end.daemon = True
    end.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request("GET", _quoted(target), headers=HEADERS)
        answer = line.getresponse()
        return answer, _content(answer, until)
    finally:
        end.cancel()
        line.close()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _quoted(target: str) -> str:
    return "".join(
        letter if "!" <= letter <= "~" else "".join(f"%{b:02X}" for b in letter.encode()) for letter in target
    )


def _content(answer: http.client.HTTPResponse, until: float) -> bytes:
    content = bytearray()
    while piece := answer.read1(64 * 1024):
        content += piece
        if len(content) > MAX_PICTURE or time.monotonic() > until:
            raise NotFetched("too much")
    return bytes(content)


def _connected(host: str, port: int, secure: bool) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    address = str(found[0][4][0]) if found else ""
    # All of them: a name that leads outside and inside is meant to lead inside.
    if not found or not all(is_public(str(where[4][0])) for where in found):
        raise NotFetched("not on the public internet")
    line = socket.create_connection((address, port), TIMEOUT)
    if not secure:
        return line
    try:
        return _trust().wrap_socket(line, server_hostname=host)
    except OSError:
        line.close()
        raise


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def is_public(address: str) -> bool:
    """Whether an address lies on the public internet; those that wrap another one are as public as that."""
    try:
        where = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(where, ipaddress.IPv6Address):
        inner = where.ipv4_mapped or where.sixtofour or (where.teredo[1] if where.teredo else None)
        if inner is None and int(where) >> 32 in (0, 0x0064FF9B << 64):
            inner = ipaddress.IPv4Address(int(where) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        # What was ever given out; the rest is local, translated or not known yet.
        return where.is_global and where in _GIVEN_OUT
    return where.is_global and not where.is_multicast
