"""Rows made ready to be shown: promises with their moments, messages with what the page says about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from django.db.models import prefetch_related_objects

from samehand.cases.models import Case, Message, Rearrangement
from samehand.cases.queries import SHOWN, promise_of, trust_of
from samehand.core.promises import Terms, state
from samehand.core.quotes import Split, apart
from samehand.desk.remarks import Invitation, Said, Walk, invitation_of, said_of, walk_of
from samehand.desk.trust import Badge, badge
from samehand.lib.spoken import Due

DOUBTED = ("unproven", "forged")


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list."""

    case: Case
    due: Due | None
    doubt: Badge | None = None
    line: str = ""

    @property
    def name(self) -> str:
        """Whom it is about: many people write without a name, so their address stands for it."""
        customer = self.case.customer
        if customer.name:
            # The addresses of those who have a name were not fetched with the rows.
            return customer.name
        return next((point.value for point in customer.contact_points.all()), customer.claimed_address)

    @property
    def version(self) -> str:
        """Changes when the row must be drawn anew; the clock in it ticks by itself."""
        case = self.case
        return (
            f"{case.touched_at.timestamp()}-{case.status}-{case.owner_id}-{case.due_at}-{case.customer_id}{self.line}"
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A message in the stream. `opens` is its case when another case begins with it; `shown` are the writer's own
    words, `folded` is what was quoted, `signature` what stood under them; `cut` says that not all of it is here."""

    message: Message
    due: Due | None
    opens: Case | None
    shown: str
    folded: str
    signature: str
    cut: bool

    @property
    def version(self) -> str:
        message = self.message
        delivery = getattr(message, "delivery", None)
        sent = f"{delivery.state}-{delivery.attempts}-{delivery.late_at}" if delivery else ""
        held = "-".join(file.state for file in message.attachments.all())
        return f"{sent}-{message.answered_at}-{message.waived_at}-{message.trust}{held}"

    @property
    def remarks(self) -> list[Said]:
        return said_of(self.message)

    @property
    def invitation(self) -> Invitation | None:
        return invitation_of(self.message)

    @property
    def walk(self) -> Walk | None:
        return walk_of(self.message)

    @property
    def trust(self) -> Badge | None:
        return badge(self.message)

    @property
    def shows_address(self) -> bool:
        """A name is quickly written; where it is not sure whose it is, or looks like another's, the address stands
        beside it."""
        message = self.message
        came = message.direction == Message.Direction.IN
        return came and (message.trust in DOUBTED or "xn--" in message.from_address.rpartition("@")[2])

    @property
    def signed(self) -> str:
        """The signature on one line."""
        lines = [line.strip(" \t\xa0,-_") for line in self.signature.split("\n")]
        return shorten(" · ".join(filter(None, lines)), 80, placeholder=" …")

    @property
    def wants_answers_at(self) -> str:
        """Where the writer asks for answers, when that is not where he wrote from."""
        message = self.message
        came = message.direction == Message.Direction.IN
        return ", ".join(address for address in message.reply_to if came and address != message.from_address)


@dataclass(frozen=True, slots=True)
class Rearranged:
    """A line of the stream that says what a person joined, split off or moved. `came`: to this case, not from it."""

    rearrangement: Rearrangement
    came: bool

    @property
    def other(self) -> Case:
        return self.rearrangement.case if self.came else self.rearrangement.into


def with_rearrangements(shown: list[Entry], done: Iterable[Rearrangement], case: Case) -> list[Entry | Rearranged]:
    """The stream with what was rearranged in this case, each where it happened."""
    stream: list[Entry | Rearranged] = list(shown)
    for one in done:
        here = [at for at, entry in enumerate(stream) if _before(entry, one, case)]
        stream.insert(here[-1] + 1 if here else len(stream), Rearranged(one, came=one.into_id == case.pk))
    return stream


def _before(entry: Entry | Rearranged, done: Rearrangement, case: Case) -> bool:
    """Whether it stands above: of this case all that came earlier, and whatever belongs to other cases."""
    if isinstance(entry, Rearranged):
        return entry.rearrangement.at <= done.at
    return entry.message.case_id != case.pk or entry.message.at <= done.at


def rows(cases: Iterable[Case], terms: Terms, now: datetime) -> list[Row]:
    shown = list(cases)
    prefetch_related_objects([case for case in shown if not case.customer.name], "customer__contact_points")
    trust = trust_of(shown)
    return [
        Row(case, due_of_case(case, terms, now), Badge(level) if (level := trust.get(case.pk, "")) in DOUBTED else None)
        for case in shown
    ]


def due_of_case(case: Case, terms: Terms, now: datetime) -> Due | None:
    if case.due_at is None:
        return None
    return _due(state(case.due_at, None, None, now, terms.risk), case.due_at, None, terms)


def entries(messages: Iterable[Message], terms: Terms, now: datetime) -> list[Entry]:
    """One stream of messages that are `ready_to_show`."""
    shown, before = [], None
    for message in messages:
        opens = message.case if message.case_id != before else None
        shown.append(Entry(message, _due_of_message(message, terms, now), opens, *_words(message)))
        before = message.case_id
    return shown


def _due_of_message(message: Message, terms: Terms, now: datetime) -> Due | None:
    if message.due_at is None:
        return None
    return _due(promise_of(message, now, terms), message.due_at, message.answered_at, terms)


def _due(verdict: str, due_at: datetime, answered_at: datetime | None, terms: Terms) -> Due:
    minutes = int(terms.promise.total_seconds() // 60)
    return Due(verdict, due_at, due_at - terms.risk, minutes, answered_at)


def _words(message: Message) -> tuple[str, str, str, bool]:
    """The writer's own words; the quote and the signature, which are folded."""
    own, whole = getattr(message, "shown", ""), getattr(message, "folded", "")
    rest = apart(whole[:SHOWN], own[:SHOWN]) if whole else Split("")
    return own[:SHOWN], rest.folded, rest.signature, max(len(own), len(whole)) > SHOWN
