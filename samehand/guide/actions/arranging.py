"""Shelves and facts: administrators arrange the guide and say what is true of the operator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from samehand.core.articles import KEY
from samehand.guide import facts
from samehand.guide.access import arranges, needs
from samehand.guide.actions.ground import BadSlug
from samehand.guide.actions.solving import take_stock
from samehand.guide.actions.writing import BadKey
from samehand.guide.models import Category, OperatorFact, Problem, Revision
from samehand.lib.events import Fact, record
from samehand.people.models import Language, Staff

LONGEST_FACT = 300
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class ShelfTaken(Exception):
    """Another shelf has this address in this language; `category` is it."""

    def __init__(self, category: Category) -> None:
        super().__init__(category.key)
        self.category = category


class ShelfNotEmpty(Exception):
    """Problems stand on the shelf: they go to another one first."""


class UnknownFact(Exception):
    """No article can mean it."""


@transaction.atomic
def save_category(
    *,
    by: Staff | None,
    key: str,
    names: Mapping[str, str],
    slugs: Mapping[str, str],
    summaries: Mapping[str, str],
    icon: str = "",
    place: int = 0,
    now: datetime,
) -> Category:
    """A shelf stands in the guide under these names. `by` None: the house itself, from a file."""
    needs(by is None or arranges(by))
    if not KEY.fullmatch(key):
        raise BadKey
    _refuse_slugs(key, slugs)
    said = {"names": dict(names), "slugs": dict(slugs), "summaries": dict(summaries), "icon": icon, "place": place}
    shelf, _new = Category.objects.update_or_create(key=key, defaults=said)
    _told("category.saved", by, now, category=key)
    return shelf


@transaction.atomic
def remove_category(*, by: Staff, key: str, now: datetime) -> None:
    """An empty shelf goes."""
    needs(arranges(by))
    try:
        Category.objects.filter(key=key).delete()
    except ProtectedError:
        raise ShelfNotEmpty
    _told("category.removed", by, now, category=key)


@transaction.atomic
def state_fact(*, by: Staff, key: str, values: Mapping[str, str], now: datetime) -> None:
    """The operator's own word for a fact, by language; an empty one takes the default back. Articles say it at once."""
    needs(arranges(by))
    if key not in facts.KEYS:
        raise UnknownFact
    said = {language: _line(values.get(language, "")) for language in Language.values}
    if any(said.values()):
        OperatorFact.objects.update_or_create(key=key, defaults={"values": said, "edited_by": by, "edited_at": now})
    else:
        OperatorFact.objects.filter(key=key).delete()
    _told("fact.stated", by, now, fact=key)
    _say_anew(key, now)


def _line(value: str) -> str:
    """On one line, without signs that neither the database nor a profile for a phone can hold."""
    return " ".join(_CONTROL.sub(" ", value).split())[:LONGEST_FACT]


def _say_anew(key: str, now: datetime) -> None:
    """Solutions, which are kept in words, say the new value. The index has none of any fact."""
    place = rf"\{{\{{\s*{key}\s*\}}\}}"
    saying = Revision.objects.filter(state=Revision.State.PUBLISHED, body__regex=place).values("problem")
    # Held one after another as everybody holds them: who publishes one meanwhile comes before or after.
    for problem in Problem.objects.select_for_update().filter(pk__in=saying).order_by("pk"):
        take_stock(problem, now)


def _refuse_slugs(key: str, slugs: Mapping[str, str]) -> None:
    for language, slug in slugs.items():
        if not KEY.fullmatch(slug):
            raise BadSlug
        if taken := Category.objects.exclude(key=key).filter(**{f"slugs__{language}": slug}).first():
            raise ShelfTaken(taken)


def _told(kind: str, by: Staff | None, now: datetime, **data: str) -> None:
    record([Fact(kind, data={**data, "by": by.pk if by else None})], now=now)
