"""Whatever happens at the desk, in whatever order: what must be true of handing out stays true after each act."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.db.models import Q

from samehand.cases.actions import dispatching
from samehand.cases.models import Case, Message, Post, Turn
from samehand.lib.models import Event
from samehand.people.models import Absence, Staff
from tests.routing.walking import Desk, everybody_answers, everybody_comes

pytestmark = pytest.mark.django_db
# More of them: SAMEHAND_WALKS=200 SAMEHAND_STEPS=300.
WALKS = int(os.environ.get("SAMEHAND_WALKS", "3"))
STEPS = int(os.environ.get("SAMEHAND_STEPS", "80"))
FIRST = int(os.environ.get("SAMEHAND_FIRST_WALK", "0"))
OPEN = ("all", "urgent", "late")


def wrong(desk: Desk) -> Iterator[str]:
    yield from _turns_wrong()
    yield from _posts_wrong(desk)
    yield from _idle_wrong()
    yield from _kept_wrong(desk)


def _turns_wrong() -> Iterator[str]:
    turns = {turn.case_id: turn for turn in Turn.objects.select_related("message")}
    asked = Message.objects.filter(due_at__isnull=False, answered_at=None, waived_at=None)
    by_case: dict[int, set[int]] = defaultdict(set)
    for message, case_id in asked.values_list("pk", "case_id"):
        by_case[case_id].add(message)
    for case in Case.objects.exclude(status="merged").only("pk"):
        turn, waits = turns.pop(case.pk, None), by_case[case.pk]
        if waits and turn is None:
            yield f"case {case.pk} waits without a turn"
        elif turn and not waits and not (turn.word_at and turn.given_to_id):
            yield f"case {case.pk} has a turn although nothing waits in it"
        elif turn and turn.message.case_id != case.pk:
            yield f"the turn of case {case.pk} is of a message of case {turn.message.case_id}"
        elif turn and turn.given_to_id is None and turn.message_id not in waits:
            yield f"case {case.pk} waits by a message that was answered"
    yield from (f"joined case {case} has a turn" for case in turns)


def _posts_wrong(desk: Desk) -> Iterator[str]:
    holders = {turn.given_to_id: turn for turn in Turn.objects.filter(given_to__isnull=False, aside=False)}
    asides = {turn.given_to_id for turn in Turn.objects.filter(aside=True)}
    busy = set(Post.objects.filter(state="busy").values_list("consultant", flat=True))
    if busy != set(holders):
        yield f"busy are {sorted(busy)}, something in hand have {sorted(map(int, holders))}"
    yield from (f"{one} has put something aside for nothing" for one in asides - set(holders))
    for post in Post.objects.filter(on_duty=True).select_related("consultant"):
        if not post.consultant.is_active:
            yield f"{post.consultant_id} is on duty and dismissed"
        if post.until <= desk.now:
            yield f"{post.consultant_id} is on duty after her shift"
    for post in Post.objects.filter(on_duty=False, state__in=("free", "break")):
        yield f"{post.consultant_id} is {post.state} and not on duty"


def _idle_wrong() -> Iterator[str]:
    for post in Post.objects.filter(state="free", on_duty=True).select_related("consultant"):
        one = post.consultant
        waiting = Turn.objects.filter(
            Q(stage__in=OPEN, only_for=None) | Q(owner=one), given_to=None, skill__in=one.skills,
            language__in=one.languages,
        )  # fmt: skip
        yield from (f"{one.pk} is free while case {turn.case_id} waits ({turn.stage})" for turn in waiting)


def _kept_wrong(desk: Desk) -> Iterator[str]:
    for turn in Turn.objects.filter(given_to=None).select_related("only_for"):
        if turn.until and turn.until <= desk.now:
            yield f"case {turn.case_id} waits past its hold"
        if turn.only_for and not turn.until:
            post = Post.objects.filter(consultant=turn.only_for).first()
            if post is None or not post.on_duty:
                yield f"case {turn.case_id} waits for ever for {turn.only_for_id}, who is not there"


def given_wrong(desk: Desk, after: int, kept: dict[int, Turn], act: str) -> Iterator[str]:
    absent = set(
        Absence.objects.filter(starts_at__lte=desk.now, ends_at__gt=desk.now).values_list("consultant", flat=True)
    )
    inactive = set(Staff.objects.filter(is_active=False).values_list("pk", flat=True))
    posts = {post.consultant_id: post for post in Post.objects.all()}
    for event in Event.objects.filter(kind="case.given", pk__gt=after):
        one, turn = event.staff_id, kept.get(event.data["message"])
        if one in inactive or one in absent - desk.came_all_the_same or not posts[one].on_duty:
            yield f"{one} was given message {event.data['message']} although she is not there"
        if turn and turn.only_for_id not in (None, one) and act in ("writes", "answers", "comes"):
            there = posts.get(turn.only_for_id)
            if there and there.on_duty:
                yield f"{one} was given what was kept for {turn.only_for_id}"
    given = set(Event.objects.filter(kind="case.given").values_list("data__message", "staff_id"))
    for turn in Turn.objects.filter(given_to__isnull=False):
        if (turn.message_id, turn.given_to_id) not in given:
            yield f"message {turn.message_id} is in the hands of {turn.given_to_id} and was never given to her"


def last_event() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@pytest.mark.parametrize("seed", range(FIRST, FIRST + WALKS))
def test_whatever_happens_every_question_waits_for_somebody_or_lies_in_one_hand(seed: int) -> None:
    desk, story = Desk(seed), []

    for _ in range(STEPS):
        story.append(f"{desk.now:%a %H:%M:%S} {desk.passes():g} min")
        kept = {turn.message_id: turn for turn in Turn.objects.filter(only_for__isnull=False, given_to=None)}
        after = last_event()
        story.append(act := desk.acts())
        dispatching.step(now=desk.now)
        faults = [*wrong(desk), *given_wrong(desk, after, kept, act)]
        assert not faults, "\n".join([*story[-12:], *faults])

    everybody_comes(desk)
    for _ in range(3 * Turn.objects.count() + 100):
        everybody_answers(desk)
        if not Turn.objects.exists():
            break
    assert list(Turn.objects.values()) == []
