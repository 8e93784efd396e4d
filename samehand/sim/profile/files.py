"""Reads a profile from JSON and writes one. Every word is checked before anything is drawn: its kind, its range."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from samehand.sim.folders import check_rules, is_number, read_json
from samehand.sim.profile.values import Profile
from samehand.sim.world import ScenarioError

EXAMPLES = Path(__file__).parents[1] / "profiles"

# From, to, and what to do about it. Wide enough for any help desk, narrow enough that a run comes to an end.
RANGES: dict[str, tuple[float, float, str]] = {
    "days": (1, 3660, "28 gives steady figures, 365 a year"),
    "subscribers": (1, 1e9, "how many customers there are"),
    "messages_per_day": (0.1, 1e6, "all of the customers' messages, follow-ups as well"),
    "people": (1, 20_000, "how many seats the crew has"),
    "warm_days": (0, 3660, "days at the beginning that are not measured; 7 is usual"),
    "open_min": (0, 1440, "minutes from midnight; 480 is eight o'clock"),
    "close_min": (0, 1440, "minutes from midnight; 1320 is ten in the evening"),
    "promise": (0.1, 1440, "minutes until the first human word; 30 is the house's own"),
    "over_dispersion": (1, 100, "at least 1, which is Poisson; 1.85 is a real hotline"),
    "exchange_tail": (1.01, 10, "above 1; 2.1 fits help desks, less makes longer cases"),
    "longest_exchange": (1, 1000, "messages of a customer in one case"),
    "later_work": (0, 10, "how long a follow-up takes beside a first message; 0.85 is usual"),
    "postscript_share": (0, 1, "a share: 0.06 is 6 %"),
    "postscript_minutes": (0.01, 1440, "minutes, on average"),
    "returning": (1e-6, 1e3, "above 0; smaller means more returning customers"),
    "shift_minutes": (1, 1440, "minutes; 480 is eight hours"),
    "days_on": (1, 7, "days a week"),
    "break_scatter": (0, 240, "minutes by which a break comes sooner or later than planned"),
    "leave_days_per_year": (0, 365, "days of leave a year and person"),
    "sick_share": (0, 0.99, "a share: 0.045 is 4.5 % of shifts"),
    "sick_days": (1, 365, "days that an illness lasts, on average"),
    "turnover_per_year": (0, 50, "a share of the crew: 0.25 is a quarter a year"),
    "ramp_days": (0, 3660, "days on which a newcomer is slower"),
    "speed_sigma": (0, 2, "how unequal people's speed is; 0.12 is usual"),
    "calls_per_hour": (0, 60, "calls an hour and person"),
    "call_minutes": (0, 600, "minutes, the median"),
    "call_sigma": (0, 3, "sigma of a log-normal; 0.7 is usual"),
}
# Of what a list or an object holds, by the word and the name inside.
INSIDE: dict[str, tuple[float, float, str]] = {
    "hours": (0, 1e6, "weights of the hours of a day"),
    "weekdays": (0, 1e6, "weights of the days, Monday first"),
    "hour_of_week": (0, 1e6, "weights of the hours, Monday 00-01 first"),
    "starts": (0, 1439.99, "minutes from midnight"),
    "breaks": (0, 480, "minutes of each break"),
    "languages": (0, 1e6, "shares of customers"),
    "share": (0, 1e6, "a share; they need not add up to 1"),
    "median_minutes": (0.01, 100_000, "minutes, above 0"),
    "sigma": (0, 3, "sigma of a log-normal; 0.7 is usual"),
    "urgent": (0, 1, "1 when the topic goes before all others"),
    "day": (0, 3660, "which day, 0 is the first Monday"),
    "minute": (0, 1440, "minutes from midnight"),
    "minutes": (0, 100_000, "how long it lasts"),
    "factor": (0, 1000, "how many times the mail; 8 is an outage"),
}
NEEDED = {
    "topics": {"share", "median_minutes", "sigma"},
    "delays": {"share", "median_minutes", "sigma"},
    "surges": {"day", "minute", "minutes", "factor"},
}
LENGTHS = {"hours": {24}, "weekdays": {7}, "hour_of_week": {0, 168}}


def read_profile(path: Path) -> Profile:
    given = read_json(path)
    given.setdefault("name", path.stem)
    known = {each.name: each for each in fields(Profile)}
    for key in given.keys() - known.keys():
        near = get_close_matches(key, known, 1)
        raise ScenarioError(f"{path}: {key!r} is not known" + (f"; did you mean {near[0]!r}?" if near else ""))
    missing = [name for name, each in known.items() if _required(each) and name not in given]
    if missing:
        raise ScenarioError(f"{path}: {missing[0]!r} is missing; the example in {EXAMPLES} has every word")
    for key, value in given.items():
        _check_kind(path, key, value, str(known[key].type))
    frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}
    return check_profile(Profile(**frozen), str(path))


def profile_json(profile: Profile) -> str:
    """The file that `read_profile` reads again."""
    return json.dumps(asdict(profile), ensure_ascii=False, indent=2) + "\n"


def _required(each: Any) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


# By the annotations of the profile, which are texts.
KINDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "str": ("a text", lambda value: isinstance(value, str)),
    "int": ("a whole number", lambda value: is_number(value) and isinstance(value, int)),
    "float": ("a number", lambda value: is_number(value)),
    "Numbers": ("a list of numbers", lambda value: isinstance(value, list) and all(map(is_number, value))),
    "dict[str, float]": ("an object of numbers", lambda value: _of_numbers(value)),
    "dict[str, dict[str, float]]": (
        "an object of objects of numbers",
        lambda value: isinstance(value, dict) and all(map(_of_numbers, value.values())),
    ),
    "tuple[dict[str, float], ...]": (
        "a list of objects of numbers",
        lambda value: isinstance(value, list) and all(map(_of_numbers, value)),
    ),
    "tuple[dict[str, Any], ...]": (
        "a list of objects",
        lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
    ),
}


def _check_kind(path: Path, key: str, value: object, kind: str) -> None:
    words, fits = KINDS[kind]
    if not fits(value):
        raise ScenarioError(f"{path}: {key!r} must be {words}, not {value!r}"[:300])


def _is_share(value: object) -> bool:
    return is_number(value) and value >= 0  # type: ignore[operator]


def _of_numbers(value: object) -> bool:
    return isinstance(value, dict) and all(map(is_number, value.values()))


def check_profile(profile: Profile, where: str) -> Profile:
    """Refuses what cannot be drawn, naming the word, its range and what it means; `where` begins the message."""
    for key, limits in RANGES.items():
        _within(where, repr(key), getattr(profile, key), limits)
    for key, lengths in LENGTHS.items():
        if len(getattr(profile, key)) not in lengths:
            raise ScenarioError(f"{where}: {key!r} must have {max(lengths)} numbers; {INSIDE[key][2]}")
    for key in (*LENGTHS, "starts", "breaks"):
        for number in getattr(profile, key):
            _within(where, f"each of {key!r}", number, INSIDE[key])
    _check_shapes(where, profile)
    for key, needed in NEEDED.items():
        _check_entries(where, key, needed, getattr(profile, key))
    check_rules(profile.rules(), where)
    _check_skills(where, profile)
    return profile


def _within(where: str, what: str, value: float, limits: tuple[float, float, str]) -> None:
    low, high, meaning = limits
    if not low <= value <= high:
        raise ScenarioError(f"{where}: {what} must be from {low:.12g} to {high:.12g}, not {value:.12g}: {meaning}")


def _check_shapes(where: str, profile: Profile) -> None:
    for key in ("hours", "weekdays", "hour_of_week"):
        numbers = getattr(profile, key)
        if numbers and not sum(numbers):
            raise ScenarioError(f"{where}: {key!r} must not be all 0; nobody would ever write")
    if profile.warm_days >= profile.days:
        raise ScenarioError(f"{where}: 'warm_days' must be fewer than 'days', or nothing is measured")
    if not profile.starts:
        raise ScenarioError(f"{where}: 'starts' needs at least one minute at which shifts begin; 480 is eight o'clock")
    if sum(profile.breaks) >= profile.shift_minutes:
        raise ScenarioError(f"{where}: 'breaks' must be shorter than the shift, 'shift_minutes'")


def _check_entries(where: str, key: str, needed: set[str], entries: Any) -> None:
    listed = entries.items() if isinstance(entries, dict) else enumerate(entries, 1)
    for name, one in listed:
        if not needed <= one.keys():
            raise ScenarioError(f"{where}: each of {key!r} needs {', '.join(sorted(needed))}; {name} lacks one")
        for word, value in one.items():
            if word not in needed and (key, word) != ("topics", "urgent"):
                raise ScenarioError(f"{where}: {word!r} in {key!r} is not known; there are {', '.join(sorted(needed))}")
            _within(where, f"{word!r} of {name} in {key!r}", value, INSIDE[word])
    if key == "delays" and not sum(one["share"] for one in entries):
        raise ScenarioError(f"{where}: 'delays' needs at least one with a share above 0")


def _check_skills(where: str, profile: Profile) -> None:
    for language, share in profile.languages.items():
        _within(where, f"{language} in 'languages'", share, INSIDE["languages"])
    shares = {name: topic["share"] for name, topic in profile.topics.items()}
    _check_groups(where, "skills", "topics", shares, profile.skills)
    _check_groups(where, "spoken", "languages", profile.languages, profile.spoken)


def _check_groups(
    where: str, key: str, word: str, known: Mapping[str, float], groups: tuple[dict[str, Any], ...]
) -> None:
    if not sum(known.values()):
        raise ScenarioError(f"{where}: {word!r} needs at least one with a share above 0")
    for group in groups:
        listed, share = group.get(word), group.get("share")
        if not isinstance(listed, list | tuple) or not _is_share(share):
            raise ScenarioError(f'{where}: each of {key!r} looks like {{"share": 0.3, "{word}": [...]}}')
        strange = next((one for one in listed if not isinstance(one, str) or one not in known), None)
        if strange is not None:
            raise ScenarioError(f"{where}: {key!r} names {strange!r}, which is not among {word!r}: {', '.join(known)}")
    if groups and not sum(group["share"] for group in groups):
        raise ScenarioError(f"{where}: the shares in {key!r} are all 0")
