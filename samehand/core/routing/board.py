"""What the engine remembers: who is there, who is free, what waits and when to look again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import heappop, heappush
from math import inf
from typing import TypeVar

from samehand.core.routing.people import Group, Person
from samehand.core.routing.values import Colleague
from samehand.core.routing.waiting import KEPT, Case, Customer, Key, Message, Queue

Remembered = TypeVar("Remembered", Case, Customer)


class Board:
    """Indexed so that an event touches the messages and people that it concerns, and no others."""

    def __init__(self, crew: Iterable[Colleague]) -> None:
        self.people = {one.id: Person(one) for one in sorted(crew, key=lambda one: one.id)}
        self.queues: dict[Key, Queue] = {}  # those that are not empty
        self.messages: dict[int, Message] = {}
        self.cases: dict[int, Case] = {}
        self.customers: dict[int, Customer] = {}
        self.timers: list[tuple[float, int]] = []
        self._group_people()

    def _group_people(self) -> None:
        """By their skills."""
        self.able: dict[Key, list[Person]] = defaultdict(list)
        self.groups_of: dict[Key, list[Group]] = defaultdict(list)
        groups: dict[tuple[Key, ...], Group] = {}
        for person in self.people.values():
            if person.keys not in groups:
                groups[person.keys] = Group()
                for key in person.keys:
                    self.groups_of[key].append(groups[person.keys])
            person.group = groups[person.keys]
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

    @staticmethod
    def note(person: Person) -> None:
        """Enter the person where those are looked up who are free, or may put their work aside."""
        free, yielding = person.group.free, person.group.yielding
        if person.state == "free":
            free[person.id] = person
        elif person.id in free:
            del free[person.id]
        if person.word_is_out and person.can_put_aside():
            yielding[person.id] = person
        elif person.id in yielding:
            del yielding[person.id]

    def keep(self, message: Message) -> None:
        """Index the message: by the people whom it is kept for, and by skill once others may have it."""
        self.messages[message.id] = message
        for one in message.kept_for:
            self.people[one].own[message.id] = message
        if message.stage not in KEPT:
            queue = self.queues.get(message.key)
            if queue is None:
                queue = self.queues[message.key] = Queue()
            queue.add(message)
        if message.until < inf:
            heappush(self.timers, (message.until, message.id))

    def forget(self, message: Message) -> None:
        del self.messages[message.id]
        for one in message.kept_for:
            self.people[one].own.pop(message.id, None)
        if message.stage not in KEPT:
            queue = self.queues[message.key]
            queue.remove(message)
            if not queue:
                del self.queues[message.key]

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
        if not self.timers or self.timers[0][0] > now:
            return None
        moment = self.next_reminder()
        return None if moment is None or moment > now else self.messages[heappop(self.timers)[1]]

    def touch(self, case: Case, now: float) -> None:
        """The case was written in: it and its customer are remembered longest."""
        _to_the_end(self.cases, case, now)
        _to_the_end(self.customers, case.customer, now)

    def forget_before(self, moment: float) -> None:
        """Cases and customers that have not written since."""
        _forget_before(self.cases, moment)
        _forget_before(self.customers, moment)


def _to_the_end(remembered: dict[int, Remembered], one: Remembered, now: float) -> None:
    one.last = now
    remembered[one.id] = remembered.pop(one.id, one)


def _forget_before(remembered: dict[int, Remembered], moment: float) -> None:
    while remembered and (oldest := next(iter(remembered.values()))).last < moment:
        del remembered[oldest.id]
