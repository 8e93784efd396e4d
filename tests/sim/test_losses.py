"""Why a follow-up was lost: one case told by hand for each reason, and sums that hold in every world."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samehand.sim.folders import read_folder
from samehand.sim.losses import REASONS, losses
from samehand.sim.making import make_world
from samehand.sim.measuring import measure
from samehand.sim.policies import SharedPool, policies
from samehand.sim.profile import Profile
from samehand.sim.running import run
from tests.sim.small import SMALL, told_folder

FROZEN = {key: tuple(value) if isinstance(value, list) else value for key, value in SMALL.items()}

# Anna (0) answers Jan's first mail at 510. He writes again at 530, and 0.5 minutes later somebody is free: Marek (1).
CASES = "case,customer,topic,lang,t0\n0,7,general,PL,500\n1,8,general,PL,{other}\n"
MESSAGES = (
    "message,case,idx,is_ps,work_min,delay_min,snap_min,wake_min\n"
    "0,0,0,0,10,0,0,400\n1,0,1,0,6,{delay},0,400\n2,1,0,0,100,0,0,400\n"
)
CREW = (
    "consultant,seat,from_day,to_day,speed,slow_until_day,topics,langs\n"
    "0,0,0,{to_day},1,0,general,PL\n1,1,0,9,1,0,general,PL\n"
)


def told(
    folder: Path,
    shifts: str,
    *,
    breaks: str = "",
    calls: str = "",
    delay: float = 20,
    other: float = 5000,
    to_day: int = 9,
) -> Path:
    return told_folder(
        folder,
        scenario_json='{"days": 3, "measured_from": 0, "measured_to": 4320}',
        cases_csv=CASES.format(other=other),
        messages_csv=MESSAGES.format(delay=delay),
        consultants_csv=CREW.format(to_day=to_day),
        shifts_csv="consultant,day,start,end,came\n" + shifts,
        breaks_csv="consultant,t,minutes\n" + breaks,
        calls_csv="consultant,t,minutes\n" + calls,
    )


MAREK_LATER = "1,0,515,960,1\n1,1,1900,2400,1\n"
# Beyond four hours he writes on the next day at the minute `snap`, 0, which is answered when the desk opens: 1920.
NEXT_DAY = 1000


@pytest.mark.parametrize(
    ("reason", "shifts", "more"),
    [
        ("off_shift", "0,0,480,512,1\n", {}),
        ("day_off", "0,0,480,960,1\n", {"delay": NEXT_DAY}),
        ("sick", "0,0,480,960,1\n0,1,1920,2400,0\n", {"delay": NEXT_DAY}),
        ("left", "0,0,480,960,1\n", {"delay": NEXT_DAY, "to_day": 1}),
        ("on_break", "0,0,480,960,1\n", {"breaks": "0,525,20\n"}),
        ("on_phone", "0,0,480,960,1\n", {"calls": "0,525,20\n"}),
        ("busy", "0,0,480,960,1\n", {"other": 512}),
        ("free_but_given_away", "0,0,480,960,1\n", {"calls": "0,515,2\n"}),
    ],
)
def test_what_the_owner_did_is_named(
    tmp_path: Path, reason: str, shifts: str, more: dict[str, float | int | str]
) -> None:
    world = read_folder(told(tmp_path, shifts + MAREK_LATER, **more))  # type: ignore[arg-type]

    log = run(world, SharedPool)

    assert (log.consultant[0], log.consultant[1]) == (0, 1), "Anna first, then Marek: the owner lost it"
    assert losses(world, log).lost == {reason: 1}


def test_whoever_comes_within_the_promise_but_later_is_no_stranger_to_it(tmp_path: Path) -> None:
    world = read_folder(told(tmp_path, "0,0,480,960,1\n0,1,1940,2400,1\n" + MAREK_LATER, delay=NEXT_DAY))

    assert losses(world, run(world, SharedPool)).lost == {"came_or_went": 1}


def test_the_owner_who_answers_late_is_counted_apart(tmp_path: Path) -> None:
    world = read_folder(told(tmp_path, "0,0,480,960,1\n", breaks="0,525,60\n"))

    found = losses(world, run(world, SharedPool))
    assert found.lost == {"late_herself": 1}
    assert found.kept == 0


@pytest.mark.parametrize("policy", policies())
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 1000))
def test_every_follow_up_is_kept_or_has_one_reason(policy: str, seed: int) -> None:
    world = make_world(Profile(**FROZEN), seed)
    log = run(world, policies()[policy])

    found, figures = losses(world, log), measure(world, log)

    assert found.followups == figures.followups == found.kept + sum(found.lost.values())
    assert found.kept / found.followups == pytest.approx(figures.owner_in_time)
    assert set(found.lost) <= set(REASONS)


def test_without_answers_nothing_follows_and_nothing_is_lost(tmp_path: Path) -> None:
    world = read_folder(told(tmp_path, "0,0,480,960,0\n"))

    found = losses(world, run(world, SharedPool))
    assert found.followups == 0
    assert found.shares()["unavoidable"] is None
