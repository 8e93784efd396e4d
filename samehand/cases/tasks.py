"""Work that waits for no reader: deliveries, the rescue of those whose worker died, cases for who comes on shift."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from samehand.cases import actions
from samehand.cases.actions import dispatching
from samehand.cases.jobs import DELIVER, RECEIPTS, ROSTER, send_rescued, send_soon
from samehand.lib.clock import now
from samehand.lib.identity import me


@app.task(name=DELIVER, queue="deliveries")
def deliver(message_id: int) -> None:
    try:
        again = actions.deliver(message_id=message_id, worker=me.number(), clock=now)
    except Exception:
        # What we had claimed is nobody's now: with a new number of ours, the rescue sees that.
        me.forget()
        raise
    if again:
        send_soon(message_id, at=again)


@app.task(name=RECEIPTS, queue="deliveries")
def receipts(message_ids: list[int]) -> None:
    actions.send_receipts(message_ids=message_ids, now=now())


@app.task(name=ROSTER, queue="desk")
def roster_changed(staff_id: int | None, *, returned: bool = False) -> None:
    dispatching.roster_changed(staff_id=staff_id, returned=returned, now=now())


@app.periodic(cron="* * * * *")
@app.task(name="samehand.cases.assign_waiting", queue="desk", queueing_lock="assign_waiting")
def assign_waiting(timestamp: int) -> None:
    actions.assign_waiting(now=now())


@app.periodic(cron="* * * * *")
@app.task(name="samehand.cases.end_choices", queue="desk", queueing_lock="end_choices")
def end_choices(timestamp: int) -> None:
    actions.end_choices(now=now())


@app.periodic(cron="* * * * * */15")
@app.task(name="samehand.cases.rescue", queue="desk", queueing_lock="rescue")
def rescue(timestamp: int) -> None:
    for message_id in actions.rescue(now=now()):
        send_rescued(message_id)


@app.periodic(cron="17 * * * *")
@app.task(name="samehand.cases.tidy", queue="desk", queueing_lock="tidy")
async def tidy(timestamp: int) -> None:
    """Jobs whose worker died have been replaced by the rescue; finished ones are of no use after a week."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
    await app.job_manager.delete_old_jobs(nb_hours=7 * 24, include_failed=True)
