"""What the measurements need from within a house: people, a signed-in browser, answers. Prints JSON.

python -m bench.inside ACT   with SAMEHAND_DATA set
"""

# Models can only be imported when the settings are loaded.
# ruff: noqa: E402
from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from samehand.config import cli

cli.prepare("bench", "database")

from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from bench import filling
from samehand.cases import actions
from samehand.cases.models import Case
from samehand.config.migrating import ready_database
from samehand.guide import actions as guide
from samehand.guide import devices
from samehand.guide.models import Device
from samehand.lib.clock import now
from samehand.people.models import Role, Shift, Skill, Staff

TYPED = Path(__file__).parents[1] / "tests" / "guide" / "phones" / "typed.txt"
NAMES = ("Anna", "Marek", "Ewa", "Piotr", "Zofia", "Jan", "Maria", "Adam", "Hanna", "Tomasz", "Iga", "Olaf")


def hold() -> None:
    """Keep the database running until standard input is closed."""
    with ready_database(migrated=True):
        _hire(len(NAMES))
        print("ready", flush=True)
        sys.stdin.read()


def furnish(crew: str = str(len(NAMES))) -> dict[str, Any]:
    """A lead and consultants who are on shift until further notice."""
    _hire(int(crew))
    return {"staff": Staff.objects.count()}


def _hire(crew: int) -> None:
    if Staff.objects.filter(email="lead@bench.test").exists():
        return
    Staff.objects.create_user("lead@bench.test", first_name="Ola", role=Role.LEAD)
    moment = now()
    for number, name in enumerate(NAMES[:crew]):
        skills = [Skill.values[number % len(Skill.values)], Skill.GENERAL]
        person = Staff.objects.create_user(f"{name.lower()}@bench.test", first_name=name, skills=skills)
        Shift.objects.create(
            consultant=person, starts_at=moment - timedelta(days=1), ends_at=moment + timedelta(days=9)
        )


def sign_in(email: str = "anna@bench.test") -> dict[str, Any]:
    """A session as the login page makes it."""
    request = HttpRequest()
    request.session = SessionStore()
    person = Staff.objects.get(email=email)
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session.save()
    return {"cookie": request.session.session_key}


def cases(limit: str) -> dict[str, Any]:
    """Some cases and customers to look at, the same ones each time."""
    found = list(Case.objects.order_by("id").values_list("reference", "customer__name"))
    chosen = random.Random(7).sample(found, min(int(limit), len(found)))
    return {"references": [one for one, _ in chosen], "names": [name.split()[-1] for _, name in chosen if name]}


def answer(count: str) -> dict[str, Any]:
    """So many consultants' answers, one after the other, through the desk's own action."""
    waiting = list(Case.objects.filter(due_at__isnull=False, owner__isnull=False).order_by("due_at")[: int(count)])
    began = time.time()
    for case in waiting:
        words = "Dzień dobry,\n\nsprawdziłam, usługa już działa. Proszę uruchomić telefon ponownie.\n\nPozdrawiam"
        actions.reply(
            case_id=case.pk, author_id=case.owner_id or 0, text=words, seen=case.messages.latest("pk").pk, now=now()
        )
    return {"began": began, "ended": time.time(), "answers": len(waiting)}


def fill(count: str) -> dict[str, Any]:
    return filling.fill(count)


def take(*arguments: str) -> dict[str, Any]:
    _hire(len(NAMES))
    return filling.take(*arguments)


def phones() -> dict[str, Any]:
    """Load the devices, then look for all that the tests have people type, three times."""
    began = time.perf_counter()
    guide.load_devices(now=now())
    loaded = time.perf_counter() - began
    lines = TYPED.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" = ") for line in lines if " = " in line]
    took, first = [], 0
    for typed, wanted in pairs * 3:
        began = time.perf_counter()
        found = devices.find(typed, 8)
        took.append((time.perf_counter() - began) * 1000)
        names = [f"{hit.brand} {hit.name}".lower() for hit in found[:1]]
        first += any(name.lower() in names for name in wanted.split(" | "))
    return {"loaded": loaded, "devices": Device.objects.count(), "took": took, "first": first / len(took)}


ACTS: dict[str, Callable[..., dict[str, Any]]] = {
    "furnish": furnish,
    "sign-in": sign_in,
    "cases": cases,
    "answer": answer,
    "fill": fill,
    "take": take,
    "phones": phones,
}

if __name__ == "__main__":
    if sys.argv[1] == "hold":
        hold()
    else:
        with ready_database(migrated=True):
            print(json.dumps(ACTS[sys.argv[1]](*sys.argv[2:])))
