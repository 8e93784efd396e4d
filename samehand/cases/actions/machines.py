"""Which mails of a batch a machine wrote: what they say of themselves, and what happened just before they came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from samehand.cases.actions.knowing import Customers
from samehand.cases.actions.setting_apart import BY_HAND
from samehand.cases.models import Delivery, Message, RawArrival
from samehand.core.arrivals import Arrival
from samehand.core.machines import Signs, is_machine

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LastReceipt:
    at: datetime
    message_id: str


def last_receipts(addresses: Sequence[str], now: datetime) -> dict[str, LastReceipt]:
    """The latest receipt that left for each of the addresses within a day."""
    sent = Delivery.objects.filter(automatic=True, queued_at__gt=now - DAY, recipient__in=addresses)
    rows = sent.order_by("queued_at").values_list("recipient", "queued_at", "message__message_id")
    return {recipient: LastReceipt(at, mid) for recipient, at, mid in rows}


class Machines:
    def __init__(self, customers: Customers, receipts: Mapping[str, LastReceipt]) -> None:
        self.customers = customers
        self.receipts = receipts

    def wrote(self, row: RawArrival, arrival: Arrival) -> bool:
        if arrival.case_token or BY_HAND in row.envelope:
            return False
        return arrival.auto_submitted or arrival.bounce or is_machine(self._signs(row, arrival))

    def _signs(self, row: RawArrival, arrival: Arrival) -> Signs:
        customer = self.customers.by_address.get(arrival.from_address)
        receipt = self.receipts.get(arrival.from_address)
        moments = [at for at in (customer and customer.served_at, receipt and receipt.at) if at]
        return Signs(
            at=row.received_at,
            sounds_automatic=arrival.sounds_automatic,
            silent=arrival.silent or row.envelope.get("sender") == "",
            answered_at=max(moments, default=None),
            receipt_at=receipt.at if receipt else None,
            answers_receipt=receipt is not None and receipt.message_id in (arrival.in_reply_to, *arrival.references),
            repeats=receipt is not None and self._repeats(arrival, row.received_at),
        )

    @staticmethod
    def _repeats(arrival: Arrival, at: datetime) -> bool:
        """Asked only of the few to whom a receipt went within a day."""
        came = Message.objects.filter(
            direction=Message.Direction.IN, from_address=arrival.from_address, at__gt=at - DAY
        )
        return came.filter(reply_text=arrival.reply_text).exists()
