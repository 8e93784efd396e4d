"""What comes with Samehand and belongs into every house's database: brought up to date when a house starts."""

from __future__ import annotations

from samehand.lib.clock import now


def stock() -> None:
    """The house has the newest lists; done at once when they are the ones that it has."""
    from samehand.guide import actions as guide

    guide.load_devices(now=now())
