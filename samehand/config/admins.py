"""Administrators from the command line: the first one, and a way back in for those who forgot."""

from __future__ import annotations

import argparse
import getpass
import os
import secrets
import sys

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from samehand.people.models import Role, ServiceHours, Staff
from samehand.people.queries import service_hours


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("--name", default="", help="first name (default: the part before @)")


def add(args: argparse.Namespace) -> None:
    email = _checked(args.email)
    if Staff.objects.filter(email=email).exists():
        raise SystemExit(f"{email} is there already; `samehand admin password {email}` gives a new password")
    chosen, shown = _password()
    _create(email, chosen, args.name)
    print(f"{email} can sign in{shown}")


def password_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL")


def password(args: argparse.Namespace) -> None:
    staff = Staff.objects.filter(email=_checked(args.email)).first()
    if staff is None:
        raise SystemExit(f"nobody signs in as {args.email}")
    chosen, shown = _password()
    staff.set_password(chosen)
    staff.save(update_fields=["password"])
    print(f"{staff.email} has a new password{shown}")


def ensure_first() -> str:
    """Make the first administrator of an empty house, keep his login in the data folder, and say it once."""
    if Staff.objects.exists():
        return ""
    email = f"admin@{settings.ADDRESS.rpartition('@')[2]}"
    chosen = os.environ.get("SAMEHAND_ADMIN_PASSWORD", "").strip() or secrets.token_urlsafe(12)
    _create(email, chosen, "")
    # A house that begins now hands mails out; those that are there already go on as they are used to.
    ServiceHours.objects.filter(pk=service_hours().pk).update(hands_out=True)
    handle = os.open(settings.DATA / "admin-login.txt", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{email} {chosen}\n")
    return f"{email} {chosen}"


def _create(email: str, chosen: str, name: str) -> Staff:
    first_name = name or email.partition("@")[0].capitalize()
    return Staff.objects.create_user(email, chosen, first_name=first_name, role=Role.ADMIN)


def _checked(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        raise SystemExit(f"{email!r} is not an e-mail address") from None
    return email.strip().lower()


def _password() -> tuple[str, str]:
    """A password from SAMEHAND_ADMIN_PASSWORD, from the keyboard or made up, and what to print about it."""
    given = os.environ.get("SAMEHAND_ADMIN_PASSWORD", "").strip()
    if not given and sys.stdin.isatty():
        given = getpass.getpass("Password (empty: make one up): ")
    if not given:
        made = secrets.token_urlsafe(12)
        return made, f", password {made}"
    try:
        validate_password(given)
    except ValidationError as refusal:
        raise SystemExit("; ".join(refusal.messages)) from None
    return given, ""
