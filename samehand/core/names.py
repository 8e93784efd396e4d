"""What the checks ask of the domain name system: the one window through which the rock looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Away(Exception):
    """The servers of the name do not answer now. A name that does not exist is no trouble: its answers are empty."""


class Names(Protocol):
    """Each answer is empty when there is none; `Away` when nobody can say."""

    def texts(self, name: str) -> Sequence[str]: ...

    def addresses(self, name: str, *, v6: bool) -> Sequence[str]: ...

    def exchangers(self, name: str) -> Sequence[str]: ...

    def hosts(self, address: str) -> Sequence[str]: ...
