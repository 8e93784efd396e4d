"""A tireless consultant: answers whatever waits, through the product's own action, until a file says stop. When nothing
waits, she does not wait for the next try of answers that were put off.

SAMEHAND_DATA=... python -m tests.system.consultant STOPFILE
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "samehand.config.settings"

import django

django.setup()

from django.db import Error, close_old_connections

from samehand.cases import actions
from samehand.cases.models import Case, Delivery
from samehand.lib.clock import now
from samehand.people.models import Staff


def answer_one() -> bool:
    case = Case.objects.filter(due_at__isnull=False).order_by("due_at", "id").first()
    author = Staff.objects.order_by("id")[0]
    if case is None:
        actions.send_all_again(state=Delivery.State.DELAYED, author_id=author.pk, now=now())
        return False
    try:
        actions.reply(
            case_id=case.pk,
            author_id=author.pk,
            text="Sprawdziłam. Już działa.",
            seen=case.messages.latest("pk").pk,
            now=now(),
        )
    except actions.AlreadyAnswered:
        pass
    return True


def main(stop: Path) -> None:
    while not stop.exists():
        try:
            busy = answer_one()
        except (Error, OSError):
            close_old_connections()
            busy = False
        time.sleep(0.002 if busy else 0.2)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
