"""`samehand staffing` and `samehand simulate history`: the simulator's commands, for the house as it is."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from samehand.sim import commands as simulating
from samehand.sim.profile import Profile
from samehand.sim.staffing import commands as asking
from samehand.sim.world import ScenarioError

if TYPE_CHECKING:
    from samehand.config.whatif.house import House, Seen


def staffing_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("profile", type=Path, nargs="?", metavar="PROFILE", help="a profile in JSON (the example)")
    parser.add_argument("--from-history", action="store_true", help="of this house: its history and its roster")
    parser.add_argument("--mails", type=float, metavar="N", help="mails a day, instead of what the history says")
    asking.add_arguments(parser)


def staffing(args: argparse.Namespace) -> int:
    if args.from_history and args.profile:
        raise SystemExit("either a PROFILE or --from-history")
    if args.mails is not None and not 0 < args.mails <= 1_000_000:
        raise SystemExit("--mails is from above 0 to 1000000 a day")
    if args.from_history:
        return _of_the_house(args)
    try:
        profile = asking.read(args.profile)
    except ScenarioError as refusal:
        raise SystemExit(str(refusal))
    asking.answer(args, with_mails(profile, args.mails))
    return 0


def _of_the_house(args: argparse.Namespace) -> int:
    # This command prepares itself, because of its two halves only one needs the house.
    from samehand.config import cli

    cli.prepare("staffing", "database")
    with cli.database("database"):
        house = _house(args.mails)
    asking.answer(args, house.profile, house.week, house.tomorrow)
    return 0


def simulate_history_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", type=Path, metavar="JSON", help="write the profile of this house, to change it")
    simulating.add_options(parser)


def simulate_history(args: argparse.Namespace) -> int:
    profile = _house(None).profile
    if args.write:
        _write(args.write, profile)
    with TemporaryDirectory(prefix="samehand-") as folder:
        args.scenario = Path(folder) / "history.json"
        _write(args.scenario, profile)
        return simulating.simulate(args)


def _house(mails: float | None) -> House:
    from samehand.config.whatif.house import this_house
    from samehand.lib.clock import now

    house = this_house(now(), mails)
    if house.seen.is_none and mails is None:
        raise SystemExit(
            f"the history is too short: {_from(house.seen)}. Give --mails N (a day), and the example profile says the "
            "rest; or give a PROFILE"
        )
    if house.seen.is_short:
        print(f"samehand: {_from(house.seen)}; what they do not show is the example profile's.", file=sys.stderr)
    return house


def _from(seen: Seen) -> str:
    return f"{seen.cases} cases in {seen.weeks:.1f} weeks, {seen.works} of their answers with a known length"


def with_mails(profile: Profile, mails: float | None) -> Profile:
    from dataclasses import replace

    return profile if mails is None else replace(profile, messages_per_day=mails)


def _write(path: Path, profile: Profile) -> None:
    try:
        path.write_text(json.dumps(asdict(profile), ensure_ascii=False, indent=2), encoding="utf-8")
    except OSError as error:
        raise SystemExit(f"{path} cannot be written: {error.strerror}")
