"""What was tried with a customer: which words offer it again, what she said of it, and what to try next."""

from samehand.core.solutions.asking import LETTERS, asked_in
from samehand.core.solutions.judging import Again, Allow, Draft, Refuse, Tried, judge, same_point
from samehand.core.solutions.likeness import SAME, Advice, Weights, likeness, weights
from samehand.core.solutions.offering import Offered, offered
from samehand.core.solutions.outcomes import Said, said_of
from samehand.core.solutions.ranking import Known, Suggestion, suggestions

__all__ = [
    "LETTERS",
    "SAME",
    "Advice",
    "Again",
    "Allow",
    "Draft",
    "Known",
    "Offered",
    "Refuse",
    "Said",
    "Suggestion",
    "Tried",
    "Weights",
    "asked_in",
    "judge",
    "likeness",
    "offered",
    "said_of",
    "same_point",
    "suggestions",
    "weights",
]
