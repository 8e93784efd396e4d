"""The event loop: a day told minute by minute, and what holds in every world under every policy."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.sim.folders import read_folder
from samehand.sim.making import make_world
from samehand.sim.measuring import measure
from samehand.sim.policies import SharedPool, policies
from samehand.sim.profile import Profile
from samehand.sim.running import Log, PolicyError, run
from samehand.sim.world import World
from tests.sim.small import SMALL, told_folder

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench" / "routing"
FROZEN = {key: tuple(value) if isinstance(value, list) else value for key, value in SMALL.items()}


def test_a_day_told_by_hand(tmp_path: Path) -> None:
    log = run(read_folder(told_folder(tmp_path)), SharedPool)

    # 500 + 10 min, 3 of call and 1 to resume; the shift's end does not stop it. Twenty minutes later Jan writes, and
    # again a minute after: that comes when work has begun, so it is a work of its own, after the break that is owed.
    first = 514.0
    second = first + 20
    assert log.arrived == {0: 500.0, 1: second, 2: second + 1}
    assert log.consultant == {0: 0, 1: 1, 2: 1}
    assert log.done[0] == first
    assert log.done[1] == pytest.approx(second + 6 * 2 + 1.4)
    assert log.done[2] == pytest.approx(log.done[1] + 5 + 4 * 2)


def test_a_postscript_joins_the_mail_that_still_waits(tmp_path: Path) -> None:
    late = "consultant,day,start,end,came\n0,0,480,505,1\n1,0,560,900,1\n"

    log = run(read_folder(told_folder(tmp_path, shifts_csv=late)), SharedPool)

    assert [number for _, _, number in log.starts] == [0, 1]
    assert log.done[2] == log.done[1] == pytest.approx(560 + (6 + 0.3 * 4) * 2 + 1.4)


def test_a_policy_that_gives_a_mail_twice_is_refused(tmp_path: Path) -> None:
    class Twice(SharedPool):
        def decide(self, now: float) -> list[tuple[int, int]]:
            return super().decide(now) * 2

    with pytest.raises(PolicyError, match="message 0 was given out although it does not wait"):
        run(read_folder(told_folder(tmp_path)), Twice)


@cache
def small_run(seed: int, policy: str) -> tuple[World, Log]:
    world = make_world(Profile(**FROZEN), seed)
    return world, run(world, policies()[policy])


@pytest.mark.parametrize("policy", policies())
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_nobody_answers_two_mails_in_one_stretch_of_time(policy: str, seed: int) -> None:
    """Without a mail aside, every start comes after the last finish; with one aside, one more may be open."""
    _, log = small_run(seed, policy)

    happenings = sorted(
        [(at, 1, who, number) for at, who, number in log.starts]
        + [(at, 0, who, number) for at, who, number in log.finishes]
    )
    open_works: dict[int, set[int]] = {}
    for at, is_start, who, number in happenings:
        mine = open_works.setdefault(who, set())
        if is_start:
            assert all(log.answered[other] <= at for other in mine), "a second mail only after the first one's word"
            mine.add(number)
            assert len(mine) <= 2
        else:
            mine.remove(number)
    assert len({number for _, _, number in log.starts}) == len(log.starts), "none is given twice"
    assert log.starts


@pytest.mark.parametrize("policy", policies())
def test_everybody_answers_only_what_she_can_and_within_her_shifts(policy: str) -> None:
    world, log = small_run(3, policy)

    there = {(shift.consultant, shift.day): shift for shift in world.shifts if shift.came}
    for at, who, number in log.starts:
        case = world.cases[world.messages[number].case]
        shift = there[who, int(at // 1440)]
        assert world.consultants[who].can(case.topic, case.language)
        assert shift.start <= at <= shift.end


def test_first_messages_arrive_at_the_same_moment_under_every_policy() -> None:
    arrivals = {
        policy: {
            n: at for n, at in small_run(5, policy)[1].arrived.items() if not small_run(5, policy)[0].messages[n].place
        }
        for policy in policies()
    }

    assert len(arrivals["fifo"]) > 100
    assert all(each == arrivals["fifo"] for each in arrivals.values())


@cache
def bench_module(name: str) -> ModuleType:
    if not BENCH.is_dir():
        pytest.skip(f"the routing bench is not here: {BENCH}")
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    assert spec and spec.loader
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bench_s_own_runner_has_the_same_log_and_the_same_figures() -> None:
    drive, judge = bench_module("drive"), bench_module("judge")
    folder = BENCH / "s1_small"
    scenario = drive.Scenario(str(folder))
    world = read_folder(folder)

    theirs, log = drive.drive(scenario, drive.Fifo), run(world, SharedPool)

    assert log.answered == theirs["ans"]
    assert (log.arrived, log.done, log.consultant) == (theirs["arr"], theirs["done"], theirs["who"])
    rows = {}
    for n, at in log.arrived.items():
        case = world.messages[n].case
        answer = (log.answered.get(n), log.consultant.get(n), log.done.get(n))
        rows[n] = (case, world.cases[case].customer, at, *answer)
    wanted, ours = judge.metrics(scenario, rows), measure(world, log).named()
    same = {
        **{key: key for key in ("messages", "followups", "later_cases", "unanswered", "same_owner", "first_three")},
        **{key: key for key in ("known_later", "promise_kept", "median", "p99")},
        "in_time": "in30",
        "done_in_time": "full_in30",
        "same_as_before": "same_prev",
        "owner_in_time": "owner_and_30",
        "pair": "first_two",
    }
    assert {key: ours[key] for key in same} == pytest.approx(
        {key: wanted[name] for key, name in same.items()}, abs=1e-6
    )
