"""What was said in a case, with its promise and its files."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samehand.cases.models.arrivals import RawArrival
from samehand.cases.models.cases import Case
from samehand.core.arrivals import INSIDE, Part
from samehand.people.models import Staff


class Message(models.Model):
    """One utterance in a case. `at` orders the case: arrival for what came in, writing for what goes out."""

    class Direction(models.TextChoices):
        IN = "in", _("from the customer")
        OUT = "out", _("to the customer")
        NOTE = "note", _("internal note")

    # Its index is `message_in_case`; author and answer have partial ones: most messages have neither.
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages", db_index=False)
    direction = models.CharField(max_length=4, choices=Direction.choices)
    channel = models.CharField(max_length=20)
    author = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages", db_index=False
    )
    at = models.DateTimeField()
    from_name = models.TextField(blank=True)
    from_address = models.TextField(blank=True)
    to = ArrayField(models.TextField(), default=list)
    cc = ArrayField(models.TextField(), default=list)
    reply_to = ArrayField(models.TextField(), default=list)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    reply_text = models.TextField(blank=True, help_text="The writer's own words; quotes and signature are folded away.")
    html_present = models.BooleanField(default=False)
    message_id = models.TextField(blank=True)
    in_reply_to = models.TextField(blank=True)
    references = ArrayField(models.TextField(), default=list)
    language = models.CharField(max_length=5, blank=True, default="", db_default="", help_text="It is written in.")
    auto_submitted = models.BooleanField(default=False)
    third_party = models.BooleanField(default=False, help_text="Joined by a signed mark, written by another.")
    # db_default: the version before does not know these columns.
    trust = models.CharField(
        max_length=10, blank=True, default="", db_default="", help_text="A level of core.trust; empty: not judged."
    )
    trust_reason = models.TextField(blank=True, default="", db_default="", help_text="A verdict's reason and domain.")
    remarks = models.JSONField(
        null=True, help_text="What to know beside the words: [{kind, ...words}] of core's Remark."
    )
    blob = models.CharField(max_length=80, blank=True, help_text="The bytes as they came or as they were really sent.")
    arrival = models.OneToOneField(RawArrival, null=True, on_delete=models.PROTECT, related_name="message")
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="answers", db_index=False)
    waived_at = models.DateTimeField(null=True, help_text="A person closed the case: this message needed no answer.")
    waits_for = models.ForeignKey(
        Staff, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False,
        help_text="The customer chose to wait for this colleague, who was away.",
    )  # fmt: skip
    due_before_choice = models.DateTimeField(
        null=True, help_text="The promise before the customer chose; such messages are counted apart."
    )
    choice_ended = models.CharField(max_length=10, blank=True, default="", db_default="")

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=["case", "at", "id"], name="message_in_case"),
            models.Index(fields=["message_id"], name="message_by_id", condition=~Q(message_id="")),
            models.Index(fields=["author"], name="message_author", condition=Q(author__isnull=False)),
            models.Index(fields=["answer"], name="message_answer", condition=Q(answer__isnull=False)),
            # Open promises: what the desk, the metrics and the alarms ask for.
            models.Index(
                fields=["case", "due_at"],
                name="message_unanswered",
                condition=Q(due_at__isnull=False, answered_at__isnull=True, waived_at__isnull=True),
            ),
            models.Index(fields=["due_at"], name="message_due", condition=Q(due_at__isnull=False)),
            # Does she come for whom they wait? Hardly any message, looked at every minute.
            models.Index(
                fields=["waits_for", "case"],
                name="message_waits_for",
                condition=Q(waits_for__isnull=False, answered_at__isnull=True, waived_at__isnull=True),
            ),
            # How much came and was answered in an hour: the lead's board compares nine days of it.
            models.Index(fields=["at"], name="message_asked", condition=Q(due_at__isnull=False)),
            models.Index(fields=["at"], name="message_said", condition=Q(direction="out", auto_submitted=False)),
        )


class Attachment(models.Model):
    """A part of the message's raw bytes; `part` is its place in a depth-first walk of the leaves, from 0."""

    class State(models.TextChoices):
        FREE = "", _("may be opened")
        HELD = "held", _("waits for the virus scanner")
        INFECTED = "infected", _("quarantined")
        LARGE = "large", _("over the limit")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    part = models.PositiveIntegerField()
    name = models.TextField(blank=True)
    content_type = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    inline = models.BooleanField(default=False)
    content_id = models.TextField(blank=True)
    # db_default: the version before does not know these columns.
    state = models.CharField(max_length=10, choices=State.choices, blank=True, default=State.FREE, db_default="")
    finding = models.TextField(blank=True, default="", db_default="", help_text="What the scanner found.")

    class Meta:
        ordering = ("message_id", "part")
        # The scanner's queue, and what leads are told of: few among very many.
        indexes = (models.Index(fields=["state", "id"], name="attachment_not_free", condition=~Q(state="")),)

    @property
    def is_letter(self) -> bool:
        return self.content_type == "message/rfc822" and self.part < INSIDE

    @classmethod
    def of(cls, message: Message, part: Part, state: str = State.FREE) -> Attachment:
        return cls(
            message=message,
            state=state,
            part=part.index,
            name=part.name,
            content_type=part.content_type,
            size=part.size,
            inline=part.inline,
            content_id=part.content_id,
        )
