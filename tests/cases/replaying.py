"""A made-up day, run in the simulator and told again to the real desk.

`record` runs a world under the product's engine and keeps what happened around it, with the moments on the grid that
the live desk reckons by. `Desk` does the same to PostgreSQL through the actions: mails as bytes,
answers, signs of life.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from samehand.cases import actions, queries
from samehand.cases.actions import dispatching
from samehand.cases.actions.dispatching.minutes import Minutes
from samehand.cases.models import Case, Message, Turn
from samehand.core.routing import Colleague, Engine, Rules
from samehand.lib.models import Event
from samehand.people.models import Absence, ServiceHours, Shift, Staff
from samehand.sim.running import run
from samehand.sim.world import World
from tests.personas import PROVEN, a_mail, arrive, newest

ZONE = "Europe/Warsaw"
MINUTES = Minutes(ZONE)
# A Monday, midnight in Warsaw.
BEGIN = MINUTES.of(datetime.fromisoformat("2026-06-01T00:00:00+02:00"))
WORDS = {
    ("general", "pl"): ("Nowa karta", "Dzień dobry, przyszła nowa karta startowa, proszę o aktywację."),
    ("technical", "pl"): ("Kod PUK", "Dzień dobry, telefon prosi mnie o kod PUK i nie wiem, co wpisać."),
    ("general", "en"): ("New card", "Hello, my new starter card has come, please activate it for me."),
    ("technical", "en"): ("PUK", "Hello, my phone asks me for the PUK code and I do not know what to enter."),
}


def moment(minute: float) -> datetime:
    return MINUTES.moment(on_grid(minute))


def on_grid(minute: float) -> float:
    """A minute of the world as the live desk reckons it."""
    return MINUTES.of(MINUTES.moment(BEGIN + minute))


@dataclass
class Group:
    """What happened at one moment, before somebody was given anything."""

    now: float
    events: list[tuple[str, dict[str, Any]]]


class Recorder:
    """The product's engine as a policy, which notes what it is told. Messages are numbered as they arrive."""

    def __init__(self, public: dict[str, Any]) -> None:
        shifts: dict[int, dict[int, tuple[tuple[float, float], ...]]] = {}
        for (who, _day), (start, end) in sorted(public["planned"].items()):
            own = shifts.setdefault(who, {})
            day = int(on_grid(start) // 1440)
            own[day] = (*own.get(day, ()), (on_grid(start), on_grid(end)))
        crew = [
            Colleague(one["id"], frozenset(one["topics"]), frozenset(one["langs"]), shifts.get(one["id"], {}))
            for one in public["consultants"]
        ]
        rules = Rules(open_at=public["open_min"], close_at=public["close_min"], promise=public["promise"])
        self.engine = Engine(crew, rules)
        self.groups: list[Group] = []
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.number: dict[int, int] = {}
        self.gives: list[tuple[datetime, int, int]] = []

    def event(self, now: float, kind: str, **what: Any) -> None:
        at, engine = on_grid(now), self.engine
        if kind == "call" and engine.board.people[what["consultant"]].state != "free":
            return
        self.told.append((kind, what))
        if kind == "message":
            number = self.number[what["message"]] = len(self.number) + 1
            engine.waits(
                at,
                message=number,
                case=what["case"],
                customer=what["customer"],
                topic=what["topic"],
                language=what["lang"],
                due=on_grid(what["due"]),
            )
        elif kind == "on":
            engine.on(at, what["consultant"], on_grid(what["until"]))
        else:
            acts = {"first": "first_word", "break": "pauses", "call": "calls", "off": "off", "absent": "absent",
                    "free": "free", "done": "done"}  # fmt: skip
            getattr(engine, acts[kind])(at, what["consultant"])

    def decide(self, now: float) -> list[tuple[int, int]]:
        at = on_grid(now)
        comes = self.engine.wake()
        if self.told or (comes is not None and comes <= at):
            self.groups.append(Group(at, self.told))
            self.told = []
        back = {number: message for message, number in self.number.items()}
        gives = self.engine.decide(at)
        self.gives += [(MINUTES.moment(at), give.message, give.consultant) for give in gives]
        return [(give.consultant, back[give.message]) for give in gives]

    def wake(self) -> float | None:
        wanted = self.engine.wake()
        return None if wanted is None else wanted - BEGIN


def record(world: World) -> Recorder:
    recorders: list[Recorder] = []

    def make(public: dict[str, Any]) -> Recorder:
        recorders.append(Recorder(public))
        return recorders[0]

    run(world, make)
    return recorders[0]


@dataclass
class Desk:
    """The real one: rows, actions and a clock that is stepped."""

    world: World
    staff: dict[int, Staff] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    case_of: dict[int, int] = field(default_factory=dict)

    def open(self) -> None:
        ServiceHours.objects.update_or_create(
            pk=1, defaults={"zone": ZONE, "country": "", "hands_out": True, "silence_minutes": 100_000}
        )
        for number, who in sorted(self.world.consultants.items()):
            self.staff[number] = Staff.objects.create_user(
                f"c{number}@fala.example", first_name=f"C{number}", skills=sorted(who.topics),
                languages=sorted(who.languages),
            )  # fmt: skip
        Shift.objects.bulk_create(
            Shift(consultant=self.staff[one.consultant], starts_at=moment(one.start), ends_at=moment(one.end))
            for one in self.world.shifts
        )

    def live(self, group: Group) -> None:
        now = MINUTES.moment(group.now)
        resting = {what["consultant"] for kind, what in group.events if kind == "break"}
        for kind, what in group.events:
            if kind == "message":
                self._writes(what, now)
            else:
                getattr(self, f"_{kind}")(self.staff[what["consultant"]], what, now, resting)
        if not group.events:
            dispatching.move_on(now=now)

    def _writes(self, what: dict[str, Any], now: datetime) -> None:
        number = len(self.numbers) + 1
        subject, text = WORDS[what["topic"], what["lang"]]
        sender = f"Klient {what['customer']} <k{what['customer']}@poczta.example>"
        case = self.cases.get(what["case"])
        to = (queries.reply_address(case),) if case else ("helpdesk@fala.example",)
        mail = a_mail(sender, f"{subject} {number}", text, mid=f"<{number}@poczta.example>")
        arrive(mail, now=now, recipients=to, evidence=PROVEN)
        message = Message.objects.get(message_id=f"<{number}@poczta.example>")
        assert (message.case.skill, message.case.language) == (what["topic"], what["lang"])
        assert case in (None, message.case)
        assert message.due_at == moment(what["due"])
        self.cases[what["case"]], self.numbers[message.pk] = message.case, number
        self.case_of[what["message"]] = what["case"]

    def _on(self, one: Staff, what: dict[str, Any], now: datetime, resting: set[int]) -> None:
        dispatching.here(staff_id=one.pk, now=now)

    def _absent(self, one: Staff, what: dict[str, Any], now: datetime, resting: set[int]) -> None:
        shift = Shift.objects.get(consultant=one, starts_at__lte=now, ends_at__gt=now)
        Absence.objects.create(consultant=one, kind="sick", starts_at=shift.starts_at, ends_at=shift.ends_at)
        dispatching.roster_changed(staff_id=one.pk, now=now)

    def _free(self, one: Staff, what: dict[str, Any], now: datetime, resting: set[int]) -> None:
        dispatching.say(staff_id=one.pk, wish="mails", now=now)

    def _break(self, one: Staff, what: dict[str, Any], now: datetime, resting: set[int]) -> None:
        dispatching.say(staff_id=one.pk, wish="break", now=now)

    def _call(self, one: Staff, what: dict[str, Any], now: datetime, resting: set[int]) -> None:
        dispatching.say(staff_id=one.pk, wish="phone", now=now)

    def _off(self, one: Staff, what: dict[str, Any], now: datetime, resting: set[int]) -> None:
        dispatching.end_shift(staff_id=one.pk, now=now)

    def _first(self, one: Staff, what: dict[str, Any], now: datetime, resting: set[int]) -> None:
        self._answer(one, what, now, more_follows=True)

    def _done(self, one: Staff, what: dict[str, Any], now: datetime, resting: set[int]) -> None:
        if what["consultant"] in resting:
            # She said so while she was writing.
            dispatching.say(staff_id=one.pk, wish="break", now=now)
        self._answer(one, what, now)

    def _answer(self, one: Staff, what: dict[str, Any], now: datetime, *, more_follows: bool = False) -> None:
        case = self.cases[self.case_of[what["message"]]]
        assert Turn.objects.get(case=case).given_to == one
        actions.reply(
            case_id=case.pk, author_id=one.pk, text="Sprawdziłam, już działa.", seen=newest(case), now=now,
            more_follows=more_follows,
        )  # fmt: skip

    def gives(self) -> list[tuple[datetime, int, int]]:
        who = {one.pk: number for number, one in self.staff.items()}
        rows = Event.objects.filter(kind="case.given").order_by("pk").values_list("at", "data", "staff_id")
        return [(at, self.numbers[data["message"]], who[staff_id]) for at, data, staff_id in rows]
