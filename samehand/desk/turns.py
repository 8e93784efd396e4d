"""Why a case is in somebody's hands, or for whom it waits, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samehand.cases.actions.dispatching import hands_out
from samehand.cases.models import Case, Post
from samehand.cases.turns import InHand, Waits, in_hand_of, post_of, standing_of
from samehand.desk.showing import Row, rows
from samehand.lib.spoken import until, when
from samehand.people.models import Staff
from samehand.people.queries import terms

REASONS = {
    "assigned": gettext_lazy("It was kept for you by a colleague's or the customer's word."),
    "owner": gettext_lazy("The case is yours."),
    "second": gettext_lazy("You have helped in this case before."),
    "known": gettext_lazy("You have answered this customer before."),
    "fits": gettext_lazy("Your hours fit those at which this customer writes."),
    "best_of_rest": gettext_lazy("You are free, and it is your kind of matter."),
    "anybody": gettext_lazy("You are free; those who know the matter better are not."),
    "late": gettext_lazy("It is late, and you are free."),
}


@dataclass(frozen=True, slots=True)
class Given:
    """A mail in her hands, or put aside by her, and why she has it."""

    row: Row
    why: str
    aside: bool
    first_word: bool


def handed_out(reader: Staff) -> bool:
    """Whether mails are handed out here; asked once for a page, as long as its reader is the same object."""
    known: bool | None = getattr(reader, "_handed_out", None)
    if known is None:
        known = hands_out()
        reader._handed_out = known  # type: ignore[attr-defined]
    return known


def given_to(reader: Staff, now: datetime) -> dict[str, Any]:
    """What stands above all on her desk: the mail that she has been given, or why she has none."""
    if not handed_out(reader):
        return {}
    own = in_hand_of(reader)
    shown = rows([one.turn.case for one in own], terms(), now)
    post = post_of(reader)
    return {
        "hands_out": True,
        "given": [
            Given(row, why_yours(one), one.aside, one.word_at is not None) for one, row in zip(own, shown, strict=True)
        ],
        "post": post,
        "takes": bool(post and post.on_duty and post.wish == Post.Wish.MAILS),
    }


def state_of(reader: Staff) -> str:
    """What she does now, by her own word and by the signs of her: a Post.Wish."""
    post = post_of(reader)
    return str(post.wish) if post and post.on_duty else Post.Wish.AWAY


def with_lines(shown: Sequence[Row], reader: Staff, now: datetime) -> list[Row]:
    """The rows with what each says of whose turn it is."""
    said = sentences([row.case for row in shown if row.case.status == Case.Status.OPEN], reader, now)
    return [replace(row, line=said.get(row.case.pk, "")) for row in shown]


def why_yours(one: InHand) -> str:
    if one.turn.only_for_id == one.who.pk:
        return str(REASONS["assigned"])
    if one.turn.case.owner_id == one.who.pk:
        return str(REASONS["owner"])
    if one.reason not in REASONS or one.reason == "best_of_rest":
        return str(REASONS["best_of_rest" if one.turn.case.skill in one.who.skills else "anybody"])
    return str(REASONS[one.reason])


def sentences(cases: Sequence[Case], reader: Staff, now: datetime) -> dict[int, str]:
    """By case: what its row says of it; nothing where mails are not handed out."""
    if not handed_out(reader):
        return {}
    return {case: sentence(one, reader, now) for case, one in standing_of(cases, now).items()}


def sentence(one: InHand | Waits, reader: Staff, now: datetime) -> str:
    return _in_hand(one, reader, now) if isinstance(one, InHand) else _waits(one, reader, now)


def _in_hand(one: InHand, reader: Staff, now: datetime) -> str:
    said = {"name": one.who.first_name, "time": when(one.since, now)}
    if one.who == reader:
        if one.aside:
            return _("put aside for a mail that could not wait")
        return _("in your hands: a first word is out") if one.word_at else _("in your hands")
    if one.aside:
        return _("with %(name)s, put aside for a mail that could not wait") % said
    if one.word_at:
        return _("with %(name)s since %(time)s, a first word is out") % said
    return _("with %(name)s since %(time)s") % said


def _waits(one: Waits, reader: Staff, now: datetime) -> str:
    if one.who is None:
        if one.reason == "fits" and one.until:
            return _("for whoever fits best, %(until)s") % {"until": until(one.until, now)}
        return _("for whoever is free first")
    said = {"name": one.who.first_name, "until": until(one.until, now) if one.until else ""}
    if one.who == reader:
        return _("only for you") if one.only or not one.until else _("held for you %(until)s") % said
    if one.only:
        held = _("only for %(name)s") % said
    else:
        held = _("held for %(name)s %(until)s") % said if one.until else _("held for %(name)s") % said
    return held + _then(one, now)


def _then(one: Waits, now: datetime) -> str:
    if one.free_at is None:
        return _(", not there now") if one.is_away else ""
    said = {"time": when(one.free_at, now)}
    return _(", whose shift begins: %(time)s") % said if one.is_away else _(", free at about %(time)s") % said
