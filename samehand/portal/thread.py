"""What a customer may see of a case: the own words and our answers; never notes, surnames, addresses, other cases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from samehand.cases.models import Attachment, Case, Delivery, Message, Offer, RawArrival
from samehand.lib import blobs
from samehand.people.models import Staff

CHANNEL = "web"
IN, OUT = Message.Direction.IN, Message.Direction.OUT


@dataclass(frozen=True, slots=True)
class Face:
    """A consultant as customers know her: first name and its letter."""

    pk: int
    name: str

    @property
    def initials(self) -> str:
        return self.name[:1].upper()


@dataclass(frozen=True, slots=True)
class File:
    """`part` is its place in the message, None while the message is not filed."""

    name: str
    size: int
    part: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance on the page; `message_id` is None while it is not filed."""

    at: datetime
    text: str
    mine: bool
    face: Face | None = None
    files: tuple[File, ...] = ()
    message_id: int | None = None


def face(staff: Staff | None) -> Face | None:
    return Face(staff.pk, staff.first_name) if staff else None


def messages(case: Case) -> QuerySet[Message]:
    """The customer's own messages and our answers, in order; not what robots, strangers or forgers wrote, nor what was
    taken back before it left.

    `advises` says whether the ledger has an offer of the message.
    """
    shown = Message.objects.filter(case=case, direction__in=(IN, OUT), third_party=False, auto_submitted=False)
    files = Prefetch("attachments", Attachment.objects.filter(inline=False).order_by("part"))
    shown = shown.exclude(trust="forged").annotate(advises=Exists(Offer.objects.filter(message=OuterRef("pk"))))
    shown = shown.exclude(delivery__state=Delivery.State.CANCELLED)
    return shown.select_related("author", "answer__author").prefetch_related(files).order_by("at", "id")


def lines(shown: Iterable[Message], waiting: Iterable[RawArrival]) -> list[Line]:
    """The whole conversation, with what has reached us but is not filed yet at its end."""
    return [_line(message) for message in shown] + list(_received(waiting))


def waiting(case: Case) -> list[RawArrival]:
    """What was sent on this page and is kept, but does not stand in the case yet."""
    # State by state: each has a small index of its own, "not filed" would read the whole table.
    kept = RawArrival.objects.filter(channel=CHANNEL, envelope__case=case.reference).order_by("id")
    states = (RawArrival.State.ASIDE, RawArrival.State.WAITING)
    return sorted((row for state in states for row in kept.filter(state=state)), key=lambda row: row.received_at)


def sent_lately(case: Case, now: datetime) -> int:
    """How many messages came through the page of this case in the last hour."""
    since = now - timedelta(hours=1)
    return RawArrival.objects.filter(channel=CHANNEL, stored_at__gt=since, envelope__case=case.reference).count()


def came_from(case: Case, form: str, now: datetime) -> RawArrival | None:
    """What reached us by the one form with this number, if it was today."""
    lately = RawArrival.objects.filter(channel=CHANNEL, stored_at__gt=now - timedelta(days=1))
    return lately.filter(envelope__case=case.reference, envelope__form=form).order_by("id").first()


def is_kept(fingerprint: str) -> bool:
    """Whether the very same bytes reached us before."""
    return RawArrival.objects.filter(channel=CHANNEL, fingerprint=fingerprint).exists()


def _line(message: Message) -> Line:
    mine = message.direction == IN
    return Line(
        at=message.at,
        text=message.reply_text.strip() or message.text.strip(),
        mine=mine,
        face=None if mine else face(message.author),
        files=tuple(File(file.name, file.size, file.part, file.state) for file in message.attachments.all()),
        message_id=message.pk,
    )


def _received(arrivals: Iterable[RawArrival]) -> Iterator[Line]:
    for arrival in arrivals:
        try:
            said = json.loads(blobs.get(arrival.blob))
        except (blobs.BlobMissing, ValueError):
            continue
        files = tuple(File(file["name"], len(file["data"]) * 3 // 4) for file in said["files"])
        yield Line(at=arrival.received_at, text=said["text"], mine=True, files=files)
