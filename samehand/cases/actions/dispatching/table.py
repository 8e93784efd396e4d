"""The part of the desk that an event concerns, put before the engine under the lock of the routing, and written back.

Nothing is remembered between two events but rows. How much is read does not grow with what waits: the people, what they
have in hand, what is due to move on, and of each queue that somebody looks at its earliest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from samehand.cases.actions.dispatching import remembering
from samehand.cases.actions.dispatching.crew import crew
from samehand.cases.actions.dispatching.letting_go import forget_the_gone
from samehand.cases.actions.dispatching.minutes import Minutes
from samehand.cases.actions.dispatching.writing import write
from samehand.cases.models import Case, Post, Turn
from samehand.core.routing import Give, Memory, Rules, Standing, kept, restored
from samehand.core.routing import Turn as Told
from samehand.core.routing.picking import LOOK
from samehand.lib.sql import named
from samehand.people.models import ServiceHours
from samehand.people.queries import service_hours

# Any number, the same in every process: who holds it is the one who hands out. It is taken last in a transaction,
# after the cases; whoever holds it waits for nobody's case.
ROUTING_LOCK = 7_001_235
HEAVY = tuple(f"case__{name}" for name in ("subject", "preview", "topic_words", "maybe_why"))


def hold_routing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ROUTING_LOCK])


def hands_out() -> bool:
    return service_hours().hands_out


def rules_of(row: ServiceHours) -> Rules:
    """The engine's rules for these hours: a customer who writes outside of them is answered at the opening."""
    spans = [(_minutes(begin), _minutes(end)) for day in row.week for begin, end in day]
    spans = [(begin, end if end > begin else 1440.0) for begin, end in spans] or [(480.0, 1320.0)]
    opens, closes = min(begin for begin, _end in spans), max(end for _begin, end in spans)
    return Rules.promising(float(row.promise_minutes), open_at=opens, close_at=closes)


def _minutes(clock: str) -> float:
    hour, minute = clock.split(":")
    return int(hour) * 60.0 + int(minute)


class Table:
    """`people` are those who may begin something now, or of whom something is told; with `going` all
    that is kept for them is read. `new` are messages that have just come, `cases` those of which something is told,
    `also` more turns by their ids."""

    def __init__(
        self,
        now: datetime,
        *,
        people: Collection[int] = (),
        going: bool = False,
        cases: Sequence[Case] = (),
        new: Collection[int] = (),
        also: Collection[int] = (),
    ) -> None:
        hold_routing()
        row = service_hours()
        self.now, self.minutes, self.rules = now, Minutes(row.zone), rules_of(row)
        self.at = self.minutes.of(now)
        self.crew = crew(now, row.zone, self.minutes)
        self.posts = {post.consultant_id: post for post in Post.objects.filter(consultant__in=self.crew)}
        self.emptied = self._emptied()
        named = {*people, *self.emptied}
        self.people = {one for one in named if one in self.crew}
        going = going or any(self._rests(one) for one in self.people)
        self.turns = self._at_hand(sorted(named), everything=going, also=also)
        self.touched = {turn.message_id for turn in forget_the_gone(self.turns.values(), self.crew)}
        self.before = self._memory(cases, new)
        self.engine = restored(self.crew.values(), self.rules, self.before)
        self._come_back()

    def _at_hand(self, people: list[int], *, everything: bool, also: Collection[int]) -> dict[int, Turn]:
        keys = sorted({(skill, one) for person in self.people for skill, one in self._keys(person)})
        due = Turn.objects.filter(given_to=None, until__lte=self.now).count()
        looked_at: dict[str, Any] = {
            "now": self.now,
            "people": people,
            "all": everything,
            "count": LOOK + due + len(people),
            "skills": [skill for skill, _language in keys],
            "languages": [language for _skill, language in keys],
        }
        with connection.cursor() as cursor:
            cursor.execute(named("samehand.cases", "turns_at_hand"), looked_at)
            ids = [*also, *(number for (number,) in cursor.fetchall())]
        # Not the texts of the cases: only whose they are.
        turns = Turn.objects.filter(pk__in=ids).select_related("case").defer(*HEAVY).order_by("due_at", "message")
        return {turn.message_id: turn for turn in turns}

    def _keys(self, person: int) -> Iterable[tuple[str, str]]:
        one = self.crew[person]
        return ((topic, language) for topic in one.topics for language in one.languages)

    def _emptied(self) -> set[int]:
        """Those whose work went without them: its case was joined or erased."""
        works = set(Turn.objects.filter(given_to__isnull=False, aside=False).values_list("given_to", flat=True))
        return {one for one, post in self.posts.items() if post.state == "busy" and one not in works}

    def _rests(self, person: int) -> bool:
        return person in self.posts and self.posts[person].wish == Post.Wish.BREAK

    def _memory(self, cases: Sequence[Case], new: Collection[int]) -> Memory:
        near = (turn for turn in self.turns.values() if turn.given_to_id is None or self._concerns(turn))
        concerned = {case.pk: case for case in (*cases, *(turn.case for turn in near))}
        works = [turn for turn in self.turns.values() if turn.given_to_id in self.crew]
        self.seen = remembering.seen_in(list(concerned.values()), self.crew, self.minutes)
        customers = {case.customer_id for case in concerned.values()}
        self.known = remembering.known_by(customers, new, self.minutes)
        return Memory(
            people=tuple(self._standing(post, works) for post in self.posts.values()),
            waiting=tuple(self.told(turn) for turn in self.turns.values() if turn.given_to_id is None),
            works=tuple(self.told(turn) for turn in works),
            cases=tuple(self.seen.values()),
            customers=tuple(self.known.values()),
            learned=remembering.learned(),
        )

    def _concerns(self, turn: Turn) -> bool:
        """Of what others have in hand only the hour matters, not who knows its customer."""
        return turn.given_to_id in self.people or turn.given_to_id not in self.crew

    def _standing(self, post: Post, works: list[Turn]) -> Standing:
        own = [turn for turn in works if turn.given_to_id == post.consultant_id]
        return remembering.standing(post, own, self.minutes)

    def told(self, turn: Turn) -> Told:
        return remembering.told(turn, self.minutes)

    def _come_back(self) -> None:
        """What was kept for those who do not work here any more, and what they had in hand."""
        self.engine.reconsider(self.at, self.touched)
        for turn in self.turns.values():
            if turn.given_to_id is not None and turn.given_to_id not in self.crew:
                self.comes_back(turn)

    def comes_back(self, turn: Turn) -> None:
        """It waits again."""
        self.engine.comes_back(
            self.at,
            message=turn.message_id,
            case=turn.case_id,
            customer=turn.case.customer_id,
            topic=turn.skill,
            language=turn.language,
            due=self.minutes.of(turn.due_at),
            urgent=turn.urgent,
            only_for=turn.only_for_id,
        )

    def post(self, person: int) -> Post:
        """Her row; made when she never took mails before."""
        if person not in self.posts:
            self.posts[person] = Post(consultant_id=person, since=self.now, until=self.now, seen_at=self.now)
        return self.posts[person]

    def key_of(self, case: Case, among: Iterable[int] | None = None) -> tuple[str, str]:
        """The skill and language that the case is handed out by: what nobody (of those) has, they all are asked for."""
        able = {key for one in (self.crew if among is None else among) if one in self.crew for key in self._keys(one)}
        for key in ((case.skill, case.language), ("general", case.language), (case.skill, "pl"), ("general", "pl")):
            if key in able:
                return key
        spoken = sorted(able, key=lambda key: (key[1] != case.language, key))
        return spoken[0] if spoken else (case.skill, case.language)

    def rekey(self, turn: Turn, key: tuple[str, str]) -> None:
        self.withdraws(turn)
        turn.skill, turn.language = key
        Turn.objects.filter(pk=turn.pk).update(skill=turn.skill, language=turn.language)
        self.turns[turn.message_id] = turn
        self.comes_back(turn)

    def turn_of(self, case: Case) -> Turn | None:
        """That of the case, whether it was read or not."""
        read = next((one for one in self.turns.values() if one.case_id == case.pk), None)
        return read or Turn.objects.filter(case=case).select_related("case").first()

    def lines_up(self, turn: Turn, due_at: datetime) -> float:
        """It is in line, whether it was read or lay in somebody's hands, to be answered by then; in minutes."""
        if turn.message_id not in self.engine.board.messages:
            self.takes_back(turn)
            self.comes_back(turn)
        self.turns[turn.message_id] = turn
        self.touched.add(turn.message_id)
        turn.due_at = due_at
        return self.minutes.of(due_at)

    def holds(self, person: int | None, turn: Turn) -> bool:
        """What somebody had in hand who does not work here any more has come back already."""
        return person is not None and turn.given_to_id == person and person in self.crew

    def takes_back(self, turn: Turn) -> None:
        """Out of the hands, or out of line."""
        if self.holds(turn.given_to_id, turn):
            self.engine.lays_down(turn.given_to_id or 0, turn.message_id)
        else:
            self.withdraws(turn)

    def withdraws(self, turn: Turn) -> None:
        """Nobody has to answer it any more."""
        self.engine.withdraw(turn.message_id)
        self.turns.setdefault(turn.message_id, turn)

    def owes_again(self, turn: Turn, due_at: datetime) -> None:
        """She who has it in hand has said a first word, and was asked again since."""
        Turn.objects.filter(pk=turn.pk).update(word_at=None, due_at=due_at)
        if turn.given_to_id in self.crew:
            self.engine.owes_again(turn.given_to_id or 0, turn.message_id, self.minutes.of(due_at))

    def end_idle(self, people: Iterable[int]) -> None:
        """Whose hands have become empty, does what she said she would."""
        for one in people:
            person = self.engine.board.people.get(one)
            if person and person.is_idle():
                self.turn_to_wish(one)

    def turn_to_wish(self, one: int) -> None:
        wish, state = self.post(one).wish, self.engine.board.people[one].state
        if wish == Post.Wish.BREAK and state != "break":
            self.engine.pauses(self.at, one)
        elif wish in (Post.Wish.MAILS, Post.Wish.PHONE) and state != "free":
            self.engine.free(self.at, one)
        if wish == Post.Wish.PHONE:
            self.engine.calls(self.at, one)

    def decide(self) -> list[Give]:
        """Who begins with what; all that changed is written."""
        self.end_idle(self.emptied)
        gives = self.engine.decide(self.at)
        write(self, kept(self.engine), gives)
        return gives
