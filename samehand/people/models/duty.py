"""Who works when: planned shifts with their breaks, and what keeps a person away."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samehand.people.models.staff import Staff


class AbsenceKind(models.TextChoices):
    LEAVE = "leave", _("leave")
    SICK = "sick", _("ill")
    OTHER = "other", _("away")


class Shift(models.Model):
    consultant = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_start"
            ),
        )
        indexes = (models.Index(fields=["ends_at", "starts_at"], name="shift_now"),)

    def __str__(self) -> str:
        return f"{self.consultant} {self.starts_at:%Y-%m-%d %H:%M}"


class Break(models.Model):
    """A planned break; it lies inside its shift and goes where the shift goes."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="breaks")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="break_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Absence(models.Model):
    """The person is not there, whatever is planned; the shifts stay, so that it is seen what they leave open.

    Kind and note are health data when somebody is ill: read them through `people.access.absences_for` only.
    """

    consultant = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(_("kind"), max_length=10, choices=AbsenceKind.choices)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("Only leads read it."))

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="absence_ends_after_start"
            ),
        )
        # Asked of everybody at every decision: who is away now?
        indexes = (models.Index(fields=["consultant", "ends_at", "starts_at"], name="absence_now"),)

    def __str__(self) -> str:
        return f"{self.consultant} {self.starts_at:%Y-%m-%d}"


class WeekTemplate(models.Model):
    """A week to plan after; `rows` are {staff, span, breaks}, spans in minutes of the wall clock since Monday 0:00."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    rows = models.JSONField(default=list)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
