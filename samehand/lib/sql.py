"""SQL where it reads best: a room's `sql/NAME.sql`, one statement with one sentence on top."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def named(room: str, name: str) -> str:
    """The statement `sql/<name>.sql` of a room given as its package ("samehand.cases")."""
    return (files(room) / "sql" / f"{name}.sql").read_text(encoding="utf-8")
