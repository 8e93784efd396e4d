"""The tokens of a mailbox: renewed early by whoever needs one first, and never lost between two of them.

Providers may give a new refresh token with each renewal and refuse the one before. The new one is stored before
anything is done with the access token, and the one before is kept until its successor has worked.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from samehand.channels.mail.models import Grant, Mailbox
from samehand.channels.mail.oauth.providers import PROVIDERS, GrantRefused, TokenAway, Tokens, renew
from samehand.lib.events import Fact, record
from samehand.lib.seal import seal, unseal

# Of its life, a token is used for this share.
USED = 0.8
# A token that was refused and is younger than this is not the reason.
YOUNG = timedelta(minutes=1)
log = structlog.get_logger()

__all__ = ["GrantRefused", "TokenAway", "keep", "renew_early", "secret"]


def secret(mailbox: Mailbox, *, now: datetime, refused: bool = False) -> str:
    """What to sign in with: the token of the grant, else what was typed in. `refused`: the last token was not taken,
    so another one is asked for unless it is quite new. Raises GrantRefused and TokenAway."""
    if mailbox.login != Mailbox.Login.XOAUTH2:
        return unseal(mailbox.sealed_secret)
    with transaction.atomic():
        # Whoever comes second waits for the first, and finds the new token.
        grant = Grant.objects.select_for_update().filter(mailbox=mailbox.pk).first()
        if grant is None:
            found: str | Exception = unseal(mailbox.sealed_secret) if mailbox.sealed_secret else GrantRefused("none")
        elif grant.refused_at:
            found = GrantRefused("before")
        elif _good(grant, now, refused=refused):
            found = unseal(grant.sealed_access)
        else:
            found = _renewed(grant, now)
    # Raised only now: what was learned is to stay.
    if isinstance(found, Exception):
        raise found
    return found


def _good(grant: Grant, now: datetime, *, refused: bool) -> bool:
    if not (grant.sealed_access and grant.issued_at and grant.expires_at):
        return False
    if refused:
        return now - grant.issued_at < YOUNG
    return now < grant.issued_at + (grant.expires_at - grant.issued_at) * USED


def _renewed(grant: Grant, now: datetime) -> str | Exception:
    try:
        used, tokens = _first_that_works(grant)
    except GrantRefused as refusal:
        grant.refused_at = now
        grant.save(update_fields=["refused_at"])
        record([Fact("mailbox.changed", data={"mailbox": grant.mailbox_id})], now=now)
        log.error("mailbox must be signed in again", mailbox=grant.mailbox_id, said=str(refusal))
        return refusal
    except TokenAway as trouble:
        log.warning("token not renewed", mailbox=grant.mailbox_id, said=str(trouble))
        # Renewed early: the old one may still do.
        still = grant.sealed_access and grant.expires_at and now < grant.expires_at
        return unseal(grant.sealed_access) if still else trouble
    _fill(grant, tokens, used, now)
    grant.save()
    return tokens.access


def _first_that_works(grant: Grant) -> tuple[str, Tokens]:
    provider, current = PROVIDERS[grant.provider], unseal(grant.sealed_refresh)
    try:
        return current, renew(provider, current)
    except GrantRefused:
        if not grant.sealed_previous:
            raise
        previous = unseal(grant.sealed_previous)
        return previous, renew(provider, previous)


def _fill(grant: Grant, tokens: Tokens, used: str, now: datetime) -> None:
    turned = bool(tokens.refresh) and tokens.refresh != used
    grant.sealed_previous = seal(used) if turned else ""
    grant.sealed_refresh = seal(tokens.refresh or used)
    grant.sealed_access = seal(tokens.access)
    grant.issued_at, grant.expires_at, grant.refused_at = now, now + timedelta(seconds=tokens.life), None


def keep(*, mailbox: Mailbox, provider: str, tokens: Tokens, now: datetime) -> None:
    """An administrator signed in: the mailbox is read with these tokens from now on."""
    with transaction.atomic():
        grant = Grant.objects.select_for_update().filter(mailbox=mailbox).first() or Grant(mailbox=mailbox)
        grant.provider, grant.given_at = provider, now
        _fill(grant, tokens, tokens.refresh, now)
        grant.save()
        Mailbox.objects.filter(pk=mailbox.pk).update(login=Mailbox.Login.XOAUTH2, trouble="", trouble_since=None)
        record([Fact("mailbox.edited", data={"mailbox": mailbox.pk})], now=now)


def renew_early(*, now: datetime) -> None:
    """Renew the tokens of watched mailboxes that have lived most of their life, though nobody needs them yet: a sign-in
    that was withdrawn shows while the last token still works."""
    for grant in Grant.objects.filter(refused_at=None, mailbox__enabled=True).select_related("mailbox"):
        try:
            secret(grant.mailbox, now=now)
        except (GrantRefused, TokenAway):
            # Stored or logged; the leads are told by health.
            continue
