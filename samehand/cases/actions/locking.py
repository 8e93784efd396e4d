"""Holding a case while it changes.

Always with `no_key`: a row that refers to the case may be written meanwhile. Else whoever holds the routing, and writes
who had the case in hand, would wait for one who holds the case and waits for the routing.
"""

from __future__ import annotations

from django.db import connection

from samehand.cases.models import Case, Message

# Any number, the same in every process: who holds it is the one who files.
FILING_LOCK = 7_001_234


class Joined(Exception):
    """The case was joined with another one; all of it lies there now."""


def locked(case_id: int) -> Case:
    """The case, held until the transaction ends. Raises Joined for one that nobody would see any more."""
    # Not joined with its customer: a row that gets another one while we wait for it would not be found at all.
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id)
    if case.merged_into_id:
        raise Joined
    return case


def locked_case_of(message: Message) -> Case:
    """The case where the message lies, held; it may be moved while one waits for it."""
    while True:
        case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=message.case_id)
        message.refresh_from_db(fields=["case"])
        if message.case_id == case.pk:
            return case


def hold_filing() -> None:
    """Nothing is filed until the transaction ends: no mail goes to a case while its messages change places."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FILING_LOCK])
