"""What search engines and caches are told."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from samehand.guide import actions
from samehand.guide.models import Revision
from tests.guide_pages.test_pages import INTERNET, LOST, LOST_EN, Guide, said
from tests.personas import MONDAY

pytestmark = pytest.mark.django_db


def data(page: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in re.findall(r'application/ld\+json">(.*?)</script>', page, re.DOTALL)]


def test_schema_org(client: Client, guide: Guide) -> None:
    crumbs, faq = data(said(client, LOST))

    assert [one["name"] for one in crumbs["itemListElement"]] == ["Pomoc", "Karta SIM", "Zgubiona karta SIM"]
    assert faq["@type"] == "FAQPage"
    assert "Zablokuj kartę" in faq["mainEntity"][0]["acceptedAnswer"]["text"]


def test_steps_of_a_technical_problem(client: Client, guide: Guide) -> None:
    _crumbs, how_to = data(said(client, f"{INTERNET}?for=iphone"))

    (section,) = how_to["step"]
    assert section["itemListElement"][0]["text"] == "Otwórz Ustawienia, potem Dane komórkowe."


def test_a_title_cannot_end_the_script(client: Client, guide: Guide) -> None:
    Revision.objects.filter(slug="zgubiona-karta-sim").update(title="</script><script>alert(1)</script>")

    assert "<script>alert" not in said(client, LOST)


def test_the_map_and_what_is_not_for_robots(client: Client, guide: Guide) -> None:
    actions.take_starter_trees(now=MONDAY)

    the_map, robots = said(client, "/sitemap.xml"), said(client, "/robots.txt")

    assert f"<loc>http://localhost:8000{LOST}</loc><lastmod>2026-11-23</lastmod>" in the_map
    assert f'hreflang="en" href="http://localhost:8000{LOST_EN}"' in the_map
    for path in ("/pl/pomoc/karta-sim/", "/pl/pomoc/telefon/", "/en/contact/", "/en/help/step-by-step/mms/"):
        assert f"<loc>http://localhost:8000{path}</loc>" in the_map
    assert "Disallow: /s/" in robots
    assert "Disallow: /pl/pomoc/szukaj" in robots
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots


def test_everybody_may_keep_a_page_for_a_minute(client: Client, guide: Guide) -> None:
    response = client.get(LOST)

    assert response["Cache-Control"] == "public, max-age=60"
    assert set(re.split(", ?", response["Vary"])) == {"Cookie", "Accept-Encoding"}
    assert not response.cookies
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_what_has_not_changed_is_not_sent_again(client: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samehand.portal.guide.frame.now", lambda: MONDAY)
    etag = client.get(LOST)["ETag"]

    again = client.get(LOST, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_the_packed_page_has_a_name_of_its_own(client: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samehand.portal.guide.frame.now", lambda: MONDAY)
    plain, packed = client.get(LOST), client.get(LOST, headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert packed["ETag"] != plain["ETag"]
    assert len(packed.content) < len(plain.content) / 2


def test_the_door_itself_is_kept_by_nobody(client: Client) -> None:
    assert "public" not in client.get("/").headers.get("Cache-Control", "")
