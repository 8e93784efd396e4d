"""What Fala Mobile's consultants have tried with whom, and what came of it: the ledger of six weeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from samehand.cases.models import Case, Message, Offer, Outcome, Prevented, ReadBefore
from samehand.demo.hands import Hands
from samehand.demo.life import DAY
from samehand.demo.storybook import guide
from samehand.guide.models import Problem, Solution
from samehand.people.models import Staff

IN, OUT = Message.Direction.IN, Message.Direction.OUT
READ_SHARE, SAID_SHARE, NOT_TRIED_SHARE = 0.12, 0.75, 0.07
BY_PHONE, PREVENTED = 5, 6
HOW = ("mail", "mail", "link", "page")


@dataclass(slots=True)
class Tried:
    """The problems by topic with their solutions, and the rows that come of them."""

    problems: dict[str, tuple[Problem, list[Solution]]]
    now: datetime
    dice: Random
    offers: list[Offer] = field(default_factory=list)

    def of_case(self, case: Case, messages: Sequence[Message]) -> None:
        """Each answer offers a solution; who writes again was not helped by it, and who is content was."""
        _problem, solutions = self.problems[case.topic]
        left = list(solutions)
        for place, message in enumerate(messages):
            if message.direction != OUT or message.author is None or not left:
                continue
            solution = self._choose(left)
            left.remove(solution)
            again = next((one for one in messages[place + 1 :] if one.direction == IN and one.due_at), None)
            self.offers.append(self._offer(case, message, solution, again))

    def _choose(self, solutions: list[Solution]) -> Solution:
        weights = [_success(one) ** 2 for one in solutions]
        return self.dice.choices(solutions, weights)[0]

    def _offer(self, case: Case, message: Message, solution: Solution, again: Message | None) -> Offer:
        offer = Offer(
            customer=case.customer, problem=case.problem, solution=solution, case=case, message=message,
            text=_words(solution, case.language), language=case.language, by=message.author, channel=message.channel,
            offered_at=message.at,
        )  # fmt: skip
        if again and self.dice.random() > _success(solution):
            _came_of(offer, Outcome.FAILED, again.at, "mail")
            offer.outcome_message = again
        elif not again and case.status == Case.Status.SOLVED and self.dice.random() < SAID_SHARE:
            outcome = Outcome.NOT_TRIED if self.dice.random() < NOT_TRIED_SHARE else Outcome.HELPED
            heard_at = message.at + self.dice.uniform(0.2, 3) * DAY
            _came_of(offer, outcome, min(heard_at, self.now), self.dice.choice(HOW))
        return offer


def _came_of(offer: Offer, outcome: Outcome, at: datetime, how: str) -> None:
    offer.outcome, offer.outcome_at, offer.outcome_how = outcome, at, how


def try_out(cases: Sequence[Case], messages: Sequence[Message], hands: Hands, now: datetime, dice: Random) -> None:
    """Cases know their problem, and the ledger what was tried in them. Both are stored already."""
    ledger = Tried(_problems(), now, dice)
    known = [case for case in cases if case.topic in ledger.problems]
    _name_problems(known, ledger, dice)
    said: dict[int, list[Message]] = {}
    for message in messages:
        said.setdefault(message.case_id, []).append(message)
    for case in known:
        ledger.of_case(case, said.get(case.pk, []))
    ledger.offers += _by_phone(known, ledger, hands)
    Offer.objects.bulk_create(ledger.offers, batch_size=500)
    ReadBefore.objects.bulk_create(_read_before(known, dice))
    Prevented.objects.bulk_create(_prevented(ledger))


def _problems() -> dict[str, tuple[Problem, list[Solution]]]:
    found: dict[str, tuple[Problem, list[Solution]]] = {}
    solutions = Solution.objects.filter(retired_at=None).select_related("problem").prefetch_related("texts")
    for solution in solutions.order_by("problem", "place"):
        found.setdefault(solution.problem.topic, (solution.problem, []))[1].append(solution)
    return {topic: pair for topic, pair in found.items() if topic}


def _name_problems(cases: Sequence[Case], ledger: Tried, dice: Random) -> None:
    for case in cases:
        case.problem = ledger.problems[case.topic][0]
        case.problem_by = case.owner if dice.random() < 0.4 else None
    Case.objects.bulk_update(cases, ["problem", "problem_by"], batch_size=500)


def _by_phone(cases: Sequence[Case], ledger: Tried, hands: Hands) -> Iterator[Offer]:
    """Some who wait now were told something on the phone last week, and it did not help."""
    waiting = [case for case in cases if case.status == Case.Status.OPEN and case.customer.claimed_address == ""]
    for case in waiting[:BY_PHONE]:
        solution, at = ledger.problems[case.topic][1][0], ledger.now - ledger.dice.uniform(4, 9) * DAY
        yield Offer(
            customer=case.customer, problem=case.problem, solution=solution, text=_words(solution, case.language),
            language=case.language, by=_somebody(hands, ledger.dice), channel="phone", offered_at=at,
            outcome=Outcome.FAILED, outcome_at=at + DAY, outcome_how="phone",
        )  # fmt: skip


def _somebody(hands: Hands, dice: Random) -> Staff:
    return dice.choice(sorted(hands.staff.values(), key=lambda person: person.email))


def _read_before(cases: Sequence[Case], dice: Random) -> Iterator[ReadBefore]:
    for case in cases:
        if case.problem and dice.random() < READ_SHARE:
            at = case.opened_at - dice.uniform(1, 40) * timedelta(minutes=1)
            yield ReadBefore(case=case, problem=case.problem, at=at, helped=dice.choice((None, False)))


def _prevented(ledger: Tried) -> Iterator[Prevented]:
    """A few times a draft said again what had failed; once it was sent all the same, for a reason."""
    failed = [one for one in ledger.offers if one.outcome == Outcome.FAILED and one.case and one.message]
    for number, offer in enumerate(ledger.dice.sample(failed, min(PREVENTED, len(failed)))):
        assert offer.case and offer.outcome_at
        yield Prevented(
            offer=offer, case=offer.case, by=offer.by, how="text" if number % 3 else "link",
            likeness=round(ledger.dice.uniform(0.75, 0.98), 3), at=offer.outcome_at + timedelta(minutes=6),
            reason=guide()["reasons"]["anyway"] if number == 0 else "",
        )  # fmt: skip


def _success(solution: Solution) -> float:
    """How often it helps: the same for a solution in every house."""
    return Random(str(solution)).uniform(0.3, 0.92)  # noqa: S311


def _words(solution: Solution, language: str) -> str:
    texts = {one.language: f"{one.title}\n{one.text}" for one in solution.texts.all()}
    return texts.get(language) or next(iter(texts.values()), "")
