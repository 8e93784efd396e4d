"""What the engine remembers: who is there, who is free, what waits and when to look again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import heappop, heappush
from math import inf
from typing import TypeVar

from samehand.core.routing.people import Person
from samehand.core.routing.values import Colleague
from samehand.core.routing.waiting import KEPT, Case, Customer, Key, Message, Queue

Remembered = TypeVar("Remembered", Case, Customer)
FORGOTTEN_AT_ONCE = 4  # more than come, so that what is remembered shrinks


class Group:
    """Those who have the same skills: who of them is free, who may put the work in hand aside."""

    __slots__ = ("free", "yielding")

    def __init__(self) -> None:
        self.free: dict[int, Person] = {}
        self.yielding: dict[int, Person] = {}


class Board:
    """Indexed so that an event touches the messages and people that it concerns, and no others."""

    def __init__(self, crew: Iterable[Colleague]) -> None:
        self.people = {one.id: Person(one) for one in sorted(crew, key=lambda one: one.id)}
        self.queues: dict[Key, Queue] = defaultdict(Queue)
        self.messages: dict[int, Message] = {}
        self.cases: dict[int, Case] = {}
        self.customers: dict[int, Customer] = {}
        self.timers: list[tuple[float, int]] = []
        self.group_people()

    def group_people(self) -> None:
        """By their skills; asked again when the crew changes."""
        self.able: dict[Key, list[Person]] = defaultdict(list)
        self.groups: dict[tuple[Key, ...], Group] = {}
        self.groups_of: dict[Key, list[Group]] = defaultdict(list)
        for person in self.people.values():
            if person.keys not in self.groups:
                group = self.groups[person.keys] = Group()
                for key in person.keys:
                    self.groups_of[key].append(group)
            for key in person.keys:
                self.able[key].append(person)
            self.note(person)

    def case(self, case_id: int, customer_id: int) -> Case:
        case = self.cases.get(case_id)
        if case is None:
            customer = self.customers.get(customer_id)
            if customer is None:
                customer = self.customers[customer_id] = Customer(customer_id)
            case = self.cases[case_id] = Case(case_id, customer)
        return case

    def note(self, person: Person) -> None:
        """Enter the person where those are looked up who are free, or may put their work aside."""
        group = self.groups[person.keys]
        if person.state == "free":
            group.free[person.id] = person
        else:
            group.free.pop(person.id, None)
        if person.can_put_aside():
            group.yielding[person.id] = person
        else:
            group.yielding.pop(person.id, None)

    def keep(self, message: Message) -> None:
        """Index the message: by the people whom it is kept for, and by skill once others may have it."""
        self.messages[message.id] = message
        for one in message.kept_for:
            self.people[one].own[message.id] = message
        if message.stage not in KEPT:
            self.queues[message.key].add(message)
        if message.until < inf:
            heappush(self.timers, (message.until, message.id))

    def forget(self, message: Message) -> None:
        del self.messages[message.id]
        for one in message.kept_for:
            self.people[one].own.pop(message.id, None)
        if message.stage not in KEPT:
            self.queues[message.key].remove(message)

    def next_reminder(self) -> float | None:
        timers, messages = self.timers, self.messages
        while timers:
            moment, message_id = timers[0]
            message = messages.get(message_id)
            if message is not None and message.until == moment:
                return moment
            heappop(timers)
        return None

    def reminded(self, now: float) -> Message | None:
        """The next message whose moment has come, once."""
        moment = self.next_reminder()
        if moment is None or moment > now:
            return None
        return self.messages[heappop(self.timers)[1]]

    def touch(self, case: Case, now: float) -> None:
        """The case was written in: it and its customer are remembered longest."""
        _to_the_end(self.cases, case, now)
        _to_the_end(self.customers, case.customer, now)

    def trim(self, before: float) -> None:
        """Forget who has not written since then."""
        _forget(self.cases, before)
        _forget(self.customers, before)


def _to_the_end(remembered: dict[int, Remembered], one: Remembered, now: float) -> None:
    one.last = now
    remembered[one.id] = remembered.pop(one.id, one)


def _forget(remembered: dict[int, Remembered], before: float) -> None:
    for _ in range(FORGOTTEN_AT_ONCE):
        oldest = next(iter(remembered.values()), None)
        if oldest is None or oldest.last >= before:
            return
        del remembered[oldest.id]
