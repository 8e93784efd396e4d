"""The customers of the demo as they write: new problems by people we know and people we don't."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from random import Random

from django.db import Error, close_old_connections
from django.db.models import Exists, F, OuterRef

from samehand.cases.models import Case
from samehand.demo import letters
from samehand.demo.cast import Subscriber, facts, signature, subscribers
from samehand.demo.storybook import Story, names, of_language
from samehand.demo.wording import fill
from samehand.people.models import Customer
from samehand.people.queries import on_shift

KNOWN_SHARE = 0.6
# With more than this waiting the desk is hardly being looked at: customers write more rarely.
PLENTY = 36


def is_made_up(address: str) -> bool:
    """Whether the address belongs to a customer of the demo."""
    return address.rpartition("@")[2] in names()["domains"]


def person_of(name: str, address: str, language: str) -> Subscriber:
    """A customer by name and address, with the same manner each time."""
    dice = Random(zlib.crc32(address.encode()))  # noqa: S311
    made = next(one for one in subscribers(dice) if one.language == language)
    first, _, last = name.partition(" ")
    she = first.endswith("a") if first else made.she
    return replace(
        made,
        first_name=first,
        last_name=last or first,
        called=first,
        she=she,
        address=address,
        shown_name=name,
        signs=signature(dice, language, first, last, made.number) if name else "",
    )


class Crowd:
    def __init__(self, dice: Random, to: str) -> None:
        self.dice, self.to = dice, to
        self.strangers = subscribers(dice)
        self.lately: list[str] = []

    def waiting(self) -> int:
        """How many cases wait for an answer; nobody knows while the database is away."""
        try:
            close_old_connections()
            return Case.objects.filter(status=Case.Status.OPEN, due_at__isnull=False).count()
        except Error:
            return 0

    def new_problem(self, now: datetime) -> bytes:
        """Somebody's mail about something new; `now` is in the customers' zone."""
        person = self._somebody(now)
        story = self._story(person)
        about = facts(self.dice, person, now)
        part = story.rounds[0]
        words, subject = self.dice.choice(part.ask), self.dice.choice(story.subjects)
        return letters.letter(
            self.dice,
            person,
            to=self.to,
            subject=_said(subject, about, person),
            text=letters.own_words(person, _said(words, about, person)),
            at=now,
            message_id=letters.new_id(self.dice, person),
            attach=part.attachment_of(words),
        )

    def _somebody(self, now: datetime) -> Subscriber:
        known = self._known(now) if self.dice.random() < KNOWN_SHARE or not self.lately else []
        return self.dice.choice(known) if known else next(self.strangers)

    def _known(self, now: datetime) -> list[Subscriber]:
        """Customers with nothing open whose consultant is on shift: they will come into the same hands."""
        try:
            close_old_connections()
            return [
                person_of(one.name, one.address, one.language)  # type: ignore[attr-defined]
                for one in self._at_rest(now)
                if is_made_up(one.address)  # type: ignore[attr-defined]
            ]
        except Error:
            return []

    def _at_rest(self, now: datetime) -> Iterable[Customer]:
        staff = list(on_shift(now))
        # The very first mail of a start goes to the consultant whom the newcomer signs in as.
        first = [one for one in staff if one.email.startswith("anna@")] if not self.lately else []
        busy = Case.objects.filter(customer=OuterRef("pk"), status=Case.Status.OPEN)
        resting = Customer.objects.filter(~Exists(busy), served_by__in=first or staff, name__contains=" ")
        return resting.annotate(address=F("contact_points__value")).order_by("?")[:20]

    def _story(self, person: Subscriber) -> Story:
        fitting = [
            story
            for story in of_language(person.language)
            if story.key not in self.lately and (person.she or not story.women_only)
        ]
        story = self.dice.choices(fitting, [story.weight for story in fitting])[0]
        self.lately = [*self.lately[-3:], story.key]
        return story


def _said(text: str, about: dict[str, str], person: Subscriber) -> str:
    return fill(text, about, writer_is_she=person.she, reader_is_she=True)
