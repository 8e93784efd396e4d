"""IMAP mailboxes that we watch, and how each of them is."""

from __future__ import annotations

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
    "silent": _("The server does not answer in time."),
    "server": _("The server refuses to go on."),
    "other": _("The mailbox cannot be read."),
}


class Mailbox(models.Model):
    class Security(models.TextChoices):
        TLS = "tls", _("TLS")
        STARTTLS = "starttls", _("STARTTLS")
        NONE = "none", _("none (only on this machine)")

    class Login(models.TextChoices):
        PASSWORD = "password", _("password")
        XOAUTH2 = "xoauth2", _("OAuth 2 token (XOAUTH2)")

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

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def trouble_words(self) -> str:
        """Why the mailbox cannot be read, for people; empty when it can."""
        kind, _colon, said = self.trouble.partition(": ")
        return f"{TROUBLES.get(kind, TROUBLES['other'])} {said}".strip() if self.trouble else ""
