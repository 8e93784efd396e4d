"""The cases that a batch opens: what they are about, and where else each of them may belong."""

from __future__ import annotations

from samehand.cases.actions.guessing import Guesses
from samehand.cases.actions.knowing import key
from samehand.cases.actions.proving import Proofs
from samehand.cases.keys import fresh_reference
from samehand.cases.models import Case, RawArrival
from samehand.core.arrivals import Arrival
from samehand.core.masking import preview
from samehand.core.topic_words import TOPICS
from samehand.core.topics import Topic, topic_of
from samehand.lib.bulk import insert
from samehand.people.models import Customer


class Opening:
    """Cases that are not stored yet. Where an id is needed they have a negative stand-in."""

    def __init__(self, proofs: Proofs) -> None:
        self.by_id = proofs.by_id
        self.asking = proofs.asking()
        self.guesses = Guesses(list(self.asking.values()))
        self.cases: list[Case] = []
        self.stand_ins: dict[str, int] = {}
        self.maybe: dict[str, int] = {}

    def save(self) -> None:
        insert(self.cases)
        self._hint_within_batch()

    def open(self, row: RawArrival, arrival: Arrival, customer: Customer) -> Case:
        """A case for the mail, and for whatever else of the batch answers it."""
        topic = _topic(arrival)
        case = Case(
            reference=fresh_reference(),
            customer=customer,
            subject=arrival.subject,
            skill=topic.skill if topic else "general",
            topic=topic.key if topic else "",
            topic_words=", ".join(topic.words) if topic else "",
            # "OK, thanks" says little of a language; what we know of the customer says more.
            language=arrival.language if arrival.written_in or not customer.pk else customer.language,
            opened_at=row.received_at,
            touched_at=row.received_at,
        )
        if row.envelope.get("history"):
            # Somebody has dealt with it before us: it is there to be found, by people and by what answers it.
            case.status, case.preview = Case.Status.SOLVED, preview(arrival.reply_text or arrival.text)
        self.cases.append(case)
        self.stand_ins[case.reference] = -len(self.cases)
        self._guess(case, row, arrival, customer)
        return case

    def number(self, case: Case) -> int:
        """The case's id, or for one of this batch, which has none yet, a negative stand-in."""
        number = case.pk or self.stand_ins[case.reference]
        self.by_id[number] = case
        return number

    def _guess(self, case: Case, row: RawArrival, arrival: Arrival, customer: Customer) -> None:
        asking = self.asking.get(row.pk)
        hint = self.guesses.of(asking, key(customer)) if asking else None
        if hint:
            case.maybe_why = {"signs": list(hint.signs), "days": hint.days}
            if hint.case_id > 0:
                case.maybe_case_id = hint.case_id
            else:
                self.maybe[case.reference] = hint.case_id
        self.guesses.remember(key(customer), self.number(case), arrival, row.received_at)

    def _hint_within_batch(self) -> None:
        """A case of this very batch has its id only now."""
        hinted = [case for case in self.cases if case.reference in self.maybe]
        for case in hinted:
            case.maybe_case = self.by_id[self.maybe[case.reference]]
        if hinted:
            Case.objects.bulk_update(hinted, ["maybe_case"])


def _topic(arrival: Arrival) -> Topic | None:
    """What she answered to guided questions says more than the words she chose; a topic we do not know says nothing."""
    walked = arrival.walked
    if walked and walked.topic in TOPICS:
        return Topic(walked.topic, TOPICS[walked.topic].skill, (walked.title,))
    return topic_of(arrival.subject, arrival.reply_text)
