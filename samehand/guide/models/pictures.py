"""Pictures of articles: drawn anew from what was uploaded, so that no place or camera is told along."""

from __future__ import annotations

from django.db import models

from samehand.people.models import Staff


class Picture(models.Model):
    """`name` is what articles write: ![Gdzie jest numer karty](picture:sim-frame). The bytes lie among the blobs."""

    name = models.SlugField(max_length=80, unique=True)
    blob = models.CharField(max_length=80)
    content_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
