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


class TreeEnding(models.Model):
    """How many walked a tree to one of its ends on a day. `end` is a node of its definition; nobody is named."""

    tree = models.ForeignKey(Tree, on_delete=models.CASCADE, related_name="endings")
    end = models.CharField(max_length=60)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("tree", "end", "day")
        constraints = (models.UniqueConstraint(fields=["tree", "end", "day"], name="tree_ending_is_one"),)
