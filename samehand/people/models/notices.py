"""Notices: one says on every page what is wrong or different, and the calendar of promises follows it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samehand.people.models.staff import Language, Staff


class NoticeKind(models.TextChoices):
    OUTAGE = "outage", _("outage")
    WORKS = "works", _("planned works")
    SLOW = "slow", _("answers take longer")
    CLOSED = "closed", _("the desk is closed")
    NEWS = "news", _("good to know")


class Notice(models.Model):
    """What customers are told from `shown_from` to `ends_at` about the time from `starts_at` on. Promises given from
    its announcement on keep to it; those given before stay."""

    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind.choices)
    titles = models.JSONField(help_text='By language: {"pl": "Awaria we Wrocławiu do ok. 18:00", "en": ...}.')
    texts = models.JSONField(default=dict, help_text="More words, by language; may be empty.")
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text="Problems it explains.")
    shown_from = models.DateTimeField(_("on the pages from"), help_text="At the latest when it begins.")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    about = models.BooleanField(_("the end is a guess"), default=False)
    closes = models.BooleanField(_("nobody answers meanwhile"), default=False)
    promise_minutes = models.PositiveIntegerField(_("answer within (minutes) meanwhile"), null=True, blank=True)
    created_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-starts_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="notice_ends_after_start"),
            models.CheckConstraint(condition=Q(shown_from__lte=F("starts_at")), name="notice_shown_by_its_start"),
        )
        # Asked at every public page and at every promise: few are ever valid.
        indexes = (models.Index(fields=["ends_at"], name="notice_valid", condition=Q(withdrawn_at=None)),)

    def title(self, language: str) -> str:
        """In this language, else in Polish: nobody is left without a word of it."""
        return str(self.titles.get(language) or self.titles.get(Language.POLISH) or "")

    def text(self, language: str) -> str:
        return str(self.texts.get(language) or self.texts.get(Language.POLISH) or "")
