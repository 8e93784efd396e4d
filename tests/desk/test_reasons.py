"""Why a mail is hers, in one sentence that is true."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samehand.cases.models import Case, Turn
from samehand.cases.turns import InHand
from samehand.desk.turns import why_yours
from samehand.people.models import Staff

ANNA, MAREK = 1, 2


@pytest.mark.parametrize(
    ("reason", "owner", "skill", "said"),
    [
        pytest.param("owner", ANNA, "billing", "To Twoja sprawa.", id="she is the owner"),
        pytest.param("fits", ANNA, "billing", "To Twoja sprawa.", id="the owner, when it was for whoever fits"),
        pytest.param("fits", MAREK, "billing", "Twoje godziny pasują", id="another's, at her hours"),
        pytest.param("best_of_rest", MAREK, "billing", "Masz czas i znasz się na tym.", id="her kind of matter"),
        pytest.param("best_of_rest", MAREK, "technical", "ci, którzy lepiej się na tym znają", id="not her kind"),
        pytest.param("", None, "technical", "ci, którzy lepiej się na tym znają", id="not her kind, no reason kept"),
    ],
)
def test_why_it_is_hers(reason: str, owner: int | None, skill: str, said: str) -> None:
    anna = Staff(pk=ANNA, skills=["billing"])
    turn = Turn(case=Case(owner_id=owner, skill=skill), reason=reason)

    assert said in why_yours(
        InHand(turn, anna, datetime(2026, 11, 23, 9, tzinfo=UTC), reason, aside=False, word_at=None)
    )
