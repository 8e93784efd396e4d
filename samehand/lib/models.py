"""What happened, in order, and where kept bytes lie: both written in the transaction that made it so."""

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


class Blob(models.Model):
    """The place of kept bytes: a frame in a pack (`lib/blobs`). No index but the key's: each would cost every mail."""

    pack = models.BigIntegerField()
    start = models.BigIntegerField()
    size = models.IntegerField()
    key = models.BinaryField(primary_key=True, help_text="The SHA-256 of the bytes as they were given.")
