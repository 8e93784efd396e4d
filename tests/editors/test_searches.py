"""What customers looked for in vain becomes a synonym, an article, or is put aside; pictures come and go."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from samehand.guide import searching
from samehand.guide.models import Asked, Picture, Synonym
from samehand.lib import blobs
from samehand.lib.clock import now
from tests.guide.articles import BODY, published

pytestmark = pytest.mark.django_db


def failed(query: str = "neta nie mam", times: int = 1) -> None:
    for _ in range(times):
        Asked.objects.create(query=query, folded=query, language="pl", where="search", found=0, at=now())


def test_a_search_that_found_nothing_stands_there_until_it_is_put_aside_and_comes_back(annas: Client) -> None:
    failed(times=3)

    first = annas.get("/desk/guide/searches").content.decode()
    annas.post("/desk/guide/searches/aside", {"folded": "neta nie mam", "language": "pl"})
    second = annas.get("/desk/guide/searches").content.decode()
    failed()
    third = annas.get("/desk/guide/searches").content.decode()

    assert "neta nie mam" in first
    assert "Everybody found something" in second
    assert "neta nie mam" in third


def test_what_a_stranger_typed_is_words_not_html(annas: Client) -> None:
    failed('<img src=x onerror="x">')

    assert "<img src=x" not in annas.get("/desk/guide/searches").content.decode()


def test_a_language_that_we_do_not_have_is_not_found(annas: Client) -> None:
    assert annas.post("/desk/guide/searches/aside", {"folded": "x", "language": "xx"}).status_code == 404


def test_a_synonym_is_taught_and_forgotten(annas: Client) -> None:
    said = {"words": "neta, necik", "means": "internet", "language": "pl"}
    annas.post("/desk/guide/synonyms", said)
    taught = Synonym.objects.get()

    page = annas.get("/desk/guide/synonyms").content.decode()
    annas.post(f"/desk/guide/synonyms/{taught.pk}/drop")

    assert (taught.words, taught.means) == (["neta", "necik"], ["internet"])
    assert "neta, necik" in page
    assert page.count("optional") == 1, "what customers type has to be there"
    assert not Synonym.objects.exists()


def test_who_teaches_sees_what_is_found_now(annas: Client) -> None:
    searching.index(published("zgubiona-karta"))

    found = annas.post(
        "/desk/guide/synonyms", {"words": "posiałem simkę", "means": "zgubić", "language": "pl"}, follow=True
    )
    lost = annas.post(
        "/desk/guide/synonyms", {"words": "czarna skrzynka", "means": "awaria", "language": "pl"}, follow=True
    )

    assert "“posiałem simkę” finds: zgubiona-karta" in found.content.decode()
    assert "“czarna skrzynka” finds nothing" in lost.content.decode()


def test_taught_twice_it_is_one(annas: Client) -> None:
    for _ in range(2):
        annas.post("/desk/guide/synonyms", {"words": "simka", "means": "karta sim", "language": "pl"})

    assert Synonym.objects.count() == 1


def test_both_ways_makes_equals(annas: Client) -> None:
    annas.post("/desk/guide/synonyms", {"words": "simka", "means": "karta sim", "language": "pl", "both": "on"})

    taught = Synonym.objects.get()
    assert (taught.words, taught.means) == (["simka", "karta sim"], [])


@pytest.mark.parametrize(
    "said", [{"words": "", "means": "x"}, {"words": "sam", "means": ""}, {"words": "a b c d e f g h i j", "means": "x"}]
)
def test_what_teaches_nothing_is_refused(annas: Client, said: dict[str, str]) -> None:
    assert annas.post("/desk/guide/synonyms", said | {"language": "pl"}).status_code == 422
    assert not Synonym.objects.exists()


def picture(name: str = "frame") -> dict[str, object]:
    out = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, "PNG")
    return {"name": name, "file": SimpleUploadedFile("x.png", out.getvalue(), "image/png")}


def test_a_picture_is_uploaded_shown_and_taken_away(annas: Client, client: Client) -> None:
    annas.post("/desk/guide/pictures", picture())

    assert "picture:frame" in annas.get("/desk/guide/pictures").content.decode()
    assert client.get("/guide/pictures/frame")["Content-Type"] == "image/png"
    annas.post("/desk/guide/pictures/frame/remove")
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("trouble", "status"),
    [(blobs.BlobMissing("lost"), 404), (blobs.StoreAway("away"), 503), (PermissionError("locked"), 503)],
    ids=["lost", "the store is away", "the disk refuses"],
)
def test_a_picture_that_cannot_be_had_is_gone_only_when_it_is(
    annas: Client, client: Client, monkeypatch: pytest.MonkeyPatch, trouble: Exception, status: int
) -> None:
    def none(_key: str) -> bytes:
        raise trouble

    annas.post("/desk/guide/pictures", picture())
    monkeypatch.setattr(blobs, "get", none)

    assert client.get("/guide/pictures/frame").status_code == status


def test_a_picture_that_an_article_shows_stays(annas: Client) -> None:
    annas.post("/desk/guide/pictures", picture())
    published("sim-lost-stolen", body=BODY + "\n![Ramka](picture:frame)\n")

    page = annas.post("/desk/guide/pictures/frame/remove", follow=True).content.decode()

    assert "sim-lost-stolen" in page
    assert Picture.objects.exists()


def test_a_picture_that_cannot_be_kept_just_now_is_told_at_its_field(
    annas: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_data: bytes) -> str:
        raise OSError("No space left on device")

    monkeypatch.setattr(blobs, "put", full)

    answer = annas.post("/desk/guide/pictures", picture())

    assert answer.status_code == 422
    assert "We cannot keep it just now" in answer.content.decode()


@pytest.mark.parametrize("data", [b"<svg onload='x'/>", b"\x89PNG\r\n\x1a\nbroken", b"x" * 5_000_001])
def test_what_is_no_picture_is_refused_with_the_reason(annas: Client, data: bytes) -> None:
    answer = annas.post("/desk/guide/pictures", {"name": "x", "file": SimpleUploadedFile("x.png", data)})

    assert answer.status_code == 422
    assert not Picture.objects.exists()
