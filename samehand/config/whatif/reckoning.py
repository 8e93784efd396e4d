"""What `settings.WHATIF` names: a question of the desk, answered in a process of its own: nobody waits for it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from samehand.config.whatif.house import House, this_house
from samehand.lib.clock import now
from samehand.sim.staffing.asking import asked_within
from samehand.sim.staffing.values import crew_values, profile_values
from samehand.sim.world import ScenarioError

Values = dict[str, Any]
GoOn = Callable[[float], bool]
# So long nothing may come: even a large operator's week is simulated quicker.
PATIENCE = 300.0
LOOKS = 0.5


def reckon(kind: str, inputs: Mapping[str, Any], basis: Mapping[str, Any] | None, go_on: GoOn) -> Values:
    """`{"answer", "basis"}`, `{"refused": why}` or, when `go_on(share)` says so, `{"cancelled": True}`.

    The basis is what the answer stands on (profile, week, from how much history); a later question may bring it."""
    if not go_on(0.0):
        return {"cancelled": True}
    if basis is None:
        try:
            basis = _basis(this_house(now(), inputs.get("mails")), inputs)
        except ScenarioError as refusal:
            return {"refused": "promise", "text": str(refusal)}
        if basis["none"] and not inputs.get("mails"):
            return {"refused": "history", "basis": basis}
    asked = {key: value for key, value in inputs.items() if key not in {"mails", "within"}}
    question = {"kind": kind, "inputs": asked, **{key: basis.get(key) for key in ("profile", "week", "plan")}}
    return {**_answered(question, go_on), "basis": dict(basis)}


def _basis(house: House, inputs: Mapping[str, Any]) -> Values:
    profile = asked_within(house.profile, float(inputs["within"]))
    return {
        "profile": profile_values(profile),
        "week": crew_values(house.week),
        "tomorrow": house.tomorrow,
        "weeks": house.seen.weeks,
        "cases": house.seen.cases,
        "works": house.seen.works,
        "none": house.seen.is_none,
        "short": house.seen.is_short,
    }


def _answered(question: Values, go_on: GoOn) -> Values:
    with _started(question) as child:
        try:
            for line in _lines(child):
                if line is None:
                    heard = go_on(-1.0)
                else:
                    said = json.loads(line)
                    if "progress" not in said:
                        return _told(said)
                    heard = go_on(said["progress"])
                if not heard:
                    return {"cancelled": True}
        finally:
            child.kill()
    return {"refused": "trouble"}


def _told(said: Values) -> Values:
    return {"refused": "promise", "text": said["refused"]} if "refused" in said else said


def _started(question: Values) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-m", "samehand.sim.staffing.answering"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin
    try:
        child.stdin.write(json.dumps(question).encode())
        child.stdin.close()
    except BrokenPipeError:
        pass  # It died at once; that is seen when it is read.
    return child


def _lines(child: subprocess.Popen[bytes]) -> Iterator[bytes | None]:
    """Its lines; None whenever it has not said anything for a moment."""
    assert child.stdout
    out, rest, silent = child.stdout.fileno(), b"", 0.0
    while silent < PATIENCE:
        if not select.select([out], [], [], LOOKS)[0]:
            silent += LOOKS
            yield None
            continue
        silent = 0.0
        read = os.read(out, 65536)
        if not read:
            return
        *whole, rest = (rest + read).split(b"\n")
        yield from whole
