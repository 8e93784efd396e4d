"""Addresses of the guide, in the words of each language; every name takes `language`."""

from __future__ import annotations

from django.urls import URLPattern, path

from samehand.portal.guide import articles, contact, finding, outcomes, pages, pictures, reader, robots, search, votes


def _in(language: str, guide: str, contact_page: str, words: dict[str, str]) -> list[URLPattern]:
    said = {"language": language}
    return [
        path(f"{guide}/", pages.home, said, name="home"),
        path(f"{guide}/{words['search']}", search.results, said, name="search"),
        path(f"{guide}/{words['search']}/{words['suggest']}", search.suggestions, said, name="suggest"),
        path(f"{guide}/{words['vote']}/<int:revision_id>", votes.vote, said, name="vote"),
        path(f"{guide}/{words['outcome']}/<slug:problem>/<slug:solution>", outcomes.outcome, said, name="outcome"),
        path(f"{guide}/{words['forget']}", reader.forget, said, name="forget"),
        path(f"{contact_page}/", contact.form, said, name="contact"),
        path(f"{contact_page}/{words['hints']}", contact.hints, said, name="contact_hints"),
        path(f"{contact_page}/{words['sent']}/<number>", contact.sent, said, name="sent"),
        path(f"{guide}/<slug:category>/", pages.category, said, name="category"),
        path(f"{guide}/<slug:category>/<slug:slug>/", articles.article, said, name="article"),
        path(f"{guide}/<path:lost>", finding.nothing_here, said, name="lost"),
    ]


urlpatterns = [
    *_in(
        "pl", "pl/pomoc", "pl/kontakt",
        {"search": "szukaj", "suggest": "podpowiedzi", "vote": "ocena", "forget": "zapomnij", "outcome": "wynik",
         "hints": "rozwiazania", "sent": "wyslane"},
    ),
    *_in(
        "en", "en/help", "en/contact",
        {"search": "search", "suggest": "suggestions", "vote": "vote", "forget": "forget", "outcome": "outcome",
         "hints": "solutions", "sent": "sent"},
    ),
    path("guide/pictures/<slug:name>", pictures.picture, name="picture"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("robots.txt", robots.robots, name="robots"),
]  # fmt: skip
