"""Anna writes, Ola reads it with other eyes, and customers get what both found right."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from samehand.guide.models import Problem, Revision, Solution, SolutionText
from tests.guide.articles import BODY, published, shelf

State = Revision.State
pytestmark = pytest.mark.django_db
EDIT = "/desk/guide/problem/{}/pl/write"


def begin(client: Client, key: str = "puk-needed") -> Revision:
    shelf()
    said = {"title": "Gdzie jest PUK", "key": key, "category": "sim", "kind": "technical", "source_language": "pl"}
    answer = client.post("/desk/guide/new", said)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == EDIT.format(key)
    return Revision.objects.get(problem__key=key)


def draft(revision: Revision, **changes: str) -> dict[str, str]:
    said = {"title": "Gdzie jest PUK", "slug": "gdzie-jest-puk", "summary": "", "keywords": "puk, kod\nPUK do karty"}
    said |= {"body": BODY, "note": "", "significance": "medium", "seen": revision.edited_at.isoformat(), "then": "stay"}
    return said | changes


def saved(client: Client, revision: Revision, **changes: str) -> Revision:
    answer = client.post(EDIT.format(revision.problem.key), draft(revision, **changes))
    assert answer.status_code == 302, answer.content.decode()
    revision.refresh_from_db()
    return revision


def test_a_text_goes_from_its_author_through_review_to_customers(annas: Client, olas: Client) -> None:
    revision = begin(annas)

    saved(annas, revision, then="review")

    assert revision.state == State.REVIEW
    assert revision.keywords == ["puk", "kod", "PUK do karty"]
    page = olas.get(f"/desk/guide/version/{revision.pk}/review").content.decode()
    assert "Gdzie jest PUK" in page
    assert "Zrób to" in page
    seen = revision.edited_at.isoformat()
    olas.post(f"/desk/guide/version/{revision.pk}/review", {"verdict": "publish", "seen": seen})
    revision.refresh_from_db()
    assert revision.state == State.PUBLISHED


def test_what_is_returned_stands_on_its_authors_list_with_the_reason(annas: Client, olas: Client) -> None:
    revision = saved(annas, begin(annas), then="review")

    olas.post(f"/desk/guide/version/{revision.pk}/review", {"verdict": "return", "remark": "Brakuje kroku trzeciego"})

    assert "Brakuje kroku trzeciego" in annas.get("/desk/guide/mine").content.decode()
    assert "Brakuje kroku trzeciego" in annas.get(EDIT.format("puk-needed")).content.decode()


def test_nothing_is_returned_without_a_reason(annas: Client, olas: Client) -> None:
    revision = saved(annas, begin(annas), then="review")

    answer = olas.post(f"/desk/guide/version/{revision.pk}/review", {"verdict": "return", "remark": " "})

    assert answer.status_code == 422
    assert "why you return it" in answer.content.decode()


def test_a_reviewer_who_read_an_older_text_publishes_nothing(annas: Client, olas: Client) -> None:
    revision = saved(annas, begin(annas), then="review")
    seen = revision.edited_at.isoformat()
    saved(annas, revision, title="Gdzie naprawdę jest PUK")

    answer = olas.post(f"/desk/guide/version/{revision.pk}/review", {"verdict": "publish", "seen": seen})

    assert answer.status_code == 422
    assert "has changed since you opened it" in answer.content.decode()


def test_her_own_text_a_lead_publishes_only_when_she_says_so(olas: Client) -> None:
    revision = saved(olas, begin(olas), then="review")
    said = {"verdict": "publish", "seen": revision.edited_at.isoformat()}

    refused = olas.post(f"/desk/guide/version/{revision.pk}/review", said)
    olas.post(f"/desk/guide/version/{revision.pk}/review", said | {"alone": "yes"})

    assert refused.status_code == 422
    revision.refresh_from_db()
    assert revision.state == State.PUBLISHED


def test_a_consultant_does_not_review(annas: Client) -> None:
    revision = saved(annas, begin(annas), then="review")

    assert annas.get(f"/desk/guide/version/{revision.pk}/review").status_code == 403
    assert annas.get("/desk/guide/review").status_code == 403
    assert f"{revision.pk}/review" not in annas.get("/desk/guide/problem/puk-needed").content.decode()


def test_an_unfinished_text_is_saved_but_not_sent_to_review(annas: Client) -> None:
    revision = begin(annas)

    answer = annas.post(EDIT.format("puk-needed"), draft(revision, body="Jeszcze nic.", then="review"))

    assert answer.status_code == 422
    assert "No heading has a mark" in answer.content.decode()
    revision.refresh_from_db()
    assert (revision.state, revision.body) == (State.DRAFT, "Jeszcze nic.\n")


def test_two_who_write_at_once_lose_nothing(annas: Client, olas: Client) -> None:
    revision = begin(annas)
    began_with = draft(revision)
    saved(olas, revision, body=BODY + "\nOla dopisała.\n")

    answer = annas.post(EDIT.format("puk-needed"), began_with | {"body": BODY + "\nAnna dopisała.\n"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ola dopisała." in page
    assert "Anna dopisała." in page


@pytest.mark.parametrize("seen", ["", "yesterday", "2026-99-99T00:00:00Z", "\x00"])
def test_a_mangled_moment_counts_as_changed_meanwhile(annas: Client, seen: str) -> None:
    revision = begin(annas)

    answer = annas.post(EDIT.format("puk-needed"), draft(revision, seen=seen))

    assert answer.status_code == 422


def test_an_address_that_leads_elsewhere_is_refused_with_where_to(annas: Client) -> None:
    published("pin-forgotten")
    revision = begin(annas)

    answer = annas.post(EDIT.format("puk-needed"), draft(revision, slug="pin-forgotten-pl"))

    assert answer.status_code == 422
    assert "pin-forgotten" in answer.content.decode()


def test_a_text_of_a_megabyte_is_refused_with_what_to_do(annas: Client) -> None:
    revision = begin(annas)

    answer = annas.post(EDIT.format("puk-needed"), draft(revision, body="ą" * 500_000))

    assert answer.status_code == 422
    assert "Make several problems of it" in answer.content.decode()


def test_the_preview_shows_no_ones_html_and_says_what_is_wrong(annas: Client) -> None:
    begin(annas)

    answer = annas.post("/desk/guide/problem/puk-needed/pl/preview", {"title": "T", "body": "<script>x</script>\n## A"})

    page = answer.content.decode()
    assert "<script>" not in page
    assert "Before it can be published" in page


def test_a_discarded_draft_stays_in_the_history(annas: Client) -> None:
    revision = begin(annas)

    annas.post(EDIT.format("puk-needed"), draft(revision, then="discard"))

    page = annas.get("/desk/guide/problem/puk-needed").content.decode()
    assert "discarded" in page
    assert annas.get(EDIT.format("puk-needed")).status_code == 302


def test_whoever_has_an_older_draft_before_her_discards_nobody_elses(annas: Client, olas: Client) -> None:
    before = draft(begin(annas))
    olas.post(EDIT.format("puk-needed"), before | {"title": "Gdzie jest kod PUK"})

    answer = annas.post(EDIT.format("puk-needed"), before | {"then": "discard"}, follow=True)

    assert "The text has changed since you opened it" in answer.content.decode()
    assert Revision.objects.get().state == State.DRAFT


def test_a_field_that_is_missing_does_not_hide_that_the_text_has_changed(annas: Client, olas: Client) -> None:
    before = draft(begin(annas))
    olas.post(EDIT.format("puk-needed"), before | {"title": "Gdzie jest kod PUK"})

    page = annas.post(EDIT.format("puk-needed"), before | {"title": ""}).content.decode()
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', page)
    annas.post(EDIT.format("puk-needed"), before | {"title": "Moje", "seen": html.unescape(seen)})

    assert Revision.objects.get().title == "Gdzie jest kod PUK"


@pytest.mark.parametrize("seen", ["", "29 February", "2026-02-30T10:00:00+00:00"])
def test_a_mangled_moment_changes_nothing(annas: Client, seen: str) -> None:
    revision = begin(annas)
    Revision.objects.update(created_at=datetime(2028, 2, 29, tzinfo=UTC))

    assert annas.post(EDIT.format("puk-needed"), draft(revision, title="Inny", seen=seen)).status_code == 422

    assert Revision.objects.get().title == "Gdzie jest PUK"


def test_a_translation_shows_its_source_and_what_has_changed_since(annas: Client, olas: Client) -> None:
    revision = saved(olas, begin(olas), then="review")
    publish(olas, revision)
    annas.post("/desk/guide/problem/puk-needed/en/start")
    english = Revision.objects.get(problem__key="puk-needed", language="en")
    assert english.slug == ""
    said = draft(english, slug="where-is-puk", then="review")
    annas.post("/desk/guide/problem/puk-needed/en/write", said)
    english.refresh_from_db()
    publish(olas, english)
    olas.post("/desk/guide/problem/puk-needed/pl/start")
    newer = Revision.objects.get(problem__key="puk-needed", state=State.DRAFT)
    saved(olas, newer, body=BODY.replace("Raz.", "Najpierw zadzwoń."), significance="major", then="review")
    publish(olas, newer)

    annas.post("/desk/guide/problem/puk-needed/en/start")
    page = annas.get("/desk/guide/problem/puk-needed/en/write").content.decode()

    assert "Marked is what has changed since your translation." in page
    assert "Najpierw" in page
    assert "out of date" in annas.get("/desk/guide/problem/puk-needed").content.decode()
    assert "out of date" in annas.get("/desk/guide/?show=translations").content.decode()


def publish(client: Client, revision: Revision) -> None:
    said = {"verdict": "publish", "seen": revision.edited_at.isoformat(), "alone": "yes"}
    assert client.post(f"/desk/guide/version/{revision.pk}/review", said).status_code == 302


def test_an_older_version_comes_back_as_a_draft(olas: Client) -> None:
    first = saved(olas, begin(olas), then="review")
    publish(olas, first)
    olas.post("/desk/guide/problem/puk-needed/pl/start")
    second = Revision.objects.get(problem__key="puk-needed", state=State.DRAFT)
    publish(olas, saved(olas, second, body=BODY.replace("Raz.", "Nic."), then="review"))

    olas.post(f"/desk/guide/version/{first.pk}/restore")

    third = Revision.objects.get(problem__key="puk-needed", state=State.DRAFT)
    assert (third.body, third.restores_id) == (BODY, first.pk)


@pytest.mark.parametrize("key", ["Nie Klucz", "UPPER CASE", "", "a" * 61])
def test_a_key_that_cannot_be_is_refused(annas: Client, key: str) -> None:
    shelf()
    said = {"title": "T", "key": key, "category": "sim", "kind": "technical", "source_language": "pl"}

    answer = annas.post("/desk/guide/new", said)

    assert answer.status_code == 422
    assert not Problem.objects.exists()


def test_marks_of_one_language_only_are_told_at_the_problem_and_at_the_review(olas: Client) -> None:
    published("puk-needed")
    english = published("puk-needed", body=BODY.replace("{#do-it}", "{#do-that}"), language="en")
    told = "These marks stand in one language only: #do-that, #do-it"

    page = olas.get("/desk/guide/problem/puk-needed").content.decode()
    assert told in page
    olas.post("/desk/guide/problem/puk-needed/en/start")
    review = f"/desk/guide/version/{Revision.objects.get(problem=english.problem, number=2).pk}/review"
    assert told in olas.get(review).content.decode()
    Revision.objects.filter(problem=english.problem, number=2).update(body=BODY)
    assert "one language only" not in olas.get(review).content.decode()


def test_a_solution_of_another_language_is_listed_by_its_title_there(olas: Client) -> None:
    solution = Solution.objects.create(problem=published("puk-needed").problem, key="do-it", place=0)
    SolutionText.objects.create(solution=solution, language="en", title="Do it like this", text="1. So.")

    page = olas.get("/desk/guide/problem/puk-needed", headers={"accept-language": "pl"}).content.decode()

    assert "Do it like this" in page
