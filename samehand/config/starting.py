"""What every command needs before it can import a room: settings, translations, models."""

from __future__ import annotations

import os
from pathlib import Path

from samehand.config import env


def make_data_folder() -> None:
    """Make the data folder when there is none, and keep whatever is written from here on from other users' eyes."""
    data = Path(env.text("SAMEHAND_DATA", "data")).expanduser().resolve()
    try:
        if not data.exists():
            data.mkdir(parents=True)
            # Only to be passed through: the own PostgreSQL may run as another user than we do.
            data.chmod(0o711)
    except OSError as trouble:
        raise SystemExit(f"the data folder cannot be made: {trouble}") from None
    os.umask(0o077)


def load_settings() -> None:
    """The settings alone, without any room: for the house itself, which only looks after processes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samehand.config.settings")
    from django.conf import settings

    try:
        _loaded = settings.DATA
    except OSError as trouble:
        raise SystemExit(f"the data folder cannot be used: {trouble}") from None


def set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samehand.config.settings")
    import django

    from samehand.config import messages

    messages.compile_stale()
    try:
        django.setup()
    except OSError as trouble:
        raise SystemExit(f"the data folder cannot be used: {trouble}") from None


def keep_connections_as_role() -> None:
    """Settings that were loaded before a fork do not know yet which role keeps the connections."""
    from django.conf import settings
    from django.db import connections

    settings.DATABASES["default"].update(env.kept_connections())
    # Models ask how long names may be, which makes a wrapper in the main thread; it has not connected.
    for made in connections.all(initialized_only=True):
        del connections[made.alias]
