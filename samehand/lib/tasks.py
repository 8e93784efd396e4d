"""Work of the night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from samehand.lib.blobs.packing import pack
from samehand.lib.clock import now


@app.periodic(cron="23 3 * * *")
@app.task(name="samehand.lib.pack_blobs", queue="desk", queueing_lock="pack_blobs")
def pack_blobs(timestamp: int) -> None:
    pack(now=now())
