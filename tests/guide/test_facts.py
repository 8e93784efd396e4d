"""Articles promise what the desk promises, unless the operator words it himself."""

from __future__ import annotations

import pytest

from samehand.guide import actions, facts
from samehand.people.models import ServiceHours, Staff
from tests.personas import at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("minutes", "pl", "en"),
    [(30, "30 minut", "30 minutes"), (90, "90 minut", "90 minutes"), (1, "1 minuty", "1 minute")],
)
def test_the_promise_is_the_desks(minutes: int, pl: str, en: str) -> None:
    ServiceHours.objects.update_or_create(id=1, defaults={"promise_minutes": minutes})

    assert (facts.values("pl")["promise"], facts.values("en")["promise"]) == (pl, en)


def test_the_operators_own_words_go_before(adam: Staff) -> None:
    actions.state_fact(by=adam, key="promise", values={"pl": "pół godziny", "en": "half an hour"}, now=at(0))

    assert facts.values("pl")["promise"] == "pół godziny"
