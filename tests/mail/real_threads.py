"""Replay of a real mailing list: do her replies come to her case, and is the rest worth a hint?

`python -m tests.mail.real_threads` replays the whole list and prints the figures; SAMEHAND_SHARED names the folder of
the data, by default `shared` beside the project. How it is judged: the writer of a thread's earliest mail is the
customer, known by that one address; her mails go through the reader and the filing. Mails of others in the thread are
the desk's answers, under the Message-IDs that they had, so her replies can name them. All in the order of their dates,
but nothing before what it answers: some clocks were wrong.
For the hints each of her replies is read once more without In-Reply-To and References, at its place in time.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("SAMEHAND_SHARED") or PROJECT.parent / "shared") / "data" / "threads"
BOX = "linux-mips-2001-2003"
_FROM = re.compile(rb"^From [^\n]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mail:
    raw: bytes
    mid: str
    thread: str
    writer: str
    at: datetime


@dataclass
class Figures:
    """`provable`: replies that name a mail of their thread which came before; `unnamed` ones name none of these."""

    mails: int = 0
    threads: int = 0
    provable: int = 0
    right: int = 0
    unnamed: int = 0
    mixed: int = 0
    hints: int = 0
    hinted: int = 0
    misled: int = 0
    wrong: list[str] = field(default_factory=list)
    strays: int = 0
    strays_hinted: int = 0

    def lines(self) -> Iterator[str]:
        yield f"{self.mails:6} mails in {self.threads} threads"
        yield f"{self.right:6} of {self.provable} replies with headers in their case"
        yield f"{self.unnamed:6} replies name no mail that came before"
        yield f"{self.mixed:6} cases with mails of two threads"
        yield f"{self.hinted:6} of {self.hints} replies without headers hinted to their case, {self.misled} to another"
        yield f"{self.strays_hinted:6} of {self.strays} mails that begin a thread hinted to an older case of the writer"
        yield from self.wrong


def mails(most: int | None = None) -> list[Mail]:
    """The list in the order of its dates; of threads that begin within the first `most` mails all of them."""
    raws = _FROM.split(lzma.decompress((FOLDER / f"{BOX}.mbox.xz").read_bytes()))[1:]
    with lzma.open(FOLDER / f"{BOX}.truth.jsonl.xz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    read, before = [], datetime(2001, 1, 1, tzinfo=UTC)
    for raw, row in zip(raws, rows, strict=True):
        before = _moment(row["date"]) if row["date"] else before
        read.append(Mail(raw, row["mid"], row["root"], row["from"], before))
    read = _in_order(read, {row["mid"]: row["parent"] for row in rows})
    begun = {mail.thread for mail in read[:most]}
    return [mail for mail in read if mail.thread in begun][: most and 3 * most]


def _in_order(read: list[Mail], parents: dict[str, str | None]) -> list[Mail]:
    said = {mail.mid: mail.at for mail in read}

    def at(mail: Mail) -> datetime:
        chain: list[str] = []
        mid: str | None = mail.mid
        while mid in said and mid not in chain:
            chain.append(mid)
            mid = parents.get(mid)
        moment = said[chain[-1]]
        for one in reversed(chain[:-1]):
            moment = max(said[one], moment + timedelta(seconds=1))
        return moment

    return sorted((replace(mail, at=at(mail)) for mail in read), key=lambda mail: mail.at)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Replay:
    """Files in small batches: whatever names something that still waits is filed after it."""

    def __init__(self, box: list[Mail]) -> None:
        self.figures = Figures(mails=len(box), threads=len({mail.thread for mail in box}))
        self.box = box
        self.customers: dict[str, str] = {}
        self.known: dict[str, set[str]] = defaultdict(set)
        self.cases: dict[str, Any] = {}
        self.asked: list[Mail] = []
        self.answers: list[Mail] = []
        self.touched: set[str] = set()

    def run(self) -> Figures:
        for mail in self.box:
            if mail.thread in self.touched:
                self._flush()
            customer = self.customers.setdefault(mail.thread, mail.writer)
            self._judge(mail) if mail.writer == customer else self.answers.append(mail)
            self.touched.add(mail.thread)
            if len(self.touched) >= 64:
                self._flush()
        self._flush()
        self._count_mixed()
        return self.figures

    def _judge(self, mail: Mail) -> None:
        self.asked.append(mail)
        if mail.thread in self.cases:
            self._probe(mail)
        elif self._has_cases(mail.writer):
            self.figures.strays += 1
            self.figures.strays_hinted += self._hint(mail) is not None

    def _probe(self, mail: Mail) -> None:
        hinted = self._hint(mail)
        self.figures.hints += 1
        self.figures.hinted += hinted == self.cases[mail.thread]
        self.figures.misled += hinted not in (None, self.cases[mail.thread])

    def _hint(self, mail: Mail) -> int | None:
        """What filing would say of the mail without its headers; nothing is stored."""
        from samehand.cases.actions.filing import Filing
        from samehand.cases.models import RawArrival
        from samehand.channels.mail import channel

        arrival = replace(
            channel.read(mail.raw, mail.at, {}), message_id="<probe@x.example>", in_reply_to="", references=()
        )
        row = RawArrival(pk=0, channel="mail", received_at=mail.at, envelope={})
        with _rolled_back():
            opened = Filing([(row, arrival)], mail.at).opening.cases
            return opened[0].maybe_case_id if opened else None

    @staticmethod
    def _has_cases(writer: str) -> bool:
        from samehand.people.models import ContactPoint

        return ContactPoint.objects.filter(value=writer).exists()

    def _flush(self) -> None:
        from samehand.cases import actions
        from samehand.cases.models import Message
        from samehand.channels.mail.fingerprint import fingerprint

        if self.asked:
            incoming = [actions.Incoming(mail.raw, mail.at, fingerprint(mail.raw), {}) for mail in self.asked]
            last = max(mail.at for mail in self.asked)
            actions.accept(channel="mail", mailbox="list", incoming=incoming, now=last)
            while actions.file_waiting(now=last):
                pass
        for mail in self.asked:
            self._settle(mail)
        Message.objects.bulk_create(self._answer(mail) for mail in self.answers)
        for mail in (*self.asked, *self.answers):
            self.known[mail.thread].add(mail.mid)
        self.asked, self.answers = [], []
        self.touched.clear()

    def _settle(self, mail: Mail) -> None:
        from samehand.cases.models import Message
        from samehand.channels.mail import channel

        # Not by the writer: of eight mails the truth names another address than From does.
        filed = Message.objects.filter(message_id=mail.mid, direction="in").order_by("-id")[:1]
        case = filed[0].case_id if filed else None
        if mail.thread not in self.cases:
            self.cases[mail.thread] = case
            return
        arrival = channel.read(mail.raw, mail.at, {})
        if self.known[mail.thread].isdisjoint((arrival.in_reply_to, *arrival.references)):
            self.figures.unnamed += 1
            return
        self.figures.provable += 1
        self.figures.right += case == self.cases[mail.thread]
        if case != self.cases[mail.thread]:
            self.figures.wrong.append(f"not in its case: {mail.mid}")

    def _answer(self, mail: Mail) -> Any:
        from samehand.cases.models import Message
        from samehand.channels.mail import channel

        arrival = channel.read(mail.raw, mail.at, {})
        return Message(
            case_id=self.cases[mail.thread],
            direction=Message.Direction.OUT,
            channel="mail",
            at=mail.at,
            to=[self.customers[mail.thread]],
            message_id=mail.mid,
            text=arrival.text,
            reply_text=arrival.reply_text,
        )

    def _count_mixed(self) -> None:
        from samehand.cases.models import Message

        threads_of: dict[str, set[str]] = defaultdict(set)
        for mail in self.box:
            threads_of[mail.mid].add(mail.thread)
        inside: dict[int, set[str]] = defaultdict(set)
        for case_id, mid in Message.objects.filter(direction="in").values_list("case_id", "message_id"):
            if len(threads_of[mid]) == 1:
                inside[case_id] |= threads_of[mid]
        self.figures.mixed = sum(len(threads) > 1 for threads in inside.values())


def _rolled_back() -> Any:
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def nothing_stays() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return nothing_stays()


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from samehand.config import postgres

    with postgres.for_a_while(Path(settings.DATA)):
        connection.creation.create_test_db(verbosity=0)
        most = int(sys.argv[1]) if len(sys.argv) > 1 else None
        print("\n".join(Replay(mails(most)).run().lines()))
        connection.close()


if __name__ == "__main__":
    main()
