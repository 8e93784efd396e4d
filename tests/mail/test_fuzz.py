"""A short run of what `python -m tests.mail.fuzz` does for ten minutes."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings

from tests.mail.fuzz import judge
from tests.mail.fuzz.__main__ import changed, seeds
from tests.mail.fuzz.mails import mails
from tests.mail.samples import CORPUS


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(mails())
def test_mails_by_rule(raw: bytes) -> None:
    judge.in_time(raw)


def test_samples_changed_by_chance() -> None:
    dice, known = random.Random(20), [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))]
    for _turn in range(300):
        judge.in_time(changed(dice, known))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(mails())
def test_memory_stays_in_proportion(raw: bytes) -> None:
    judge.in_memory(raw * 3)


def test_there_are_seeds() -> None:
    assert len(seeds()) >= 15


def test_the_judge_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "TIMES", 0)
    monkeypatch.setattr(judge, "ROOM", 10_000)
    with pytest.raises(AssertionError, match="bytes of memory"):
        judge.in_memory(b"From: a@b.test\n\n" + b"x" * 50_000)
    with pytest.raises(AssertionError, match="s for"):
        judge.in_time(b"From: a@b.test\n\nx", seconds=-1)
    with pytest.raises(AssertionError, match="NUL"):
        judge._holdable({"a": ["\x00"]})
