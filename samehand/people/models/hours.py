"""When the desk answers, and what it promises."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


def daily_eight_to_ten() -> list[list[list[str]]]:
    return [[["08:00", "22:00"]] for _day in range(7)]


class ServiceHours(models.Model):
    """When the desk answers, and what it promises. One row.

    `week` holds seven days from Monday, each a list of ["HH:MM", "HH:MM"]; a span whose end is not after its
    begin runs over midnight ("22:00"-"06:00"; "00:00"-"00:00" is the whole day).
    """

    zone = models.CharField(_("time zone"), max_length=60, default="Europe/Warsaw")
    week = models.JSONField(_("week"), default=daily_eight_to_ten)
    country = models.CharField(_("public holidays of"), max_length=2, default="PL", blank=True)
    promise_minutes = models.PositiveIntegerField(_("answer within (minutes)"), default=30)
    risk_minutes = models.PositiveIntegerField(_("at risk when fewer minutes are left"), default=10)
    receipts = models.BooleanField(
        _("tell known customers at once that their mail is here, and by when we answer"),
        default=False,
        db_default=False,
    )
    customers_may_wait = models.BooleanField(
        _("customers may choose to wait for their consultant who is away"), default=False, db_default=False
    )
    hands_out = models.BooleanField(_("hand out mails one at a time"), default=False, db_default=False)
    silence_minutes = models.PositiveIntegerField(
        _("away after so many minutes without a sign"), default=5, db_default=5
    )

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="service_hours_is_one_row"),)


class SpecialDay(models.Model):
    """A day that differs from the week: closed (`spans` empty) or with hours of its own."""

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    spans = models.JSONField(_("hours"), default=list, blank=True)

    class Meta:
        ordering = ("date",)
