"""Mailboxes with very many mails: written straight into Dovecot's Maildir, as years of mail lie there."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from tests.doors.dovecot import Dovecot

TEXT = """From: Klient {0} <klient{1}@poczta.example>\r
To: helpdesk@fala.example\r
Subject: Sprawa {0}\r
Message-ID: <stary-{0}@poczta.example>\r
Date: Mon, 2 Mar 2026 10:00:00 +0100\r
\r
To było dawno: {0}.\r
"""


def fill(server: Dovecot, count: int, *, newest: datetime, first: int = 1, flags: str = "S") -> None:
    """Mails from `first` on, a minute apart, the last one at `newest`; they have been read."""
    inbox = server.folder / "mail" / "desk"
    for name in ("cur", "new", "tmp"):
        (inbox / name).mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        raw = TEXT.format(number, number % 97).encode()
        moment = (newest - timedelta(minutes=first + count - 1 - number)).timestamp()
        path = inbox / "cur" / f"{int(moment)}.M{number:06}P1.here,S={len(raw)}:2,{flags}"
        path.write_bytes(raw)
        os.utime(path, (moment, moment))
    owner = (server.folder / "mail").stat()
    for path in (inbox, *inbox.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)
