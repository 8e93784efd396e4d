"""From "250" at the door to the row in the browser of the consultant whose case it became."""

from __future__ import annotations

import os
import shutil
import smtplib
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from bench.figures import Row, percentile
from bench.house import Trouble, house, inside

MAILS = 40
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The page notes by its own clock, which is the machine's, when a subject first stands in it.
WATCH = """() => {
    window.seen = {};
    const look = () => {
        for (const found of document.body.textContent.matchAll(/pomiar-\\d+-/g))
            window.seen[found[0]] ??= performance.timeOrigin + performance.now();
    };
    new MutationObserver(look).observe(document.body, {childList: true, subtree: true, characterData: true});
    look();
}"""


def chromium() -> str:
    found = os.environ.get("SAMEHAND_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        raise Trouble("bench: no chromium on PATH; leave out `live`, or set SAMEHAND_CHROMIUM")
    return found


def measure(data: Path, say: Callable[[str], None]) -> list[Row]:
    """One consultant on shift in an empty house: every mail ends in her queue."""
    from playwright.sync_api import sync_playwright

    inside(data, "furnish", "1")
    cookie = inside(data, "sign-in", "anna@bench.test")["cookie"]
    with house(data) as one, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        context = browser.new_context()
        context.add_cookies([{"name": "samehand_session", "value": cookie, "url": f"http://127.0.0.1:{one.http}"}])
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{one.http}/desk/")
        page.evaluate(WATCH)
        page.wait_for_timeout(2000)
        took = [_one(page, one.smtp, number) for number in range(MAILS)]
        browser.close()
    return [
        Row("live", "accepted to visible, p50", percentile(took, 0.5), "ms", remark=f"{MAILS} mails, one at a time"),
        Row("live", "accepted to visible, p95", percentile(took, 0.95), "ms", "< 1000"),
        Row("live", "accepted to visible, slowest", max(took), "ms"),
    ]


def _one(page: Any, port: int, number: int) -> float:
    mark = f"pomiar-{number}-"
    with smtplib.SMTP("127.0.0.1", port) as door:
        door.send_message(_mail(mark, number))
        accepted = time.time() * 1000
    page.wait_for_function("mark => window.seen[mark]", arg=mark, timeout=20_000)
    page.wait_for_timeout(250)
    seen: float = page.evaluate("mark => window.seen[mark]", mark)
    return seen - accepted


def _mail(mark: str, number: int) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Jan Nowak <jan.{number}@poczta.test>", "bok@desk.test"
    mail["Subject"], mail["Message-ID"] = f"{mark} brak zasięgu", f"<{mark}{time.time_ns()}@poczta.test>"
    mail.set_content("Dzień dobry,\n\nod rana nie mam zasięgu.\n\nJan Nowak\n")
    return mail
