"""Who may put a text before customers: two pairs of eyes, unless a lead says that hers are enough."""

from __future__ import annotations

from enum import Enum


class Verdict(Enum):
    PUBLISH = "publish"
    NO_REVIEWER = "no_reviewer"
    OWN_TEXT = "own_text"
    NOT_SUBMITTED = "not_submitted"


def verdict(*, reviews: bool, own: bool, changed: bool, submitted: bool, alone: bool) -> Verdict:
    """`reviews`: the person leads or administers; `own`: she wrote the text; `changed`: she was the last to change it;
    `alone`: she says that nobody else needs to read it. Her own text she may publish from where it is; another's only
    when its author has let go of it."""
    if not reviews:
        return Verdict.NO_REVIEWER
    if not own and not submitted:
        return Verdict.NOT_SUBMITTED
    return Verdict.PUBLISH if alone or not (own or changed) else Verdict.OWN_TEXT
