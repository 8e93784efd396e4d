"""What the pictures show, from a day told by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from samehand.sim.curves import curves
from samehand.sim.folders import read_folder
from samehand.sim.policies import policies
from samehand.sim.running import run
from tests.sim.small import told_folder


def test_a_day_s_occupancy_arrivals_and_waits(tmp_path: Path) -> None:
    world = read_folder(told_folder(tmp_path))
    shown = curves(world, run(world, policies()["fifo"]))

    # She writes from 500 to 514 (a call is no gap) and is there from 480 to 514; he from 515 on, and writes from 534.
    assert shown.occupancy_by_hour[:8] == [None] * 8
    assert shown.occupancy_by_hour[8] == pytest.approx((14 + 540 - 534) / (34 + 25))
    assert shown.occupancy_by_hour[10] == 0
    assert sum(shown.arrivals_by_hour_of_week) == 3
    assert shown.arrivals_by_hour[8] == 3
    assert shown.in_time_by_hour[8] == 1
    assert shown.waits == sorted(shown.waits)
