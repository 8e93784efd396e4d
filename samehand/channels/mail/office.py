"""The mailboxes' pages: administrators set them up, leads see how each of them is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samehand.cases import ledger
from samehand.channels.mail.boxes import choosing
from samehand.channels.mail.framing import framed
from samehand.channels.mail.models import HERE, Grant, Habit, Mailbox
from samehand.channels.mail.oauth.providers import configured
from samehand.lib.clock import now
from samehand.lib.events import Fact, record
from samehand.lib.seal import seal
from samehand.people.access import needs_admin, needs_lead

VIEW = "office-mailboxes"
PLACE = {"host", "username", "folder"}
ACCOUNT = {"host", "username"}
LATELY = timedelta(hours=1)
CHOICE = {"history", "history_since"}


if TYPE_CHECKING:
    MailboxModelForm = forms.ModelForm[Mailbox]
else:
    MailboxModelForm = forms.ModelForm


class MailboxForm(MailboxModelForm):
    secret = forms.CharField(
        label=gettext_lazy("Password or token"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Kept sealed; nobody can read it here again."),
    )

    history_since = forms.DateField(
        label=gettext_lazy("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Mailbox
        fields = (
            "name", "host", "port", "security", "username", "login", "secret", "folder", "history", "history_since",
            "sent_folder", "sent_from", "enabled",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["history"].required = False
        self.fields["secret"].required = False
        self.fields["sent_folder"].help_text = _("Empty: not at all. \\Sent: the one that the server names.")
        self.fields["sent_from"].help_text = _("Empty: all that we send.")
        if self.instance.sealed_secret:
            self.fields["secret"].help_text = _("Leave empty to keep the one that we have.")

    def clean_port(self) -> int:
        port = int(self.cleaned_data["port"])
        if not 0 < port < 65536:
            raise forms.ValidationError(_("A port is a number from 1 to 65535."))
        return port

    def clean_history(self) -> str:
        return str(self.cleaned_data["history"] or self.instance.history)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("security") == Mailbox.Security.NONE and said.get("host") not in HERE:
            self.add_error(
                "security", _("Without encryption the password could be read on the way. Choose TLS or STARTTLS.")
            )
        if said.get("history") == Mailbox.History.SINCE and not said.get("history_since"):
            self.add_error("history_since", _("Since which day?"))
        if not said.get("secret") and not self.instance.sealed_secret and not self._signs_in_elsewhere():
            self.add_error("secret", self.fields["secret"].error_messages["required"])
        if not said.get("secret") and self.instance.sealed_secret and "host" in self.changed_data:
            # A kept password is never sent to a server that it was not typed in for.
            self.add_error("secret", _("Type in the password for this server."))
        return said

    def _signs_in_elsewhere(self) -> bool:
        """At Google or Microsoft, after the mailbox is saved."""
        return self.cleaned_data.get("login") == Mailbox.Login.XOAUTH2 and bool(configured())

    def apply(self) -> Mailbox:
        """The mailbox with what was typed; what it knew of the old place is forgotten."""
        mailbox = self.instance
        if self.cleaned_data["secret"]:
            mailbox.sealed_secret = seal(self.cleaned_data["secret"])
        if mailbox.pk and (self.cleaned_data["secret"] or ACCOUNT & set(self.changed_data)):
            # A token is never sent to a server, nor used for a user, that it was not given for.
            Grant.objects.filter(mailbox=mailbox).delete()
        if PLACE & set(self.changed_data):
            begin_anew(mailbox)
        elif CHOICE & set(self.changed_data):
            mailbox.history_ended_at = None
        mailbox.trouble, mailbox.trouble_since = "", None
        return mailbox


def begin_anew(mailbox: Mailbox) -> None:
    """Another place is read from now on: what was taken here before says nothing about it."""
    mailbox.uid_validity, mailbox.last_uid, mailbox.contact_at = None, 0, None
    mailbox.newest_at = mailbox.began_at = mailbox.began_validity = mailbox.new_from = mailbox.history_ended_at = None
    mailbox.history_total = mailbox.history_done = 0
    if mailbox.pk:
        mailbox.taken.all().delete()


@needs_lead
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    moment = now()
    mailboxes = list(Mailbox.objects.select_related("grant"))
    lags, quiet = ledger.lags(moment - LATELY), {habit.source: habit for habit in Habit.objects.exclude(rates=None)}
    for mailbox in mailboxes:
        mailbox.lag, mailbox.habit = lags.get(mailbox.name), quiet.get(mailbox.name)  # type: ignore[attr-defined]
        unusual_from = mailbox.habit.unusual_from if mailbox.habit else None  # type: ignore[attr-defined]
        mailbox.silent = unusual_from is not None and unusual_from <= moment  # type: ignore[attr-defined]
    context = {"mailboxes": mailboxes, "running": any(mailbox.history_runs for mailbox in mailboxes)}
    fragment = "HX-Request" in request.headers
    return framed(request, "mail/_mailboxes.html" if fragment else "mail/mailboxes.html", context, view=VIEW)


@sensitive_post_parameters("secret")
@needs_admin
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = MailboxForm(request.POST or None)
    return _save(request, form, "mailbox.added") if form.is_valid() else _form(request, form)


@sensitive_post_parameters("secret")
@needs_admin
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, mailbox_id: int) -> HttpResponse:
    form = MailboxForm(request.POST or None, instance=get_object_or_404(Mailbox, pk=mailbox_id))
    return _save(request, form, "mailbox.edited") if form.is_valid() else _form(request, form, mailbox_id)


@needs_admin
@require_POST
def history(request: HttpRequest, mailbox_id: int, word: str) -> HttpResponse:
    mailbox = get_object_or_404(Mailbox, pk=mailbox_id)
    choosing.pause(mailbox=mailbox, paused=word == "pause", now=now())
    return redirect("mail:mailboxes")


@needs_admin
@require_POST
def remove(request: HttpRequest, mailbox_id: int) -> HttpResponse:
    mailbox = get_object_or_404(Mailbox, pk=mailbox_id)
    with transaction.atomic():
        mailbox.delete()
        _tell("mailbox.removed", mailbox_id, request)
    messages.success(
        request, _("%(name)s is no longer watched. Nothing was deleted on its server.") % {"name": mailbox}
    )
    return redirect("mail:mailboxes")


def _save(request: HttpRequest, form: MailboxForm, kind: str) -> HttpResponse:
    with transaction.atomic():
        mailbox = form.apply()
        mailbox.save()
        _tell(kind, mailbox.pk, request)
    if not mailbox.sealed_secret and not Grant.objects.filter(mailbox=mailbox).exists():
        messages.success(request, _("Saved. One step is left: sign in."))
        return redirect("mail:mailbox_edit", mailbox.pk)
    messages.success(request, _("Saved. The mailbox is being called; its state shows here in a few seconds."))
    return redirect("mail:mailboxes")


def _tell(kind: str, mailbox_id: int, request: HttpRequest) -> None:
    record([Fact(kind, data={"mailbox": mailbox_id, "by": request.user.pk})], now=now())


def _form(request: HttpRequest, form: MailboxForm, mailbox_id: int | None = None) -> HttpResponse:
    saved = Mailbox.objects.filter(pk=mailbox_id).first() if mailbox_id else None
    grant = Grant.objects.filter(mailbox=saved).first() if saved else None
    context = {"form": form, "mailbox": saved, "grant": grant, "providers": configured() if saved else []}
    return framed(request, "mail/mailbox_form.html", context, view=VIEW, status=422 if form.errors else 200)
