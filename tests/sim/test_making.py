"""What is drawn has the properties that the profile asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from samehand.sim.comparing import differences, estimate
from samehand.sim.making import make_world
from samehand.sim.measuring import Figures, measure
from samehand.sim.policies import policies
from samehand.sim.profile import EXAMPLES, Profile, profile_json, read_profile
from samehand.sim.running import run

FLAT = {"days": 60, "warm_days": 0, "subscribers": 100_000, "people": 5, "hours": (1.0,) * 24, "weekdays": (1.0,) * 7}


@pytest.mark.parametrize("asked", [1.0, 1.85])
def test_counts_scatter_as_much_as_the_profile_says(asked: float) -> None:
    world = make_world(Profile(messages_per_day=1500, over_dispersion=asked, **FLAT), 11)  # type: ignore[arg-type]

    counts = [0] * (60 * 24)
    for case in world.cases.values():
        counts[int(case.opened_at // 60)] += 1
    mean = sum(counts) / len(counts)
    variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    assert variance / mean == pytest.approx(asked, rel=0.15)
    assert len(world.messages) / 60 == pytest.approx(1500, rel=0.05)


def test_exchanges_have_a_heavy_tail_and_customers_return() -> None:
    world = make_world(read_profile(EXAMPLES / "example.json"), 1)

    lengths = [len(numbers) for numbers in world.messages_of.values()]
    assert max(lengths) > 20
    assert lengths.count(1) / len(lengths) > 0.5
    assert len({case.customer for case in world.cases.values()}) < 0.95 * len(world.cases)


def test_a_surge_brings_its_multiple() -> None:
    surge = {"day": 3, "minute": 600, "minutes": 60, "factor": 8}
    quiet = make_world(Profile(messages_per_day=3000, **FLAT), 2)  # type: ignore[arg-type]
    loud = make_world(Profile(messages_per_day=3000, surges=(surge,), **FLAT), 2)  # type: ignore[arg-type]

    hour = range(3 * 1440 + 600, 3 * 1440 + 660)
    before, during = (sum(int(case.opened_at) in hour for case in w.cases.values()) for w in (quiet, loud))
    assert during > 4 * before > 0


def test_illness_leave_and_turnover_are_drawn() -> None:
    world = make_world(Profile(messages_per_day=10, **{**FLAT, "days": 365, "people": 40}), 4)  # type: ignore[arg-type]

    missed = sum(not shift.came for shift in world.shifts) / len(world.shifts)
    assert missed == pytest.approx(0.045, abs=0.02)
    assert 40 < len(world.consultants) < 65
    assert all(world.consultants[shift.consultant].from_day <= shift.day for shift in world.shifts)


def test_an_interval_is_student_s() -> None:
    one = estimate([1.0, 2.0, 3.0])
    assert one is not None and one.half_width is not None
    assert (one.mean, one.half_width) == pytest.approx((2.0, 4.303 / 3**0.5))
    assert estimate([5.0]) is not None and estimate([5.0]).half_width is None  # type: ignore[union-attr]
    assert estimate([None]) is None


def test_a_paired_difference_is_surer_than_two_means() -> None:
    # Days of luck and of bad luck move both alike; one is always two points better.
    luck = [0.5, 0.7, 0.9]
    plain = _figures()
    kept = {
        "good": [replace(plain, promise_kept=share + 0.02) for share in luck],
        "bad": [replace(plain, promise_kept=share) for share in luck],
        "worst": [replace(plain, promise_kept=0.1, p99=None) for _ in luck],
    }

    less = differences(kept)

    assert {name: one.rival for name, one in less.items()} == {"good": "bad", "bad": "good", "worst": "good"}
    good, own = less["good"].row["promise_kept"], estimate(one.promise_kept for one in kept["good"])
    assert good is not None and good.half_width is not None and own is not None and own.half_width is not None
    assert (good.mean, good.half_width) == pytest.approx((0.02, 0.0))
    assert own.half_width > 0.4
    assert less["worst"].row["p99"] is None
    assert differences({"alone": kept["good"]}) == {}


def _figures() -> Figures:
    world = make_world(Profile(messages_per_day=100, **{**FLAT, "days": 1}), 1)  # type: ignore[arg-type]
    return measure(world, run(world, policies()["fifo"]))


def test_leave_is_known_and_is_no_shift() -> None:
    world = make_world(Profile(messages_per_day=10, **{**FLAT, "days": 365, "people": 20}), 4)  # type: ignore[arg-type]

    shifts = {(shift.consultant, shift.day) for shift in world.shifts}
    assert not shifts & world.leave
    assert len(world.leave) / 20 == pytest.approx(26, rel=0.2)


def test_a_profile_that_was_written_is_read_again(tmp_path: Path) -> None:
    profile = replace(
        read_profile(EXAMPLES / "example.json"), surges=({"day": 1, "minute": 1, "minutes": 1, "factor": 2},)
    )
    path = tmp_path / "again.json"

    path.write_text(profile_json(profile), encoding="utf-8")

    assert read_profile(path) == profile


def test_an_urgent_topic_goes_before_all_others_under_our_policy() -> None:
    topics = {
        "general": {"share": 0.95, "median_minutes": 8.0, "sigma": 0.7},
        "lost SIM": {"share": 0.05, "median_minutes": 5.0, "sigma": 0.5, "urgent": 1.0},
    }
    busy = {**FLAT, "days": 5, "people": 12, "hours": (0.0,) * 8 + (1.0,) * 14 + (0.0,) * 2}
    world = make_world(Profile(messages_per_day=700, topics=topics, **busy), 3)  # type: ignore[arg-type]

    ours, pool = (measure(world, run(world, policies()[name])) for name in ("ours", "fifo"))

    assert ours.urgent_median is not None and ours.median is not None and ours.urgent_in_time is not None
    assert ours.urgent_median < ours.median / 2
    assert pool.urgent_median is not None and ours.urgent_median < pool.urgent_median
    assert measure(world, run(world, policies()["fifo"])).messages == pool.messages > 1000


def test_breaks_lie_around_where_they_were_planned() -> None:
    few = {**FLAT, "days": 20}
    world = make_world(Profile(messages_per_day=10, break_scatter=10.0, **few), 4)  # type: ignore[arg-type]

    planned = {who: [] for who in world.consultants}  # type: dict[int, list[tuple[float, float]]]
    for (who, _), spans in world.planned_breaks.items():
        planned[who] += spans
    assert world.breaks
    for pause in world.breaks:
        since, until = min(planned[pause.consultant], key=lambda span, at=pause.at: abs(span[0] - at))  # type: ignore[misc]
        assert abs(since - pause.at) <= 10
        assert until - since == pause.minutes
