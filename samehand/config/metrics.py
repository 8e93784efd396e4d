"""How the house is doing, in numbers read from the database when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, F, Min, Q
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from samehand.cases import figures
from samehand.cases.models import Delivery, Message, Offer, Prevented, RawArrival
from samehand.channels.mail.models import Mailbox
from samehand.lib.clock import now
from samehand.people.models import ServiceHours
from samehand.people.queries import terms


def text() -> tuple[bytes, str]:
    """Everything in Prometheus' text format, and its content type."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(House(now()))
    return generate_latest(registry), CONTENT_TYPE_LATEST


class House(Collector):
    def __init__(self, moment: datetime) -> None:
        self.now = moment

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        yield from self._arrivals()
        yield from self._promises()
        yield from self._outbox()
        yield from self._ledger()
        trouble = Mailbox.objects.filter(enabled=True).exclude(trouble="").count()
        yield GaugeMetricFamily("samehand_mailbox_trouble", "Watched mailboxes that cannot be read.", trouble)

    def _arrivals(self) -> Iterator[Metric]:
        total = CounterMetricFamily("samehand_arrivals", "Arrivals kept since the beginning.", labels=["channel"])
        counted = RawArrival.objects.order_by().values_list("channel").annotate(number=Count("id"))
        for channel, number in counted:
            total.add_metric([channel], number)
        yield total
        waiting = RawArrival.objects.filter(state=RawArrival.State.WAITING)
        found = waiting.aggregate(number=Count("id"), oldest=Min("stored_at"))
        yield GaugeMetricFamily("samehand_arrivals_waiting", "Arrivals that are not filed yet.", found["number"])
        lag = (self.now - found["oldest"]).total_seconds() if found["oldest"] else 0.0
        yield GaugeMetricFamily(
            "samehand_filing_lag_seconds", "How long the oldest unfiled arrival waits.", max(lag, 0)
        )
        aside = RawArrival.objects.filter(state=RawArrival.State.ASIDE).count()
        yield GaugeMetricFamily("samehand_arrivals_aside", "Arrivals put aside because they could not be read.", aside)

    def _ledger(self) -> Iterator[Metric]:
        offers = CounterMetricFamily("samehand_offers", "Solutions offered, by their outcome.", labels=["outcome"])
        for outcome, number in Offer.objects.order_by().values_list("outcome").annotate(number=Count("id")):
            offers.add_metric([outcome], number)
        yield offers
        prevented = Prevented.objects.aggregate(
            refused=Count("id", filter=Q(reason="")), sent=Count("id", filter=~Q(reason=""))
        )
        told = "Drafts with what had failed: not sent."
        yield CounterMetricFamily("samehand_reoffers_refused", told, prevented["refused"])
        told = "Drafts with what had failed: sent with a reason."
        yield CounterMetricFamily("samehand_reoffers_sent", told, prevented["sent"])

    def _promises(self) -> Iterator[Metric]:
        standing = GaugeMetricFamily("samehand_promises", "Unanswered messages by their promise.", labels=["state"])
        for state, number in self._unanswered().items():
            standing.add_metric([state], number)
        yield standing
        answered = Message.objects.filter(due_at__isnull=False, answered_at__isnull=False)
        # Whoever chose to wait for her consultant was answered by her own choice: neither kept nor broken.
        promised = answered.filter(due_before_choice=None)
        settled = promised.aggregate(**_outcomes())
        yield CounterMetricFamily("samehand_promises_kept", "Messages answered in time.", settled["kept"])
        yield CounterMetricFamily("samehand_promises_late", "Messages answered too late.", settled["late"])
        chosen = CounterMetricFamily(
            "samehand_promises_by_choice", "Messages whose customer chose to wait.", labels=["outcome"]
        )
        by_choice = answered.filter(due_before_choice__isnull=False).aggregate(**_outcomes())
        for outcome, number in by_choice.items():
            chosen.add_metric([outcome], number)
        yield chosen

    def _unanswered(self) -> dict[str, int]:
        found = figures.right_now(self.now, terms(ServiceHours.objects.first() or ServiceHours()))
        return {"open": found.open, "at_risk": found.at_risk, "broken": found.broken, "by_choice": found.chosen}

    def _outbox(self) -> Iterator[Metric]:
        outbox = GaugeMetricFamily("samehand_outbox", "Answers by what became of them.", labels=["state"])
        counts = dict.fromkeys(Delivery.State.values, 0)
        counts.update(Delivery.objects.order_by().values_list("state").annotate(number=Count("id")))
        for state, number in counts.items():
            outbox.add_metric([str(state)], number)
        yield outbox


def _outcomes() -> dict[str, Count]:
    return {
        "kept": Count("id", filter=Q(answered_at__lte=F("due_at"))),
        "late": Count("id", filter=Q(answered_at__gt=F("due_at"))),
    }
