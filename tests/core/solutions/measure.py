"""How well likeness finds a failed advice in other words, on pairs labelled by hand.

python -m tests.core.solutions.measure [tuning|held_out|other_hand|ordinary] [--wrong]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from samehand.core.solutions.likeness import SAME, Advice, likeness, weights

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Pair:
    same: bool
    advice: Advice
    draft: str
    likeness: float

    @property
    def found(self) -> bool:
        return self.likeness >= SAME


@dataclass(frozen=True, slots=True)
class Measured:
    """`false_alarms` of `others` drafts that offer something else, or nothing."""

    found: int
    missed: int
    false_alarms: int
    others: int

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false_alarms)

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)


def advices() -> dict[str, Advice]:
    blocks = (HERE / "advices.txt").read_text(encoding="utf-8").partition("\n")[2].split("\n\n")
    found = {}
    for block in blocks:
        key, title, *steps = block.strip().split("\n")
        found[key.removeprefix("@")] = Advice("" if title == "-" else title, "\n".join(steps))
    return found


def pairs(half: str) -> Iterator[Pair]:
    known = advices()
    heavy = weights(known.values())
    for line in (HERE / f"{half}.tsv").read_text(encoding="utf-8").splitlines():
        label, key, draft = line.split("\t")
        draft = draft.replace("\\n", "\n")
        yield Pair(label == "+", known[key], draft, likeness(draft, known[key], heavy))


def measured(half: str) -> Measured:
    found = list(pairs(half))
    hits = sum(one.same and one.found for one in found)
    alarms = sum(one.found and not one.same for one in found)
    same = sum(one.same for one in found)
    return Measured(hits, same - hits, alarms, len(found) - same)


def main(args: list[str]) -> None:
    for half in [one for one in args if not one.startswith("-")] or ["tuning", "held_out", "other_hand", "ordinary"]:
        all_of = measured(half)
        print(
            f"{half}: {all_of.found + all_of.missed} paraphrases, found {all_of.found} (recall {all_of.recall:.2f}); "
            f"{all_of.others} others, false alarms {all_of.false_alarms}; precision {all_of.precision:.2f}"
        )
        if "--wrong" in args:
            for pair in pairs(half):
                if pair.same != pair.found:
                    print(f"  {'missed' if pair.same else 'false '} {pair.likeness:.2f} {pair.draft}")


if __name__ == "__main__":
    main(sys.argv[1:])
