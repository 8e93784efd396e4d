"""Cases, who takes part in them, and how people put them in order."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from samehand.guide.models import Problem
from samehand.people.models import Customer, Skill, Staff


class Case(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", _("open")
        WAITING = "waiting", _("waiting for the customer")
        SOLVED = "solved", _("solved")
        MERGED = "merged", _("joined with another")

    reference = models.CharField(max_length=16)
    page_turn = models.PositiveIntegerField(
        default=0, db_default=0, help_text="How often the key of the customer's page was changed."
    )
    # Its index is `case_of_customer`.
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases", db_index=False)
    owner = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases")
    owner_reason = models.CharField(max_length=30, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    subject = models.TextField(blank=True)
    skill = models.CharField(max_length=20, choices=Skill.choices, default=Skill.GENERAL)
    topic = models.CharField(max_length=40, blank=True, default="", db_default="", help_text="A key of core.topics.")
    topic_words = models.TextField(blank=True, default="", db_default="", help_text="The words that speak for it.")
    # Its index is `case_problem`: most cases have none.
    problem = models.ForeignKey(
        Problem, null=True, on_delete=models.SET_NULL, related_name="cases", db_index=False,
        help_text="What the guide calls it; solutions are counted by it.",
    )  # fmt: skip
    problem_by = models.ForeignKey(
        Staff, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False,
        help_text="Who said so; null: it was guessed from the customer's words.",
    )  # fmt: skip
    language = models.CharField(max_length=5, default="pl")
    preview = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="The earliest open promise; null: nothing waits.")
    # Both with a partial index of their own below: hardly any case has them.
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="merged", db_index=False,
        help_text="All that was said here lies in that case now; never one that was joined itself.",
    )  # fmt: skip
    maybe_case = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False,
        help_text="Where it may belong, for a person to say.",
    )  # fmt: skip
    maybe_why = models.JSONField(null=True, help_text='{"signs": [...], "days": 2}, as core.hints says it.')

    class Meta:
        constraints = (
            # Not `unique=True`: that brings a second index for searches that nobody makes.
            models.UniqueConstraint(fields=["reference"], name="case_reference_is_one"),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | ~Q(status="merged") & Q(merged_into__isnull=True),
                name="merged_case_says_where",
            ),
        )
        indexes = (
            models.Index(fields=["merged_into"], name="case_merged_into", condition=Q(merged_into__isnull=False)),
            models.Index(fields=["problem"], name="case_problem", condition=Q(problem__isnull=False)),
            models.Index(fields=["problem_by"], name="case_problem_by", condition=Q(problem_by__isnull=False)),
            models.Index(fields=["maybe_case"], name="case_maybe", condition=Q(maybe_case__isnull=False)),
            # "My queue, next promise first" and "whatever has nobody yet": asked at every page.
            models.Index(fields=["owner", "due_at", "id"], name="case_queue", condition=Q(status="open")),
            models.Index(fields=["due_at", "id"], name="case_promises", condition=Q(due_at__isnull=False)),
            models.Index(fields=["customer", "-touched_at"], name="case_of_customer"),
            models.Index(fields=["-touched_at", "-id"], name="case_recent"),
            GinIndex(OpClass(Upper("subject"), name="gin_trgm_ops"), name="case_subject_trgm"),
        )

    def __str__(self) -> str:
        return self.reference


class Participant(models.Model):
    """Somebody besides the customer whom a consultant lets take part; he gets what is sent to him, and nothing else."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="participants")
    address = models.CharField(max_length=320)
    added_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["case", "address"], name="participant_is_one"),)


class Rearrangement(models.Model):
    """What a person joined, split off or moved, kept so that it can be undone exactly."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("joined")
        SPLIT = "split", _("split off")
        MOVE = "move", _("moved")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="left")
    into = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="received")
    author = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="rearrangements")
    at = models.DateTimeField()
    moved = ArrayField(models.BigIntegerField(), help_text="The ids of the messages that went over.")
    before = models.JSONField(help_text="What it changed, as it was.")
    after = models.JSONField(help_text="The same, as it was left.")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = (
            # "Has any of these been moved on since?"
            GinIndex(fields=["moved"], name="rearrangement_moved"),
        )
