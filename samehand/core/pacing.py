"""How many mails one address gets in a while, and when the next one may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `mails` within any span of that length; none at all bounds nothing."""

    mails: int
    span: timedelta


def free_at(pace: Pace, sent: Sequence[datetime], now: datetime) -> datetime | None:
    """When the next mail may go; None when it may go now. `sent` are the moments of the mails before, in any order."""
    if not pace.mails:
        return None
    within = sorted((moment for moment in sent if moment > now - pace.span), reverse=True)
    return within[pace.mails - 1] + pace.span if len(within) >= pace.mails else None
