"""Fala Mobile, a made-up operator: its people, their shifts, its customers and six weeks of cases, loaded once."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from samehand.core.hours import is_open
from samehand.demo.away import absences, breaks
from samehand.demo.cast import subscribers
from samehand.demo.editors import OLA, edit
from samehand.demo.hands import Hands
from samehand.demo.ledger import Ledger
from samehand.demo.life import DAY, HOUR, Life
from samehand.demo.present import ANIA, fill_desk
from samehand.demo.readers import read
from samehand.demo.rota import LENGTH, Turn, turns
from samehand.demo.storybook import team
from samehand.demo.telling import tell
from samehand.demo.tried import try_out
from samehand.lib.clock import now as clock
from samehand.people import queries
from samehand.people.models import Absence, Break, ServiceHours, Shift, Staff, tongues_of_the_house

PASSWORD = "fala-demo-2026"  # noqa: S105
LOGINS = [
    ("anna@fala.example", PASSWORD, "consultant"),
    ("marek@fala.example", PASSWORD, "consultant"),
    ("ewa@fala.example", PASSWORD, "consultant, technical"),
    ("ola@fala.example", PASSWORD, "team lead"),
    ("admin@fala.example", PASSWORD, "administrator"),
]
SEED = 2026
PAST_DAYS, AHEAD_DAYS = 42, 60
CUSTOMERS = 217
# How many cases the customers have, in shares.
CASES_EACH = ((1, 68), (2, 20), (3, 9), (4, 3))
ALL_DAY = [["00:00", "00:00"]]


def load(now: datetime | None = None) -> bool:
    """Furnish an empty house; True when it was empty. In any case somebody is on shift from `now` on."""
    now = now or clock()
    with transaction.atomic():
        empty = not Staff.objects.exists()
        if empty:
            _furnish(now)
        else:
            top_up_shifts(now)
    return empty


@transaction.atomic
def top_up_shifts(now: datetime) -> None:
    """Shifts for the next weeks behind those that are planned, and Ania at her desk when the demo is looked at."""
    staff = {person.email: person for person in Staff.objects.filter(email__in=[row["email"] for row in team()])}
    last = Shift.objects.filter(consultant__in=staff.values()).order_by("-starts_at").first()
    planned = turns(_crews(), now=now, zone=queries.hours(now).tz, days=range(-1, AHEAD_DAYS))
    missing = [turn for turn in planned if turn.email in staff and (not last or turn.starts_at > last.starts_at)]
    _save_shifts(missing, staff)
    _save_shifts(_at_her_desk(staff, now), staff)
    _note_absences(staff, now)


def _furnish(now: datetime) -> None:
    _set_hours(now)
    staff = _hire()
    hours, dice = queries.hours(now), Random(SEED)  # noqa: S311
    rota = turns(_crews(), now=now, zone=hours.tz, days=range(-PAST_DAYS - 2, AHEAD_DAYS))
    _save_shifts(rota, staff)
    _save_shifts(_at_her_desk(staff, now), staff)
    _note_absences(staff, now)
    ledger = Ledger(dice, hours, queries.terms())
    life = Life(ledger, Hands(staff, rota), now)
    strangers = subscribers(dice)
    for _number in range(CUSTOMERS):
        wants = dice.choices([cases for cases, _ in CASES_EACH], [share for _, share in CASES_EACH])[0]
        # Who writes often begins early, so that there is time for all of it.
        first, last = (now - 36 * DAY, now - 2 * HOUR) if wants == 1 else (now - PAST_DAYS * DAY, now - 20 * DAY)
        first_at = life.some_moment(first, last)
        life.expect(life.meet(next(strangers), first_at, wants), first_at)
    life.run()
    fill_desk(life, strangers)
    ledger.save()
    tell(staff[OLA], now)
    edit(staff, now, dice)
    read(now, dice)
    try_out(ledger.cases, ledger.messages, life.hands, now, dice)


def _set_hours(now: datetime) -> None:
    """The house's own hours (daily 08-22); around the clock when nobody would be there to see a promise tick. Customers
    may wait for their consultant who is away."""
    row = queries.service_hours()
    ServiceHours.objects.filter(pk=row.pk).update(customers_may_wait=True, hands_out=True)
    hours = queries.hours(now, row)
    if not all(is_open(hours, now + minutes * timedelta(minutes=1)) for minutes in (-45, 0, 60)):
        ServiceHours.objects.filter(pk=row.pk).update(week=[ALL_DAY] * 7, country="")


def _hire() -> dict[str, Staff]:
    # Hashed once: eleven times would take longer than all the rest.
    password = make_password(PASSWORD)
    hired = [
        Staff(
            email=row["email"],
            password=password,
            first_name=row["first_name"],
            last_name=row["last_name"],
            role=row.get("role", "consultant"),
            skills=row["skills"],
            languages=row.get("languages", tongues_of_the_house()),
        )
        for row in team()
    ]
    return {person.email: person for person in Staff.objects.bulk_create(hired)}


def _crews() -> dict[int, list[str]]:
    crews: dict[int, list[str]] = {}
    for row in team():
        if "crew" in row:
            crews.setdefault(row["crew"], []).append(row["email"])
    return crews


def _at_her_desk(staff: dict[str, Staff], now: datetime) -> list[Turn]:
    """Ania is there when the demo is looked at, and for the hours after."""
    until = now
    for shift in Shift.objects.filter(consultant=staff.get(ANIA), ends_at__gt=now).order_by("starts_at"):
        until = max(until, shift.ends_at) if shift.starts_at <= until else until
    wanted = ANIA in staff and until < now + LENGTH / 2
    return [Turn(ANIA, until, now + LENGTH)] if wanted else []


def _save_shifts(rota: list[Turn], staff: dict[str, Staff]) -> None:
    shifts = Shift.objects.bulk_create(
        Shift(consultant=staff[turn.email], starts_at=turn.starts_at, ends_at=turn.ends_at) for turn in rota
    )
    Break.objects.bulk_create(breaks(shifts))


def _note_absences(staff: dict[str, Staff], now: datetime) -> None:
    """Unless a lead who tries the roster out has noted some."""
    if not Absence.objects.filter(ends_at__gt=now).exists():
        Absence.objects.bulk_create(absences(staff, now=now, zone=queries.hours(now).tz))
