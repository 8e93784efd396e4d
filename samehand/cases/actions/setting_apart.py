"""What machines write without a case lies apart, for whoever looks for it; one click makes a case of it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from samehand.cases.models import MachineMail, RawArrival
from samehand.core.arrivals import Arrival
from samehand.core.masking import preview
from samehand.lib.events import Fact, record

# What a person said of an arrival stands beside what the door said of it.
BY_HAND = "by_hand"


def apart(row: RawArrival, arrival: Arrival) -> MachineMail:
    return MachineMail(
        arrival=row,
        kind="bounce" if arrival.bounce else "machine",
        from_address=arrival.from_address,
        from_name=arrival.from_name,
        subject=arrival.subject,
        preview=preview(arrival.reply_text or arrival.text),
        received_at=row.received_at,
    )


@transaction.atomic
def make_case(*, machine_mail_id: int, author_id: int, now: datetime) -> bool:
    """A person says that somebody waits for an answer to this: it is filed again, as if a person had written it, and
    its promise runs from the moment it came. False when somebody was quicker."""
    mail = MachineMail.objects.select_for_update().select_related("arrival").filter(pk=machine_mail_id).first()
    if mail is None:
        return False
    row = mail.arrival
    mail.delete()
    row.envelope = {**row.envelope, BY_HAND: author_id}
    row.state, row.reason, row.tries, row.settled_at = RawArrival.State.WAITING, "", 0, None
    row.save(update_fields=["envelope", "state", "reason", "tries", "settled_at"])
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY samehand_arrivals")
    record([Fact("machine_mail.opened", staff_id=author_id, data={"arrival": row.pk})], now=now)
    return True
