"""Questions to the simulator as rows: asked, under way, cancelled, answered. One at a time in the house."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from samehand.desk.models import Reckoning
from samehand.lib.clock import now as clock
from samehand.people.models import Staff

State, Kind = Reckoning.State, Reckoning.Kind
TASK = "samehand.desk.reckon"
# Signs come every second or two; whose process is silent for so long has died with its worker.
DEAD_AFTER = timedelta(minutes=2)
NOT_BEGUN_AFTER = timedelta(minutes=10)
KEPT = 60


class Busy(Exception):
    """Somebody else's question is being answered; `reckoning` is it."""

    def __init__(self, reckoning: Reckoning) -> None:
        super().__init__(f"reckoning {reckoning.pk} is under way")
        self.reckoning = reckoning


class NothingToStandOn(Exception):
    """A bad day is asked about before anybody asked for the people."""


def ask(*, kind: str, inputs: Mapping[str, Any], by: Staff, again: bool, now: datetime) -> Reckoning:
    """Puts the question in line; an answer of today to the same question is shown again, unless it shall be anew.

    Whoever asks anew gives up her own question that is still under way."""
    give_up_dead(now=now)
    of = None if kind == Kind.PEOPLE else latest(Kind.PEOPLE)
    if kind != Kind.PEOPLE and of is None:
        raise NothingToStandOn
    key = _key(kind, inputs, of)
    kept = None if again else _kept(kind, key, now)
    try:
        with transaction.atomic():
            _end(Reckoning.objects.filter(under_way=True, asked_by=by), State.CANCELLED, now)
            if kept:
                Reckoning.objects.filter(pk=kept.pk).update(asked_at=now, asked_by=by)
                return kept
            asked = Reckoning.objects.create(
                kind=kind, inputs=dict(inputs), key=key, of=of, asked_by=by, asked_at=now, beat_at=now
            )
            app.configure_task(TASK, queue="desk").defer(reckoning_id=asked.pk)
            return asked
    except IntegrityError:
        other = under_way()
        if other is None:
            return ask(kind=kind, inputs=inputs, by=by, again=again, now=now)
        raise Busy(other)


def cancel(*, reckoning_id: int, now: datetime) -> bool:
    """Whoever leads may cancel any; its process is ended within a second."""
    return _end(Reckoning.objects.filter(pk=reckoning_id, under_way=True), State.CANCELLED, now)


def answer(*, reckoning_id: int) -> None:
    """Has the roof answer it, and keeps what it says. Nothing is kept of what was cancelled meanwhile."""
    mine = Reckoning.objects.filter(pk=reckoning_id, under_way=True)
    if not mine.filter(state=State.WAITING).update(state=State.RUNNING, beat_at=clock()):
        return
    asked = Reckoning.objects.select_related("of").get(pk=reckoning_id)

    def go_on(share: float) -> bool:
        signs = {"beat_at": clock()} if share < 0 else {"beat_at": clock(), "progress": share}
        return mine.update(**signs) == 1

    try:
        found = import_string(settings.WHATIF)(asked.kind, asked.inputs, _basis_of(asked.of), go_on)
    except Exception:
        _end(mine, State.FAILED, clock(), trouble="trouble")
        raise
    if "answer" in found:
        values = {"answer": found["answer"], "basis": found["basis"] if asked.of is None else None, "progress": 1.0}
        _end(mine, State.DONE, clock(), **values)
        _forget_old()
    elif "refused" in found:
        _end(mine, State.FAILED, clock(), trouble=found["refused"], basis=found.get("basis"))


def _basis_of(of: Reckoning | None) -> dict[str, Any] | None:
    if of is None or of.basis is None or of.answer is None:
        return None
    return {**of.basis, "plan": of.answer["need"]["plan"]}


def give_up_dead(*, now: datetime) -> None:
    """What died with its worker is said to have failed, and stands in nobody's way."""
    running = Reckoning.objects.filter(under_way=True)
    _end(running.filter(state=State.RUNNING, beat_at__lt=now - DEAD_AFTER), State.FAILED, now, trouble="died")
    _end(running.filter(state=State.WAITING, asked_at__lt=now - NOT_BEGUN_AFTER), State.FAILED, now, trouble="died")


def under_way() -> Reckoning | None:
    return Reckoning.objects.filter(under_way=True).select_related("asked_by").first()


def latest(kind: str) -> Reckoning | None:
    """The latest that is answered."""
    done = Reckoning.objects.filter(kind=kind, state=State.DONE)
    return done.select_related("asked_by").order_by("-asked_at", "-pk").first()


def latest_bad_day(kind: str, of: Reckoning) -> Reckoning | None:
    """The latest answer that stands on these people."""
    return of.bad_days.filter(kind=kind, state=State.DONE).order_by("-asked_at", "-pk").first()


def last_trouble(kind: str) -> Reckoning | None:
    """What was asked last, when nothing came of it."""
    last = Reckoning.objects.filter(kind=kind).order_by("-asked_at", "-pk").first()
    return last if last and last.state in (State.FAILED, State.CANCELLED) else None


def _end(rows: Any, state: str, now: datetime, **values: Any) -> bool:
    return bool(rows.update(state=state, under_way=False, done_at=now, **values))


def _kept(kind: str, key: str, now: datetime) -> Reckoning | None:
    kept = Reckoning.objects.filter(kind=kind, key=key, state=State.DONE, done_at__gt=now - timedelta(hours=18))
    return kept.order_by("-done_at").first()


def _key(kind: str, inputs: Mapping[str, Any], of: Reckoning | None) -> str:
    text = json.dumps([kind, inputs, of and of.pk], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _forget_old() -> None:
    old = Reckoning.objects.filter(under_way=False).order_by("-asked_at", "-pk")[KEPT:]
    Reckoning.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
