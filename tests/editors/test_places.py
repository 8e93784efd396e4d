"""The list, what waits for whom, categories and facts: who may enter, and what they say."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client

from samehand.guide import facts
from samehand.guide.models import Category, Problem, Vote, VoteReason
from samehand.people.models import Staff
from tests.guide.articles import problem, published, shelf

pytestmark = pytest.mark.django_db


def test_an_empty_guide_says_how_to_begin(annas: Client) -> None:
    page = annas.get("/desk/guide/").content.decode()

    assert "The guide is empty" in page
    assert "guide import --starter" in page


def test_the_list_is_narrowed_by_words_category_and_what_is_to_be_done(annas: Client, anna: Staff) -> None:
    published("sim-lost-stolen")
    problem("porting", category="port")
    Problem.objects.filter(key="porting").update(owner=anna, review_by=date(2999, 1, 1))

    def shown(**narrowed: str) -> set[str]:
        rows = annas.get("/desk/guide/", narrowed).context["rows"]
        return {row.problem.key for row in rows}

    assert shown() == {"sim-lost-stolen", "porting"}
    assert shown(q="LOST") == {"sim-lost-stolen"}
    assert shown(category="port") == {"porting"}
    assert shown(show="mine") == {"porting"}
    assert shown(show="due") == {"sim-lost-stolen"}
    assert shown(show="translations") == {"sim-lost-stolen", "porting"}
    assert shown(show="withdrawn") == set()
    assert shown(show="nonsense", q="\x00", page="x") == {"sim-lost-stolen", "porting"}


def test_two_hundred_problems_cost_as_many_queries_as_two(
    annas: Client, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    shelf()
    for number in range(60):
        published(f"problem-{number}")

    with django_assert_max_num_queries(30):  # type: ignore[operator]
        page = annas.get("/desk/guide/").content.decode()

    assert "problem-0" in page
    assert "1 / 2" in page


def test_what_its_owner_must_look_at_again_waits_for_her_alone(
    annas: Client, olas: Client, anna: Staff, monday: datetime
) -> None:
    published("sim-lost-stolen")
    Problem.objects.update(owner=anna, review_by=monday.date())

    assert "sim-lost-stolen" in annas.get("/desk/guide/mine").content.decode()
    assert "sim-lost-stolen" not in olas.get("/desk/guide/mine").content.decode()

    annas.post("/desk/guide/problem/sim-lost-stolen/looked", {"back": "mine"})

    again = Problem.objects.get().review_by
    assert again is not None
    assert again > monday.date()


def test_readers_complaints_are_seen_to_once(annas: Client, monday: datetime) -> None:
    revision = published("sim-lost-stolen")
    vote = Vote.objects.create(
        reader="r",
        revision=revision,
        helped=False,
        reason=VoteReason.UNCLEAR,
        comment="Który <b>przycisk</b>?",
        at=monday,
    )

    page = annas.get("/desk/guide/votes").content.decode()
    annas.post(f"/desk/guide/votes/{vote.pk}")

    assert "Który &lt;b&gt;przycisk&lt;/b&gt;?" in page
    assert "Nobody has complained" in annas.get("/desk/guide/votes").content.decode()


def test_a_lead_gives_a_problem_an_owner_and_a_consultant_does_not(annas: Client, olas: Client, anna: Staff) -> None:
    published("sim-lost-stolen")
    said = {"owner": str(anna.pk), "review_every": "90", "category": "sim", "kind": "technical"}

    assert annas.post("/desk/guide/problem/sim-lost-stolen/keep", said).status_code == 403
    olas.post("/desk/guide/problem/sim-lost-stolen/keep", said)

    kept = Problem.objects.get()
    assert (kept.owner, kept.review_every, kept.kind) == (anna, 90, "technical")


def test_what_is_withdrawn_comes_back(olas: Client) -> None:
    published("sim-lost-stolen")

    olas.post("/desk/guide/problem/sim-lost-stolen/withdraw")
    withdrawn = Problem.objects.get().withdrawn_at
    olas.post("/desk/guide/problem/sim-lost-stolen/withdraw", {"back": "1"})

    assert withdrawn is not None
    assert Problem.objects.get().withdrawn_at is None


CATEGORY = {"icon": "phone", "name_pl": "Rozmowy", "name_en": "Calls", "slug_pl": "rozmowy", "slug_en": "calls"}


def test_an_administrator_adds_changes_and_removes_a_category(adams: Client, olas: Client) -> None:
    assert olas.post("/desk/guide/categories", CATEGORY | {"key": "calls"}).status_code == 403
    adams.post("/desk/guide/categories", CATEGORY | {"key": "calls"})
    adams.post("/desk/guide/categories/calls", CATEGORY | {"name_pl": "Rozmowy i SMS-y", "place": "3"})
    kept = Category.objects.get()
    adams.post("/desk/guide/categories/calls", {"then": "remove"})

    assert (kept.names["pl"], kept.place) == ("Rozmowy i SMS-y", 3)
    assert not Category.objects.exists()


def test_a_category_with_problems_stays(adams: Client) -> None:
    problem()

    answer = adams.post("/desk/guide/categories/sim", {"then": "remove"})

    assert answer.status_code == 422
    assert Category.objects.exists()


def test_a_category_says_what_is_wrong_with_it(adams: Client) -> None:
    shelf()

    answer = adams.post("/desk/guide/categories/sim", CATEGORY | {"slug_pl": "ro zmowy"})

    assert answer.status_code == 422


def test_a_fact_is_said_once_and_taken_back_by_saying_the_default(adams: Client, olas: Client) -> None:
    default = facts.values("pl")["apn"]

    assert olas.get("/desk/guide/facts").status_code == 403
    adams.post("/desk/guide/facts", {"key": "apn", "pl": "fala.net", "en": "fala.net"})
    said = facts.values("pl")["apn"]
    page = adams.get("/desk/guide/facts").content.decode()
    adams.post("/desk/guide/facts", {"key": "apn", "pl": default, "en": default})

    assert said == "fala.net"
    assert page.count(">yours</span>") == 1
    assert "a made-up operator's" in page
    assert facts.values("pl")["apn"] == default


def test_an_unknown_fact_changes_nothing(adams: Client) -> None:
    answer = adams.post("/desk/guide/facts", {"key": "nonsense", "pl": "x", "en": "x"}, follow=True)

    assert "There is no such fact" in answer.content.decode()


@pytest.mark.parametrize("path", ["", "new", "mine", "votes", "problem/x", "categories", "facts", "review"])
def test_a_stranger_is_asked_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(f"/desk/guide/{path}")

    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize("path", ["problem/nonsense", "problem/nonsense/pl/write", "version/999999"])
def test_what_is_not_there_is_not_found(annas: Client, path: str) -> None:
    assert annas.get(f"/desk/guide/{path}").status_code == 404
