"""What the guide forgets by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from samehand.guide.actions.asking import forget_old
from samehand.lib.clock import now


@app.periodic(cron="37 3 * * *")
@app.task(name="samehand.guide.forget_searches", queue="desk", queueing_lock="forget_searches")
def forget_searches(timestamp: int) -> None:
    forget_old(now=now())
