"""`samehand simulate`: what would these people and this policy have made of these weeks?"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from samehand.sim.comparing import Outcome, Told, curves, summarise
from samehand.sim.comparing import simulate as simulate_all
from samehand.sim.folders import read_folder
from samehand.sim.making import make_world
from samehand.sim.measuring import Figures
from samehand.sim.policies import chosen, policies
from samehand.sim.profile import EXAMPLES, read_profile
from samehand.sim.report import Result, html
from samehand.sim.running import PolicyError
from samehand.sim.words import LANGUAGES, TABLE, shown, words
from samehand.sim.world import DAY, ScenarioError

CSV_COLUMNS = ["message", "customer", "case", "arrived", "answered", "consultant"]
SECONDS_BETWEEN_PROGRESS = 0.5
# Figures stay, logs go: a year of five policies would not fit into memory.
Kept = dict[str, list[tuple[int, Figures]]]


def simulate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "scenario", type=Path, metavar="SCENARIO", help="a scenario folder, a profile in JSON, or the word: example"
    )
    add_options(parser)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--policy", default="all", metavar="NAME", help=f"all, or some with commas: {', '.join(policies())} (all)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the first seed of a profile (1)")
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help="how many seeds, for intervals (1)")
    parser.add_argument("--days", type=int, metavar="N", help="simulate so many days of a profile")
    parser.add_argument("--out", type=Path, metavar="CSV", help="every message and who answered it")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--report", type=Path, metavar="HTML", help="a page with pictures")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="of the table and the report (en)")


def simulate(args: argparse.Namespace) -> int:
    try:
        _simulate(args)
    except (ScenarioError, PolicyError) as error:
        raise SystemExit(str(error))
    return 0


def _simulate(args: argparse.Namespace) -> None:
    if not 1 <= args.seeds <= 1000:
        raise ScenarioError("--seeds must be from 1 to 1000")
    wanted = chosen(args.policy)
    several = len(wanted) * args.seeds > 1
    began, events, seconds = time.perf_counter(), 0, 0.0
    make, name = _scenario(args)
    kept: Kept = {}
    pictures: dict[str, Any] = {}
    seeds = range(args.seed, args.seed + args.seeds)
    promise = 0.0
    for outcome in simulate_all(make, seeds, wanted, _teller(args)):
        events += outcome.log.events
        seconds += outcome.seconds
        promise = outcome.world.rules.promise
        if args.out:
            _write(_named(args.out, outcome, several), outcome)
        if args.report and outcome.policy not in pictures:
            pictures[outcome.policy] = curves(outcome.world, outcome.log)
        kept.setdefault(outcome.policy, []).append((outcome.seed, outcome.figures))
    _clear_progress()
    _print(args, name, kept)
    _tell_speed(args.lang, events, seconds, time.perf_counter() - began)
    if args.report:
        result = Result(
            name, len(seeds), promise, {p: summarise(f for _, f in all_) for p, all_ in kept.items()}, pictures
        )
        _write_text(args.report, html(result, args.lang))


def _scenario(args: argparse.Namespace) -> tuple[Any, str]:
    path = EXAMPLES / "example.json" if str(args.scenario) == "example" else args.scenario
    if path.is_dir():
        if args.seeds > 1 or args.days:
            raise ScenarioError("--seeds and --days are for profiles: everything in a scenario folder is given")
        world = read_folder(path)
        return (lambda _seed: world), world.rules.name
    profile = read_profile(path)
    if args.days is not None:
        if not 1 <= args.days <= 3660:
            raise ScenarioError("--days must be from 1 to 3660")
        profile = replace(profile, days=args.days, warm_days=min(profile.warm_days, args.days // 4))
    return (lambda seed: make_world(profile, seed)), profile.name


def _teller(args: argparse.Namespace) -> Told:
    """Progress for a person at a terminal, in one line, not more than twice a second."""
    last = time.monotonic()

    def tell(policy: str, seed: int, now: float) -> None:
        nonlocal last
        if sys.stderr.isatty() and time.monotonic() - last > SECONDS_BETWEEN_PROGRESS:
            last = time.monotonic()
            line = words(args.lang)["progress"].format(policy=policy, seed=seed, day=int(now // DAY) + 1)
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)

    return tell


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _named(path: Path, outcome: Outcome, several: bool) -> Path:
    return path.with_suffix(f".{outcome.policy}.{outcome.seed}{path.suffix or '.csv'}") if several else path


def _write(path: Path, outcome: Outcome) -> None:
    log, world = outcome.log, outcome.world
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(CSV_COLUMNS)
            for number in sorted(log.arrived):
                case = world.messages[number].case
                answered = f"{log.answered[number]:.3f}" if number in log.answered else ""
                row = [number, world.cases[case].customer, case, f"{log.arrived[number]:.3f}", answered]
                writer.writerow([*row, log.consultant.get(number, "")])
    except OSError as error:
        raise ScenarioError(f"{path} cannot be written: {error.strerror}")


def _write_text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ScenarioError(f"{path} cannot be written: {error.strerror}")


def _print(args: argparse.Namespace, name: str, kept: Kept) -> None:
    if args.json:
        print(json.dumps(_as_json(name, kept), ensure_ascii=False, indent=2))
        return
    print(table(name, {policy: summarise(f for _, f in all_) for policy, all_ in kept.items()}, args.lang))


def _tell_speed(language: str, events: int, seconds: float, whole: float) -> None:
    """Speed is no result: on standard output it would make two equal runs differ."""
    rate = events / max(seconds, 1e-9)
    line = words(language)["speed"].format(events=events, seconds=seconds, rate=rate, whole=whole)
    print(line, file=sys.stderr)


def _as_json(name: str, kept: Kept) -> dict[str, Any]:
    return {
        "scenario": name,
        "policies": {
            policy: {
                "mean": {key: one.mean if one else None for key, one in summarise(f for _, f in all_).items()},
                "half_width_95": {
                    key: one.half_width if one else None for key, one in summarise(f for _, f in all_).items()
                },
                "seeds": [{"seed": seed, **figures.named()} for seed, figures in all_],
            }
            for policy, all_ in kept.items()
        },
    }


def table(name: str, rows: dict[str, Any], language: str) -> str:
    said = words(language)
    head = [said["policy"], *(said[f"short_{key}"] for key in TABLE)]
    lines = [head, *([policy, *(shown(key, row[key], language) for key in TABLE)] for policy, row in rows.items())]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    text = [
        "  ".join([line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))])
        for line in lines
    ]
    return "\n".join([name, "", *text, "", said["legend"]])
