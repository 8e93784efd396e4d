"""What was tried: solutions offered to a customer for a problem, on any channel, and what came of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samehand.cases.models.cases import Case
from samehand.cases.models.messages import Message
from samehand.guide.models import Problem, Solution
from samehand.people.models import Customer, Staff


class Outcome(models.TextChoices):
    UNKNOWN = "unknown", _("not known yet")
    HELPED = "helped", _("helped")
    FAILED = "failed", _("did not help")
    NOT_TRIED = "not_tried", _("not tried")


class Offer(models.Model):
    """One solution, or advice in free words, offered once. It is the customer's and the problem's, not the case's."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="offers", db_index=False)
    problem = models.ForeignKey(Problem, null=True, on_delete=models.SET_NULL, related_name="offers")
    solution = models.ForeignKey(Solution, null=True, on_delete=models.SET_NULL, related_name="offers")
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="offers")
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="offers")
    text = models.TextField(blank=True, help_text="The advice in the words in which it was given.")
    language = models.CharField(max_length=5, default="pl")
    by = models.ForeignKey(
        Staff, null=True, on_delete=models.SET_NULL, related_name="offers",
        help_text="Null: she found it in the guide herself.",
    )  # fmt: skip
    channel = models.CharField(max_length=20, help_text="mail, web, phone, letter, social, guide")
    device = models.CharField(max_length=200, blank=True)
    family = models.CharField(max_length=20, blank=True, help_text="Whose steps it has: a word of core.scopes.")
    offered_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.UNKNOWN)
    outcome_at = models.DateTimeField(null=True)
    outcome_how = models.CharField(max_length=10, blank=True, help_text="mail, link, page, guide, phone, staff")
    outcome_words = models.CharField(max_length=200, blank=True, help_text="Her own words that said so.")
    outcome_before = models.CharField(max_length=10, blank=True, help_text="What it was before: to be undone.")
    outcome_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome_message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    repeats = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="repeated")
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was offered although it had failed.")

    class Meta:
        ordering = ("offered_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["message", "solution"], name="offer_of_message_is_one", condition=Q(message__isnull=False)
            ),
            models.CheckConstraint(condition=Q(solution__isnull=False) | ~Q(text=""), name="offer_says_what"),
        )
        indexes = (
            # "What was tried with her?": asked whenever an answer is written or mails are filed.
            models.Index(fields=["customer", "problem"], name="offer_of_customer"),
            models.Index(fields=["solution", "outcome"], name="offer_success"),
        )


class Prevented(models.Model):
    """A draft that would have offered again what had failed; `reason` when it was sent all the same."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="prevented")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="prevented")
    by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    how = models.CharField(max_length=10, help_text="link, canned, text")
    likeness = models.FloatField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = (models.Index(fields=["at"], name="prevented_at"),)


class ReadBefore(models.Model):
    """An article that the customer had read before she wrote: the guide did not keep her from having to."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="read_before")
    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="read_before")
    at = models.DateTimeField()
    query = models.CharField(max_length=200, blank=True)
    helped = models.BooleanField(null=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=["case", "problem"], name="read_before_is_one"),)
