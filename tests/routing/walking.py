"""A desk where anything may happen at any moment: random acts of customers, consultants, leads and the roster."""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from datetime import UTC, datetime, timedelta
from random import Random

from samehand.cases import actions, queries
from samehand.cases.actions import dispatching
from samehand.cases.actions.choosing_to_wait import ChangedTooOften, NothingToWaitFor, NotOffered, OfferChanged
from samehand.cases.keys import bounce_address
from samehand.cases.models import Case, Delivery, Message, Post, Rearrangement, Turn
from samehand.cases.waiting_for import offer_of
from samehand.people.actions import staffing
from samehand.people.models import Absence, Role, ServiceHours, Shift, Staff
from tests.cases.test_bouncing import bounced
from tests.personas import DESK, FORGED, PROVEN, a_mail, arrive, newest

# In Warsaw a Saturday noon, and the midnights before the clocks are put back, and put on.
BEGINS = (
    datetime(2026, 10, 24, 10, 0, tzinfo=UTC),
    datetime(2026, 10, 24, 22, 0, tzinfo=UTC),
    datetime(2027, 3, 27, 23, 0, tzinfo=UTC),
)
TOPICS = (
    ("Nowa karta", "Dzień dobry, przyszła nowa karta startowa, proszę o aktywację."),
    ("Kod PUK", "Dzień dobry, telefon prosi mnie o kod PUK i nie wiem, co wpisać."),
    ("Faktura", "Dzień dobry, faktura za lipiec jest za wysoka."),
    ("Zgubiona karta", "Zgubiłam kartę SIM, proszę ją zablokować natychmiast!"),
    ("New card", "Hello, my new starter card has come, please activate it for me."),
)
CREW = (
    ("Anna", ("general", "billing"), ("pl",)),
    ("Marek", ("general", "technical"), ("pl", "en")),
    ("Ewa", ("technical",), ("pl",)),
    ("Piotr", ("general",), ("pl", "en", "uk")),
    ("Iza", ("general", "technical", "billing", "porting"), ("pl", "en")),
)
REFUSED = (
    actions.AlreadyAnswered, actions.Joined, actions.CannotBeUndone, actions.NothingLeft, actions.NothingToMove,
    actions.NotOnTheDesk, actions.InOthersHands, actions.NothingToSend, actions.SameCase, actions.NotOnePerson,
    ChangedTooOften, NothingToWaitFor, NotOffered, OfferChanged,
)  # fmt: skip
ACTS = {
    "writes": 10, "writes_again": 7, "writes_forged": 1, "machine_writes": 1, "many_write": 1, "bounces": 1,
    "answers": 16, "answers_first": 4, "answers_any": 2, "notes": 1, "solves": 2, "reopens": 2, "joins": 2, "splits": 2,
    "moves": 1, "undoes": 1, "hands_over": 3, "takes": 2, "says": 5, "comes": 5, "falls_silent": 2,
    "roster_gains": 2, "roster_loses": 2, "is_ill": 1, "is_well": 2, "is_dismissed": 1, "is_back": 2,
    "skills_change": 1, "chooses_to_wait": 4, "waits_no_more": 2, "switches": 1, "rests": 1,
}  # fmt: skip


class Desk:
    def __init__(self, seed: int) -> None:
        self.dice, self.now, self.count = Random(seed), BEGINS[seed % 3], 0
        ServiceHours.objects.update_or_create(
            pk=1, defaults={"hands_out": True, "customers_may_wait": True, "country": ""}
        )
        self.crew = [
            Staff.objects.create_user(
                f"{name}@fala.example", first_name=name, skills=list(skills), languages=list(tongues)
            )
            for name, skills, tongues in CREW
        ]
        self.boss = Staff.objects.create_user("adam@fala.example", first_name="Adam", role=Role.ADMIN)
        self.present: set[int] = set()
        self.came_all_the_same: set[int] = set()
        for one in self.crew:
            for day in range(4):
                self._plan(one, self.now + timedelta(days=day, hours=self.dice.randint(-6, 6)))

    def _plan(self, one: Staff, begin: datetime) -> None:
        Shift.objects.create(consultant=one, starts_at=begin, ends_at=begin + timedelta(hours=self.dice.randint(3, 9)))

    def acts(self) -> str:
        """Something happens; a refusal is no fault."""
        name = self.dice.choices(list(ACTS), list(ACTS.values()))[0]
        with suppress(*REFUSED):
            getattr(self, name)()
        return name

    def also(self, seed: int) -> Desk:
        """Another pair of hands at the same desk."""
        other = copy(self)
        other.dice, other.count, other.present = Random(seed), self.count + 100_000 * seed, set(self.present)
        return other

    def passes(self) -> float:
        """Some time goes by; whoever is there gives signs, and the worker does what is due."""
        minutes = self.dice.choice((0.0, 0.1, 0.5, 1, 1, 2, 3, 5, 8, 20))
        if self.dice.random() < 0.01:
            minutes = self.dice.choice((120, 400))
        until = self.now + timedelta(minutes=minutes)
        while self.now < until:
            due = dispatching.next_moment(self.now)
            soon = min(until, self.now + timedelta(minutes=4))
            self.now = min(soon, max(due, self.now + timedelta(seconds=1))) if due else soon
            self.beats()
            dispatching.step(now=self.now)
        return minutes

    def beats(self) -> None:
        for one in sorted(self.present):
            dispatching.here(staff_id=one, now=self.now)

    # Customers.

    def writes(self) -> None:
        self._arrives(self.dice.randrange(12))

    def many_write(self) -> None:
        for _ in range(self.dice.randint(3, 15)):
            self._arrives(self.dice.randrange(12))

    def _arrives(self, customer: int, **what: object) -> None:
        self.count += 1
        subject, text = self.dice.choice(TOPICS)
        mail = a_mail(
            f"Klient {customer} <k{customer}@poczta.example>", f"{subject} {self.count}", text,
            mid=f"<{self.count}@poczta.example>",
        )  # fmt: skip
        arrive(mail, now=self.now, **{"evidence": PROVEN, **what})  # type: ignore[arg-type]

    def writes_again(self) -> None:
        if case := self._case():
            address = case.messages.filter(direction="in").values_list("from_address", flat=True).first() or ""
            number = address.removeprefix("k").partition("@")[0]
            self._arrives(int(number) if number.isdigit() else 0, recipients=(queries.reply_address(case),))

    def writes_forged(self) -> None:
        self._arrives(self.dice.randrange(12), evidence=FORGED)

    def machine_writes(self) -> None:
        self.count += 1
        mail = a_mail("Robot <robot@poczta.example>", f"Raport {self.count}", Auto_Submitted="auto-generated")
        arrive(mail, now=self.now)

    def bounces(self) -> None:
        sent = list(Message.objects.filter(direction="out", auto_submitted=False).order_by("-id")[:10])
        if sent:
            answer = self.dice.choice(sent)
            Delivery.objects.filter(message=answer).update(state="sent", settled_at=self.now, next_try_at=None)
            recipient = Delivery.objects.get(message=answer).recipient
            arrive(bounced(recipient=recipient), now=self.now, recipients=[bounce_address(DESK, answer.pk)])

    def chooses_to_wait(self) -> None:
        for case in Case.objects.filter(due_at__isnull=False, owner__isnull=False).select_related("owner")[:20]:
            if offer := offer_of(case, self.now):
                return actions.wait_for_owner(case_id=case.pk, until=offer.back.due, now=self.now)
        return None

    def waits_no_more(self) -> None:
        asked = Message.objects.filter(waits_for__isnull=False, answered_at=None, waived_at=None).first()
        if asked:
            actions.wait_no_more(case_id=asked.case_id, now=self.now)

    # Consultants.

    def answers(self) -> None:
        self._answers_in_hand(more_follows=False)

    def answers_first(self) -> None:
        self._answers_in_hand(more_follows=True)

    def _answers_in_hand(self, *, more_follows: bool) -> None:
        turns = list(Turn.objects.filter(given_to__isnull=False).select_related("case").order_by("id"))
        if turns:
            turn = self.dice.choice(turns)
            self.reply(turn.case, turn.given_to_id or 0, more_follows=more_follows)

    def answers_any(self) -> None:
        if case := self._case():
            self.reply(case, self._one().pk, more_follows=self.dice.random() < 0.2)

    def reply(self, case: Case, author: int, *, more_follows: bool = False) -> None:
        actions.reply(
            case_id=case.pk, author_id=author, text="Już działa.", seen=newest(case), now=self.now,
            more_follows=more_follows, solve=not more_follows and self.dice.random() < 0.3,
        )  # fmt: skip

    def ends(self, turn: Turn) -> None:
        """An answer, or no answer to one who has no address."""
        try:
            self.reply(turn.case, turn.given_to_id or 0)
        except actions.NothingToSend:
            actions.solve(case_id=turn.case_id, author_id=turn.given_to_id or 0, seen=newest(turn.case), now=self.now)

    def notes(self) -> None:
        if case := self._case():
            actions.note(case_id=case.pk, author_id=self._one().pk, text="Dzwoniła.", now=self.now)

    def solves(self) -> None:
        if case := self._case():
            actions.solve(case_id=case.pk, author_id=self._one().pk, seen=newest(case), now=self.now)

    def reopens(self) -> None:
        if case := self._case():
            actions.reopen(case_id=case.pk, author_id=self._one().pk, now=self.now)

    def joins(self) -> None:
        case, into = self._case(), self._case()
        if case and into:
            actions.merge(
                case_id=case.pk, into_id=into.pk, author_id=self._one().pk, now=self.now,
                same_person=case.customer_id != into.customer_id,
            )  # fmt: skip

    def splits(self) -> None:
        if case := self._case():
            actions.split(case_id=case.pk, messages=self._some(case), author_id=self._one().pk, now=self.now)

    def moves(self) -> None:
        case, into = self._case(), self._case()
        if case and into:
            actions.move(
                case_id=case.pk, into_id=into.pk, messages=self._some(case), author_id=self._one().pk, now=self.now
            )

    def _some(self, case: Case) -> list[int]:
        ids = list(case.messages.order_by("id").values_list("pk", flat=True))
        return self.dice.sample(ids, self.dice.randint(1, len(ids)))

    def undoes(self) -> None:
        if done := Rearrangement.objects.filter(undone_at=None).order_by("-id").first():
            actions.undo(rearrangement_id=done.pk, author_id=self._one().pk, now=self.now)

    def hands_over(self) -> None:
        if case := self._case():
            to = self._one().pk
            by = self.dice.choice((self.boss, self._one())).pk
            actions.hand_over(case_id=case.pk, author_id=by, to_id=to, word="Proszę.", now=self.now)

    def takes(self) -> None:
        if case := self._case():
            actions.take(case_id=case.pk, author_id=self._one().pk, now=self.now)

    def says(self) -> None:
        wish = self.dice.choice(("mails", "mails", "break", "phone", "away"))
        one = self._one()
        if wish == "mails":
            self.came_all_the_same.add(one.pk)
        dispatching.say(staff_id=one.pk, wish=wish, now=self.now)

    def comes(self) -> None:
        self.present.add(self._one().pk)
        self.beats()

    def falls_silent(self) -> None:
        if self.present:
            self.present.discard(self.dice.choice(sorted(self.present)))

    # The roster.

    def roster_gains(self) -> None:
        one = self._one()
        self._plan(one, self.now + timedelta(hours=self.dice.randint(-2, 20)))
        self._changed(one)

    def roster_loses(self) -> None:
        one = self._one()
        if shift := Shift.objects.filter(consultant=one, ends_at__gt=self.now).order_by("starts_at").first():
            shift.delete()
            self._changed(one)

    def is_ill(self) -> None:
        one = self._one()
        begin = self.now + timedelta(hours=self.dice.choice((0, 0, 5)))
        Absence.objects.create(consultant=one, kind="sick", starts_at=begin, ends_at=begin + timedelta(hours=9))
        self._changed(one)

    def is_well(self) -> None:
        if absence := Absence.objects.filter(ends_at__gt=self.now).first():
            one = absence.consultant
            absence.delete()
            self._changed(one)

    def is_dismissed(self) -> None:
        if Staff.objects.filter(pk__in=[one.pk for one in self.crew], is_active=True).count() > 2:
            one = self._one()
            staffing.deactivate(by=self.boss, person_id=one.pk, now=self.now)
            self._changed(one)

    def is_back(self) -> None:
        for one in Staff.objects.filter(is_active=False):
            staffing.activate(by=self.boss, person_id=one.pk, now=self.now)
            self._changed(one)

    def skills_change(self) -> None:
        one = self._one()
        Staff.objects.filter(pk=one.pk).update(skills=list(self.dice.choice(CREW)[1]))
        self._changed(one)

    def _changed(self, one: Staff) -> None:
        """What the jobs do that such an event has put in line."""
        actions.end_choices(staff_id=one.pk, now=self.now)
        dispatching.roster_changed(staff_id=one.pk, now=self.now)

    # The house.

    def switches(self) -> None:
        ServiceHours.objects.update(hands_out=False)
        dispatching.step(now=self.now)
        for name in ("writes", "answers_any", "joins", "solves"):
            with suppress(*REFUSED):
                getattr(self, name)()
        ServiceHours.objects.update(hands_out=True)
        dispatching.catch_up(now=self.now)

    def rests(self) -> None:
        actions.end_choices(now=self.now)
        dispatching.catch_up(now=self.now)

    def _one(self) -> Staff:
        return self.dice.choice(list(Staff.objects.filter(pk__in=[one.pk for one in self.crew], is_active=True)))

    def _case(self) -> Case | None:
        lately = list(Case.objects.exclude(status="merged").order_by("-touched_at", "-id")[:15])
        return self.dice.choice(lately) if lately else None


def everybody_comes(desk: Desk) -> None:
    """So that whatever waits can be answered."""
    for one in desk.crew:
        Staff.objects.filter(pk=one.pk).update(is_active=True, skills=list(CREW[4][1]), languages=["pl", "en", "uk"])
    Absence.objects.all().delete()
    for one in desk.crew:
        desk._changed(one)
        desk.present.add(one.pk)


def everybody_answers(desk: Desk) -> None:
    """A round of answers by whoever has something in hand; when nobody has, the next moment is waited for."""
    for one in desk.crew:
        if not Post.objects.filter(consultant=one, on_duty=True, state__in=("free", "busy")).exists():
            dispatching.say(staff_id=one.pk, wish=Post.Wish.MAILS, now=desk.now)
    turns = list(Turn.objects.filter(given_to__isnull=False, aside=False).select_related("case"))
    for turn in turns:
        desk.ends(turn)
    moment = None if turns else dispatching.next_moment(desk.now)
    desk.now = max(desk.now + timedelta(minutes=2), moment or desk.now)
    desk.beats()
    dispatching.step(now=desk.now)
