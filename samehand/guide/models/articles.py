"""Articles in versions: a problem, written in a language, as it was at a time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samehand.guide.models.problems import Problem
from samehand.people.models import Language, Staff


class Significance(models.TextChoices):
    """What a change means for the translations."""

    MINOR = "minor", _("wording: translations stay right")
    MEDIUM = "medium", _("meaning: translations should follow")
    MAJOR = "major", _("wrong or dangerous before: translations are out of date until they follow")


class Revision(models.Model):
    """One version. `body` is Markdown as `core.articles` reads it; `number` counts within problem and language."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("waits for review")
        RETURNED = "returned", _("returned to its author")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("replaced by a newer version")
        DISCARDED = "discarded", _("discarded")

    OPEN = (State.DRAFT, State.REVIEW, State.RETURNED)

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="revisions")
    language = models.CharField(max_length=5, choices=Language.choices)
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=120)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    keywords = ArrayField(models.CharField(max_length=80), verbose_name=_("other words"), default=list, blank=True)
    body = models.TextField(_("text"))
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    significance = models.CharField(
        _("what the change means"), max_length=10, choices=Significance.choices, default=Significance.MEDIUM
    )
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    based_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="translations",
        help_text="The version in the source language that this translation follows.",
    )  # fmt: skip
    restores = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="The older version that this one brings back.",
    )  # fmt: skip
    author = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="revisions")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(
        Staff, null=True, on_delete=models.SET_NULL, related_name="+", help_text="Who saved it last, if anybody did."
    )
    reviewer = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="reviewed_revisions")
    review_remark = models.TextField(_("remark"), blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("problem", "language", "-number")
        constraints = (
            models.UniqueConstraint(fields=["problem", "language", "number"], name="revision_number_is_one"),
            models.UniqueConstraint(
                fields=["problem", "language"], name="one_published_revision", condition=Q(state="published")
            ),
            # Two people who write at once would each publish without the other's change.
            models.UniqueConstraint(
                fields=["problem", "language"],
                name="one_open_revision",
                condition=Q(state__in=("draft", "review", "returned")),
            ),
            models.UniqueConstraint(
                fields=["language", "slug"], name="published_slug_is_one", condition=Q(state="published")
            ),
        )

    def __str__(self) -> str:
        return f"{self.problem.key} {self.language} {self.number}"


class Redirect(models.Model):
    """A slug that a published article once had, and the problem that it leads to."""

    language = models.CharField(max_length=5, choices=Language.choices)
    slug = models.SlugField(max_length=120)
    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="redirects")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["language", "slug"], name="redirect_is_one"),)
