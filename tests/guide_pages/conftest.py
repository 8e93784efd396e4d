"""A small guide: two shelves, two problems, one of them not translated."""

from __future__ import annotations

from typing import Any

import pytest

from samehand.guide import searching
from samehand.guide.models import Category, Kind, Problem, Revision, Solution
from samehand.portal.guide import slowing
from tests.personas import MONDAY, anna, marek, ola

__all__ = ["anna", "marek", "ola"]

LOST_PL = """Najpierw zablokuj kartę.

## Zablokuj kartę na koncie {#block-in-account}

1. Zaloguj się: {{account}}.
2. Wybierz **Zablokuj kartę**.

## Zadzwoń {#block-by-phone}

1. Zadzwoń: {{hotline}}.

## Zamów nową kartę {#order-new-sim}

1. Na koncie wybierz **Wymień kartę SIM**.

## Co dalej

Numer zostaje Twój.
"""
LOST_EN = """Block the card first.

## Block the card in your account {#block-in-account}

1. Sign in: {{account}}.

## Call us {#block-by-phone}

1. Call {{hotline}}.

## Order a new card {#order-new-sim}

1. Choose **Replace SIM card**.
"""
INTERNET_PL = """Sprawdź ustawienia.

## Ustaw punkt dostępu {#set-apn}

::: for iphone
1. Otwórz Ustawienia, potem Dane komórkowe.
:::

::: for android
1. Otwórz Ustawienia, potem Punkty dostępu.
:::
"""


@pytest.fixture
def guide(db: None) -> dict[str, Problem]:
    sim = Category.objects.create(
        key="sim", place=1, icon="key-round", names={"pl": "Karta SIM", "en": "SIM card"},
        summaries={"pl": "Zguba i wymiana.", "en": "Loss and exchange."}, slugs={"pl": "karta-sim", "en": "sim-card"},
    )  # fmt: skip
    net = Category.objects.create(
        key="internet", place=2, names={"pl": "Internet", "en": "Internet"}, slugs={"pl": "internet", "en": "internet"}
    )
    lost = a_problem("sim-lost", sim, Kind.FORMAL, related=["no-internet"])
    publish(lost, "pl", "Zgubiona karta SIM", "zgubiona-karta-sim", LOST_PL, keywords=["kradzież"])
    publish(lost, "en", "Lost SIM card", "lost-sim-card", LOST_EN)
    for place, key in enumerate(("block-in-account", "block-by-phone", "order-new-sim")):
        Solution.objects.create(problem=lost, key=key, place=place)
    internet = a_problem("no-internet", net, Kind.TECHNICAL)
    publish(internet, "pl", "Nie działa internet", "nie-dziala-internet", INTERNET_PL)
    return {"sim-lost": lost, "no-internet": internet}


@pytest.fixture(autouse=True)
def nobody_was_here() -> None:
    for limit in (slowing.SEARCHES, slowing.SUGGESTIONS, slowing.VOTES, slowing.MESSAGES):
        limit.forget()


def a_problem(key: str, category: Category, kind: str, **more: Any) -> Problem:
    return Problem.objects.create(key=key, category=category, kind=kind, created_at=MONDAY, **more)


def publish(problem: Problem, language: str, title: str, slug: str, body: str, **more: Any) -> Revision:
    said = {"summary": f"{title}: co zrobić.", "number": 1, "created_at": MONDAY, "edited_at": MONDAY} | more
    revision = Revision.objects.create(
        problem=problem, language=language, title=title, slug=slug, body=body, state=Revision.State.PUBLISHED,
        published_at=MONDAY, **said,
    )  # fmt: skip
    searching.index(revision)
    return revision
