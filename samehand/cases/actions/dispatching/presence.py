"""Who is there: signs of life from the desk's pages, and what a consultant says of herself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Min
from django.utils import translation
from django.utils.translation import gettext as _

from samehand.cases.actions.dispatching.table import Table
from samehand.cases.actions.dispatching.taking import find_takers
from samehand.cases.models import Case, Message, Post, Turn
from samehand.lib.events import Fact, record
from samehand.people.models import Absence, Shift, Staff
from samehand.people.queries import on_shift, service_hours

Wish = Post.Wish
# Who takes mails outside the roster does so for so long, unless she says otherwise.
UNPLANNED = timedelta(hours=8)
PUNCTUAL = timedelta(minutes=1)
AT_ONCE = 200


def here(*, staff_id: int, now: datetime) -> None:
    """Her page is open before her: at the first sign of a shift she takes mails."""
    if not service_hours().hands_out:
        return
    signs = Post.objects.filter(consultant=staff_id)
    if not signs.update(seen_at=now):
        Post.objects.bulk_create(
            [Post(consultant_id=staff_id, since=now, until=now, seen_at=now)], ignore_conflicts=True
        )
    post = signs.get()
    if not post.on_duty and (ends := shift_ends(staff_id, now)) and _takes_mails(post, now):
        begin(staff_id=staff_id, until=ends, now=now)


def _takes_mails(post: Post, now: datetime) -> bool:
    """What she said of herself on another shift counts no more."""
    if post.wish == Wish.MAILS:
        return True
    return Shift.objects.filter(
        consultant=post.consultant_id, starts_at__lte=now, ends_at__gt=now, starts_at__gt=post.since
    ).exists()


def shift_ends(staff_id: int, now: datetime) -> datetime | None:
    """When the shift that she is on by the roster ends, or her leave begins before; None when she is on none."""
    if not on_shift(now).filter(pk=staff_id).exists():
        return None
    shifts = Shift.objects.filter(consultant=staff_id, starts_at__lte=now, ends_at__gt=now)
    absences = Absence.objects.filter(consultant=staff_id, starts_at__gt=now)
    ends: datetime | None = shifts.aggregate(last=Max("ends_at"))["last"]
    leaves: datetime | None = absences.aggregate(first=Min("starts_at"))["first"]
    return min(ends, leaves) if ends and leaves else ends


@transaction.atomic
def begin(*, staff_id: int, until: datetime, now: datetime) -> None:
    """She is on duty and takes mails."""
    missed = _missed(staff_id, now)
    table = Table(now, people=[staff_id], also=[turn.pk for turn in missed])
    if staff_id not in table.crew:
        return
    post = table.post(staff_id)
    post.wish, post.seen_at = Wish.MAILS, now
    table.engine.on(table.at, staff_id, table.minutes.of(until))
    waiting = table.engine.board.messages
    table.engine.reconsider(table.at, [turn.message_id for turn in missed if turn.message_id in waiting])
    person = table.engine.board.people[staff_id]
    if person.work is None and person.on_duty:
        table.engine.free(table.at, staff_id)
    table.decide()
    find_takers(now=now)
    _tell(staff_id, Wish.MAILS, now)


def _missed(staff_id: int, now: datetime) -> list[Turn]:
    """What waits of her own cases and is not kept for her, because she was not there when it came. Who begins with her
    shift has missed nothing: it was kept for her by the roster."""
    if Shift.objects.filter(consultant=staff_id, starts_at__lte=now, starts_at__gt=now - PUNCTUAL).exists():
        return []
    own = Turn.objects.filter(given_to=None, only_for=None, case__owner=staff_id)
    return list(own.exclude(stage__in=("owner", "late")).order_by("due_at", "message")[:AT_ONCE])


@transaction.atomic
def say(*, staff_id: int, wish: str, now: datetime) -> None:
    """She takes mails, has a break, is on the phone or goes away; with a mail in hand, the first three count from when
    it is answered."""
    if wish == Wish.AWAY:
        return go_away(staff_id=staff_id, why="away", now=now)
    post = Post.objects.filter(consultant=staff_id).first()
    if wish == Wish.MAILS and (post is None or not post.on_duty):
        return begin(staff_id=staff_id, until=shift_ends(staff_id, now) or now + UNPLANNED, now=now)
    table = Table(now, people=[staff_id], going=wish == Wish.BREAK)
    if staff_id not in table.crew:
        return None
    post = table.post(staff_id)
    post.wish, post.seen_at = wish, now
    if table.engine.board.people[staff_id].work is None and post.on_duty:
        table.turn_to_wish(staff_id)
    table.decide()
    post.save(update_fields=["wish", "seen_at"])
    return _tell(staff_id, wish, now)


@transaction.atomic
def go_away(*, staff_id: int, why: str, now: datetime) -> None:
    """She is not there: what she has in hand and has not answered goes back into line with a note of why.

    `why` is "away" by her own word, "absent" by a lead's, "silent" when her pages gave no sign of her, or "left".
    """
    cases = _hold_cases(staff_id)
    table = Table(now, people=[staff_id], going=True)
    if staff_id not in table.crew:
        Post.objects.filter(consultant=staff_id).update(on_duty=False, state="off")
        table.decide()
        return
    if why == "silent" and not _is_silent(table.posts.get(staff_id), now):
        return
    for turn in [turn for turn in table.turns.values() if turn.given_to_id == staff_id]:
        table.engine.lays_down(staff_id, turn.message_id)
        if turn.word_at is None:
            _forget_unless_answered(table, turn, staff_id)
            table.comes_back(turn)
            if turn.case_id in cases:
                _note(turn.case, staff_id, why, now)
    post = table.post(staff_id)
    post.wish = Wish.AWAY if why == "away" else post.wish
    table.engine.leaves(table.at, staff_id)
    table.decide()
    _tell(staff_id, Wish.AWAY, now)


def _hold_cases(staff_id: int) -> Collection[int]:
    """A note needs its case, and whoever holds the routing must not wait for one."""
    held = Case.objects.filter(turn__given_to=staff_id).select_for_update(of=("self",), no_key=True)
    return {case.pk for case in held.order_by("id")}


def _is_silent(post: Post | None, now: datetime) -> bool:
    limit = timedelta(minutes=service_hours().silence_minutes)
    return post is not None and post.on_duty and post.seen_at <= now - limit


def _forget_unless_answered(table: Table, turn: Turn, staff_id: int) -> None:
    """Who never wrote to the customer is not the owner because she had it in hand."""
    seen = table.engine.board.cases[turn.case_id].seen
    if staff_id in seen and not turn.case.messages.filter(author=staff_id, direction=Message.Direction.OUT).exists():
        seen.remove(staff_id)


def _note(case: Case, staff_id: int, why: str, now: datetime) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        name = Staff.objects.get(pk=staff_id).first_name
        words = {
            "away": _("%(name)s went away before answering: the mail is back in line."),
            "absent": _("%(name)s is absent: the mail is back in line."),
            "silent": _("%(name)s's desk gave no sign any more: the mail is back in line."),
            "left": _("%(name)s does not work here any more: the mail is back in line."),
        }[why] % {"name": name}
    Message.objects.create(
        case=case, direction=Message.Direction.NOTE, channel="desk", at=now, text=words, reply_text=words
    )


def _tell(staff_id: int, wish: str, now: datetime) -> None:
    record([Fact("post.changed", staff_id=staff_id, data={"wish": wish})], now=now)
