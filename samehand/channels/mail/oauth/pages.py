"""Signing a mailbox in at Google or Microsoft: there with a challenge, back with a code, once."""

from __future__ import annotations

import secrets
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from samehand.channels.mail.models import Mailbox
from samehand.channels.mail.oauth import providers, tokens
from samehand.lib.clock import now
from samehand.people.access import needs_admin

PENDING = "mailbox_sign_in"
PATIENCE = 600


@needs_admin
@never_cache
@require_safe
def begin(request: HttpRequest, mailbox_id: int, provider: str) -> HttpResponse:
    """A link and no form: the browser lets no form of ours lead elsewhere."""
    mailbox = get_object_or_404(Mailbox, pk=mailbox_id)
    chosen = {one.key: one for one in providers.configured()}.get(provider)
    if chosen is None:
        raise Http404
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    request.session[PENDING] = {
        "state": state, "verifier": verifier, "mailbox": mailbox.pk, "provider": provider, "at": now().timestamp(),
    }  # fmt: skip
    where = providers.address(chosen, state=state, verifier=verifier, back_to=_back_to(), username=mailbox.username)
    return redirect(where)


@needs_admin
@never_cache
@require_safe
@sensitive_variables()
def finish(request: HttpRequest) -> HttpResponse:
    """The provider sends the browser back with a code, which is good once."""
    pending: dict[str, Any] = request.session.pop(PENDING, {})
    if not _ours(request, pending):
        messages.error(request, _("This sign-in was not begun here, or too long ago. Begin it again."))
        return redirect("mail:mailboxes")
    mailbox = get_object_or_404(Mailbox, pk=pending["mailbox"])
    if trouble := _take(request, mailbox, pending):
        messages.error(request, trouble)
    else:
        messages.success(request, _("Signed in. The mailbox is being called; its state shows here in a few seconds."))
    return redirect("mail:mailbox_edit", mailbox.pk)


def _back_to() -> str:
    return f"{settings.URL}{reverse('mail:signed_in')}"


def _ours(request: HttpRequest, pending: dict[str, Any]) -> bool:
    said = request.GET.get("state", "")
    recent = now().timestamp() - pending.get("at", 0) < PATIENCE
    return recent and compare_digest(said.encode(), pending["state"].encode())


def _take(request: HttpRequest, mailbox: Mailbox, pending: dict[str, Any]) -> str:
    """Why it did not work; empty when it did."""
    code = request.GET.get("code", "")
    if not code:
        return _("The sign-in was not finished.")
    provider = providers.PROVIDERS[pending["provider"]]
    try:
        found = providers.exchange(provider, code=code, verifier=pending["verifier"], back_to=_back_to())
    except (providers.GrantRefused, providers.TokenAway):
        return _("%(provider)s did not accept the sign-in. Begin it again.") % {"provider": provider.name}
    if not found.refresh:
        return _("%(provider)s gave no lasting access. Begin it again.") % {"provider": provider.name}
    tokens.keep(mailbox=mailbox, provider=provider.key, tokens=found, now=now())
    return ""
