"""Mail of the made-up customers on its way to our own door: a folder, so that what was not taken is tried again."""

from __future__ import annotations

import smtplib
from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path

import structlog

HERE = "127.0.0.1"
TIMEOUT = 6
log = structlog.get_logger()


class Outbox:
    """Never speaks to anybody but the door of this machine."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, name: str, raw: bytes) -> None:
        """The mail is kept until the door has taken it; the same name twice is one mail."""
        draft = self.folder / f".{name}"
        draft.write_bytes(raw)
        draft.rename(self.folder / f"{name}.eml")

    def is_open(self) -> bool:
        """Whether the door answers."""
        try:
            with smtplib.SMTP(HERE, self.port, "customers.example", timeout=TIMEOUT) as door:
                return door.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def hand_over(self) -> bool:
        """Give everything to the door, oldest first; False when it is away and has to be asked again."""
        waiting = sorted(self.folder.glob("[!.]*.eml"), key=lambda path: (path.stat().st_mtime, path.name))
        return not waiting or self._hand_over(waiting)

    def _hand_over(self, waiting: list[Path]) -> bool:
        try:
            with smtplib.SMTP(HERE, self.port, "customers.example", timeout=TIMEOUT) as door:
                taken = [self._one(door, path) for path in waiting]
                return all(taken)
        except (smtplib.SMTPException, OSError) as trouble:
            log.info("the door is away", trouble=type(trouble).__name__)
            return False

    def _one(self, door: smtplib.SMTP, path: Path) -> bool:
        raw = path.read_bytes()
        mail = message_from_bytes(raw)
        sender, recipient = (parseaddr(str(mail[name]))[1] for name in ("From", "To"))
        try:
            door.sendmail(sender, [recipient], raw)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as said:
            return self._refused(path, said)
        path.unlink()
        return True

    def _refused(self, path: Path, said: smtplib.SMTPException) -> bool:
        """A 4xx is tried again; what the door will never take is laid beside, where it can be looked at."""
        codes = (
            [code for code, _ in said.recipients.values()] if isinstance(said, smtplib.SMTPRecipientsRefused) else []
        )
        code = codes[0] if codes else getattr(said, "smtp_code", 0)
        if code < 500:
            return False
        log.warning("a customer's mail was refused", code=code)
        path.replace(path.with_suffix(".refused"))
        return True
