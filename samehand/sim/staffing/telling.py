"""The answers as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from samehand.sim.comparing import Estimate
from samehand.sim.printing import aligned
from samehand.sim.profile import Profile
from samehand.sim.staffing.asking import Staffing
from samehand.sim.staffing.prices import Prices
from samehand.sim.staffing.whatif import Day, Ill, OutageDay
from samehand.sim.staffing.words import DAY_NAMES, words
from samehand.sim.words import number, percent


def tell_staffing(found: Staffing, profile: Profile, language: str) -> str:
    said, need = words(language), found.need
    plan, pool = need.plan, need.pool_plan
    lines = [
        said["head"].format(name=found.name, target=percent(found.target, language, 2), within=f"{found.within:g}"),
        "",
        said["needed"],
        *_hours(found, language),
        "",
        said["plan"].format(
            shifts=plan.shifts,
            length=f"{plan.length / 60:g}",
            hours=number(plan.hours, language, 0),
            people=-(-plan.shifts // profile.days_on),
            days_on=profile.days_on,
            heads=found.heads,
        ),
        said["starts"].format(day=DAY_NAMES[language][0], starts=_starts(plan.starts[0])),
        said["keeps" if need.reached else "missed"].format(
            in_time=_share(need.in_time, language), same=_share(need.same_person, language)
        ),
        said["pool"].format(shifts=pool.shifts, heads=found.pool_heads, more=plan.shifts - pool.shifts),
    ]
    if need.late_comers:
        in_time, night = need.late_comers.in_time, need.late_comers.of_the_night
        lines.append(said["late_comers"].format(in_time=percent(in_time, language), night=percent(night, language)))
    if found.prices:
        lines += ["", *_prices(found.prices, found.rostered is not None, language)]
    return "\n".join([*lines, "", *_erlang(found, language), said["runs"].format(seeds=found.seeds)])


def _hours(found: Staffing, language: str) -> Iterator[str]:
    said, need = words(language), found.need
    rows = [[said["hour"], *said["days"].split()]]
    for hour in range(24):
        cells = []
        for day in range(7):
            at = 24 * day + hour
            cell = f"{need.people[at]} ({need.least[at]}-{need.most[at]})" if need.people[at] else "-"
            cells.append(cell + (f" /{found.rostered[at]:.0f}" if found.rostered else ""))
        if any(need.people[hour::24]) or (found.rostered and any(found.rostered[hour::24])):
            rows.append([f"{hour:02}-{hour + 1:02}", *cells])
    yield aligned(rows)
    if found.rostered:
        yield f"/ {said['rostered']}"


def _starts(starts: Sequence[float]) -> str:
    return ", ".join(f"{_clock(start)} × {count}" for start, count in sorted(Counter(starts).items()))


def _prices(found: Prices, of_roster: bool, language: str) -> Iterator[str]:
    said = words(language)
    yield said["prices"]
    crew = said["crew_roster" if of_roster else "crew_plan"]
    in_time, same = _share(found.in_time, language), _share(found.same_person, language)
    yield said["prices_of"].format(crew=crew, in_time=in_time, same=same, hours=number(found.hours, language, 0))
    costs = any(price.cost is not None for price in found.table)
    head = [said["part"], *(said[f"col_{one}"] for one in ("hours", "time", "same", "kept"))]
    rows = [[*head, *([said["col_cost"], said["col_each"]] if costs else [])]]
    for price in found.table:
        row = [said[price.part].format(start=_clock(price.start)), f"{price.hours:+g}"]
        row += [
            _signed(each, language, digits)
            for each, digits in _figures(price.in_time, price.same_person, price.promises)
        ]
        if price.cost is not None:
            each = price.for_each_promise
            row += [number(price.cost, language, 0), number(each, language, 0) if each is not None else "-"]
        rows.append(row)
    yield aligned(rows)
    yield said["chance"]


def _figures(in_time: Estimate, same: Estimate, promises: Estimate) -> list[tuple[Estimate, int]]:
    return [(in_time, 2), (same, 1), (promises, 0)]


def tell_ill(found: Ill, weekday: int, language: str) -> str:
    said = words(language)
    planned, day = f"{found.planned.mean:.0f}", DAY_NAMES[language][weekday]
    head = said["ill"].format(people=found.people, planned=planned, day=day)
    return "\n".join([head, *_days([(said["usual"], found.usual), (said["then"], found.then)], language)])


def tell_outage(found: OutageDay, weekday: int, language: str) -> str:
    said, what = words(language), found.outage
    head = said["outage"].format(
        factor=f"{what.factor:g}", at=_clock(what.at), minutes=f"{what.minutes:g}", day=DAY_NAMES[language][weekday]
    )
    names = {
        "banner": said["banner"].format(after=f"{what.banner_after:g}", share=percent(what.deflects, language, 0)),
        "answer": said["answer"].format(after=f"{what.answer_after:g}"),
    }
    notices = [(names[notice], day) for notice, day in found.notices.items()]
    return "\n".join([head, *_days([(said["usual"], found.usual), (said["then"], found.then), *notices], language)])


def _days(days: Sequence[tuple[str, Day]], language: str) -> Iterator[str]:
    said = words(language)
    backlog = any(day.backlog for _, day in days)
    head = [said["case"], *(said[f"col_{one}"] for one in ("messages", "broken", "waited"))]
    rows = [[*head, *([said["col_backlog"]] if backlog else [])]]
    for name, day in days:
        hours = Estimate(day.waited.mean / 60, day.waited.half_width and day.waited.half_width / 60)
        row = [name, *(_plain(each, language) for each in (day.messages, day.broken, hours))]
        rows.append([*row, *([_plain(day.backlog, language)] if backlog else [])])
    yield aligned(rows)


def _erlang(found: Staffing, language: str) -> Iterator[str]:
    said, need = words(language), found.need
    at = max(range(len(need.load.messages)), key=lambda hour: need.load.messages[hour])
    yield said["erlang"].format(
        messages=number(need.load.messages[at], language, 0),
        handling=number(need.load.handling, language),
        c=found.erlang.c[at],
        a=found.erlang.a[at],
        ours=need.people[at],
    )
    yield said["erlang_why"].format(within=f"{found.within:g}")


def _share(one: Estimate, language: str) -> str:
    text = percent(one.mean, language)
    return text if one.half_width is None else f"{text} ±{number(100 * one.half_width, language)}"


def _signed(one: Estimate, language: str, digits: int) -> str:
    sign = "+" if one.mean > 0 else ""
    text = sign + number(one.mean, language, digits)
    return text if one.half_width is None else f"{text} ±{number(one.half_width, language, digits)}"


def _plain(one: Estimate | None, language: str) -> str:
    if one is None:
        return "-"
    text = number(one.mean, language, 0)
    return text if one.half_width is None else f"{text} ±{number(one.half_width, language, 0)}"


def _clock(minute: float) -> str:
    return f"{int(minute // 60)}:{int(minute % 60):02}"
