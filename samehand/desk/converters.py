"""What may stand in an address."""

from __future__ import annotations


class Reference:
    """A case's reference, in any letter case."""

    regex = "[A-Za-z0-9-]{1,16}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
