"""The domain name system of the tests: a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samehand.core.names import Away


class Table:
    """Names with their records: {"wp.example": {"TXT": ["v=spf1 -all"]}}. A name whose records are None is away."""

    def __init__(self, zones: Mapping[str, Mapping[str, Sequence[str]] | None] | None = None) -> None:
        self.zones = dict(zones or {})
        self.asked: list[str] = []

    def texts(self, name: str) -> Sequence[str]:
        return self._answer(name, "TXT")

    def addresses(self, name: str, *, v6: bool) -> Sequence[str]:
        return self._answer(name, "AAAA" if v6 else "A")

    def exchangers(self, name: str) -> Sequence[str]:
        return self._answer(name, "MX")

    def hosts(self, address: str) -> Sequence[str]:
        return self._answer(address, "PTR")

    def remembers(self, name: str) -> Sequence[str] | None:
        return None

    def _answer(self, name: str, kind: str) -> Sequence[str]:
        self.asked.append(name)
        zone = self.zones.get(name, {})
        if zone is None:
            raise Away(name)
        return tuple(zone.get(kind, ()))
