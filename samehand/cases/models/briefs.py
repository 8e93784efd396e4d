"""What people made of a case's brief."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from samehand.cases.models.cases import Case
from samehand.people.models import Staff


class Brief(models.Model):
    """A brief in a person's own words. What the rule says is read from the messages each time and stored nowhere, so
    that it is true after every joining, splitting and undoing."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="own_brief")
    text = models.TextField()
    author = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, help_text="Who edits an older one is told.")
    in_use = models.BooleanField(default=True, help_text="False: the rule's words are shown again; these are kept.")
    knows = ArrayField(models.BigIntegerField(), help_text="The ids of the messages that its author had before her.")

    def __str__(self) -> str:
        return f"{self.case_id} {self.version}"
