"""What waits to be given to a consultant, who is there to take it, and what was learned by giving."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samehand.cases.models.cases import Case
from samehand.cases.models.messages import Message
from samehand.people.models import Customer, Staff


class Turn(models.Model):
    """A case that waits for an answer, or that lies in somebody's hands; gone when it is answered.

    One row a case, of its earliest unanswered message: whoever answers a case answers all that was asked in it.
    `stage`, `until`, `bar`, `owner` and `kept_for` (she and the circle) are for whom it is kept, and how long, as
    core.routing says it.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="turn")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="turn")
    skill = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    arrived_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stage = models.CharField(max_length=10)
    until = models.DateTimeField(null=True, help_text="When the stage ends; null: it lasts.")
    bar = models.FloatField(default=0.0)
    owner = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    kept_for = ArrayField(models.BigIntegerField(), default=list)
    only_for = models.ForeignKey(
        Staff, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False,
        help_text="A lead, a colleague or the customer said so: nobody else gets it.",
    )  # fmt: skip
    urgent = models.BooleanField(default=False)
    given_to = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    given_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True, default="", help_text="A core.routing GiveReason.")
    aside = models.BooleanField(default=False, help_text="Put aside by the one it is given to, for another.")
    word_at = models.DateTimeField(null=True, help_text="The customer has a first word; the work goes on.")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(given_at__isnull=False) | Q(given_to__isnull=True), name="given_turn_says_when"
            ),
            # Two dispatchers at once cannot put two works into one pair of hands, whatever they believe.
            models.UniqueConstraint(
                fields=["given_to"], name="turn_in_hand_is_one", condition=Q(given_to__isnull=False, aside=False)
            ),
            models.UniqueConstraint(fields=["given_to"], name="turn_aside_is_one", condition=Q(aside=True)),
        )
        indexes = (
            # The urgent and the earliest of a queue, for whoever is free; behind them what is late already.
            models.Index(
                fields=["skill", "language", "-urgent", "due_at", "message"],
                name="turn_queue",
                condition=Q(given_to__isnull=True, stage__in=["fits", "near", "all", "urgent"]),
            ),
            models.Index(
                fields=["skill", "language", "-urgent", "due_at", "message"],
                name="turn_late",
                condition=Q(given_to__isnull=True, stage="late"),
            ),
            # Whose moment has come.
            models.Index(fields=["until"], name="turn_until", condition=Q(given_to__isnull=True, until__isnull=False)),
            # What is kept for her: asked when she becomes free or goes.
            GinIndex(fields=["kept_for"], name="turn_kept_for", condition=Q(given_to__isnull=True)),
        )


class Post(models.Model):
    """Where a consultant stands in handing out. Free, busy, on a break or on the phone is what the engine goes by;
    `wish` is what she last said herself, and counts as soon as her hands are empty."""

    class Wish(models.TextChoices):
        MAILS = "mails", _("takes mails")
        BREAK = "break", _("break")
        PHONE = "phone", _("on the phone")
        AWAY = "away", _("away")

    consultant = models.OneToOneField(Staff, on_delete=models.CASCADE, primary_key=True, related_name="post")
    state = models.CharField(max_length=8, default="off", help_text="A core.routing State.")
    since = models.DateTimeField()
    on_duty = models.BooleanField(default=False)
    until = models.DateTimeField(help_text="When her shift ends; only told while she is on duty.")
    wish = models.CharField(max_length=8, choices=Wish.choices, default=Wish.MAILS)
    began_at = models.DateTimeField(null=True, help_text="When she began with what was last given to her.")
    word_is_out = models.BooleanField(default=False)
    was_put_aside = models.BooleanField(default=False, help_text="What she has in hand she had put aside before.")
    rests = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="Her breaks on this shift.")
    absent_on = models.DateField(null=True, help_text="The last day on which she did not come.")
    seen_at = models.DateTimeField(help_text="When her pages last gave a sign of her.")

    class Meta:
        indexes = (
            # Who has fallen silent, whose shift ends.
            models.Index(fields=["seen_at"], name="post_seen", condition=Q(on_duty=True)),
        )


class Hands(models.Model):
    """Who had a case in hand, the owner first, and when it was last dealt with. Not columns of the case: these rows
    change under the lock of the routing alone, whoever holds the case meanwhile."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="hands")
    seen = ArrayField(models.BigIntegerField(), default=list)
    done_at = models.DateTimeField(null=True)


class Acquaintance(models.Model):
    """Who answered a customer, the latest last, and at which minutes of the day she last wrote."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, primary_key=True, related_name="acquaintance")
    known = ArrayField(models.BigIntegerField(), default=list)
    minutes = ArrayField(models.FloatField(), default=list)


class RoutingMemory(models.Model):
    """What the engine has learned: how long works take and how soon customers write again. One row."""

    learned = models.JSONField(default=dict)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="routing_memory_is_one_row"),)
