"""How a case stands, from what was said in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from samehand.core.standing import Said, Standing, stand

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def asked(number: int, minutes: int, **more: Any) -> Said:
    return Said(number, at(minutes), "in", at(minutes + 30), **more)


def robot(number: int, minutes: int) -> Said:
    return Said(number, at(minutes), "in", robot=True)


def answered(number: int, minutes: int) -> Said:
    return Said(number, at(minutes), "out")


def noted(number: int, minutes: int) -> Said:
    return Said(number, at(minutes), "note")


@pytest.mark.parametrize(
    ("said", "was", "wanted"),
    [
        pytest.param([], (), None, id="nothing was said"),
        pytest.param(
            [asked(1, 0)], (), Standing("open", at(0), at(0), at(30), 1), id="a question makes it open until it is due"
        ),
        pytest.param(
            [asked(2, 9), asked(1, 0)],
            ("solved",),
            Standing("open", at(0), at(9), at(30), 2),
            id="of two questions the first is due, the second is shown, and what was solved is open",
        ),
        pytest.param(
            [asked(1, 0, settled=True), answered(2, 5)],
            (),
            Standing("waiting", at(0), at(5), None, 2),
            id="what we answered waits for the customer",
        ),
        pytest.param(
            [asked(1, 0, settled=True), answered(2, 5)],
            ("solved",),
            Standing("solved", at(0), at(5), None, 2),
            id="what was solved stays solved",
        ),
        pytest.param(
            [asked(1, 0, settled=True), answered(2, 5)],
            ("solved", "waiting"),
            Standing("waiting", at(0), at(5), None, 2),
            id="of two cases the more awake counts",
        ),
        pytest.param(
            [robot(1, 0), noted(2, 5)],
            (),
            Standing("open", at(0), at(0), None, None),
            id="a robot and a note: open until a person saw it, and nobody speaks",
        ),
        pytest.param([noted(1, 3)], (), Standing("open", at(3), at(3), None, None), id="nothing but a note"),
    ],
)
def test_how_it_stands(said: list[Said], was: tuple[str, ...], wanted: Standing | None) -> None:
    assert stand(said, was) == wanted
