"""Speed is worth nothing when a mail lands in the wrong case: what was filed, held against the manifest."""

from __future__ import annotations

import json
import subprocess
from collections import Counter, defaultdict
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from bench.house import ROOT, SAMEHAND, environment
from bench.mails import Mails


@dataclass(frozen=True)
class Verdict:
    """`own` replies come from a sender whose earlier mail they name and belong into its case; `strange` ones name only
    mails of others and must not be let in."""

    mails: int
    missing: int
    twice: int
    own: int
    own_right: int
    strange: int
    strange_apart: int
    mixed_cases: int

    @property
    def perfect(self) -> bool:
        faults = (self.missing, self.twice, self.mixed_cases)
        return not any(faults) and self.own == self.own_right and self.strange == self.strange_apart


def exported(data: Path) -> list[dict[str, Any]]:
    command = [*SAMEHAND, "export", "messages", "--data", str(data)]
    done = subprocess.run(command, env=environment(data), cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def judge(data: Path, mails: Mails) -> Verdict:
    filed = [row for row in exported(data) if row["direction"] == "in"]
    case_of = {row["message_id"].strip("<>"): row["case"] for row in filed if row["message_id"]}
    times = Counter(row["message_id"].strip("<>") for row in filed if row["message_id"])
    writers = defaultdict(set)
    for row in filed:
        writers[row["case"]].add(row["from"])
    wanted = {_bare(row["mid"]): row for row in mails.originals}
    own, strange = _replies(mails, wanted)
    return Verdict(
        mails=len(wanted),
        missing=sum(mid not in times for mid in wanted),
        twice=sum(number - 1 for number in times.values()),
        own=len(own),
        own_right=sum(case_of.get(mid) == case_of.get(parent) is not None for mid, parent in own.items()),
        strange=len(strange),
        strange_apart=sum(
            case_of.get(mid) not in {case_of[parent] for parent in named if parent in case_of}
            for mid, named in strange.items()
        ),
        mixed_cases=sum(len(addresses) > 1 for addresses in writers.values()),
    )


def _replies(mails: Mails, wanted: dict[str, dict[str, Any]]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Replies with the nearest earlier mail of the same sender that they name, and those that name none of his own."""
    own: dict[str, str] = {}
    strange: dict[str, list[str]] = {}
    for mid, row in wanted.items():
        if not row["depth"]:
            continue
        named = _named(mails.folder / f"{row['i']:06d}.eml")
        mine = [each for each in named if wanted[each]["frm"] == row["frm"]]
        if mine:
            own[mid] = mine[0]
        else:
            strange[mid] = named
    return own, strange


def _named(file: Path) -> list[str]:
    """The Message-IDs that a mail names, nearest first."""
    with file.open("rb") as opened:
        head = BytesHeaderParser().parse(opened)
    chain = str(head.get("References", "")).split()
    words = [*str(head.get("In-Reply-To", "")).split(), *reversed(chain)]
    return list(dict.fromkeys(_bare(word) for word in words))


def _bare(mid: str) -> str:
    return mid.strip("<>")
