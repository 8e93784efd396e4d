"""Decision trees: questions that lead to a solution, or to a case that carries all answers."""

from __future__ import annotations

from django.db import models

from samehand.guide.models.problems import Problem
from samehand.people.models import Staff


class Tree(models.Model):
    """`definition` is what `core.trees` reads and has found sound: no ring, no dead end."""

    key = models.SlugField(max_length=60, unique=True)
    problem = models.ForeignKey(Problem, null=True, on_delete=models.SET_NULL, related_name="trees")
    definition = models.JSONField()
    published = models.BooleanField(default=True)
    place = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ("place", "key")

    def __str__(self) -> str:
        return self.key
