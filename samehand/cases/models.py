"""Arrivals kept raw, cases, messages with their promises, and what became of each answer on its way out."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from samehand.core.arrivals import INSIDE, Part
from samehand.people.models import Customer, Skill, Staff


class RawArrival(models.Model):
    """Something reached us, kept whole before anything was acknowledged. The table is the intake's queue."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        FILED = "filed", _("filed")
        ASIDE = "aside", _("put aside")

    channel = models.CharField(max_length=20)
    mailbox = models.CharField(max_length=200, blank=True)
    fingerprint = models.CharField(max_length=80)
    blob = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    envelope = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    stored_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            # The same message twice is one message: a check before the insert would lose the race.
            models.UniqueConstraint(fields=["channel", "fingerprint"], name="arrival_is_one"),
        )
        indexes = (
            models.Index(fields=["id"], name="arrival_waiting", condition=Q(state="waiting")),
            models.Index(fields=["id"], name="arrival_aside", condition=Q(state="aside")),
            models.Index(fields=["stored_at"], name="arrival_stored"),
        )


class Case(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", _("open")
        WAITING = "waiting", _("waiting for the customer")
        SOLVED = "solved", _("solved")
        MERGED = "merged", _("joined with another")

    reference = models.CharField(max_length=16)
    # Its index is `case_of_customer`.
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases", db_index=False)
    owner = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases")
    owner_reason = models.CharField(max_length=30, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    subject = models.TextField(blank=True)
    skill = models.CharField(max_length=20, choices=Skill.choices, default=Skill.GENERAL)
    topic = models.CharField(max_length=40, blank=True, default="", db_default="", help_text="A key of core.topics.")
    topic_words = models.TextField(blank=True, default="", db_default="", help_text="The words that speak for it.")
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
        )


class Participant(models.Model):
    """Somebody besides the customer whom a consultant lets take part; he gets what is sent to him, and nothing else."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="participants")
    address = models.CharField(max_length=320)
    added_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["case", "address"], name="participant_is_one"),)


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


class MachineMail(models.Model):
    """What a machine wrote that belongs to no case: kept whole for whoever looks for it; nothing waits for an answer.

    `kind` is "bounce" for a notice that proves none of our answers, else "machine".
    """

    arrival = models.OneToOneField(RawArrival, on_delete=models.CASCADE, related_name="machine_mail")
    kind = models.CharField(max_length=10)
    from_address = models.TextField(blank=True)
    from_name = models.TextField(blank=True)
    subject = models.TextField(blank=True)
    preview = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["-received_at", "-id"], name="machine_recent"),
            GinIndex(
                OpClass(Upper("subject"), name="gin_trgm_ops"),
                OpClass(Upper("from_address"), name="gin_trgm_ops"),
                name="machine_trgm",
            ),
        )
