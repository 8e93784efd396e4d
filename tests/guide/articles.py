"""Articles for tests: a problem with published versions, in a few words."""

from __future__ import annotations

from datetime import datetime

from samehand.guide.models import Category, Problem, Revision
from tests.personas import MONDAY

BODY = "Wstęp.\n\n## Zrób to {#do-it}\n\n1. Raz.\n2. Dwa.\n"


def shelf(key: str = "sim") -> Category:
    names = {"pl": "Karta SIM", "en": "SIM card"}
    slugs = {"pl": "karta-sim", "en": "sim-card"} if key == "sim" else {"pl": key, "en": f"{key}-en"}
    return Category.objects.get_or_create(key=key, defaults={"names": names, "slugs": slugs})[0]


def problem(key: str = "sim-lost-stolen", category: str = "sim") -> Problem:
    return Problem.objects.create(key=key, kind="formal", category=shelf(category), created_at=MONDAY)


def published(key: str = "sim-lost-stolen", body: str = BODY, language: str = "pl", now: datetime = MONDAY) -> Revision:
    """A version as if it had been published: for tests of reading only, nothing else hears of it."""
    of = Problem.objects.filter(key=key).first() or problem(key)
    return Revision.objects.create(
        problem=of, language=language, number=1, title=key, slug=f"{key}-{language}", body=body,
        state=Revision.State.PUBLISHED, created_at=now, edited_at=now, published_at=now,
    )  # fmt: skip
