"""A stand-in for ClamAV's clamd: INSTREAM as it speaks it, and the one signature that everybody may carry."""

from __future__ import annotations

import socket
import struct
import threading

# The industry's test file, harmless; in two pieces, so that no scanner takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """Listens while it is entered. `seen` are the streams that it judged, `says` an answer instead of a verdict."""

    def __init__(self, *, says: bytes | None = None, most: int = 1_000_000) -> None:
        self.says, self.most = says, most
        self.seen: list[bytes] = []

    def __enter__(self) -> Clamd:
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone would leave the waiting thread its socket.
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with line:
                line.sendall(self._verdict(line))

    def _verdict(self, line: socket.socket) -> bytes:
        with line.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack(">I", stream.read(4))[0]:
                content += stream.read(length)
                if len(content) > self.most:
                    return b"INSTREAM size limit exceeded. ERROR\0"
        self.seen.append(content)
        if self.says is not None:
            return self.says
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
