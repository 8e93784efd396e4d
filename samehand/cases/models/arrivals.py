"""What reached us, kept raw before anything was acknowledged, and what of it belongs to no case."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class RawArrival(models.Model):
    """Something reached us, kept whole before anything was acknowledged. The table is the intake's queue."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        FILED = "filed", _("filed")
        ASIDE = "aside", _("put aside")

    channel = models.CharField(max_length=20)
    mailbox = models.CharField(max_length=200, blank=True)
    fingerprint = models.CharField(max_length=80)
    blob = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    envelope = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    stored_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            # The same message twice is one message: a check before the insert would lose the race.
            models.UniqueConstraint(fields=["channel", "fingerprint"], name="arrival_is_one"),
        )
        indexes = (
            models.Index(fields=["id"], name="arrival_waiting", condition=Q(state="waiting")),
            models.Index(fields=["id"], name="arrival_aside", condition=Q(state="aside")),
            models.Index(fields=["stored_at"], name="arrival_stored"),
        )


class MachineMail(models.Model):
    """What a machine wrote that belongs to no case: kept whole for whoever looks for it; nothing waits for an answer.

    `kind` is "bounce" for a notice that proves none of our answers, else "machine".
    """

    arrival = models.OneToOneField(RawArrival, on_delete=models.CASCADE, related_name="machine_mail")
    kind = models.CharField(max_length=10)
    from_address = models.TextField(blank=True)
    from_name = models.TextField(blank=True)
    subject = models.TextField(blank=True)
    preview = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["-received_at", "-id"], name="machine_recent"),
            GinIndex(
                OpClass(Upper("subject"), name="gin_trgm_ops"),
                OpClass(Upper("from_address"), name="gin_trgm_ops"),
                name="machine_trgm",
            ),
        )
