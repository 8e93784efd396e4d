"""What the desk keeps for itself: questions to the simulator and their answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samehand.people.models import Staff


class Reckoning(models.Model):
    """A question about staffing, how far its answer is, and the answer.

    `key` stands for the kind and the inputs. `basis` is what the answer stands on: profile, week and how much history;
    what is asked about bad days stands on that of the people asked for before (`of`).
    """

    class Kind(models.TextChoices):
        PEOPLE = "people", _("people")
        ILL = "ill", _("illness")
        OUTAGE = "outage", _("outage")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    inputs = models.JSONField()
    key = models.CharField(max_length=64)
    of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="bad_days")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.FloatField(default=0.0)
    asked_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    beat_at = models.DateTimeField(help_text="When its process last gave a sign.")
    done_at = models.DateTimeField(null=True)
    basis = models.JSONField(null=True)
    answer = models.JSONField(null=True)
    trouble = models.CharField(max_length=300, blank=True, default="")
    under_way = models.BooleanField(default=True, help_text="Waiting or running.")

    class Meta:
        constraints = (
            # Each takes a processor for a minute: one at a time in the whole house.
            models.UniqueConstraint(fields=["under_way"], name="one_reckoning_at_a_time", condition=Q(under_way=True)),
            models.CheckConstraint(
                condition=Q(under_way=True, state__in=["waiting", "running"])
                | Q(under_way=False, state__in=["done", "cancelled", "failed"]),
                name="reckoning_under_way_is_told",
            ),
        )
        indexes = (
            # "The latest of this kind", at every look at the page.
            models.Index(fields=["kind", "-asked_at"], name="reckoning_latest"),
        )
