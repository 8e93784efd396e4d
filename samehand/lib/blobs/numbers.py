"""Packs are numbered by chance, so that a list of them tells nothing; odd ones were pressed thoroughly."""

from __future__ import annotations

import secrets


def fresh(*, thorough: bool = False) -> int:
    return secrets.randbits(62) << 1 | thorough


def is_thorough(pack: int) -> bool:
    return bool(pack & 1)


def name_of(pack: int) -> str:
    return f"{pack:016x}.pack"


def number_of(name: str) -> int:
    return int(name.rpartition("/")[2].removesuffix(".pack"), 16)
