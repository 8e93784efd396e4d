"""Drafts: one at a time, saved by whoever has the newest before her, read by another pair of eyes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from samehand.guide import actions
from samehand.guide.models import Problem, Revision
from samehand.lib.models import Event
from samehand.people.models import Staff
from tests.guide.articles import BODY, shelf
from tests.personas import at

State = Revision.State
TYPED = BODY.replace("\n", "\r\n")
TEXT = actions.Text(" Zgubiona  karta ", "zgubiona-karta", TYPED, "Zablokuj.", ["zguba", "zguba", ""])


def draft(by: Staff, key: str = "sim-lost-stolen", text: actions.Text = TEXT) -> Revision:
    return actions.make_problem(
        by=by, key=key, kind="formal", category=shelf(), language="pl", text=text, now=at(0)
    )  # fmt: skip


def test_a_problem_begins_with_a_draft_of_its_maker(anna: Staff) -> None:
    revision = draft(anna)

    assert (revision.state, revision.number, revision.author) == (State.DRAFT, 1, anna)
    assert (revision.title, revision.keywords, revision.body) == ("Zgubiona karta", ["zguba"], BODY)
    assert revision.problem.owner == anna
    assert Event.objects.filter(kind="article.begun").count() == 1


@pytest.mark.parametrize("key", ["", "Zguba", "zgubiona karta", "a" * 61, "-a"])
def test_a_key_has_small_letters(anna: Staff, key: str) -> None:
    with pytest.raises(actions.BadKey):
        draft(anna, key)


def test_a_key_is_there_once(anna: Staff) -> None:
    draft(anna)

    with pytest.raises(actions.KeyInUse):
        draft(anna)


def test_what_is_saved_is_kept_and_a_second_hand_is_told(anna: Staff, marek: Staff) -> None:
    revision = draft(anna)
    seen = revision.edited_at
    mine = actions.Text("Nowy tytuł", "zgubiona-karta", BODY)
    theirs = actions.Text("Inny tytuł", "zgubiona-karta", BODY)

    saved = actions.save(revision_id=revision.pk, by=anna, text=mine, seen=seen, note="tytuł", now=at(1))
    with pytest.raises(actions.EditedMeanwhile) as refusal:
        actions.save(revision_id=revision.pk, by=marek, text=theirs, seen=seen, now=at(2))

    assert (saved.title, saved.note, saved.edited_at) == ("Nowy tytuł", "tytuł", at(1))
    assert (refusal.value.current.title, refusal.value.yours.title) == ("Nowy tytuł", "Inny tytuł")


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        (actions.Text("x", "x", "{{nic}}"), "unknown-fact", 1),
        (actions.Text("x", "x", "ż" * 200_000), "too-large", 1),
        (actions.Text("x", "x", "a\x00"), "control", 1),
        (actions.Text("{{nic}}", "x", BODY), "unknown-fact", 0),
        (actions.Text("x", "x", BODY, "{{nic}}"), "unknown-fact", 0),
    ],
)
def test_what_cannot_be_kept_or_filled_in_is_refused_with_its_line(
    anna: Staff, text: actions.Text, kind: str, line: int
) -> None:
    revision = draft(anna)

    with pytest.raises(actions.Faulty) as refusal:
        actions.save(revision_id=revision.pk, by=anna, text=text, seen=at(0), now=at(1))

    assert [(fault.kind, fault.line) for fault in refusal.value.faults] == [(kind, line)]


def test_a_draft_may_be_unfinished_but_not_go_to_review(anna: Staff) -> None:
    revision = draft(anna, text=actions.Text("Tytuł", "tytul", "Tylko wstęp."))

    with pytest.raises(actions.Faulty) as refusal:
        actions.submit(revision_id=revision.pk, by=anna, now=at(1))

    assert [fault.kind for fault in refusal.value.faults] == ["no-solution"]


@pytest.mark.parametrize("slug", ["", "Zguba", "zgubiona karta", "-a", "a--b", "a/b", "ż"])
def test_an_address_has_small_letters(anna: Staff, slug: str) -> None:
    revision = draft(anna)

    with pytest.raises(actions.BadSlug):
        actions.save(revision_id=revision.pk, by=anna, text=actions.Text("x", slug, BODY), seen=at(0), now=at(1))


def test_an_address_in_use_is_refused(anna: Staff) -> None:
    draft(anna)

    with pytest.raises(actions.SlugTaken) as refusal:
        draft(anna, "sim-replace")

    assert refusal.value.problem.key == "sim-lost-stolen"
    assert not Problem.objects.filter(key="sim-replace").exists(), "the refused problem leaves nothing behind"


def test_there_is_one_draft_at_a_time(anna: Staff, marek: Staff) -> None:
    revision = draft(anna)

    with pytest.raises(actions.DraftOpen) as refusal:
        actions.start(problem_id=revision.problem_id, language="pl", by=marek, now=at(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(
            problem=revision.problem, language="pl", number=9, title="x", slug="y", body="", created_at=at(1),
            edited_at=at(1),
        )  # fmt: skip

    assert refusal.value.draft == revision


def test_a_discarded_draft_stays_in_the_history(anna: Staff) -> None:
    revision = draft(anna)

    actions.discard(revision_id=revision.pk, by=anna, seen=at(0), now=at(1))
    second = actions.start(problem_id=revision.problem_id, language="pl", by=anna, now=at(2))

    assert second.number == 2
    with pytest.raises(actions.NotOpen):
        actions.save(revision_id=revision.pk, by=anna, text=TEXT, seen=at(1), now=at(3))


def test_another_pair_of_eyes_publishes(anna: Staff, ola: Staff) -> None:
    revision = draft(anna)

    with pytest.raises(actions.NotSubmitted):
        actions.publish(revision_id=revision.pk, by=ola, seen=at(0), now=at(1))
    actions.submit(revision_id=revision.pk, by=anna, now=at(2))
    with pytest.raises(actions.NotAllowed):
        actions.publish(revision_id=revision.pk, by=anna, seen=at(2), now=at(3))
    published = actions.publish(revision_id=revision.pk, by=ola, seen=at(2), now=at(4))

    assert (published.state, published.reviewer, published.published_at) == (State.PUBLISHED, ola, at(4))
    event = Event.objects.get(kind="article.published")
    assert (event.data["key"], event.data["language"], event.data["by"]) == ("sim-lost-stolen", "pl", ola.pk)


def test_what_changed_since_it_was_read_is_not_published(anna: Staff, ola: Staff) -> None:
    revision = draft(anna)
    actions.submit(revision_id=revision.pk, by=anna, now=at(1))
    actions.save(revision_id=revision.pk, by=anna, text=TEXT, seen=at(1), now=at(2))

    with pytest.raises(actions.EditedMeanwhile):
        actions.publish(revision_id=revision.pk, by=ola, seen=at(1), now=at(3))

    assert Revision.objects.get().state == State.REVIEW, "who corrects a word does not lose her place in the line"


def test_a_lead_publishes_her_own_text_only_when_she_says_so(ola: Staff) -> None:
    revision = draft(ola)

    with pytest.raises(actions.OwnText):
        actions.publish(revision_id=revision.pk, by=ola, seen=at(0), now=at(1))
    actions.publish(revision_id=revision.pk, by=ola, seen=at(0), alone=True, now=at(2))

    assert Revision.objects.get().state == State.PUBLISHED


def test_what_a_lead_changed_in_anothers_text_is_read_by_somebody(anna: Staff, ola: Staff) -> None:
    revision = draft(anna)
    actions.submit(revision_id=revision.pk, by=anna, now=at(1))
    actions.save(revision_id=revision.pk, by=ola, text=TEXT, seen=at(1), now=at(2))

    with pytest.raises(actions.OwnText):
        actions.publish(revision_id=revision.pk, by=ola, seen=at(2), now=at(3))
    actions.save(revision_id=revision.pk, by=anna, text=TEXT, seen=at(2), now=at(3))
    actions.publish(revision_id=revision.pk, by=ola, seen=at(3), now=at(4))

    assert Revision.objects.get().state == State.PUBLISHED


def test_a_text_goes_back_with_a_remark_and_comes_again(anna: Staff, ola: Staff) -> None:
    revision = draft(anna)
    with pytest.raises(actions.NotSubmitted):
        actions.send_back(revision_id=revision.pk, by=ola, remark="x", now=at(1))
    actions.submit(revision_id=revision.pk, by=anna, now=at(1))

    with pytest.raises(actions.NothingRemarked):
        actions.send_back(revision_id=revision.pk, by=ola, remark=" ", now=at(2))
    with pytest.raises(actions.NotAllowed):
        actions.send_back(revision_id=revision.pk, by=anna, remark="x", now=at(2))
    returned = actions.send_back(revision_id=revision.pk, by=ola, remark="Krok 2?", now=at(2))
    saved = actions.save(revision_id=revision.pk, by=anna, text=TEXT, seen=at(2), now=at(3))

    assert (returned.state, returned.review_remark) == (State.RETURNED, "Krok 2?")
    assert saved.state == State.DRAFT
    assert Event.objects.get(kind="article.returned").staff_id == anna.pk
