"""What became of each answer on its way out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samehand.cases.models.messages import Message


class Delivery(models.Model):
    """The way of one answer to the customer's server."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("delivered to the customer's server")
        DELAYED = "delayed", _("delayed, we keep trying")
        REFUSED = "refused", _("refused by the customer's server")
        UNCONFIRMED = "unconfirmed", _("sent, but the confirmation was lost")
        CANCELLED = "cancelled", _("taken back before it left")

    NEVER_ARRIVED = (State.REFUSED, State.CANCELLED)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="delivery")
    recipient = models.TextField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField(help_text="When a person sent it, the first time or again.")
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.BigIntegerField(null=True, help_text="The sending worker's number, which it holds as a lock.")
    handed_over_at = models.DateTimeField(
        null=True, help_text="Set just before the final dot of DATA: from here on the server may have the mail."
    )
    settled_at = models.DateTimeField(null=True)
    response = models.TextField(blank=True)
    held = models.BooleanField(
        default=False, db_default=False, help_text="It waits because its recipient just got many mails."
    )
    # db_default: the version before does not know these columns.
    automatic = models.BooleanField(default=False, db_default=False, help_text="A receipt; no person wrote it.")
    late_at = models.DateTimeField(null=True, help_text="A server behind the next one said that it still tries.")
    came_back_at = models.DateTimeField(null=True, help_text="It was taken and came back: a bounce says so.")
    reason = models.CharField(max_length=20, blank=True, default="", db_default="", help_text="A core.refusals.Reason.")
    hard = models.BooleanField(default=False, db_default=False, help_text="The address will take nothing later either.")

    @property
    def can_go_again(self) -> bool:
        """Whether a person may send it once more."""
        state = self.State
        return not self.held and self.state in (state.DELAYED, state.REFUSED, state.UNCONFIRMED, state.CANCELLED)

    @property
    def can_be_cancelled(self) -> bool:
        """Whether it surely has not left."""
        return self.state in (self.State.QUEUED, self.State.DELAYED) and self.handed_over_at is None

    class Meta:
        indexes = (
            # How often an address refused us, and how many receipts it got.
            models.Index(fields=["recipient", "-queued_at"], name="delivery_of_recipient"),
            models.Index(fields=["-queued_at"], name="delivery_automatic", condition=Q(automatic=True)),
            models.Index(
                fields=["next_try_at"], name="delivery_open", condition=Q(state__in=["queued", "delayed", "sending"])
            ),
            # The queue's page: what did not simply go, of each kind the oldest first.
            models.Index(fields=["state", "queued_at", "id"], name="delivery_queue", condition=~Q(state="sent")),
            # How many mails an address got lately: asked before each one.
            models.Index(
                fields=["recipient", "claimed_at"], name="delivery_pace", condition=Q(claimed_at__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(settled_at__isnull=False), name="sent_delivery_is_settled"
            ),
        )
