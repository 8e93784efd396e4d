"""What comes with Samehand and belongs into every house's database: brought up to date when a house starts."""

from __future__ import annotations

from samehand.lib.clock import now


def stock() -> None:
    """The house has the newest lists, and trees when it has none; done at once when nothing is to be done."""
    from samehand.guide import actions as guide

    moment = now()
    guide.load_devices(now=moment)
    guide.take_starter_trees(now=moment)
