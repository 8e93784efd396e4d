"""The guide and the ledger of Fala Mobile have had a life when the demo is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from samehand.cases.models import Case, Offer, Outcome, Prevented, ReadBefore
from samehand.core.staleness import Standing
from samehand.demo.load import load
from samehand.demo.storybook import guide
from samehand.guide import queries
from samehand.guide.models import Asked, Category, Problem, Revision, Solution, SolutionText, Vote
from samehand.people.models import Notice
from samehand.people.notices import current

NOON = datetime(2026, 11, 23, 11, 7, tzinfo=UTC)
WAYS = ("first-way", "second-way", "third-way")
BODY = "LEAD\n\n" + "\n\n".join(f"## Sposób {way} {{#{way}}}\n\n1. Zrób to." for way in WAYS)
# Their articles are changed, wait for review, or do not help.
TOPICS = ("topup-missing", "roaming-on", "voicemail-off", "no-internet", "invoice-get", "port-in")


def a_problem(key: str, shelf: Category) -> None:
    problem = Problem.objects.create(key=key, kind="technical", category=shelf, topic=key, created_at=NOON)
    solutions = [Solution.objects.create(problem=problem, key=way, place=at) for at, way in enumerate(WAYS)]
    based_on = None
    for language in ("pl", "en"):
        text = {"title": key, "slug": key, "body": BODY.replace("LEAD", guide()["draft"]["after"])}
        revision = Revision.objects.create(
            problem=problem, language=language, number=1, state="published", based_on=based_on, created_at=NOON,
            edited_at=NOON, published_at=NOON, keywords=[f"{key} pomoc"], **text,
        )  # fmt: skip
        based_on = based_on or revision
        SolutionText.objects.bulk_create(
            SolutionText(solution=one, language=language, title=one.key, text="Zrób to.") for one in solutions
        )


@pytest.fixture(scope="module")
def fala(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    blobs = override_settings(BLOBS=tmp_path_factory.mktemp("demo") / "blobs")
    with django_db_blocker.unblock(), blobs, transaction.atomic():
        shelf = Category.objects.create(key="all", names={"pl": "Wszystko"}, slugs={"pl": "wszystko"})
        for key in TOPICS:
            a_problem(key, shelf)
        load(NOON)
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fala")]


def test_every_article_but_one_has_an_owner_and_some_are_due() -> None:
    assert Problem.objects.filter(owner=None).count() == 1
    assert Problem.objects.filter(review_by__lt=NOON.date()).exists()
    assert not Revision.objects.filter(number=1, published_at__gt=NOON - timedelta(days=60)).exists()


def test_a_translation_fell_behind_and_a_draft_waits_for_review() -> None:
    (english,) = queries.translations(Problem.objects.get(key="topup-missing"))
    waits = Revision.objects.get(state=Revision.State.REVIEW)

    assert english.standing == Standing.OUT_OF_DATE
    assert (waits.problem.key, waits.author.first_name if waits.author else "") == ("roaming-on", "Ania")
    assert "poza Unię" in waits.body


def test_readers_voted_and_searched_and_some_found_nothing() -> None:
    poor = queries.unhelpful("pl")

    assert "topup-missing" in {one.revision.problem.key for one in poor}
    assert Vote.objects.filter(at__gt=NOON).count() == 0
    assert Asked.objects.filter(found=0, opened=None).count() > 20
    assert Asked.objects.exclude(opened=None).count() > 200


def test_the_ledger_knows_what_was_tried_and_what_came_of_it() -> None:
    tried = Offer.objects.values_list("outcome", flat=True)
    helped, failed = (list(tried).count(one) for one in (Outcome.HELPED, Outcome.FAILED))

    assert helped > failed > 0
    assert all(offer.problem == offer.solution.problem for offer in Offer.objects.all() if offer.solution)
    assert not Offer.objects.filter(outcome_at__gt=NOON).exists()
    assert Prevented.objects.exclude(reason="").count() == 1
    assert ReadBefore.objects.exists()


def test_somebody_who_waits_now_was_told_in_vain_by_phone() -> None:
    vain = Offer.objects.filter(channel="phone", outcome=Outcome.FAILED)

    assert Case.objects.filter(status=Case.Status.OPEN, customer__in=vain.values("customer")).exists()


def test_no_two_offers_of_a_case_are_the_same() -> None:
    pairs = list(Offer.objects.exclude(case=None).values_list("case", "solution"))

    assert len(pairs) == len(set(pairs))


def test_two_notices_are_over_and_news_stand_on_the_pages() -> None:
    assert Notice.objects.count() == 3
    assert [one.kind for one in current(NOON)] == ["news"]
