"""An answer as the page shows it: sentences first, then charts and tables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samehand.desk.models import Reckoning
from samehand.desk.staffing import charts
from samehand.desk.staffing.words import by_chance, change, clock, exactly, number, percent, share, shortly, weekday

Values = Mapping[str, Any]
BARELY = 0.05


@dataclass(frozen=True, slots=True)
class Day:
    name: str
    chart: SafeString
    lack: str
    lacks: bool


@dataclass(frozen=True, slots=True)
class Cell:
    needed: int
    between: str
    there: str
    lack: str


@dataclass(frozen=True, slots=True)
class People:
    reckoning: Reckoning
    reached: bool
    in_time: str
    same: str
    target: str
    within: str
    shifts: str
    hours: str
    heads: int
    starts: str
    more_for_hands: int
    pool_heads: int
    late_comers: tuple[str, str] | None
    days: list[Day]
    day_names: list[str]
    rows: list[tuple[str, list[Cell]]]
    rostered: bool
    prices: Prices | None
    erlang: Mapping[str, Any]
    basis: Values
    weeks: str
    mails: str


@dataclass(frozen=True, slots=True)
class Prices:
    in_time: str
    same: str
    hours: str
    with_cost: bool
    rows: list[Mapping[str, Any]]


def people(reckoning: Reckoning) -> People:
    found, basis = reckoning.answer or {}, reckoning.basis or {}
    need, rostered = found["need"], found["rostered"]
    plan, pool, late = need["plan"], need["pool_plan"], need["late_comers"]
    shifts = sum(map(len, plan["starts"]))
    return People(
        reckoning=reckoning,
        reached=need["reached"],
        in_time=share(need["in_time"]),
        same=share(need["same_person"]),
        target=exactly(found["target"]),
        within=number(found["within"]),
        shifts=number(shifts),
        hours=number(shifts * plan["length"] / 60),
        heads=found["heads"],
        starts=_starts(plan["starts"][0]),
        more_for_hands=shifts - sum(map(len, pool["starts"])),
        pool_heads=found["pool_heads"],
        late_comers=(percent(late["in_time"]), percent(late["of_the_night"])) if late else None,
        days=list(_days(found)),
        day_names=[str(WEEKDAYS[day]) for day in range(7)],
        rows=_rows(need, rostered),
        rostered=rostered is not None,
        prices=_prices(found["prices"]) if found["prices"] else None,
        erlang=_erlang(found),
        basis=basis,
        weeks=number(basis["weeks"], 1),
        mails=number(mails) if (mails := reckoning.inputs.get("mails")) else "",
    )


def _starts(starts: Sequence[float]) -> str:
    return ", ".join(f"{clock(start)} × {count}" for start, count in sorted(Counter(starts).items()))


def _days(found: Values) -> Iterator[Day]:
    need, rostered = found["need"]["people"], found["rostered"]
    highest = max([1.0, *need, *(rostered or [])])
    highest = math.ceil(highest / 2) * 2
    for day in range(7):
        hours = slice(24 * day, 24 * day + 24)
        there = rostered[hours] if rostered else None
        name, lack = str(WEEKDAYS[day]), _lack(need[hours], there)
        label = _("%(day)s: people needed by hour") % {"day": name}
        chart = charts.day(need[hours], there, found["erlang"]["c"][hours], highest, f"{label}. {lack}")
        yield Day(name, chart, lack, there is not None and any(_lacks(need[hours], there)))


def _lack(need: Sequence[int], there: Sequence[float] | None) -> str:
    if there is None:
        hours = [hour for hour, people in enumerate(need) if people]
        most = max(need, default=0)
        return (
            _("from %(from)s to %(to)s, at most %(most)s at once")
            % {"from": clock(60 * hours[0]), "to": clock(60 * hours[-1] + 60), "most": most}
            if hours
            else _("nobody is needed")
        )
    lacks = _lacks(need, there)
    worst = max(range(24), key=lambda hour: lacks[hour])
    if not lacks[worst]:
        return _("enough people all day")
    count = math.ceil(lacks[worst])
    long = sum(map(bool, lacks))
    said = ngettext("%(count)d person is missing", "%(count)d people are missing", count)
    at = ngettext("at %(at)s, %(hours)d hour in all", "most at %(at)s, %(hours)d hours in all", long)
    return f"{said % {'count': count}}, {at % {'at': clock(60 * worst), 'hours': long}}"


def _lacks(need: Sequence[int], there: Sequence[float]) -> list[float]:
    return [max(0.0, one - other) if one - other > BARELY else 0.0 for one, other in zip(need, there, strict=True)]


def _rows(need: Values, rostered: Sequence[float] | None) -> list[tuple[str, list[Cell]]]:
    rows = []
    for hour in range(24):
        at = range(hour, 168, 24)
        if any(need["people"][each] or (rostered and rostered[each]) for each in at):
            rows.append((f"{hour}–{hour + 1}", [_cell(need, rostered, each) for each in at]))
    return rows


def _cell(need: Values, rostered: Sequence[float] | None, at: int) -> Cell:
    needed, least, most = need["people"][at], need["least"][at], need["most"][at]
    there = rostered[at] if rostered else None
    lack = needed - there if there is not None and needed - there > BARELY else 0
    return Cell(
        needed=needed,
        between=f"{least}–{most}" if least != most else "",
        there="" if there is None else shortly(there),
        lack=shortly(lack) if lack else "",
    )


def _prices(found: Values) -> Prices:
    table = found["table"]
    return Prices(
        in_time=share(found["in_time"]),
        same=share(found["same_person"]),
        hours=number(found["hours"]),
        with_cost=any(price["cost"] is not None for price in table),
        rows=[_price(price) for price in table],
    )


def _price(price: Values) -> dict[str, Any]:
    parts = {"early": _("early shift"), "middle": _("middle shift"), "late": _("late shift")}
    cost, kept = price["cost"], price["promises"]["mean"]
    telling = cost is not None and not by_chance(price["promises"]) and kept * price["hours"] > 0
    return {
        "more": price["hours"] > 0,
        "part": parts[price["part"]],
        "start": clock(price["start"]),
        "hours": ("+" if price["hours"] > 0 else "−") + number(abs(price["hours"])),
        "in_time": change(price["in_time"], 2),
        "same": change(price["same_person"], 1),
        "promises": change(price["promises"], 0),
        "by_chance": by_chance(price["promises"]) and by_chance(price["same_person"]),
        "cost": "" if cost is None else number(cost).replace("-", "−"),
        "each": number(cost / kept) if telling else "–",
    }


def _erlang(found: Values) -> dict[str, Any]:
    messages = found["need"]["load"]["messages"]
    at = max(range(168), key=lambda hour: messages[hour])
    return {
        "day": weekday(at // 24),
        "at": f"{clock(at % 24 * 60)}–{clock(at % 24 * 60 + 60)}",
        "messages": number(messages[at]),
        "minutes": number(found["need"]["load"]["handling"], 1),
        "c": found["erlang"]["c"][at],
        "a": found["erlang"]["a"][at],
        "ours": found["need"]["people"][at],
    }
