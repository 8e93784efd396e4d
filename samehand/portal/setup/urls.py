"""Addresses of the set-up of phones; they stand among the guide's and take `language` as those do."""

from __future__ import annotations

from django.urls import URLPattern, path

from samehand.portal.setup import keeping, picking, showing


def _in(language: str, place: str, words: dict[str, str]) -> list[URLPattern]:
    said = {"language": language}
    return [
        path(f"{place}/", picking.pick, said, name="phone"),
        path(f"{place}/{words['suggest']}", picking.suggestions, said, name="phone_suggest"),
        path(f"{place}/{words['forget']}", keeping.forget, said, name="phone_forget"),
        path(f"{place}/<slug:key>/", showing.steps, said, name="phone_steps"),
        path(f"{place}/<slug:key>/{words['sheet']}.pdf", showing.sheet, said, name="phone_sheet"),
        path(f"{place}/<slug:key>/{words['profile']}.mobileconfig", showing.profile, said, name="phone_profile"),
        path(f"{place}/<slug:key>/{words['keep']}", keeping.keep, said, name="phone_keep"),
    ]


urlpatterns = [
    *_in(
        "pl", "pl/pomoc/telefon",
        {"suggest": "podpowiedzi", "forget": "zapomnij", "sheet": "ustawienia", "profile": "profil",
         "keep": "zapamietaj"},
    ),
    *_in(
        "en", "en/help/phone",
        {"suggest": "suggestions", "forget": "forget", "sheet": "settings", "profile": "profile", "keep": "remember"},
    ),
]  # fmt: skip
