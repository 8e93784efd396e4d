"""Leads write guided questions: every fault is said, a drawing shows where they lead, and nobody else comes in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from samehand.core.trees import checked
from samehand.guide import actions, trees
from samehand.guide.models import Category, Kind, Problem, Solution, SolutionText, Tree
from samehand.people.models import Staff
from tests.guide.trees.test_saving import a_tree
from tests.personas import MONDAY, anna, at, ola

__all__ = ["anna", "ola"]
pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def row(ola: Staff) -> Tree:
    return actions.save_tree(definition=a_tree(), by=ola, now=MONDAY)


@pytest.fixture
def lead(client: Client, ola: Staff) -> Client:
    client.force_login(ola, backend=BACKEND)
    return client


def test_a_lead_sees_the_list_and_the_drawing(lead: Client, row: Tree) -> None:
    actions.count_ending(key="proba", end="us", now=MONDAY)

    assert "Próba" in lead.get("/desk/guide/trees/").content.decode()
    page = lead.get(f"/desk/guide/trees/{row.pk}").content.decode()
    assert 'href="#node-us"' in page
    # The database keeps no order of keys; the text has that of the way.
    assert page.index("key: proba") < page.index("start: first") < page.index("first:\n") < page.index("us:\n")
    assert "no-internet" in page


def test_the_drawing_calls_solutions_by_their_titles(lead: Client, ola: Staff) -> None:
    shelf = Category.objects.create(key="internet", names={"pl": "Internet"}, slugs={"pl": "internet"})
    problem = Problem.objects.create(key="no-internet", kind=Kind.TECHNICAL, category=shelf, created_at=MONDAY)
    solution = Solution.objects.create(problem=problem, key="set-apn")
    SolutionText.objects.create(solution=solution, language="pl", title="Ustaw APN", text="")
    nodes = {"first": {"try": "no-internet#set-apn", "next": "us"}, "us": a_tree()["nodes"]["us"]}
    row = actions.save_tree(definition=a_tree() | {"start": "first", "nodes": nodes}, by=ola, now=MONDAY)

    page = lead.get(f"/desk/guide/trees/{row.pk}").content.decode()

    drawing = page.partition('class="trees-outline"')[2]
    assert "</span> Ustaw APN" in drawing
    assert "no-internet#set-apn" not in drawing


def test_a_change_is_saved(lead: Client, row: Tree) -> None:
    changed = trees.written(a_tree() | {"titles": {"pl": "Nowa", "en": "New"}})

    answer = lead.post(f"/desk/guide/trees/{row.pk}", {"definition": changed})

    assert answer.status_code == 302
    assert Tree.objects.get().definition["titles"]["pl"] == "Nowa"


def test_of_two_leads_the_second_is_told(lead: Client, row: Tree, ola: Staff) -> None:
    def titled(title: str) -> dict[str, object]:
        return a_tree() | {"titles": {"pl": title, "en": title}}

    hers = {"definition": trees.written(trees.plain(checked(titled("Hers")))), "seen": row.edited_at.isoformat()}
    actions.save_tree(definition=titled("Another's"), by=ola, now=at(1), tree_id=row.pk, seen=row.edited_at)

    looked = lead.post(f"/desk/guide/trees/{row.pk}", {**hers, "look": "1"}).content.decode()
    answer = lead.post(f"/desk/guide/trees/{row.pk}", hers)

    assert f'name="seen" value="{escape(hers["seen"])}"' in looked
    assert answer.status_code == 422
    assert "od kiedy je otwarto" in answer.content.decode()
    assert Tree.objects.get().definition["titles"]["en"] == "Another's"

    lead.post(f"/desk/guide/trees/{row.pk}", {**hers, "seen": at(1).isoformat()})
    assert Tree.objects.get().definition["titles"]["en"] == "Hers"


def test_whoever_leads_nobody_saves_and_shows_no_tree(row: Tree, anna: Staff) -> None:
    with pytest.raises(actions.NotAllowed):
        actions.save_tree(definition=a_tree(), by=anna, now=MONDAY, tree_id=row.pk)
    with pytest.raises(actions.NotAllowed):
        actions.publish_tree(tree_id=row.pk, published=False, by=anna, now=MONDAY)


def test_a_new_tree_is_hidden_until_it_is_shown(lead: Client) -> None:
    lead.post("/desk/guide/trees/new", {"definition": trees.written(a_tree())})
    row = Tree.objects.get()
    assert not row.published

    lead.post(f"/desk/guide/trees/{row.pk}/publish", {"published": "yes"})

    assert trees.published_tree("proba")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(trees.written(a_tree(onward="first")), "first -&gt; first", id="a ring by its name"),
        pytest.param("nodes: [", "YAML", id="no YAML"),
        pytest.param("<script>alert(1)</script>", "Nie ma tu pytań", id="an attack is a text"),
        pytest.param("x" * 400_000, "nie zapisano", id="too long"),
        pytest.param("", "nie zapisano", id="nothing"),
    ],
)
def test_faults_are_said_and_the_text_stays(lead: Client, row: Tree, text: str, said: str) -> None:
    answer = lead.post(f"/desk/guide/trees/{row.pk}", {"definition": text})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said.lower() in page.lower()
    assert "<script>alert" not in page
    assert Tree.objects.get().definition == a_tree()


def test_a_look_saves_nothing(lead: Client, row: Tree) -> None:
    changed = trees.written(a_tree() | {"titles": {"pl": "Nowa", "en": "New"}})

    page = lead.post(f"/desk/guide/trees/{row.pk}", {"definition": changed, "look": "1"}).content.decode()

    assert "Nowa" in page
    assert Tree.objects.get().definition == a_tree()


def test_a_key_that_is_taken_is_said(lead: Client, row: Tree) -> None:
    answer = lead.post("/desk/guide/trees/new", {"definition": trees.written(a_tree())})

    assert answer.status_code == 422
    assert "Inne drzewo ma już klucz proba" in answer.content.decode()


@pytest.mark.parametrize("path", ["", "new", "{id}"])
def test_consultants_and_strangers_do_not_come_in(client: Client, anna: Staff, row: Tree, path: str) -> None:
    address = f"/desk/guide/trees/{path.format(id=row.pk)}"
    assert client.get(address).status_code == 302

    client.force_login(anna, backend=BACKEND)

    assert client.get(address).status_code == 403
    assert client.post(f"/desk/guide/trees/{row.pk}/publish", {"published": "no"}).status_code == 403
    assert Tree.objects.get().published
