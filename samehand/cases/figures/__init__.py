"""Figures for a lead: what became of promises, in whose hands customers were, how much comes; reading only."""

from samehand.cases.figures.flow import Flow, Wait, first_words, flow
from samehand.cases.figures.hands import Hands, hands
from samehand.cases.figures.promises import Kept, Now, by_channel, right_now, unanswered

__all__ = [
    "Flow", "Hands", "Kept", "Now", "Wait", "by_channel", "first_words", "flow", "hands",
    "right_now", "unanswered",
]  # fmt: skip
