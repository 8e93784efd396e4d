"""For whom an article is shown: "iPhone", "prepaid". By links and a form, so that it works without a script."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from django.http import HttpRequest

from samehand.core import scopes
from samehand.guide.models import Revision
from samehand.guide.rendering import scopes_of
from samehand.people.models import Customer
from samehand.portal.own_phone import scope_of

ANDROID = "android"


@dataclass(frozen=True, slots=True)
class Option:
    word: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """`phones` and `tariffs` are offered where the article differs by them; `scope` is what was chosen."""

    scope: frozenset[str]
    phones: tuple[Option, ...]
    tariffs: tuple[Option, ...]
    sims: tuple[Option, ...]

    @property
    def offered(self) -> bool:
        return bool(self.phones or self.tariffs or self.sims)

    @property
    def names(self) -> list[str]:
        return [option.name for option in (*self.phones, *self.tariffs, *self.sims) if option.chosen]


def choice(request: HttpRequest, article: Revision, customer: Customer | None) -> Choice:
    """What the address asks for; else her own phone, until she says otherwise."""
    asked = scopes.known(request.GET.getlist("for")[:8])
    if not asked and "for" not in request.GET:
        asked = scope_of(request, customer)
    differs = scopes_of(article)
    language = article.language
    return Choice(
        asked,
        _options(_phones(differs, asked), asked, language),
        _options(_all_or_none(scopes.TARIFFS, differs), asked, language),
        _options(_all_or_none(scopes.SIMS, differs), asked, language),
    )


def _phones(differs: Iterable[str], asked: Set[str]) -> tuple[str, ...]:
    """Those that the article tells apart, with what its reader has; Android stands for its brands."""
    named = set(differs) & set(scopes.PLATFORMS)
    if not named:
        return ()
    offered = named | (set(asked) & set(scopes.PLATFORMS)) | {ANDROID, "iphone"}
    return tuple(word for word in scopes.PLATFORMS if word in offered)


def _all_or_none(words: tuple[str, ...], differs: Iterable[str]) -> tuple[str, ...]:
    return words if set(words) & set(differs) else ()


def _options(words: Iterable[str], asked: Set[str], language: str) -> tuple[Option, ...]:
    return tuple(
        Option(word, scopes.NAMES[word].en if language == "en" else scopes.NAMES[word].pl, word in asked)
        for word in words
    )
