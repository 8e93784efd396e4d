"""`samehand simulate`: what would these people and this policy have made of these weeks?"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from samehand.sim.comparing import MakeWorld, Outcome, Told
from samehand.sim.comparing import simulate as simulate_all
from samehand.sim.curves import Curves, curves
from samehand.sim.folders import read_folder
from samehand.sim.losses import losses
from samehand.sim.making import make_world
from samehand.sim.policies import chosen, policies
from samehand.sim.printing import Kept, as_json, as_text, compared, write_messages, write_text
from samehand.sim.profile import EXAMPLES, read_profile
from samehand.sim.report import Result, html
from samehand.sim.running import PolicyError
from samehand.sim.words import LANGUAGES, number, words
from samehand.sim.world import DAY, ScenarioError

SECONDS_BETWEEN_PROGRESS = 0.5


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
    parser.add_argument("--losses", action="store_true", help="why follow-ups were not answered by their owner in time")
    parser.add_argument("--out", type=Path, metavar="CSV", help="every message and who answered it")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--report", type=Path, metavar="HTML", help="a page with pictures")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="of the table and the report (en)")


def simulate(args: argparse.Namespace) -> int:
    try:
        _simulate(args)
    except (ScenarioError, PolicyError) as error:
        raise SystemExit(str(error))
    finally:
        _clear_progress()
    return 0


def _simulate(args: argparse.Namespace) -> None:
    if not 1 <= args.seeds <= 1000:
        raise ScenarioError("--seeds must be from 1 to 1000")
    for path in (args.out, args.report):
        if path and not path.parent.is_dir():
            raise ScenarioError(f"{path} cannot be written: there is no folder {path.parent}")
    simulation = _Simulation(args)
    simulation.go()
    _clear_progress()
    simulation.tell()


class _Simulation:
    def __init__(self, args: argparse.Namespace) -> None:
        self.args, self.wanted = args, chosen(args.policy)
        self.began, self.events, self.seconds, self.promise = time.perf_counter(), 0, 0.0, 0.0
        self.make, self.name = _scenario(args)
        self.kept = {policy: Kept() for policy in self.wanted}
        self.curves: dict[str, Curves] = {}

    def go(self) -> None:
        args = self.args
        seeds = range(args.seed, args.seed + args.seeds)
        for outcome in simulate_all(self.make, seeds, self.wanted, _teller(args)):
            self._keep(outcome)
            if args.out:
                several = len(self.wanted) * args.seeds > 1
                write_messages(_named(args.out, outcome) if several else args.out, outcome)

    def _keep(self, outcome: Outcome) -> None:
        args, kept = self.args, self.kept[outcome.policy]
        self.events += outcome.log.events
        self.seconds += outcome.seconds
        self.promise = outcome.world.rules.promise
        kept.seeds.append(outcome.seed)
        kept.figures.append(outcome.figures)
        if args.losses or args.report:
            kept.losses.append(losses(outcome.world, outcome.log))
        if args.report and outcome.policy not in self.curves:
            self.curves[outcome.policy] = curves(outcome.world, outcome.log)

    def tell(self) -> None:
        args, kept = self.args, self.kept
        print(as_json(self.name, kept) if args.json else as_text(self.name, kept, args.lang, args.losses))
        _tell_speed(args.lang, self.events, self.seconds, time.perf_counter() - self.began)
        if args.report:
            rows = {policy: each.row() for policy, each in kept.items()}
            lost = {policy: each.loss_row() for policy, each in kept.items()}
            result = Result(self.name, args.seeds, self.promise, rows, self.curves, compared(kept), lost)
            write_text(args.report, html(result, args.lang))


def _scenario(args: argparse.Namespace) -> tuple[MakeWorld, str]:
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


def _named(path: Path, outcome: Outcome) -> Path:
    return path.with_suffix(f".{outcome.policy}.{outcome.seed}{path.suffix or '.csv'}")


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


def _tell_speed(language: str, events: int, seconds: float, whole: float) -> None:
    """Speed is no result: on standard output it would make two equal runs differ."""
    rate = events / max(seconds, 1e-9)
    figures = {"events": (events, 0), "seconds": (seconds, 2), "rate": (rate, 0), "whole": (whole, 2)}
    said = {name: number(value, language, digits) for name, (value, digits) in figures.items()}
    print(words(language)["speed"].format(**said), file=sys.stderr)
