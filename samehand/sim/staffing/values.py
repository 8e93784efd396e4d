"""Profiles, crews and questions as plain values, for JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from samehand.sim.profile import Profile
from samehand.sim.staffing.crews import Crew, Person
from samehand.sim.staffing.shifts import Plan


def profile_values(profile: Profile) -> dict[str, Any]:
    return asdict(profile)


def profile_of(values: Mapping[str, Any]) -> Profile:
    frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return Profile(**frozen)


def crew_values(crew: Crew) -> list[dict[str, Any]]:
    return [
        {
            "id": who.id,
            "topics": sorted(who.topics),
            "languages": sorted(who.languages),
            "shifts": [list(span) for span in who.shifts],
        }
        for who in crew
    ]


def crew_of(values: Sequence[Mapping[str, Any]]) -> list[Person]:
    return [
        Person(
            id=one["id"],
            topics=frozenset(one["topics"]),
            languages=frozenset(one["languages"]),
            shifts=tuple((start, end) for start, end in one["shifts"]),
        )
        for one in values
    ]


def plan_of(values: Mapping[str, Any]) -> Plan:
    return Plan(tuple(tuple(day) for day in values["starts"]), values["length"])
