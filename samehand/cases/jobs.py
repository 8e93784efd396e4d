"""Putting work in line, by name: part of the caller's transaction, gone with it when it is rolled back."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

DELIVER = "samehand.cases.deliver"


def send_soon(message_id: int, at: datetime | None = None) -> None:
    """Have the answer delivered, now or at the given moment."""
    app.configure_task(DELIVER, queue="deliveries", schedule_at=at).defer(message_id=message_id)
