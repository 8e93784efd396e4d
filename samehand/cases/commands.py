"""`samehand export messages`: everything that was said, out again."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from samehand.cases.models import Message
from samehand.cases.queries import promise_of
from samehand.core.promises import Terms
from samehand.lib.clock import now
from samehand.people import queries as people

CHUNK = 500


def export_messages(args: argparse.Namespace) -> int:
    """One JSON line for each message that came or went, oldest first; notes stay in the house."""
    for row in exported(now()):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return 0


def exported(moment: datetime) -> Iterator[dict[str, Any]]:
    terms = people.terms()
    messages = (
        Message.objects.exclude(direction=Message.Direction.NOTE)
        .select_related("case__owner", "case__customer", "answer")
        .prefetch_related("attachments", "case__customer__contact_points")
        .order_by("at", "id")
    )
    # A server-side cursor lives in a transaction; it also makes the export one consistent picture.
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Whoever reads what we print may take his time.
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        for message in messages.iterator(chunk_size=CHUNK):
            yield _row(message, moment, terms)


def _row(message: Message, moment: datetime, terms: Terms) -> dict[str, Any]:
    came = message.direction == Message.Direction.IN
    case = message.case
    points = [point.value for point in case.customer.contact_points.all()]
    return {
        "case": case.reference,
        "case_status": case.status,
        "owner": case.owner.email if case.owner else None,
        "customer": points[0] if points else None,
        "direction": message.direction,
        "channel": message.channel,
        "message_id": message.message_id or None,
        "in_reply_to": message.in_reply_to or None,
        "from": message.from_address,
        "to": message.to,
        "subject": message.subject,
        "received_at": _iso(message.at),
        "answered_at": _iso(message.answered_at),
        "due_at": _iso(message.due_at),
        "promise": promise_of(message, moment, terms) if came else None,
        "text": message.text,
        "attachments": [
            {"name": part.name, "content_type": part.content_type, "size": part.size, "inline": part.inline}
            for part in message.attachments.all()
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
