"""What happened, in order: written in the transaction that made it happen."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """A fact of the business ("case.filed"); the screens follow them live, the log keeps them."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    case_id = models.BigIntegerField(null=True)
    staff_id = models.BigIntegerField(null=True, help_text="Whom it concerns most; null: the whole desk.")
    data = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["case_id", "id"], name="event_of_case"),)
