"""Where the links within the guide lead: addresses are made by name, for the doors that this house has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from samehand.core.articles import Article, Link, read
from samehand.guide.facts import KEYS
from samehand.guide.models import Picture, Tree
from samehand.guide.queries import published


@dataclass(frozen=True, slots=True)
class Target:
    """`width` and `height` of a picture, so that the page does not jump when it comes."""

    url: str
    width: int = 0
    height: int = 0


# By kind and key, as the article writes them. What is not there leads nowhere: it is shown as plain words.
Targets = dict[tuple[str, str], Target]


@lru_cache(maxsize=512)
def article_of(body: str) -> Article:
    return read(body, facts=KEYS)


def targets_of(links: Iterable[Link], language: str) -> Targets:
    """At most one query for each kind of link."""
    wanted: dict[str, set[str]] = {}
    for link in links:
        wanted.setdefault(link.kind, set()).add(link.key)
    found: Targets = {}
    for kind, keys in wanted.items():
        found |= {(kind, key): target for key, target in _FINDERS[kind](keys, language).items() if target.url}
    return found


def address(name: str, language: str, **parts: str) -> str:
    """The address of a public page of the guide; empty when this house has no such door."""
    try:
        return reverse(f"guide:{name}", kwargs={"language": language, **parts})
    except NoReverseMatch:
        return ""


def _problems(keys: set[str], language: str) -> dict[str, Target]:
    rows = (
        published(language)
        .filter(problem__key__in=keys)
        .values_list("problem__key", "slug", "problem__category__slugs", "problem__category__key")
    )
    return {
        key: Target(address("article", language, category=slugs.get(language) or category, slug=slug))
        for key, slug, slugs, category in rows
    }


def _trees(keys: set[str], language: str) -> dict[str, Target]:
    known = Tree.objects.filter(key__in=keys, published=True).values_list("key", flat=True)
    return {key: Target(address("tree", language, tree=key)) for key in known}


def _pictures(keys: set[str], language: str) -> dict[str, Target]:
    try:
        # What browsers have kept of a picture that was replaced is another address.
        return {
            picture.name: Target(
                f"{reverse('guide:picture', args=[picture.name])}?{picture.blob[:8]}", picture.width, picture.height
            )
            for picture in Picture.objects.filter(name__in=keys)
        }
    except NoReverseMatch:
        return {}


_FINDERS: dict[str, Callable[[set[str], str], dict[str, Target]]] = {
    "problem": _problems,
    "tree": _trees,
    "picture": _pictures,
    "setup": lambda _keys, language: {"": Target(address("phone", language))},
    "contact": lambda _keys, language: {"": Target(address("contact", language))},
}
