"""A real server on the tests' database, a real browser in front of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page

from samehand.cases import actions
from samehand.cases.models import Case, Message
from samehand.channels.mail.fingerprint import fingerprint
from samehand.lib.clock import now
from samehand.people.models import Role, ServiceHours, Shift, Staff
from tests.personas import DESK, PASSWORD, ZOFIA, a_mail
from tests.system.house import free_ports

ROOT = Path(__file__).resolve().parents[2]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[str]:
    """The pages, served as in production, over the tests' own database."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers-kill-timeout", "1", "--no-ws", "samehand.config.asgi:application"]
    environment = os.environ | {
        "DATABASE_URL": _database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "SAMEHAND_HTTP": str(port),
    }
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        address = f"http://localhost:{port}"
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _database_url() -> str:
    told = connection.settings_dict
    password = f":{quote(told['PASSWORD'])}" if told["PASSWORD"] else ""
    port = f"&port={told['PORT']}" if told["PORT"] else ""
    return f"postgresql://{quote(told['USER'])}{password}@/{told['NAME']}?host={quote(told['HOST'])}{port}"


def _wait_for(address: str) -> None:
    for _attempt in range(150):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=1)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the pages are not served")


@pytest.fixture
def desk(transactional_db: None) -> None:
    """A desk that is always open, so that no test depends on the hour at which it runs."""
    ServiceHours.objects.update_or_create(id=1, defaults={"week": [[["00:00", "00:00"]]] * 7, "country": ""})


def colleague(name: str, role: str = Role.CONSULTANT, *, works: bool = True) -> Staff:
    person = Staff.objects.create_user(
        f"{name.lower()}@fala.example", PASSWORD, first_name=name, last_name="Testowa", role=role, skills=["general"]
    )
    if works:
        begin = now() - timedelta(hours=1)
        Shift.objects.create(consultant=person, starts_at=begin, ends_at=begin + timedelta(hours=9))
    return person


@pytest.fixture
def anna(desk: None) -> Staff:
    return colleague("Anna")


@pytest.fixture
def marek(anna: Staff) -> Staff:
    return colleague("Marek", works=False)


def arrive(
    subject: str,
    text: str = "Dzień dobry, proszę o pomoc.",
    sender: str = ZOFIA,
    at: datetime | None = None,
    mail: bytes = b"",
) -> Case:
    """A mail reaches the door and is filed; the case that it came to."""
    raw = mail or a_mail(sender, subject, text, mid=f"<{time.time_ns()}@poczta.example>")
    at = at or now()
    actions.accept(
        channel="mail",
        mailbox="door",
        incoming=[actions.Incoming(raw, at, fingerprint(raw), {"recipients": [DESK]})],
        now=at,
    )
    while actions.file_waiting(now=now()):
        pass
    return Message.objects.select_related("case__customer").order_by("-id")[0].case


def address(case: Case) -> str:
    return f"/desk/cases/{case.reference}/"


Open = Callable[..., Page]


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    opened: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(locale="pl-PL", **({"viewport": {"width": 1440, "height": 900}} | options))  # type: ignore[arg-type]
        context.set_default_timeout(8000)
        opened.append(context)
        return context

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def open_as(server: str, context: Callable[..., BrowserContext]) -> Open:
    """Open an address as a colleague who is signed in; scripts that fail, fail the test."""

    def open_page(person: Staff, path: str = "/desk/", **options: object) -> Page:
        own = context(**options)
        own.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session(person), "url": server}])
        page = own.new_page()
        page.on("pageerror", _fail)
        page.goto(f"{server}{path}")
        return page

    return open_page


def _fail(error: object) -> None:
    raise AssertionError(f"a script failed: {error}")


def _session(person: Staff) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, one line each, on a page that is loaded and stands still."""
    page.wait_for_load_state()
    page.evaluate("Promise.allSettled(document.getAnimations().map(moving => moving.finished)).then(() => null)")
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for each in found
        for node in each["nodes"]
    ]


def wider_than_its_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
