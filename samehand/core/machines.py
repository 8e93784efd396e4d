"""Who is a machine, when it does not say so: by its words together with the moment in which it speaks.

A customer whose mail is taken for a machine's gets no promise. So words alone make nobody a machine, and neither does
haste alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# Machines answer within seconds, but mails travel; people need longer to read an answer and write one.
SOON = timedelta(minutes=3)
# What answers a receipt of ours so fast has not read it.
AT_ONCE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a mail without a machine's mark. `answered_at`: when we last wrote to this address, by hand or
    automatically; `receipt_at`: when a receipt last left for it; `answers_receipt`: it names that receipt; `repeats`:
    its words came from this address before, within a day."""

    at: datetime
    sounds_automatic: bool = False
    silent: bool = False
    answered_at: datetime | None = None
    receipt_at: datetime | None = None
    answers_receipt: bool = False
    repeats: bool = False


def is_machine(signs: Signs) -> bool:
    if signs.sounds_automatic and (signs.silent or _follows(signs.at, signs.answered_at, SOON)):
        return True
    at_once = _follows(signs.at, signs.receipt_at, AT_ONCE)
    return at_once and (signs.answers_receipt or signs.repeats or signs.silent)


def _follows(at: datetime, before: datetime | None, within: timedelta) -> bool:
    return before is not None and timedelta(0) <= at - before <= within
