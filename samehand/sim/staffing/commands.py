"""`samehand staffing`: how many people, what one more or less changes, and what bad days would do."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from samehand.sim.profile import EXAMPLES, Profile, read_profile
from samehand.sim.running import PolicyError
from samehand.sim.staffing.asking import (
    an_outage,
    as_values,
    asked_within,
    people_ill,
    staffing,
    week_of_plan,
)
from samehand.sim.staffing.crews import Crew
from samehand.sim.staffing.needed import Told
from samehand.sim.staffing.outages import Outage
from samehand.sim.staffing.telling import tell_ill, tell_outage, tell_staffing
from samehand.sim.staffing.whatif import NOTICES, Notice
from samehand.sim.staffing.words import words
from samehand.sim.words import LANGUAGES, percent
from samehand.sim.world import ScenarioError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SECONDS_BETWEEN_PROGRESS = 0.3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--target", type=float, default=99.5, metavar="PERCENT", help="answered in time (99.5)")
    parser.add_argument("--within", type=float, metavar="MINUTES", help="the promise (the profile's)")
    parser.add_argument("--hour-cost", type=float, metavar="MONEY", help="what an hour of work costs, for the prices")
    parser.add_argument("--no-prices", action="store_true", help="leave out what one more or less changes")
    parser.add_argument("--ill", type=int, metavar="N", help="what if so many are ill")
    parser.add_argument("--outage", type=float, metavar="FACTOR", help="what if an outage brings FACTOR times the mail")
    parser.add_argument("--at", type=_clock, default=600.0, metavar="HH[:MM]", help="when the outage begins (10)")
    parser.add_argument("--for", dest="minutes", type=float, default=60.0, metavar="MIN", help="how long it lasts (60)")
    parser.add_argument("--notice", choices=NOTICES, help="only this notice (both)")
    parser.add_argument("--deflects", type=float, default=50.0, metavar="PERCENT", help="who heeds a banner (50)")
    parser.add_argument("--day", choices=WEEKDAYS, help="the day of illness or outage (mon; with history: tomorrow)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the first seed (1)")
    parser.add_argument("--json", action="store_true", help="print the answers as JSON")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="of the answers (en)")


def read(path: Path | None) -> Profile:
    return read_profile(EXAMPLES / "example.json" if path is None or str(path) == "example" else path)


def answer(args: argparse.Namespace, profile: Profile, roster: Crew = (), weekday: int = 0) -> None:
    """Print what was asked. Figures go to standard output, progress and speed to standard error."""
    try:
        _answer(args, profile, roster, weekday)
    except (ScenarioError, PolicyError) as error:
        raise SystemExit(str(error))


def _answer(args: argparse.Namespace, profile: Profile, roster: Crew, weekday: int) -> None:
    check(args)
    began = time.perf_counter()
    profile = asked_within(profile, args.within) if args.within is not None else profile
    day = WEEKDAYS.index(args.day) if args.day else weekday
    answers = list(_answers(args, profile, roster, day))
    clear_progress()
    if args.json:
        print(json.dumps({name: values for name, _, values in answers}, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(text for _, text, _ in answers))
    print(words(args.lang)["speed"].format(seconds=time.perf_counter() - began), file=sys.stderr)


def _answers(
    args: argparse.Namespace, profile: Profile, roster: Crew, day: int
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What was asked, one after another: its name, the answer in words, and as values."""
    target, told = args.target / 100, _teller(args, "doing_people")
    found = staffing(profile, target, told, roster, args.hour_cost, args.seed, not args.no_prices)
    yield "staffing", tell_staffing(found, profile, args.lang), as_values(found)
    week = roster or week_of_plan(profile, found.need.plan)
    if args.ill is not None:
        ill = people_ill(profile, week, day, args.ill, _teller(args, "doing_ill"), args.seed)
        yield "ill", tell_ill(ill, day, args.lang), as_values(ill)
    if args.outage is not None:
        what = Outage(factor=args.outage, at=args.at, minutes=args.minutes, deflects=args.deflects / 100)
        notices: Sequence[Notice] = (args.notice,) if args.notice else NOTICES
        struck = an_outage(profile, week, day, what, _teller(args, "doing_outage"), notices, args.seed)
        yield "outage", tell_outage(struck, day, args.lang), as_values(struck)


def check(args: argparse.Namespace) -> None:
    refusals: Sequence[tuple[bool, str]] = (
        (not 50 <= args.target < 100, "--target is from 50 to below 100 per cent: nobody can promise all"),
        (args.hour_cost is not None and not 0 <= args.hour_cost <= 1e6, "--hour-cost is an amount from 0 on"),
        (args.ill is not None and not 0 <= args.ill <= 20_000, "--ill is a number of people from 0 on"),
        (args.outage is not None and not 1 <= args.outage <= 1000, "--outage is a factor from 1 to 1000"),
        (not 0 < args.minutes <= 1440, "--for is from 1 to 1440 minutes"),
        (not 0 <= args.deflects <= 100, "--deflects is from 0 to 100 per cent"),
    )
    for refused, text in refusals:
        if refused:
            raise ScenarioError(text)


def _clock(text: str) -> float:
    hour, _, minute = text.partition(":")
    if not (hour.isdecimal() and (minute or "0").isdecimal() and int(hour) < 24 and int(minute or 0) < 60):
        raise argparse.ArgumentTypeError(f"{text!r} is no time of the day; write 10 or 10:30")
    return int(hour) * 60.0 + int(minute or 0)


def _teller(args: argparse.Namespace, doing: str) -> Told:
    """Progress for a person at a terminal, in one line."""
    what = words(args.lang)[doing]
    last = time.monotonic()

    def tell(share: float) -> None:
        nonlocal last
        if sys.stderr.isatty() and time.monotonic() - last > SECONDS_BETWEEN_PROGRESS:
            last = time.monotonic()
            print(f"\r\033[K{what}: {percent(share, args.lang, 0)}", end="", file=sys.stderr, flush=True)

    return tell


def clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
