"""What comes with Samehand and belongs into every house's database: brought up to date when a house starts."""

from __future__ import annotations

import sys

from samehand.lib.clock import now


def stock() -> None:
    """The house has the newest lists, and a guide to begin with; done at once when nothing is to be done."""
    from samehand.guide import actions as guide
    from samehand.guide import searching, starting
    from samehand.guide.models import Tree

    moment = now()
    if starting.is_empty():
        print("taking in the guide to begin with (once)", file=sys.stderr, flush=True)
    guide.load_devices(now=moment)
    # Whoever brought articles of her own and no trees wants none of ours.
    if starting.take_starter(now=moment) is None and Tree.objects.exists():
        guide.take_starter_trees(now=moment)
    for language in searching.out_of_date():
        print(f"laying the guide out for the search anew (once): {language}", file=sys.stderr, flush=True)
        searching.reindex([language])
