"""What the rest of a day will bring, as it was last reckoned."""

from __future__ import annotations

from django.db import models


class Forecast(models.Model):
    """One row a day: the latest. `told` is what `settings.FORECAST` said, in its own words."""

    day = models.DateField(unique=True)
    made_at = models.DateTimeField()
    told = models.JSONField(default=dict)
