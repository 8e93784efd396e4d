"""Reading people: the desk's hours and promise, who is on shift, who is known by which address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import holidays
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from samehand.core import promises
from samehand.core.hours import Hours, Interval, NeverOpen, Span
from samehand.core.promises import Slower, Terms
from samehand.core.routing import Consultant
from samehand.people import notices
from samehand.people.models import (
    Absence,
    ContactPoint,
    Customer,
    Notice,
    SendingAddress,
    ServiceHours,
    Shift,
    SpecialDay,
    Staff,
)

# A promise looks ahead a month at the most; history is imported for years back. Holidays are cheap, mistakes are not.
YEARS_BACK, YEARS_AHEAD = 2, 2


def service_hours() -> ServiceHours:
    """The one row; made with its defaults (daily 08-22, Europe/Warsaw, Polish holidays) when it is not there yet."""
    row, _made = ServiceHours.objects.get_or_create(id=1)
    return row


def hours(now: datetime, row: ServiceHours | None = None) -> Hours:
    """The desk's calendar with the public holidays of the years around `now`, and with what notices close."""
    return calendar(now, row)[0]


def terms(row: ServiceHours | None = None) -> Terms:
    """The promise as it usually is. A promise is reckoned with those of `calendar`."""
    row = row or service_hours()
    return Terms(promise=timedelta(minutes=row.promise_minutes), risk=timedelta(minutes=row.risk_minutes))


def calendar(
    now: datetime, row: ServiceHours | None = None, told: Sequence[Notice] | None = None
) -> tuple[Hours, Terms]:
    """By what a promise is reckoned: hours and terms with all that notices (`told`: all that are known) change."""
    row, told = row or service_hours(), notices.known(now) if told is None else told
    shut = tuple((one.starts_at, one.ends_at) for one in told if one.closes)
    return _hours(now, row, shut), _slowed(row, told)


def promised_within(now: datetime) -> timedelta:
    """The service time within which what is asked now is answered, with what notices change."""
    return _slowed(service_hours(), notices.known(now)).within(now)


def _slowed(row: ServiceHours, told: Sequence[Notice]) -> Terms:
    slower = tuple(
        Slower(one.starts_at, one.ends_at, timedelta(minutes=one.promise_minutes))
        for one in told
        if one.promise_minutes
    )
    return replace(terms(row), slower=slower)


def _hours(now: datetime, row: ServiceHours, shut: tuple[Interval, ...]) -> Hours:
    special = {day.date: day.spans for day in SpecialDay.objects.all()}
    closed: dict[date, list[Any]] = {day: [] for day in public_holidays(row.country, now.year)}
    days = {day: _spans(spans) for day, spans in (closed | special).items()}
    return Hours(zone=row.zone, week=tuple(_spans(day) for day in row.week), days=days, closed=shut)


@lru_cache(maxsize=16)
def public_holidays(country: str, year: int) -> dict[date, str]:
    """Days the country does not work, with their names, for the years around `year`; none when no country is set."""
    if not country:
        return {}
    return dict(holidays.country_holidays(country, years=range(year - YEARS_BACK, year + YEARS_AHEAD + 1)))


def _spans(pairs: Sequence[Sequence[str]]) -> tuple[Span, ...]:
    return tuple(_span(*pair) for pair in pairs)


def _span(opens: str, closes: str) -> Span:
    begin, end = _minutes(opens), _minutes(closes)
    return Span(begin, end if end > begin else end + 24 * 60)


def _minutes(clock: str) -> int:
    moment = time.fromisoformat(clock)
    return moment.hour * 60 + moment.minute


def _covering(now: datetime) -> Q:
    """On a shift, and neither on leave nor ill."""
    present = {"consultant": OuterRef("pk"), "starts_at__lte": now, "ends_at__gt": now}
    return Q(Exists(Shift.objects.filter(**present))) & ~Q(Exists(Absence.objects.filter(**present)))


def with_shift(now: datetime) -> QuerySet[Staff]:
    """Active staff with `on_shift` told for each."""
    return Staff.objects.filter(is_active=True).annotate(on_shift=_covering(now))


def on_shift(now: datetime) -> QuerySet[Staff]:
    return Staff.objects.filter(_covering(now), is_active=True)


def crew(now: datetime, holding: Mapping[int, int]) -> list[Consultant]:
    """Everybody who can own a case; `holding` tells how many waiting cases each has."""
    return [
        Consultant(
            id=person.pk,
            on_shift=person.on_shift,  # type: ignore[attr-defined]
            skills=frozenset(person.skills),
            holding=holding.get(person.pk, 0),
        )
        for person in with_shift(now).order_by("pk")
    ]


def sending_addresses() -> list[SendingAddress]:
    """The addresses that we write from, the one first that is used when no other fits. The address of the settings is
    always among them."""
    rows = list(SendingAddress.objects.all())
    if any(row.address == settings.ADDRESS.lower() for row in rows):
        return rows
    of_settings = SendingAddress(address=settings.ADDRESS)
    return [*rows, of_settings] if rows and rows[0].is_default else [of_settings, *rows]


def our_addresses() -> frozenset[str]:
    """Every address that is ours beside those of the settings: nobody outside writes from it."""
    rows = SendingAddress.objects.values_list("address", "receives")
    return frozenset(one for address, receives in rows for one in (address, *receives))


def known_by(addresses: Iterable[str]) -> dict[str, int]:
    """Which customer each of the e-mail addresses belongs to."""
    points = ContactPoint.objects.filter(kind="email", value__in=set(addresses))
    return dict(points.values_list("value", "customer_id"))


def staff_addresses(addresses: Iterable[str]) -> set[str]:
    """Which of the addresses belong to colleagues, active or not."""
    return set(Staff.objects.filter(email__in=set(addresses)).values_list("email", flat=True))


def claimed_by(addresses: Iterable[str]) -> dict[str, Customer]:
    """Those who showed one of the addresses and were not its owner."""
    found = Customer.objects.filter(claimed_address__in=set(addresses) - {""})
    return {customer.claimed_address: customer for customer in found}


def undeliverable(addresses: Iterable[str]) -> QuerySet[ContactPoint]:
    """Those of the e-mail addresses from which our mail comes back."""
    return ContactPoint.objects.filter(kind="email", value__in=set(addresses), undeliverable_since__isnull=False)


def why_later(asked_at: datetime, due_at: datetime, now: datetime, told: Sequence[Notice]) -> list[Notice]:
    """Those of the known notices because of which a promise is longer than usual; none when it is not."""
    found = notices.behind(asked_at, due_at, told)
    if not found:
        return []
    try:
        usual = promises.due_at(asked_at, *calendar(now, told=()))
    except NeverOpen:
        return []
    return found if usual < due_at else []
