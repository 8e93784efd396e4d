"""Did this help?"""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from samehand.guide.models import Revision, Vote
from samehand.lib import limits
from samehand.portal.guide.slowing import VOTES
from tests.guide_pages.test_pages import LOST, Guide, said

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}


def vote(client: Client, helped: str, headers: dict[str, str] | None = None, **more: Any) -> HttpResponse:
    revision = Revision.objects.get(slug="zgubiona-karta-sim")
    path = f"/pl/pomoc/ocena/{revision.pk}"
    return client.post(path, {"helped": helped, **more}, headers=OURS if headers is None else headers)


def test_one_word_a_reader_with_how_she_came(client: Client, guide: Guide) -> None:
    response = vote(client, "no", reason="unclear", comment="Nie ma przycisku", **{"from": "search", "q": "zguba"})

    (one,) = Vote.objects.all()
    assert (one.helped, one.reason, one.comment) == (False, "unclear", "Nie ma przycisku")
    assert (one.came, one.query) == ("search", "zguba")
    assert one.reader not in response.cookies["samehand_vote"].value
    assert response["Location"] == f"{LOST}?from=search&q=zguba#helped"


def test_said_again_it_is_changed_and_not_counted_twice(client: Client, guide: Guide) -> None:
    vote(client, "no", reason="wrong", comment="Źle")
    vote(client, "yes", reason="wrong")

    (one,) = Vote.objects.all()
    assert (one.helped, one.reason) == (True, "")
    page = client.get(LOST)
    assert "Miło to słyszeć" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_another_reader_counts_for_herself(client: Client, guide: Guide) -> None:
    vote(client, "yes")
    vote(Client(), "yes")

    assert Vote.objects.count() == 2


def test_few_voices_are_not_shown(client: Client, guide: Guide) -> None:
    for _ in range(9):
        vote(Client(), "yes")
    assert "Pomogło" not in said(client, LOST)

    vote(Client(), "yes")

    assert "Pomogło 10 osobom." in said(client, LOST)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_has_no_voice(client: Client, guide: Guide, headers: dict[str, str]) -> None:
    assert vote(client, "no", headers=headers).status_code == 403
    assert not Vote.objects.exists()


@pytest.mark.parametrize("more", [{"helped": "maybe"}, {"reason": "rubbish"}, {"comment": "x" * 601}])
def test_rubbish_is_no_voice(client: Client, guide: Guide, more: dict[str, str]) -> None:
    assert vote(client, **({"helped": "no"} | more)).status_code == 302  # type: ignore[arg-type]
    assert not Vote.objects.exists()


def test_nobody_votes_on_a_draft_or_in_a_storm(client: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    Revision.objects.update(state="draft")
    assert vote(client, "yes").status_code == 404
    monkeypatch.setattr(limits.time, "monotonic", lambda: 7.0)

    statuses = [vote(client, "yes").status_code for _ in range(VOTES.burst + 1)]

    assert statuses[-1] == 429
