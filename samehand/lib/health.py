"""What is wrong in the house, in words for a lead: each room of `settings.HEALTH` is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind` is "care" (look at it today) or "trouble" (look at it now); `href` leads to where it can be mended."""

    kind: str
    words: str
    href: str = ""


def findings(now: datetime) -> list[Finding]:
    """Everything that needs an eye, the worst first; empty when all is well."""
    rooms = getattr(settings, "HEALTH", ())
    asked: list[Callable[[datetime], list[Finding]]] = [import_string(path) for path in rooms]
    return sorted((one for ask in asked for one in ask(now)), key=lambda one: one.kind != "trouble")
