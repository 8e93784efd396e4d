"""A profile: a made-up operator in one JSON file, checked before anything is drawn."""

from __future__ import annotations

import math
from dataclasses import MISSING, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from samehand.sim.folders import check_rules, is_number, read_json
from samehand.sim.world import Rules, ScenarioError

EXAMPLES = Path(__file__).parent / "profiles"
Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that is drawn has its parameters here; `docs/simulator.md` says what each means."""

    days: int
    subscribers: int
    messages_per_day: float
    people: int
    name: str = ""
    warm_days: int = 7
    open_min: float = 480.0
    close_min: float = 1320.0
    promise: float = 30.0
    over_dispersion: float = 1.85
    hours: Numbers = tuple([0.3] * 6 + [1, 2, 5, 7, 8, 8, 7, 7, 7, 7, 7, 6.5, 6.5, 6.5, 6, 4.5, 2, 0.8])
    weekdays: Numbers = (1.22, 1.12, 1.06, 1.04, 1.0, 0.82, 0.74)
    hour_of_week: Numbers = ()
    surges: tuple[dict[str, float], ...] = ()
    topics: dict[str, dict[str, float]] = field(
        default_factory=lambda: {"general": {"share": 1.0, "median_minutes": 5.0, "sigma": 0.7}}
    )
    languages: dict[str, float] = field(default_factory=lambda: {"PL": 1.0})
    exchange_tail: float = 2.1
    longest_exchange: int = 40
    later_work: float = 0.85
    postscript_share: float = 0.06
    postscript_minutes: float = 8.0
    delays: tuple[dict[str, float], ...] = (
        {"share": 0.45, "median_minutes": 18, "sigma": 1.0},
        {"share": 0.33, "median_minutes": 210, "sigma": 0.8},
        {"share": 0.22, "median_minutes": 1900, "sigma": 0.9},
    )
    returning: float = 0.5
    skills: tuple[dict[str, Any], ...] = ()
    spoken: tuple[dict[str, Any], ...] = ()
    shift_minutes: float = 480.0
    starts: Numbers = (360, 390, 420, 450, 480, 540, 600, 660, 720, 780, 840)
    days_on: int = 5
    breaks: Numbers = (15, 20, 15)
    leave_days_per_year: float = 26
    sick_share: float = 0.045
    sick_days: float = 3.0
    turnover_per_year: float = 0.25
    ramp_days: int = 28
    speed_sigma: float = 0.12
    calls_per_hour: float = 0.5
    call_minutes: float = 4.0
    call_sigma: float = 0.7

    def rules(self) -> Rules:
        return Rules(
            name=self.name,
            days=self.days,
            measured_from=self.warm_days * 1440.0,
            measured_to=self.days * 1440.0 - (1440.0 if self.days - self.warm_days > 1 else 0.0),
            open_min=self.open_min,
            close_min=self.close_min,
            promise=self.promise,
            urgent=tuple(name for name, topic in self.topics.items() if topic.get("urgent")),
        )


def mean_exchange(tail: float, longest: int) -> float:
    """Messages in a case of this tail, on average."""
    weights = [math.pow(length, -tail) for length in range(1, longest + 1)]
    return sum(n * weight for n, weight in enumerate(weights, 1)) / sum(weights)


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
        _check_kind(path, key, value, known[key].type)
    frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}
    return _check(path, Profile(**frozen))


def _required(each: Any) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _check_kind(path: Path, key: str, value: object, kind: object) -> None:
    """The kinds are texts here, because annotations are."""
    expected = {
        "str": ("a text", isinstance(value, str)),
        "int": ("a whole number from 0 on", is_number(value) and isinstance(value, int) and value >= 0),
        "float": ("a number from 0 on", is_number(value) and value >= 0),  # type: ignore[operator]
        "Numbers": ("a list of numbers from 0 on", isinstance(value, list) and all(_at_least_0(one) for one in value)),
        "dict[str, float]": ("an object of numbers", _of_numbers(value)),
        "dict[str, dict[str, float]]": (
            "an object of objects of numbers",
            isinstance(value, dict) and all(_of_numbers(one) for one in value.values()),
        ),
        "tuple[dict[str, float], ...]": (
            "a list of objects of numbers",
            isinstance(value, list) and all(_of_numbers(one) for one in value),
        ),
    }.get(str(kind), ("a list of objects", isinstance(value, list) and all(isinstance(one, dict) for one in value)))
    if not expected[1]:
        raise ScenarioError(f"{path}: {key!r} must be {expected[0]}, not {value!r}"[:300])


def _at_least_0(value: object) -> bool:
    return is_number(value) and value >= 0  # type: ignore[operator]


def _of_numbers(value: object) -> bool:
    return isinstance(value, dict) and all(_at_least_0(one) for one in value.values())


def _check(path: Path, profile: Profile) -> Profile:
    def refuse_unless(claim: bool, text: str) -> None:
        if not claim:
            raise ScenarioError(f"{path}: {text}")

    refuse_unless(profile.warm_days < profile.days, "'warm_days' must be fewer than 'days'")
    check_rules(profile.rules(), path)
    refuse_unless(0 < profile.people <= 20_000, "'people' must be from 1 to 20000")
    refuse_unless(profile.subscribers > 0, "'subscribers' must be at least 1")
    refuse_unless(0 < profile.messages_per_day <= 1_000_000, "'messages_per_day' must be above 0, at most 1000000")
    refuse_unless(profile.over_dispersion >= 1, "'over_dispersion' must be at least 1, which is Poisson")
    refuse_unless(profile.exchange_tail > 1, "'exchange_tail' must be above 1; 2.1 fits help desks")
    refuse_unless(1 <= profile.longest_exchange <= 1000, "'longest_exchange' must be from 1 to 1000")
    refuse_unless(len(profile.hour_of_week) in {0, 168}, "'hour_of_week' must have 168 numbers, Monday 00-01 first")
    refuse_unless(len(profile.hours) == 24 and sum(profile.hours) > 0, "'hours' must have 24 numbers, not all 0")
    refuse_unless(len(profile.weekdays) == 7 and sum(profile.weekdays) > 0, "'weekdays' must have 7 numbers, not all 0")
    refuse_unless(not profile.hour_of_week or sum(profile.hour_of_week) > 0, "'hour_of_week' must not be all 0")
    refuse_unless(1 <= profile.days_on <= 7, "'days_on' must be from 1 to 7 days a week")
    refuse_unless(0 < profile.shift_minutes <= 1440 and bool(profile.starts), "shifts need a length and 'starts'")
    refuse_unless(profile.sick_share < 1 and profile.sick_days >= 1, "'sick_share' is below 1, 'sick_days' from 1 on")
    refuse_unless(profile.postscript_share <= 1, "'postscript_share' must be at most 1")
    refuse_unless(profile.returning > 0, "'returning' must be above 0; smaller means more returning customers")
    for key, needed in (
        ("topics", {"share", "median_minutes", "sigma"}),
        ("delays", {"share", "median_minutes", "sigma"}),
    ):
        entries = getattr(profile, key)
        for one in entries.values() if isinstance(entries, dict) else entries:
            refuse_unless(needed <= one.keys(), f"each of {key!r} needs {', '.join(sorted(needed))}")
            refuse_unless(one["median_minutes"] > 0, f"'median_minutes' in {key!r} must be above 0")
    for one in profile.surges:
        refuse_unless(
            {"day", "minute", "minutes", "factor"} <= one.keys(), "a surge needs day, minute, minutes, factor"
        )
    _check_skills(path, profile)
    return profile


def _check_skills(path: Path, profile: Profile) -> None:
    for key, word, known in (("skills", "topics", profile.topics), ("spoken", "languages", profile.languages)):
        if not known or not sum(one["share"] if isinstance(one, dict) else one for one in known.values()):
            raise ScenarioError(f"{path}: {word!r} needs at least one with a share above 0")
        groups = getattr(profile, key)
        for group in groups:
            listed = group.get(word)
            if not isinstance(listed, list) or not _at_least_0(group.get("share")):
                raise ScenarioError(f'{path}: each of {key!r} looks like {{"share": 0.3, "{word}": [...]}}')
            strange = next((one for one in listed if not isinstance(one, str) or one not in known), None)
            if strange is not None:
                raise ScenarioError(f"{path}: {key!r} names {strange!r}, which is not among {word!r}")
        if groups and not sum(group["share"] for group in groups):
            raise ScenarioError(f"{path}: the shares in {key!r} are all 0")
