"""IMAP mailboxes that we watch, and how each of them is."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

# Only there a password may travel without TLS.
HERE = {"localhost", "127.0.0.1", "::1"}
TROUBLES = {
    "login": _("The server refuses the user name or the password."),
    "certificate": _("The server's certificate is not valid."),
    "tls": _("No secure connection could be made."),
    "name": _("The server's name is not known. Check the spelling."),
    "refused": _("Nothing answers on that server and port."),
    "grant": _("The sign-in was withdrawn or ran out. Sign in again."),
    "token": _("The sign-in could not be renewed. We keep trying."),
    "sealed": _("Its password or sign-in was kept with another SAMEHAND_SECRET. Enter it again."),
    "silent": _("The server does not answer in time."),
    "server": _("The server refuses to go on."),
    "other": _("The mailbox cannot be read."),
}


def words_of(trouble: str) -> str:
    """A kind of TROUBLES, a colon and what was said, in words; empty for none."""
    kind, _colon, said = trouble.partition(": ")
    return f"{TROUBLES.get(kind, TROUBLES['other'])} {said}".strip() if trouble else ""


class Mailbox(models.Model):
    class Security(models.TextChoices):
        TLS = "tls", _("TLS")
        STARTTLS = "starttls", _("STARTTLS")
        NONE = "none", _("none (only on this machine)")

    class Login(models.TextChoices):
        PASSWORD = "password", _("password")
        XOAUTH2 = "xoauth2", _("OAuth 2 token (XOAUTH2)")

    class History(models.TextChoices):
        ALL = "all", _("take in everything")
        SINCE = "since", _("take in what came since a day")
        NONE = "none", _("leave it out")

    name = models.CharField(_("name"), max_length=120, unique=True)
    host = models.CharField(_("server"), max_length=255)
    port = models.PositiveIntegerField(_("port"), default=993)
    security = models.CharField(_("connection"), max_length=10, choices=Security.choices, default=Security.TLS)
    username = models.CharField(_("user name"), max_length=255)
    login = models.CharField(_("signs in by"), max_length=10, choices=Login.choices, default=Login.PASSWORD)
    sealed_secret = models.TextField(blank=True, help_text="Encrypted; see lib.seal.")
    folder = models.CharField(_("folder"), max_length=255, default="INBOX")
    enabled = models.BooleanField(_("watched"), default=True)

    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    contact_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True, help_text="A kind of TROUBLES, a colon, what was said; empty: all is well.")
    trouble_since = models.DateTimeField(null=True)
    newest_at = models.DateTimeField(null=True, help_text="When the last mail reached the mailbox that we took as new.")

    history = models.CharField(
        _("mail that is there already"),
        max_length=10,
        choices=History.choices,
        default=History.ALL,
        db_default=History.ALL,
    )
    history_since = models.DateField(_("since"), null=True, blank=True)
    history_paused = models.BooleanField(default=False, db_default=False)
    history_total = models.PositiveIntegerField(default=0, db_default=0)
    history_done = models.PositiveIntegerField(default=0, db_default=0)
    history_rate = models.FloatField(default=0, db_default=0, help_text="Mails a second, of late.")
    history_trouble = models.TextField(blank=True, default="", db_default="", help_text="As trouble, of the history.")
    history_ended_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True, help_text="Our first connection: what came before is history.")
    sent_folder = models.CharField(
        _("file our answers to the folder"), max_length=255, blank=True, default="", db_default=""
    )
    sent_from = models.CharField(
        _("only answers from the address"), max_length=254, blank=True, default="", db_default=""
    )
    began_validity = models.BigIntegerField(null=True, help_text="UIDVALIDITY at our first connection.")
    new_from = models.BigIntegerField(null=True, help_text="Lower UIDs were there when the mailbox was (re)numbered.")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def trouble_words(self) -> str:
        """Why the mailbox cannot be read, for people; empty when it can."""
        return words_of(self.trouble)

    @property
    def signed_out(self) -> bool:
        """Whether only a person can help: the sign-in at its provider was withdrawn or ran out."""
        grant = getattr(self, "grant", None)
        return self.trouble.startswith("grant") or bool(grant and grant.refused_at)

    @property
    def copies_waiting(self) -> int:
        """How many of our answers shall stand in its folder and do not yet."""
        return SentCopy.objects.filter(mailbox=self, filed_at=None).count()

    @property
    def copies_trouble(self) -> str:
        latest = SentCopy.objects.filter(mailbox=self, filed_at=None).exclude(trouble="").order_by("-pk")
        return words_of(latest.values_list("trouble", flat=True).first() or "")

    @property
    def history_trouble_words(self) -> str:
        """Why the mail from before us does not come in; empty when it does."""
        return words_of(self.history_trouble) if self.history_runs else ""

    @property
    def history_runs(self) -> bool:
        """Whether mail from before is to be looked through, now."""
        return self.history_state == "runs" and self.enabled

    @property
    def history_state(self) -> str:
        """ "new" before the first connection, then "runs", "paused", "ended" or "out" (left out on purpose)."""
        if self.new_from is None:
            return "new"
        if self.history_ended_at:
            return "out" if self.history == self.History.NONE else "ended"
        return "paused" if self.history_paused else "runs"

    @property
    def history_left(self) -> timedelta | None:
        """How long the rest of the history takes at the pace of late; None: nobody knows."""
        if self.history_state != "runs" or not self.history_rate:
            return None
        return timedelta(seconds=max(0, self.history_total - self.history_done) / self.history_rate)


class Taken(models.Model):
    """The ledger of a mailbox: this mail of it is kept, as the arrival with that fingerprint."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="taken")
    uid_validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    fingerprint = models.CharField(max_length=80)

    class Meta:
        constraints = (
            # Two connections may take the same mail at the same time; it stands in the ledger once.
            models.UniqueConstraint(fields=["mailbox", "uid_validity", "uid"], name="taken_is_one"),
        )


class Grant(models.Model):
    """The sign-in at Google or Microsoft that a mailbox is read with. A row of its own: whoever renews it locks it,
    and nobody who only writes down a UID has to wait for a server far away."""

    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="grant")
    provider = models.CharField(max_length=20)
    sealed_refresh = models.TextField()
    sealed_previous = models.TextField(blank=True, help_text="Kept until its successor has worked once.")
    sealed_access = models.TextField(blank=True)
    issued_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(help_text="When an administrator signed in.")
    refused_at = models.DateTimeField(null=True, help_text="The provider takes it back: somebody must sign in again.")


class Habit(models.Model):
    """How often mail comes by a door or mailbox, in each hour of the week, and how long it has been silent."""

    source = models.CharField(max_length=200, unique=True)
    rates = models.JSONField(null=True, help_text="Mails an hour, 168 from Monday midnight; null: not known.")
    spread = models.FloatField(default=0)
    made_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    unusual_from = models.DateTimeField(null=True, help_text="From then on the silence is longer than its habit.")


class Reconciliation(models.Model):
    """One comparison of all mailboxes with the ledger, and of the ledger with itself."""

    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField(help_text="When it last went on: a killed one stands still.")
    ended_at = models.DateTimeField(null=True)
    arrived = models.PositiveIntegerField(default=0)
    filed = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    aside = models.PositiveIntegerField(default=0)
    without_message = models.PositiveIntegerField(default=0)
    without_arrival = models.PositiveIntegerField(default=0)
    bytes_checked = models.PositiveIntegerField(default=0)
    bytes_missing = models.PositiveIntegerField(default=0)
    mailboxes = models.JSONField(default=list, help_text="A comparing.Compared each.")

    class Meta:
        ordering = ("-id",)

    @property
    def lost(self) -> int:
        """What should be here and is not."""
        missing = sum(one["still_missing"] for one in self.mailboxes)
        return int(missing) + self.without_message + self.without_arrival + self.bytes_missing

    @property
    def fetched(self) -> int:
        return sum(one["fetched"] for one in self.mailboxes)

    @property
    def not_compared(self) -> int:
        """Mailboxes that could not be read."""
        return sum(bool(one["trouble"]) for one in self.mailboxes)


class Alarm(models.Model):
    """When administrators were last told of a trouble by mail."""

    trouble = models.CharField(max_length=200, unique=True)
    told_at = models.DateTimeField()


class SentCopy(models.Model):
    """An answer that shall stand in a mailbox's folder of sent mail; that it does is recorded after the server's word.

    `next_try_at` is empty when nothing is to be done: it is filed, or was given up.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE)
    message = models.ForeignKey("cases.Message", on_delete=models.CASCADE)
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    filed_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mailbox", "message"], name="sent_copy_is_one"),)
        indexes = (
            models.Index(fields=["next_try_at"], name="sent_copy_due", condition=models.Q(next_try_at__isnull=False)),
        )


class DkimKey(models.Model):
    """A key that signs our mail. Its private half is sealed and leaves this table only to sign."""

    domain = models.CharField(max_length=253)
    selector = models.CharField(max_length=63)
    kind = models.CharField(max_length=10, help_text='"rsa" or "ed25519".')
    sealed_private = models.TextField(help_text="Encrypted; see lib.seal.")
    public = models.TextField(help_text="As it stands in the DNS.")
    in_use = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("domain", "selector")
        constraints = (
            models.UniqueConstraint(fields=["domain", "selector"], name="dkim_key_is_one"),
            # Two signatures of one kind say nothing more than one.
            models.UniqueConstraint(
                fields=["domain", "kind"], condition=models.Q(in_use=True), name="dkim_key_in_use_is_one"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Where its record is looked for."""
        return f"{self.selector}._domainkey.{self.domain}"
