"""Problems that customers have, where they stand in the guide, and the solutions that are offered for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samehand.people.models import Language, Staff


class Kind(models.TextChoices):
    FORMAL = "formal", pgettext_lazy("kind of a problem", "formal")
    TECHNICAL = "technical", pgettext_lazy("kind of a problem", "technical")


class Category(models.Model):
    """A shelf of the guide. `names`, `summaries` and `slugs` are by language: {"pl": ..., "en": ...}."""

    key = models.SlugField(max_length=60, unique=True)
    place = models.PositiveIntegerField(default=0)
    icon = models.CharField(max_length=40, blank=True)
    names = models.JSONField()
    summaries = models.JSONField(default=dict)
    slugs = models.JSONField()

    class Meta:
        ordering = ("place", "key")

    def __str__(self) -> str:
        return self.key


class Problem(models.Model):
    """What a customer comes with. `key` never changes: the ledger, trees and exports name the problem by it."""

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="problems")
    topic = models.CharField(max_length=40, blank=True, help_text="A key of core.topics.")
    source_language = models.CharField(max_length=5, choices=Language.choices, default=Language.POLISH)
    related = models.JSONField(default=list, help_text="Keys of problems that are often meant instead.")
    owner = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="problems")
    review_every = models.PositiveIntegerField(_("look at it again after (days)"), default=180)
    review_by = models.DateField(_("look at it again by"), null=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="Shown to nobody outside; its history stays.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("category", "key")
        indexes = (
            # "What must I look at again?": asked at every page of the desk.
            models.Index(
                fields=["owner", "review_by"], name="problem_freshness", condition=models.Q(withdrawn_at=None)
            ),
        )

    def __str__(self) -> str:
        return self.key


class Solution(models.Model):
    """One way out of a problem; `key` is the mark behind its heading, the same in every language."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="solutions")
    key = models.SlugField(max_length=60)
    place = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, help_text="It stands in no published version any more.")

    class Meta:
        ordering = ("problem", "place", "key")
        constraints = (models.UniqueConstraint(fields=["problem", "key"], name="solution_is_one"),)

    def __str__(self) -> str:
        return f"{self.problem.key}#{self.key}"


class SolutionText(models.Model):
    """A solution as the published version of a language words it: what drafts are compared with."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5, choices=Language.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(help_text="Its steps in plain words, one a line.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["solution", "language"], name="solution_text_is_one"),)
