"""Nobody signs up: staff accounts are made by an administrator."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop, ngettext_lazy

# allauth's Polish takes everybody for a man, or has no words at all. These are looked up in our catalogue first.
IN_OUR_WORDS = (
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("Too many failed login attempts. Try again later."),
    gettext_noop("Be patient, you are sending too many requests."),
    gettext_noop("Forgot your password?"),
    gettext_noop("Enter your password:"),
    gettext_noop("Are you sure you want to sign out?"),
    gettext_noop("Are you sure?"),
    gettext_noop("You are about to deactivate authenticator app based authentication. Are you sure?"),
    gettext_noop("Your account is protected by two-factor authentication. Please enter an authenticator code:"),
    gettext_noop("Two-Factor Authentication"),
    gettext_noop("Authenticator App"),
    gettext_noop("An authenticator app is not active."),
    gettext_noop("Authentication using an authenticator app is active."),
    gettext_noop("Authenticator app activated."),
    gettext_noop("Authenticator app deactivated."),
    gettext_noop("Key nr. {number}"),
    gettext_noop("Name"),
    gettext_noop("View"),
    gettext_noop("Passkey"),
    gettext_noop("Added on %(created_at)s"),
    gettext_noop("Last used %(last_used)s"),
    ngettext_lazy("You have added %(count)s security key.", "You have added %(count)s security keys.", "count"),
)


class StaffOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """By our own address, never by the Host header: whoever asks for the mail could write any name there."""
        uidb36, _dash, token = key.partition("-")
        return settings.URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})

    def format_email_subject(self, subject: str) -> str:
        """Without the name of the site before it: the sender says who writes."""
        return subject
