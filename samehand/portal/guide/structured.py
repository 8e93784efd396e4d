"""What the pages say to machines in the words of schema.org."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from samehand.portal.guide import addresses

Data = dict[str, Any]


def site(language: str) -> Data:
    search = addresses.whole(addresses.of("search", language))
    return {
        "@type": "WebSite",
        "name": settings.OPERATOR,
        "url": addresses.whole(addresses.of("home", language)),
        "inLanguage": language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def crumbs(way: Iterable[tuple[str, str]]) -> Data:
    steps = [
        {"@type": "ListItem", "position": place, "name": str(name), "item": addresses.whole(path)}
        for place, (name, path) in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def how_to(title: str, summary: str, language: str, parts: Sequence[tuple[str, Sequence[str]]]) -> Data:
    """A technical problem: each of `parts` is a way out with its steps."""
    sections = [
        {
            "@type": "HowToSection",
            "name": name,
            "itemListElement": [{"@type": "HowToStep", "text": step} for step in steps],
        }
        for name, steps in parts
        if steps
    ]
    return {"@type": "HowTo", "name": title, "description": summary, "inLanguage": language, "step": sections}


def question(title: str, language: str, answer: str) -> Data:
    """A formal problem: the question and all of its answer in plain words."""
    asked = {"@type": "Question", "name": title, "acceptedAnswer": {"@type": "Answer", "text": answer}}
    return {"@type": "FAQPage", "inLanguage": language, "mainEntity": [asked]}
