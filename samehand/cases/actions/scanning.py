"""Attached files before they are handed out: too large ones stay in the original, the others wait for the scanner."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction

from samehand.cases import originals
from samehand.cases.models import Attachment
from samehand.core.arrivals import Part, Unreadable
from samehand.lib import blobs
from samehand.lib.events import Fact, record
from samehand.lib.scanner import TooLarge

BATCH = 20
Scan = Callable[[bytes], str]
State = Attachment.State


def state_of(part: Part) -> str:
    """What a file may do when it comes in."""
    if part.size > settings.MAX_FILE:
        return State.LARGE
    return State.HELD if settings.SCANNER else State.FREE


def scan_held(*, scan: Scan, now: Callable[[], datetime]) -> int:
    """Ask the scanner about the files that wait, oldest first; how many it judged. Raises ScannerAway: then what is
    left waits on."""
    held = Attachment.objects.filter(state=State.HELD).select_related("message__case").order_by("id")[:BATCH]
    judged = 0
    for _message, files in groupby(held, key=lambda file: file.message_id):
        for file in files:
            _settle(file, *_judged(file, scan), now())
            judged += 1
    return judged


def _judged(file: Attachment, scan: Scan) -> tuple[str, str]:
    try:
        _, content = originals.attachment(file.message, file.part)
    except (blobs.BlobMissing, Unreadable):
        # Nothing can be handed out that is not there.
        return State.FREE, ""
    try:
        found = scan(content)
    except TooLarge:
        return State.LARGE, ""
    return (State.INFECTED, found) if found else (State.FREE, "")


def _settle(file: Attachment, state: str, finding: str, now: datetime) -> None:
    with transaction.atomic():
        held = Attachment.objects.filter(pk=file.pk, state=State.HELD)
        if held.update(state=state, finding=finding.replace("\x00", "")):
            case = file.message.case
            data = {"message": file.message_id, "state": str(state)}
            record([Fact("attachment.judged", case.pk, case.owner_id, data)], now=now)


def may_leave(files: Iterable[Attachment]) -> bool:
    """Whether the original, which holds all of them, may be handed out."""
    return all(file.state in (State.FREE, State.LARGE) for file in files)
