"""What the operator's own articles fill in: its access point, its numbers, its fees."""

from __future__ import annotations

from django.db import models

from samehand.people.models import Staff


class OperatorFact(models.Model):
    """A value that differs from the default of `guide.facts`; articles write {{key}} and mean it."""

    key = models.SlugField(max_length=40, unique=True)
    values = models.JSONField(help_text='By language: {"pl": ..., "en": ...}.')
    edited_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ("key",)
