"""The crew in figures: who can do what, when shifts begin, what keeps people away and what interrupts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from samehand.sim.fitting.history import History, PastShift
from samehand.sim.fitting.shapes import lean, log_normal, trust_in
from samehand.sim.profile import Profile
from samehand.sim.world import DAY

Found = dict[str, tuple[Any, int, float]]
FEWEST_SHIFTS = 20
STARTS = 11
SHIFTS_OF_THE_DEFAULT, ILLNESSES_OF_THE_DEFAULT = 200.0, 10.0
YEARS_OF_THE_DEFAULT, HOURS_OF_THE_DEFAULT = 5.0, 100.0


def fit_people(history: History, base: Profile, topics: Iterable[str], languages: Iterable[str]) -> Found:
    """By word of the profile: the value, from how many observations, and how far it is the history's own."""
    return {
        **_skills(history, base, list(topics), list(languages)),
        **_shifts(history, base),
        **_absences(history, base),
        **_years(history, base),
        **_calls(history, base),
    }


def _skills(history: History, base: Profile, topics: list[str], languages: list[str]) -> Found:
    count = len(history.crew)
    if not count:
        # The default's groups may name topics that this operator does not have.
        return {"skills": _kept(base.skills, "topics", topics), "spoken": _kept(base.spoken, "languages", languages)}
    able = _groups((who.topics & set(topics) for who in history.crew), "topics", count)
    spoken = _groups((who.languages & set(languages) for who in history.crew), "languages", count)
    return {"people": (count, count, 1.0), "skills": (able, count, 1.0), "spoken": (spoken, count, 1.0)}


def _kept(groups: Sequence[dict[str, Any]], word: str, known: list[str]) -> tuple[Any, int, float]:
    named = {one for group in groups for one in group[word]}
    return (groups if named <= set(known) else ()), 0, 0.0


def _groups(sets: Iterable[frozenset[str]], word: str, count: int) -> tuple[dict[str, Any], ...]:
    counted = Counter(tuple(sorted(one)) for one in sets)
    return tuple({"share": round(n / count, 4), word: list(one)} for one, n in sorted(counted.items()) if one)


def _shifts(history: History, base: Profile) -> Found:
    shifts = history.shifts
    people = len({shift.person for shift in shifts})
    if len(shifts) < FEWEST_SHIFTS or history.weeks < 1:
        return {}
    starts = sorted(shift.start % DAY for shift in shifts)
    chosen = tuple(starts[int((n + 0.5) / STARTS * len(starts))] for n in range(STARTS))
    length = median(shift.end - shift.start for shift in shifts)
    worked = (len(shifts) + (history.leave_days or 0)) / (people * history.weeks)
    days_on = min(max(round(worked), 1), 7)
    return {
        "starts": (chosen, len(shifts), 1.0),
        "shift_minutes": (length, len(shifts), 1.0),
        "days_on": (days_on, len(shifts), 1.0),
    }


def _absences(history: History, base: Profile) -> Found:
    planned, missed = len(history.shifts), sum(not shift.came for shift in history.shifts)
    if not planned:
        return {}
    trust, illnesses = trust_in(planned, SHIFTS_OF_THE_DEFAULT), list(_illnesses(history.shifts))
    lasting = trust_in(len(illnesses), ILLNESSES_OF_THE_DEFAULT)
    days = lean(sum(illnesses) / len(illnesses), base.sick_days, lasting) if illnesses else base.sick_days
    share = min(lean(missed / planned, base.sick_share, trust), 0.99)
    return {
        "sick_share": (round(share, 5), planned, trust),
        "sick_days": (round(max(days, 1.0), 3), len(illnesses), lasting),
    }


def _illnesses(shifts: Sequence[PastShift]) -> Iterable[int]:
    """Days from the first missed shift to the last of those missed in a row."""
    of_person: dict[int, list[PastShift]] = {}
    for shift in sorted(shifts, key=lambda one: (one.person, one.start)):
        of_person.setdefault(shift.person, []).append(shift)
    for own in of_person.values():
        since: int | None = None
        until = 0
        for shift in own:
            if not shift.came:
                since, until = (shift.day if since is None else since), shift.day
            elif since is not None:
                yield until - since + 1
                since = None
        if since is not None:
            yield until - since + 1


def _years(history: History, base: Profile) -> Found:
    people = len(history.crew) or len({shift.person for shift in history.shifts})
    years = people * history.weeks * 7 / 365.0
    trust = trust_in(years, YEARS_OF_THE_DEFAULT)
    found: Found = {}
    if history.left is not None and years:
        found["turnover_per_year"] = (
            round(lean(history.left / years, base.turnover_per_year, trust), 4),
            history.left,
            trust,
        )
    if history.leave_days is not None and years:
        leave = lean(history.leave_days / years, base.leave_days_per_year, trust)
        found["leave_days_per_year"] = (round(leave, 2), history.leave_days, trust)
    return found


def _calls(history: History, base: Profile) -> Found:
    hours = sum(shift.end - shift.start for shift in history.shifts if shift.came) / 60.0
    if history.calls is None or not hours:
        return {}
    count, trust = len(history.calls), trust_in(hours, HOURS_OF_THE_DEFAULT)
    middle, sigma = log_normal(history.calls, (max(base.call_minutes, 0.01), base.call_sigma))
    return {
        "calls_per_hour": (round(lean(count / hours, base.calls_per_hour, trust), 4), count, trust),
        "call_minutes": (round(middle, 3), count, trust_in(count)),
        "call_sigma": (round(sigma, 4), count, trust_in(count)),
    }
