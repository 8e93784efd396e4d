"""What `simulate` writes: tables to read, JSON to go on with, and every message as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samehand.sim.comparing import Difference, Estimate, Outcome, differences, estimate, summarise
from samehand.sim.losses import REASONS, Losses
from samehand.sim.measuring import Figures
from samehand.sim.words import TABLE, shown, shown_difference, words
from samehand.sim.world import ScenarioError

CSV_COLUMNS = ["message", "customer", "case", "arrived", "answered", "consultant"]
Row = Mapping[str, Estimate | None]


@dataclass(slots=True)
class Kept:
    """Of one policy, seed by seed. Figures stay, logs go: a year of six policies would not fit into memory."""

    seeds: list[int] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    losses: list[Losses] = field(default_factory=list)

    def row(self) -> Row:
        return summarise(self.figures)

    def loss_row(self) -> Row:
        shares = [each.shares() for each in self.losses]
        return {name: estimate(one[name] for one in shares) for name in shares[0]} if shares else {}


def compared(kept: Mapping[str, Kept]) -> dict[str, Difference]:
    return differences({policy: each.figures for policy, each in kept.items()})


def as_text(name: str, kept: Mapping[str, Kept], language: str, with_losses: bool) -> str:
    said, less = words(language), compared(kept)
    parts = [name, table({policy: each.row() for policy, each in kept.items()}, language), said["legend"]]
    if less:
        parts += [said["less_title"], _less_table(less, language)]
    if with_losses:
        parts += [said["losses_title"], _loss_table(kept, language), said["losses_legend"]]
    return "\n\n".join(parts)


def table(rows: Mapping[str, Row], language: str) -> str:
    said = words(language)
    head = [said["policy"], *(said[f"short_{key}"] for key in TABLE)]
    return aligned(
        [head, *([policy, *(shown(key, row[key], language) for key in TABLE)] for policy, row in rows.items())]
    )


def _less_table(less: Mapping[str, Difference], language: str) -> str:
    said = words(language)
    head = [said["policy"], *(said[f"short_{key}"] for key in TABLE)]
    lines = [
        [f"{policy} - {one.rival}", *(shown_difference(key, one.row[key], language) for key in TABLE)]
        for policy, one in less.items()
    ]
    return aligned([head, *lines])


def _loss_table(kept: Mapping[str, Kept], language: str) -> str:
    said, rows = words(language), {policy: each.loss_row() for policy, each in kept.items()}
    lines = [
        [said[f"loss_{reason}"], *(shown("loss", row.get(reason), language) for row in rows.values())]
        for reason in ("kept", "unavoidable", "avoidable", *REASONS)
    ]
    return aligned([["", *rows], *lines])


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """A table for a terminal: names on the left, figures on the right."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))])
        for line in lines
    )


def as_json(name: str, kept: Mapping[str, Kept]) -> str:
    less = compared(kept)
    policies = {policy: _policy(each, less.get(policy)) for policy, each in kept.items()}
    return json.dumps({"scenario": name, "policies": policies}, ensure_ascii=False, indent=2)


def _policy(kept: Kept, less: Difference | None) -> dict[str, Any]:
    told: dict[str, Any] = _told(kept.row())
    if less:
        told["less_best_other"] = {"policy": less.rival, **_told(less.row)}
    if kept.losses:
        told["losses"] = _told(kept.loss_row())
    told["seeds"] = [{"seed": seed, **figures.named()} for seed, figures in zip(kept.seeds, kept.figures, strict=True)]
    return told


def _told(row: Row) -> dict[str, Any]:
    return {
        "mean": {key: one.mean if one else None for key, one in row.items()},
        "half_width_95": {key: one.half_width if one else None for key, one in row.items()},
    }


def write_messages(path: Path, outcome: Outcome) -> None:
    log, world = outcome.log, outcome.world
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(CSV_COLUMNS)
            for number, arrived in log.arrived.items():
                case = world.messages[number].case
                answered = f"{log.answered[number]:.3f}" if number in log.answered else ""
                row = [number, world.cases[case].customer, case, f"{arrived:.3f}", answered]
                writer.writerow([*row, log.consultant.get(number, "")])
    except OSError as error:
        raise ScenarioError(f"{path} cannot be written: {error.strerror}")


def write_text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ScenarioError(f"{path} cannot be written: {error.strerror}")
