"""Who works when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samehand.people.models.staff import Staff


class Shift(models.Model):
    consultant = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_start"
            ),
        )
        indexes = (models.Index(fields=["ends_at", "starts_at"], name="shift_now"),)

    def __str__(self) -> str:
        return f"{self.consultant} {self.starts_at:%Y-%m-%d %H:%M}"
