"""What readers looked for and what they said of what they found. A reader is a random mark of a browser, no person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samehand.guide.models.articles import Revision
from samehand.guide.models.problems import Problem
from samehand.people.models import Language, Staff


class Came(models.TextChoices):
    """How a reader came to an article."""

    SEARCH = "search", _("from the search")
    SUGGESTION = "suggestion", _("from a suggestion while typing")
    FORM = "form", _("from the contact form")
    CATEGORY = "category", _("from a list")
    RELATED = "related", _("from another article")
    SOLVER = "solver", _("from the guided questions")
    PHONE = "phone", _("from the set-up of a phone")
    ANSWER = "answer", _("from a consultant's answer")
    ELSEWHERE = "elsewhere", _("from elsewhere")


class VoteReason(models.TextChoices):
    WORKS_NOT = "works_not", _("I did it and it does not work")
    UNCLEAR = "unclear", _("I do not understand it")
    WRONG = "wrong", _("Something in it is not true")
    OTHER_PROBLEM = "other_problem", _("I have another problem")
    TOO_LONG = "too_long", _("It is too long")


class Asked(models.Model):
    """A search that somebody made, what it found, and what was opened. Kept for 90 days."""

    query = models.CharField(max_length=200)
    folded = models.CharField(
        max_length=200, help_text="In small letters without Polish marks: what is the same search."
    )
    language = models.CharField(max_length=5, choices=Language.choices)
    where = models.CharField(max_length=12, choices=Came.choices)
    found = models.PositiveIntegerField()
    opened = models.ForeignKey(Problem, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["at"], name="asked_at"),
            models.Index(fields=["folded", "language"], name="asked_same"),
        )


class Gap(models.Model):
    """A search that failed and that somebody has seen to; it comes back when it fails again afterwards."""

    folded = models.CharField(max_length=200)
    language = models.CharField(max_length=5, choices=Language.choices)
    problem = models.ForeignKey(Problem, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    seen_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["folded", "language"], name="gap_is_one"),)


class Vote(models.Model):
    """Did this help? One word a reader and version; she may change it."""

    reader = models.CharField(max_length=64, help_text="The hash of the mark in her browser.")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="votes")
    helped = models.BooleanField()
    reason = models.CharField(max_length=16, choices=VoteReason.choices, blank=True)
    comment = models.CharField(max_length=600, blank=True)
    came = models.CharField(max_length=12, choices=Came.choices, default=Came.ELSEWHERE)
    query = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, help_text="An editor has read the reason.")
    handled_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["reader", "revision"], name="vote_is_one"),)
        indexes = (
            models.Index(fields=["at"], name="vote_unhelpful", condition=models.Q(helped=False, handled_at=None)),
        )
