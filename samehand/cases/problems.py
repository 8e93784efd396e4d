"""Which problem of the guide a case is about, as long as no person has said so."""

from __future__ import annotations

from samehand.cases.models import Case, Message
from samehand.guide.models import Problem

LETTERS = 2_000


def guess_of(case: Case) -> Problem | None:
    """By the topic that the case was opened with, when one problem of the guide has it."""
    there = Problem.objects.filter(withdrawn_at=None)
    if case.topic:
        named = list(there.filter(topic=case.topic)[:2])
        return named[0] if len(named) == 1 else there.filter(key=case.topic).first()
    return None


def asked(case: Case) -> str:
    """The customer's first words in the case."""
    came = case.messages.filter(direction=Message.Direction.IN, third_party=False).order_by("at", "id")
    first = came.values_list("reply_text", flat=True).first() or ""
    return f"{case.subject}\n{first[:LETTERS]}".strip()
