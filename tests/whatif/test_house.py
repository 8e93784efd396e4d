"""This house as the simulator sees it: its history as a profile, its coming week as a crew."""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from samehand.config.whatif import commands
from samehand.config.whatif.house import this_house
from samehand.people.models import Absence, AbsenceKind, Shift, Staff
from samehand.people.queries import service_hours
from samehand.sim.profile import read_profile
from samehand.sim.staffing.asking import staffing
from tests.personas import MONDAY, a_mail, arrive, at

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def a_busy_week() -> None:
    for day in range(7):
        for place in range(6):
            sender = f"K <k{place}@poczta.example>"
            arrive(a_mail(sender, f"Sprawa {day} {place}"), now=at(day * 1440 + 30 * place))


def test_the_profile_has_the_houses_hours_promise_mails_and_topics() -> None:
    row = service_hours()
    row.week, row.promise_minutes = [[["07:30", "19:00"]]] * 6 + [[]], 45
    row.save()
    a_busy_week()

    house = this_house(at(7 * 1440))

    assert (house.profile.open_min, house.profile.close_min, house.profile.promise) == (450, 1140, 45)
    assert 6 <= house.profile.messages_per_day <= 20
    assert set(house.profile.languages) <= {"pl", "en", "uk"}
    assert house.seen.cases == 42 and not house.seen.is_none and house.seen.is_short
    assert house.tomorrow == 1, "asked on a Monday"


@pytest.mark.parametrize(
    ("week", "hours"),
    [
        pytest.param([[["22:00", "06:00"]]] * 7, (0, 1440), id="over midnight"),
        pytest.param([[["08:00", "00:00"]]] * 7, (480, 1440), id="until midnight"),
        pytest.param([[]] * 7, (0, 1440), id="never"),
    ],
)
def test_odd_hours_are_hours_too(week: Any, hours: tuple[float, float]) -> None:
    row = service_hours()
    row.week = week
    row.save()

    profile = this_house(MONDAY).profile

    assert (profile.open_min, profile.close_min) == hours


def test_the_coming_week_lies_on_its_weekdays_without_those_who_are_away(anna: Staff, marek: Staff) -> None:
    for person in (anna, marek):
        Shift.objects.create(
            consultant=person, starts_at=MONDAY + timedelta(days=2), ends_at=MONDAY + timedelta(days=2, hours=8)
        )
    Absence.objects.create(
        consultant=marek,
        kind=AbsenceKind.LEAVE,
        starts_at=MONDAY + timedelta(days=1),
        ends_at=MONDAY + timedelta(days=9),
    )

    house = this_house(MONDAY)

    [who] = house.week
    # Wednesday, 11:00 to 19:00 in Warsaw; Monday's shift is not part of the week from tomorrow on.
    assert who.id == anna.pk and who.shifts == ((2 * 1440 + 660.0, 2 * 1440 + 1140.0),)
    assert who.topics >= set(house.profile.topics) and who.languages >= set(house.profile.languages)


def test_a_house_without_history_says_so_and_takes_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"history is too short: 0 cases in .*--mails N"):
        commands._house(None)

    house = commands._house(80.0)

    assert house.profile.messages_per_day == 80.0
    assert "what they do not show is the example profile's" in capsys.readouterr().err
    assert staffing(house.profile, 0.9, lambda _share: None, with_prices=False).need.reached


def test_the_written_profile_is_one_that_can_be_read(tmp_path: Path) -> None:
    a_busy_week()
    profile = this_house(at(7 * 1440)).profile

    commands._write(tmp_path / "house.json", profile)

    assert read_profile(tmp_path / "house.json") == profile


def test_a_path_and_the_history_together_are_refused() -> None:
    args = SimpleNamespace(from_history=True, profile=Path("x.json"), mails=None)

    with pytest.raises(SystemExit, match="either a PROFILE or --from-history"):
        commands.staffing(args)  # type: ignore[arg-type]


def test_the_history_is_a_scenario_like_any_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_busy_week()
    parser = argparse.ArgumentParser()
    commands.simulate_history_arguments(parser)
    written = tmp_path / "house.json"
    words = ["--policy", "fifo", "--days", "4", "--write", str(written), "--json"]

    service = at(7 * 1440)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("samehand.lib.clock.now", lambda: service)
        assert commands.simulate_history(parser.parse_args(words)) == 0

    shown = capsys.readouterr()
    assert json.loads(shown.out)["policies"]["fifo"]["mean"]["messages"] > 0
    assert "42 cases in" in shown.err
    assert read_profile(written).messages_per_day == pytest.approx(10, abs=5)
