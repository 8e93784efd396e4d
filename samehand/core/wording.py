"""Words that administrators write, with places for a few known values."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACE = re.compile(r"\{([a-z_]{1,30})\}")


def filled(words: str, values: Mapping[str, str]) -> str:
    """`words` with `{name}` replaced by the value of that name. All other braces stay as they are, and what a value
    holds is never looked into: neither who writes the words nor a customer's name can reach anything else."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), words)
