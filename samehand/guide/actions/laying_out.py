"""What is published is laid out to be searched."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from samehand.guide.models import Problem, Revision


def lay_out(revision: Revision) -> None:
    if searching := _searching():
        searching.index(revision)


def take_away(problem: Problem) -> None:
    if searching := _searching():
        searching.forget(problem)


def _searching() -> Any:
    name = "samehand.guide.searching"
    return import_module(name) if find_spec(name) else None
