"""Addresses of the guided questions; they stand among the guide's and take `language` as those do."""

from __future__ import annotations

from django.urls import URLPattern, path

from samehand.portal.solver import views


def _in(language: str, place: str) -> list[URLPattern]:
    said = {"language": language}
    return [
        path(f"{place}/", views.listing, said, name="trees"),
        path(f"{place}/<slug:tree>/", views.ask, said, name="tree"),
    ]


urlpatterns = [*_in("pl", "pl/pomoc/krok-po-kroku"), *_in("en", "en/help/step-by-step")]
