"""The desk's jobs."""

from __future__ import annotations

from procrastinate.contrib.django import app

from samehand.desk.staffing import reckonings


@app.task(name=reckonings.TASK, queue="desk")
def reckon(reckoning_id: int) -> None:
    reckonings.answer(reckoning_id=reckoning_id)
