"""Google and Microsoft, who let us read a mailbox: where to sign in, and what they answer when asked for a token."""

from __future__ import annotations

import base64
import hashlib
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from samehand.channels.mail.models import HERE

TIMEOUT = 15.0
LONGEST = 64 * 1024
LIFE = 3600
# Whoever gave us the sign-in has to give it again; anything else may pass.
TAKEN_BACK = {"invalid_grant", "interaction_required", "consent_required", "login_required"}


class GrantRefused(Exception):
    """The sign-in was withdrawn, or ran out: somebody must sign in again."""


class TokenAway(Exception):
    """No token could be had right now; what was said holds no secret."""


@dataclass(frozen=True, slots=True)
class Provider:
    key: str
    name: str
    scope: str
    extra: dict[str, str]

    @property
    def known(self) -> dict[str, str]:
        return dict(settings.OAUTH[self.key])


@dataclass(frozen=True, slots=True)
class Tokens:
    """`refresh` is empty when the old one stays good. `life` in seconds."""

    access: str
    refresh: str
    life: int


PROVIDERS = {
    one.key: one
    for one in (
        # Without the consent Google gives a refresh token only the first time.
        Provider("google", "Google", "https://mail.google.com/", {"access_type": "offline", "prompt": "consent"}),
        Provider("microsoft", "Microsoft", "https://outlook.office.com/IMAP.AccessAsUser.All offline_access", {}),
    )
}


def configured() -> list[Provider]:
    return [one for one in PROVIDERS.values() if one.known["client_id"]]


def address(provider: Provider, *, state: str, verifier: str, back_to: str, username: str) -> str:
    """Where the administrator signs in; S256 of the verifier goes along, the verifier itself only with the code."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "client_id": provider.known["client_id"], "response_type": "code", "redirect_uri": back_to, "state": state,
        "scope": provider.scope, "code_challenge": challenge, "code_challenge_method": "S256", "login_hint": username,
    }  # fmt: skip
    url = provider.known["authorize_url"]
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(asked | provider.extra)}"


def exchange(provider: Provider, *, code: str, verifier: str, back_to: str) -> Tokens:
    """The first tokens for the code that the sign-in ended with."""
    said = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "redirect_uri": back_to}
    return _tokens(provider, said)


def renew(provider: Provider, refresh: str) -> Tokens:
    """Raises GrantRefused when the refresh token is no longer good, TokenAway when it could not be asked."""
    return _tokens(provider, {"grant_type": "refresh_token", "refresh_token": refresh})


def _tokens(provider: Provider, said: dict[str, str]) -> Tokens:
    known = provider.known
    secret = {"client_secret": known["client_secret"]} if known["client_secret"] else {}
    answer = _ask(known["token_url"], {"client_id": known["client_id"], **secret, **said})
    access = answer.get("access_token")
    if not isinstance(access, str) or not access.isascii():
        raise TokenAway("the answer holds no token")
    life = answer.get("expires_in")
    refresh = answer.get("refresh_token")
    return Tokens(
        access=access,
        refresh=refresh if isinstance(refresh, str) else "",
        life=life if isinstance(life, int) and life > 0 else LIFE,
    )


def _ask(url: str, said: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in HERE:
        raise TokenAway("tokens are asked for over https only")
    asking = urllib.request.Request(url, urlencode(said).encode(), {"Accept": "application/json"})  # noqa: S310
    try:
        with _opener().open(asking, timeout=TIMEOUT) as answer:
            return _read(answer)
    except urllib.error.HTTPError as refusal:
        with refusal:
            raise _why(_read(refusal), refusal.code) from None
    except OSError as trouble:
        raise TokenAway(type(trouble).__name__) from None


def _opener() -> urllib.request.OpenerDirector:
    """Without redirects: a secret goes to the address that the settings name, and nowhere else."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    return urllib.request.build_opener(Stay)


def _read(answer: Any) -> dict[str, Any]:
    try:
        found = json.loads(answer.read(LONGEST))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _why(answer: dict[str, Any], code: int) -> Exception:
    error = str(answer.get("error", ""))[:40]
    word = error if error.replace("_", "").isalpha() else ""
    if word in TAKEN_BACK:
        return GrantRefused(word)
    return TokenAway(f"{code} {word}".strip())
