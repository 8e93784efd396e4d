"""Which problem of the guide a case is about, as long as no person has said so."""

from __future__ import annotations

from samehand.cases.models import Case, Message
from samehand.guide import searching
from samehand.guide.models import Problem

LETTERS = 2_000
# The next likeliest problem has at most so much of what speaks for the first; else nobody guesses.
RUNNER_UP = 0.7


def guess_of(case: Case) -> Problem | None:
    """By the topic that the case was opened with, when one problem of the guide has it; else by the customer's first
    words, when one problem is clearly the likeliest."""
    there = Problem.objects.filter(withdrawn_at=None)
    if case.topic:
        named = list(there.filter(topic=case.topic)[:2])
        if len(named) == 1:
            return named[0]
    likely = searching.problem_of(said_first(case), case.language)
    if not likely or (len(likely) > 1 and likely[1][1] > RUNNER_UP):
        return None
    return there.filter(pk=likely[0][0]).first()


def said_first(case: Case) -> str:
    """The subject and the customer's first words in the case."""
    came = case.messages.filter(direction=Message.Direction.IN, third_party=False).order_by("at", "id")
    first = came.values_list("reply_text", flat=True).first() or ""
    return f"{case.subject}\n{first[:LETTERS]}".strip()
