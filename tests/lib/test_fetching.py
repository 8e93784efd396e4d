"""Pictures from elsewhere: only from the public internet, and never more than was bargained for."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from samehand.lib import fetching
from samehand.lib.fetching import MAX_PICTURE, NotFetched, fetch, is_public

INSIDE = [
    "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1", "::",
    "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1",
    "fec0::1", "::ffff:0:127.0.0.1", "ff0e::1", "4000::1", "255.255.255.255", "not an address",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_what_lies_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"])
def test_what_lies_outside_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://0x7f000001/", "http://2130706433/", "http://127.1/",
        "http://localhost./", "http://localhost/", "file:///etc/passwd", "ftp://x.example/a", "gopher://x/", "http:///a",
        "javascript:alert(1)", "http://user@127.0.0.1/", "http://127.0.0.1:22/", "http://93.184.216.34:22/", "http://[/",
        "http://127.0.0.1:99999999/", "http://\u0130\ud800/", "", "x" * 9_000,
    ],
)  # fmt: skip
def test_nothing_inside_is_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching.socket, "create_connection", lambda *_: pytest.fail("it was asked"))

    with pytest.raises(NotFetched):
        fetch(url)


def test_a_name_that_leads_outside_and_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_args, **_more: found)
    monkeypatch.setattr(fetching.socket, "create_connection", lambda *_: pytest.fail("it was asked"))

    with pytest.raises(NotFetched):
        fetch("http://x.example/a.png")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server that counts as elsewhere, and the headers that it saw."""
    seen: list[dict[str, str]] = []
    over = threading.Event()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(dict(self.headers))
            if self.path.startswith("/inside"):
                self.send_response(302)
                self.send_header("Location", "http://169.254.169.254/secret")
                self.end_headers()
            elif self.path.startswith("/round"):
                self.send_response(302)
                self.send_header("Location", "/round")
                self.end_headers()
            elif self.path.startswith("/letter-by-letter"):
                self._go_on(b"x", 0.1)
            elif self.path.startswith("/go-on"):
                self._go_on(b"HTTP/1.1 100 Continue\r\n\r\n", 0.01)
            elif self.path.startswith("/endless"):
                self.send_response(200)
                self.end_headers()
                try:
                    for _piece in range(MAX_PICTURE // 50_000 + 2):
                        self.wfile.write(b"x" * 50_000)
                except OSError:
                    pass
            else:
                self.send_response(200 if self.path.startswith("/a") else 404)
                self.end_headers()
                self.wfile.write(b"PNG")

        def _go_on(self, piece: bytes, pause: float) -> None:
            try:
                while not over.wait(pause):
                    self.wfile.write(piece)
            except OSError:
                pass

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    monkeypatch.setattr(fetching, "PORTS", {port})
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    yield f"http://127.0.0.1:{port}", seen
    over.set()
    server.shutdown()


def test_a_picture_comes_and_tells_nothing_of_us(elsewhere: tuple[str, list[dict[str, str]]]) -> None:
    address, seen = elsewhere

    assert fetch(f"{address}/a.png?who=żółw") == b"PNG"
    assert {name.lower() for name in seen[0]} == {"host", "accept", "accept-encoding", "user-agent"}


@pytest.mark.parametrize("path", ["inside", "round", "endless", "nothing"])
def test_what_leads_astray_is_left(path: str, elsewhere: tuple[str, list[dict[str, str]]]) -> None:
    with pytest.raises(NotFetched):
        fetch(f"{elsewhere[0]}/{path}")


@pytest.mark.parametrize("path", ["letter-by-letter", "go-on"])
def test_a_header_that_never_ends_is_cut(
    path: str, elsewhere: tuple[str, list[dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "WHOLE", 0.5)

    with pytest.raises(NotFetched):
        fetch(f"{elsewhere[0]}/{path}")
