"""Rows of the table that the bench prints: what was measured, and what we aim at."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bench.judge import Verdict
from bench.meter import Cost


@dataclass(frozen=True)
class Row:
    part: str
    name: str
    value: float
    unit: str
    target: str = ""
    remark: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def percentile(values: list[float], share: float) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, round(share * (len(ranked) - 1)))]


def of_cost(part: str, cost: Cost, mails: int, milliseconds: str = "") -> list[Row]:
    each = ", ".join(f"{name} {used / mails * 1000:.2f}" for name, used in sorted(cost.cpu.items()) if used > 0.05)
    memory = ", ".join(f"{name} {size:.0f}" for name, size in sorted(cost.peak_pss.items()))
    largest = max(cost.peak_rss, key=lambda name: cost.peak_rss[name], default="")
    return [
        Row(part, "CPU per mail, all processes", cost.seconds / mails * 1000, "ms", milliseconds, each),
        Row(part, "peak memory, sum of PSS", sum(cost.peak_pss.values()), "MB", "300" if milliseconds else "", memory),
        Row(part, "largest process, RSS", cost.peak_rss.get(largest, 0.0), "MB", remark=largest),
    ]


def of_verdict(part: str, verdict: Verdict, redelivered: int) -> list[Row]:
    found = verdict.mails - verdict.missing
    return [
        Row(part, "mails there", found, f"of {verdict.mails}", f"{verdict.mails}"),
        Row(part, "re-deliveries kept twice", verdict.twice, f"of {redelivered}", "0"),
        Row(part, "replies in their writer's case", verdict.own_right, f"of {verdict.own}", f"{verdict.own}"),
        Row(part, "strangers kept out", verdict.strange_apart, f"of {verdict.strange}", f"{verdict.strange}"),
        Row(part, "cases with two writers", verdict.mixed_cases, "", "0"),
    ]


def table(rows: list[Row]) -> str:
    lines, part = [], ""
    for row in rows:
        if row.part != part:
            part = row.part
            lines.append(f"\n{part}")
        number = f"{row.value:,.0f}" if row.value == int(row.value) or row.value >= 100 else f"{row.value:,.2f}"
        measured = f"{number} {row.unit}".strip()
        lines.append(f"  {row.name:<34}{measured:>20}   {row.target:<14}{row.remark}".rstrip())
    head = f"  {'':<34}{'measured':>20}   {'target':<14}remark"
    return "\n".join([head, *lines])
