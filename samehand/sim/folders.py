"""Reads a scenario from a folder of tables: the arrivals, the crew and its interruptions are all given."""

from __future__ import annotations

import csv
import gzip
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TextIO, TypeVar

from samehand.sim.world import Case, Consultant, Interruption, Message, Rules, ScenarioError, Shift, World

T = TypeVar("T")
Row = dict[str, str]


def read_folder(folder: Path) -> World:
    cases = dict(_table(folder, "cases.csv", _case))
    messages = _in_order(folder, _table(folder, "messages.csv", _message))
    consultants = {who.id: who for who in _table(folder, "consultants.csv", _consultant)}
    world = World(
        rules=_rules(folder),
        cases=cases,
        messages=messages,
        consultants=consultants,
        shifts=list(_table(folder, "shifts.csv", _shift)),
        breaks=list(_table(folder, "breaks.csv", _interruption)),
        calls=list(_table(folder, "calls.csv", _interruption)),
        messages_of=_by_case(messages),
    )
    _check(folder, world)
    return world


def _rules(folder: Path) -> Rules:
    path = folder / "scenario.json"
    given = read_json(path)
    known = {field.name: field for field in fields(Rules)}
    rules = {key: value for key, value in given.items() if key in known}
    rules.setdefault("name", folder.name)
    for name, field in known.items():
        if field.default is MISSING and name not in rules:
            raise ScenarioError(f"{path}: {name!r} is missing; give it a number")
        if name not in {"name", "interim_deadline", "urgent"} and not is_number(rules.get(name, 0)):
            raise ScenarioError(f"{path}: {name!r} must be a number, not {rules[name]!r}")
    rules["urgent"] = _urgent(path, rules.get("urgent", []))
    return check_rules(Rules(**rules), path)


def _urgent(path: Path, given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(topic, str) for topic in given):
        raise ScenarioError(f"{path}: 'urgent' must be a list of topics, not {given!r}"[:300])
    return tuple(given)


def check_rules(rules: Rules, path: Path | str) -> Rules:
    if not 0 < rules.days <= 3660 or rules.days != int(rules.days):
        raise ScenarioError(f"{path}: 'days' must be a whole number from 1 to 3660")
    if not 0 <= rules.open_min < rules.close_min <= 1440:
        raise ScenarioError(f"{path}: the desk must open before it closes, within one day (minutes 0 to 1440)")
    if not 0 < rules.promise <= rules.close_min - rules.open_min:
        raise ScenarioError(f"{path}: 'promise' must be longer than 0 and not longer than the desk is open")
    if not 0 <= rules.measured_from < rules.measured_to:
        raise ScenarioError(f"{path}: the measured time must end after it begins")
    return rules


def read_json(path: Path) -> dict[str, Any]:
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScenarioError(f"{path} is missing; a scenario is a folder with scenario.json, or a profile in JSON")
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path} cannot be read: {error}")
    except (json.JSONDecodeError, RecursionError) as error:
        raise ScenarioError(f"{path} is not JSON: {error}")
    if not isinstance(given, dict):
        raise ScenarioError(f"{path} must hold an object {{...}}, not {type(given).__name__}")
    return given


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _table(folder: Path, name: str, read: Callable[[Row], T]) -> Iterator[T]:
    path = next((p for p in (folder / f"{name}.gz", folder / name) if p.is_file()), None)
    if path is None:
        raise ScenarioError(f"{folder} has no {name} (nor {name}.gz); the guide to the simulator lists the tables")
    line = 1
    try:
        with _opened(path) as file:
            for row in csv.DictReader(file):
                line += 1
                yield read(row)
    except KeyError as error:
        raise ScenarioError(f"{path}: the column {error} is missing")
    except (ValueError, TypeError, OverflowError) as error:
        raise ScenarioError(f"{path}, line {line}: {error}")
    except (OSError, EOFError, csv.Error) as error:
        raise ScenarioError(f"{path} cannot be read: {error}")


def _opened(path: Path) -> TextIO:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def _number(row: Row, column: str) -> float:
    value = float(row[column])
    if not math.isfinite(value):
        raise ValueError(f"{column} must be a finite number, not {row[column]!r}")
    return value


def _length(row: Row, column: str) -> float:
    value = _number(row, column)
    if value < 0:
        raise ValueError(f"{column} must not be negative, but is {row[column]}")
    return value


def _case(row: Row) -> tuple[int, Case]:
    return int(row["case"]), Case(int(row["customer"]), row["topic"], row["lang"], _length(row, "t0"))


def _message(row: Row) -> tuple[int, Message]:
    lengths = (_length(row, column) for column in ("work_min", "delay_min", "snap_min", "wake_min"))
    return int(row["message"]), Message(int(row["case"]), int(row["idx"]), row["is_ps"] == "1", *lengths)


def _consultant(row: Row) -> Consultant:
    return Consultant(
        id=int(row["consultant"]),
        topics=frozenset(row["topics"].split("|")),
        languages=frozenset(row["langs"].split("|")),
        from_day=int(row["from_day"]),
        to_day=int(row["to_day"]),
        speed=_length(row, "speed"),
        slow_until_day=int(row["slow_until_day"]),
    )


def _shift(row: Row) -> Shift:
    start, end = _length(row, "start"), _length(row, "end")
    if end < start:
        raise ValueError("the shift ends before it starts")
    return Shift(int(row["consultant"]), int(row["day"]), start, end, row["came"] == "1")


def _interruption(row: Row) -> Interruption:
    return Interruption(int(row["consultant"]), _length(row, "t"), _length(row, "minutes"))


def _in_order(folder: Path, rows: Iterator[tuple[int, Message]]) -> list[Message]:
    messages: list[Message] = []
    for number, message in rows:
        if number != len(messages):
            raise ScenarioError(
                f"{folder}: messages.csv must count 0, 1, 2 ...; after {len(messages) - 1} came {number}"
            )
        messages.append(message)
    return messages


def _by_case(messages: list[Message]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, message in enumerate(messages):
        found.setdefault(message.case, []).append(number)
    return found


def _check(folder: Path, world: World) -> None:
    for case, numbers in world.messages_of.items():
        if case not in world.cases:
            raise ScenarioError(f"{folder}: message {numbers[0]} belongs to case {case}, which is not in cases.csv")
        if numbers[-1] - numbers[0] != len(numbers) - 1:
            raise ScenarioError(f"{folder}: the messages of case {case} must follow each other in messages.csv")
        if [world.messages[number].place for number in numbers] != list(range(len(numbers))):
            raise ScenarioError(f"{folder}: the messages of case {case} must have the idx 0, 1, 2 ...")
    empty = next((case for case in world.cases if case not in world.messages_of), None)
    if empty is not None:
        raise ScenarioError(f"{folder}: case {empty} has no message; take it out of cases.csv")
    for consultant in [one[0] for table in (world.shifts, world.breaks, world.calls) for one in table]:
        if consultant not in world.consultants:
            raise ScenarioError(f"{folder}: consultant {consultant} is not in consultants.csv")
    if not world.cases or not world.consultants:
        raise ScenarioError(f"{folder}: a scenario needs at least one case and one consultant")
