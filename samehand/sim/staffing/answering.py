"""A process of its own that answers one question: `python -m samehand.sim.staffing.answering`.

The question comes as JSON on standard input, lines of JSON go out: {"progress": 0.3}, at last {"answer": {...}} or
{"refused": "..."}. It starts without Django, is nice to its neighbours, and ends when nobody reads it any more.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from samehand.sim.running import PolicyError
from samehand.sim.staffing.asking import an_outage, as_values, people_ill, staffing
from samehand.sim.staffing.outages import Outage
from samehand.sim.staffing.shifts import rota
from samehand.sim.staffing.values import crew_of, plan_of, profile_of
from samehand.sim.world import ScenarioError

NICE = 10


def main() -> int:
    os.nice(NICE)
    question = json.load(sys.stdin)
    try:
        _say({"answer": answered(question)})
    except (ScenarioError, PolicyError) as refusal:
        _say({"refused": str(refusal)})
    except (BrokenPipeError, KeyboardInterrupt):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def answered(question: Mapping[str, Any]) -> dict[str, Any]:
    """`kind` is people, ill or outage; `profile` and `week` as in `values`; without a `week` the `plan` is used."""
    profile, inputs, week = profile_of(question["profile"]), question["inputs"], crew_of(question["week"])
    if question["kind"] == "people":
        return as_values(staffing(profile, inputs["target"], _progress, week, inputs.get("hour_cost")))
    week = week or rota(profile, plan_of(question["plan"]))
    if question["kind"] == "ill":
        return as_values(people_ill(profile, week, inputs["weekday"], inputs["people"], _progress))
    what = Outage(**{key: value for key, value in inputs.items() if key != "weekday"})
    return as_values(an_outage(profile, week, inputs["weekday"], what, _progress))


def _progress(share: float) -> None:
    _say({"progress": round(share, 3)})


def _say(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
