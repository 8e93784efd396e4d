"""What the engine remembers: who is there, who is free, what waits and when to look again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import heappop, heappush
from math import inf

from samehand.core.routing.people import Person
from samehand.core.routing.values import Colleague
from samehand.core.routing.waiting import Case, Customer, Key, Message, Queue


class Board:
    """Indexed so that an event touches the messages and people that it concerns, and no others."""

    def __init__(self, crew: Iterable[Colleague]) -> None:
        self.people = {one.id: Person(one) for one in sorted(crew, key=lambda one: one.id)}
        self.able: dict[Key, list[Person]] = defaultdict(list)
        for person in self.people.values():
            for key in person.keys:
                self.able[key].append(person)
        self.free: dict[Key, dict[int, Person]] = defaultdict(dict)
        self.yielding: dict[Key, dict[int, Person]] = defaultdict(dict)
        self.queues: dict[Key, Queue] = defaultdict(Queue)
        self.messages: dict[int, Message] = {}
        self.cases: dict[int, Case] = {}
        self.customers: dict[int, Customer] = {}
        self.timers: list[tuple[float, int]] = []

    def case(self, case_id: int, customer_id: int) -> Case:
        customer = self.customers.setdefault(customer_id, Customer(customer_id))
        return self.cases.setdefault(case_id, Case(case_id, customer))

    def note(self, person: Person) -> None:
        """Enter the person where those are looked up who are free, or may put their work aside."""
        _enter(self.free, person, person.state == "free")
        _enter(self.yielding, person, person.can_put_aside())

    def keep(self, message: Message) -> None:
        """Index the message: by the people whom it is kept for, and by skill once others may have it."""
        self.messages[message.id] = message
        for one in message.kept_for():
            self.people[one].own[message.id] = message
        if message.stage not in ("owner", "circle"):
            self.queues[message.key].add(message)

    def forget(self, message: Message) -> None:
        del self.messages[message.id]
        for one in message.kept_for():
            self.people[one].own.pop(message.id, None)
        if message.stage not in ("owner", "circle"):
            self.queues[message.key].remove(message)

    def remind(self, message: Message) -> None:
        if message.until < inf:
            heappush(self.timers, (message.until, message.id))

    def next_reminder(self) -> float | None:
        while self.timers and not self._stands(*self.timers[0]):
            heappop(self.timers)
        return self.timers[0][0] if self.timers else None

    def reminded(self, now: float) -> Message | None:
        """The next message whose moment has come, once."""
        moment = self.next_reminder()
        if moment is None or moment > now:
            return None
        return self.messages[heappop(self.timers)[1]]

    def _stands(self, moment: float, message_id: int) -> bool:
        message = self.messages.get(message_id)
        return message is not None and message.until == moment


def _enter(index: dict[Key, dict[int, Person]], person: Person, belongs: bool) -> None:
    if (person.id in index[person.keys[0]]) == belongs:
        return
    for key in person.keys:
        if belongs:
            index[key][person.id] = person
        else:
            del index[key][person.id]
