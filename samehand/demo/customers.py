"""Made-up customers who keep writing while the demo runs: by real SMTP, at a human pace, to our own door alone."""

from __future__ import annotations

import argparse
import signal
import threading
import time
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings

from samehand.demo import replies
from samehand.demo.crowd import PLENTY, Crowd
from samehand.demo.outbox import Outbox
from samehand.lib.clock import now as clock

FIRST_AFTER = 5.0
LIVELY_FOR = 180.0
LIVELY_GAPS, USUAL_GAPS, SLEEPY_GAPS = (12.0, 18.0), (40.0, 35.0), (600.0, 300.0)
LONGEST_GAP = 120.0
BACK_OFF = (1.0, 2.0, 4.0, 8.0, 15.0)
# Answers that lie in the folder for longer were sent while nobody was at home.
TOO_OLD = 86_400.0
log = structlog.get_logger()


def main(args: argparse.Namespace) -> int:
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    Customers(Random(), Path(settings.DATA) / "demo").keep_writing(stop)  # noqa: S311
    return 0


class Customers:
    def __init__(self, dice: Random, folder: Path) -> None:
        self.dice, self.zone = dice, ZoneInfo(settings.TIME_ZONE)
        self.outbox = Outbox(folder / "outbox", settings.SMTP_PORT)
        self.diary = replies.Diary(folder / "diary.txt")
        self.crowd = Crowd(dice, settings.ADDRESS)
        self.sent = Path(settings.SENT)
        self.due: dict[str, float] = {}
        self.problem_at = 0.0
        self.failures = 0

    def keep_writing(self, stop: threading.Event) -> None:
        """Until `stop`: nothing is written while the door is away, and nothing that was written is lost."""
        opened_at: float | None = None
        while not stop.is_set():
            if not self.outbox.hand_over() or not self._is_open(opened_at):
                stop.wait(self._pause())
                continue
            self.failures = 0
            opened_at = opened_at or self._opened()
            self.live(time.monotonic() - opened_at)
            stop.wait(1.0)

    def live(self, since_start: float) -> None:
        """One beat: look at the answers that came, write what is due."""
        self._see_answers()
        for name in [name for name, at in self.due.items() if at <= time.time()]:
            self._reply(name)
        if time.monotonic() >= self.problem_at:
            self.outbox.put(f"new-{time.time_ns()}", self.crowd.new_problem(self._now()))
            self.problem_at = time.monotonic() + self.gap(since_start, self.crowd.waiting())

    def gap(self, since_start: float, waiting: int) -> float:
        """Seconds until somebody writes about something new: a Poisson process with a shortest gap."""
        if waiting > PLENTY:
            shortest, mean = SLEEPY_GAPS
            return shortest + self.dice.expovariate(1 / mean)
        shortest, mean = LIVELY_GAPS if since_start < LIVELY_FOR else USUAL_GAPS
        return min(shortest + self.dice.expovariate(1 / mean), LONGEST_GAP)

    def _opened(self) -> float:
        self.problem_at = time.monotonic() + FIRST_AFTER
        log.info("customers are writing", to=settings.ADDRESS)
        return time.monotonic()

    def _is_open(self, opened_at: float | None) -> bool:
        return opened_at is not None or self.outbox.is_open()

    def _pause(self) -> float:
        self.failures += 1
        return BACK_OFF[min(self.failures, len(BACK_OFF)) - 1]

    def _see_answers(self) -> None:
        """Each answer that is new in the folder gets a moment at which its reader will have thought about it."""
        for path in self.sent.glob("[!.]*.eml"):
            if path.name in self.due or path.name in self.diary.dealt_with:
                continue
            came_at = path.stat().st_mtime
            if time.time() - came_at > TOO_OLD:
                self.diary.note(path.name, "")
            else:
                self.due[path.name] = came_at + self.dice.uniform(replies.SOON, replies.LATER)

    def _reply(self, name: str) -> None:
        sent = replies.read_sent((self.sent / name).read_bytes())
        rounds = self.diary.rounds[sent.reply_to] if sent else 0
        raw = sent and replies.write(self.dice, sent, rounds=rounds, now=self._now(), zone=self.zone)
        if sent and raw:
            self.outbox.put(f"reply-{name.removesuffix('.eml')}", raw)
        # Noted after it is written: killed between the two, the customer would write again rather than never.
        self.diary.note(name, sent.reply_to if sent and raw else "")
        self.due.pop(name, None)

    def _now(self) -> datetime:
        return clock().astimezone(self.zone)
