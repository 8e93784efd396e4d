"""Is a mail as cheap in a full house as in an empty one? A thousand mails before and after a million messages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.figures import Row
from bench.house import inside
from bench.mails import Mails

STORED = 1_000_000
MAILS = 1000


def measure(data: Path, mails: Mails, say: Callable[[str], None]) -> list[Row]:
    """In one process, so that nothing but the mails is measured: kept and filed in batches as the door does."""
    rows: list[Row] = []
    each = min(MAILS, mails.count // 2)
    taken: dict[str, dict[str, float]] = {}
    for number, when in enumerate(("empty", "full")):
        if number:
            say(f"flat: storing {STORED:,} messages")
            inside(data, "fill", str(STORED))
        say(f"flat: {each} mails into the {when} house")
        taken[when] = inside(data, "take", str(mails.folder), str(number * each), str(each))
        rows += _rows(when, taken[when])
    growth = taken["full"]["cpu"] / taken["empty"]["cpu"]
    rows.append(Row("flat", "a mail in the full house costs", growth, "times", "1.2", "the mail of the empty one"))
    return rows


def _rows(when: str, taken: dict[str, float]) -> list[Row]:
    stored = f"{taken['before']:,.0f} messages before"
    return [
        Row("flat", f"{when}: CPU per mail", taken["cpu"], "ms", remark=f"keeping and filing; {stored}"),
        Row("flat", f"{when}: of which PostgreSQL", taken["postgres"], "ms"),
        Row("flat", f"{when}: mails filed", taken["filed"] / taken["seconds"], "mails/s", remark="one process"),
        Row("flat", f"{when}: my queue", taken["queue"], "ms", remark="its rows, from the database"),
        Row("flat", f"{when}: all cases", taken["all"], "ms", remark="its rows, from the database"),
    ]
