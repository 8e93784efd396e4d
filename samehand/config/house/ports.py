"""The house's ports: free before it starts, answering when it is ready."""

from __future__ import annotations

import http.client
import socket
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Port:
    option: str
    number: int


def refuse_busy(bind: str, ports: list[Port]) -> None:
    """Stop the start with one line that names the option when a port cannot be ours."""
    numbers = [port.number for port in ports]
    for port in ports:
        if not 1 <= port.number <= 65535:
            raise SystemExit(f"port {port.number}: choose one from 1 to 65535 with {port.option}")
        if numbers.count(port.number) > 1:
            raise SystemExit(f"port {port.number} is wanted twice: choose another with {port.option}")
        _try(bind, port)


def _try(bind: str, port: Port) -> None:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((bind, port.number))
            # On some systems only listening tells that somebody else listens already.
            trial.listen(1)
        except OSError as trouble:
            variable = f"SAMEHAND_{port.option.strip('-').upper()}"
            raise SystemExit(
                f"port {port.number} on {bind} cannot be used ({trouble.strerror}): "
                f"choose another with {port.option} PORT (or {variable})"
            ) from None


def nearest(bind: str) -> str:
    """The address by which this machine reaches what is bound to `bind`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(bind, bind)  # noqa: S104


def page_answers(bind: str, port: int, path: str, host: str) -> bool:
    connection = http.client.HTTPConnection(nearest(bind), port, timeout=2)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def door_greets(bind: str, port: int) -> bool:
    """True when a mail door says its 220."""
    try:
        with socket.create_connection((nearest(bind), port), timeout=2) as door:
            door.settimeout(2)
            greeting = door.recv(200)
            door.sendall(b"QUIT\r\n")
            return greeting.startswith(b"220")
    except OSError:
        return False
