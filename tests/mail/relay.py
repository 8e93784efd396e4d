"""A mail server for tests: it takes what it is told to take, and keeps all that was said to it."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass
class NextServer:
    """`features` is what EHLO offers; `says` answers the commands that begin so, once each."""

    features: tuple[str, ...] = ("SIZE 1000000", "8BITMIME")
    says: dict[str, list[str]] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    hangs_up_after: int = 1_000
    # So many mails it takes whole and then hangs up instead of saying what became of them.
    silent_after_dot: int = 0
    port: int = 0
    calls: int = 0
    heard: list[str] = field(default_factory=list)
    got: list[bytes] = field(default_factory=list)

    def answer(self, line: str) -> str:
        for begin, answers in self.says.items():
            if line.startswith(begin) and answers:
                return answers.pop(0)
        if line.startswith("EHLO"):
            offered = [*self.features, *(["STARTTLS"] if self.tls else [])]
            return "\r\n".join(["250-here", *(f"250-{one}" for one in offered), "250 HELP"])
        return {"DATA": "354 go on", "AUTH": "235 welcome", "QUIT": "221 bye", "STAR": "220 go"}.get(
            line[:4], "250 yes"
        )


class Talk(socketserver.BaseRequestHandler):
    server: Door

    def handle(self) -> None:
        here, sock = self.server.here, self.request
        here.calls += 1
        mails = 0
        sock.sendall(b"220 here\r\n")
        file = sock.makefile("rb")
        while mails < here.hangs_up_after and (line := file.readline().decode().rstrip("\r\n")):
            verb, _space, rest = line.partition(" ")
            line = f"{verb.upper()} {rest}".strip()
            here.heard.append(line)
            answer = here.answer(line)
            sock.sendall(f"{answer}\r\n".encode())
            if answer.startswith("354"):
                here.got.append(_until_dot(file))
                mails += 1
                if here.silent_after_dot:
                    here.silent_after_dot -= 1
                    return
                sock.sendall(f"{here.answer('.')}\r\n".encode())
            elif line.startswith("STARTTLS") and here.tls:
                sock = here.tls.wrap_socket(sock, server_side=True)
                file = sock.makefile("rb")
            elif line.startswith("QUIT"):
                break


def _until_dot(file: object) -> bytes:
    lines = []
    while (line := file.readline()) not in (b".\r\n", b""):  # type: ignore[attr-defined]
        lines.append(line[1:] if line.startswith(b".") else line)
    return b"".join(lines)


class Door(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    here: NextServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that breaks off (a certificate that it does not believe) is no news."""


@contextmanager
def listening(here: NextServer) -> Iterator[NextServer]:
    with Door(("127.0.0.1", 0), Talk) as door:
        door.here, here.port = here, door.server_address[1]
        thread = threading.Thread(target=door.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield here
        finally:
            door.shutdown()


def a_certificate(folder: Path, name: str = "localhost") -> Path:
    """A key and a certificate that signs itself, in one file."""
    key, file = ec.generate_private_key(ec.SECP256R1()), folder / f"{name}.pem"
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(pem + certificate.public_bytes(Encoding.PEM))
    return file


def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def unused_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
