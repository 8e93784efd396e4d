"""The desk's jobs."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from samehand.cases import actions
from samehand.desk.staffing import reckonings
from samehand.lib.clock import now

LOCK = "forecast"


@app.task(name=reckonings.TASK, queue="desk")
def reckon(reckoning_id: int) -> None:
    reckonings.answer(reckoning_id=reckoning_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="samehand.desk.forecast", queue="desk", queueing_lock=LOCK)
def forecast(timestamp: int) -> None:
    actions.reckon_forecast(now=now())


def forecast_soon() -> None:
    """A lead wants it anew; one that waits already is enough."""
    with suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        forecast.configure(queueing_lock=LOCK).defer(timestamp=0)
