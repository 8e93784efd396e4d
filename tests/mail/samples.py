"""Our own odd mails, and short ways to write more of them in a test."""

from __future__ import annotations

from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"


def sample(name: str) -> bytes:
    return (CORPUS / f"{name}.eml").read_bytes()


def mail(body: str | bytes = "Treść.", *, kind: str = "text/plain; charset=utf-8", **fields: str) -> bytes:
    """A mail from Jan with this body; further fields by keyword, `_` for `-`."""
    given = {"From": "jan@poczta.test", "To": "helpdesk@fala.test", "Subject": "Pytanie", "Content-Type": kind}
    given |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
    return head.encode() + b"\r\n" + (body.encode() if isinstance(body, str) else body)


def multipart(*parts: bytes, kind: str = "mixed", **fields: str) -> bytes:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"
    return mail(body, kind=f"multipart/{kind}; boundary=b", **fields)
