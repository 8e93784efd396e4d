"""What the mails of a batch prove: our own marks, and Message-IDs of their senders' cases, looked up at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from django.db.models import Q

from samehand.cases.actions.guessing import Asking
from samehand.cases.actions.knowing import Customers
from samehand.cases.keys import signer
from samehand.cases.models import Case, Message, RawArrival
from samehand.core import threads
from samehand.core.arrivals import Arrival

K = TypeVar("K", int, str)


class Proofs:
    """The cases that a batch may belong to, locked. `answers` are those of ours that bounces of it speak of.
    `by_id` and `by_reference` lead from a case that was joined with another to that one; `known` maps the Message-
    IDs of each sender's own cases."""

    def __init__(
        self,
        batch: Sequence[tuple[RawArrival, Arrival]],
        customers: Customers,
        forged: Collection[int],
        answers: Mapping[int, Message],
    ) -> None:
        self.batch = batch
        self.forged = forged
        self.customers = customers
        self.answers = answers
        self.signed = {row.pk: self._signed(row, arrival) for row, arrival in batch}
        self.answered = self._answered()
        self.everybodys = self._known_ids()
        self.known = self._own_ids()
        self._lock_cases()

    def case_for(self, row: RawArrival, arrival: Arrival, own: Mapping[str, int]) -> Case | None:
        if case := self.marked(row):
            return case
        proof = threads.find_own(arrival.in_reply_to, arrival.references, own)
        return self.by_id.get(proof.case_id or 0) if proof else None

    def marked(self, row: RawArrival) -> Case | None:
        """The case that one of our own marks names; of marks whose case is gone the next one counts."""
        return next((case for signed in self.signed[row.pk] if (case := self._meant(signed))), None)

    def _meant(self, signed: threads.Proof) -> Case | None:
        """Where the answered message lies now, else the case that the mark names; None when it is gone."""
        reference = signed.reference or ""
        lies_in = self.answered.get(f"{reference.lower()}.{signed.unique}", 0)
        return self.by_id.get(lies_in) or self.by_reference.get(reference)

    def learn(self, customer: int, mid: str, number: int) -> None:
        """A mail of this batch has its case; the next one may answer it."""
        _learn(self.known[customer], mid, number)

    def asking(self) -> dict[int, Asking]:
        """The mails that prove nothing by what is known before the batch is filed. Of a forged one nothing is guessed:
        it would be one click away from where its writer wants to be."""
        asking = {}
        for row, arrival in self.batch:
            if row.pk in self.forged:
                continue
            customer = self.customers.by_address.get(arrival.from_address)
            known_as = customer.pk if customer else None
            own = self.known.get(known_as, {}) if known_as else {}
            if not self.case_for(row, arrival, own):
                asking[row.pk] = Asking(arrival, row.received_at, known_as, own, self._foreign(arrival, known_as))
        return asking

    def _foreign(self, arrival: Arrival, known_as: int | None) -> dict[str, int]:
        """Ids of other customers' messages that the mail names: no proof, but worth a word to a person."""
        return {
            mid: case_id
            for mid in _ids(arrival)
            for customer_id, case_id in self.everybodys.get(mid, {}).items()
            if customer_id != known_as
        }

    def _signed(self, row: RawArrival, arrival: Arrival) -> tuple[threads.Proof, ...]:
        if answer := self.answers.get(row.pk):
            # A bounce of ours, whoever says that he sends it: the mark on it proves that he had our answer.
            return (threads.Proof("message_id", reference=answer.case.reference, unique=str(answer.pk)),)
        if row.pk in self.forged:
            # Marks are seen by whoever gets a copy: with a false name beside them they prove nothing.
            return ()
        if arrival.case_token:
            return (threads.Proof("address", reference=signer().case_of_page(arrival.case_token)),)
        recipients = (*row.envelope.get("recipients", ()), *arrival.to, *arrival.cc)
        return threads.proofs_of_signature(signer(), recipients, arrival.in_reply_to, arrival.references)

    def _answered(self) -> dict[str, int]:
        """Our own messages that the batch answers, by what tells them apart, with the cases where they lie now."""
        wanted = {proof.unique for proofs in self.signed.values() for proof in proofs if proof.unique.isdecimal()}
        if not wanted:
            return {}
        ours = Message.objects.filter(pk__in=[int(unique) for unique in wanted if len(unique) < 19])
        # By the whole Message-ID: in a database that was set back, the number alone may be another message's.
        return {_local(mid): case_id for mid, case_id in ours.values_list("message_id", "case_id")}

    def _known_ids(self) -> dict[str, dict[int, int]]:
        """The Message-IDs that the batch names and we know: in which case of which customer each stands."""
        wanted = {mid for _, arrival in self.batch for mid in _ids(arrival)}
        known: dict[str, dict[int, int]] = defaultdict(dict)
        # Said aloud, because of more than a hundred ids PostgreSQL does not see that none is empty, and past the
        # partial index it reads every message there is.
        rows = Message.objects.filter(message_id__in=wanted).exclude(message_id="").order_by("id")
        for mid, case_id, customer_id in rows.values_list("message_id", "case_id", "case__customer_id"):
            _learn(known[mid], customer_id, case_id)
        return known

    def _own_ids(self) -> dict[int, dict[str, int]]:
        """For the senders of the batch alone: anybody may name an id that he has seen."""
        senders = {customer.pk for customer in self.customers.known()}
        own: dict[int, dict[str, int]] = defaultdict(dict)
        for mid, cases in self.everybodys.items():
            for customer_id in cases.keys() & senders:
                own[customer_id][mid] = cases[customer_id]
        return own

    def _lock_cases(self) -> None:
        wanted = {case_id for ids in self.known.values() for case_id in ids.values()} | set(self.answered.values())
        signed = [proof.reference for proofs in self.signed.values() for proof in proofs if proof.reference]
        # Locked in one query and in the order of their ids, as everybody does who locks several: else two of them
        # could wait for each other. An answer that is being written waits for us.
        cases = Case.objects.select_for_update(of=("self",), no_key=True).select_related("customer").order_by("id")
        found = list(cases.filter(Q(reference__in=signed) | Q(pk__in=wanted)))
        if into := {case.merged_into_id for case in found if case.merged_into_id}:
            found += cases.filter(pk__in=into)
        held = {case.pk: case for case in found}
        self.by_id = {case.pk: held[case.merged_into_id or case.pk] for case in found}
        self.by_reference = {case.reference: self.by_id[case.pk] for case in found}


def _ids(arrival: Arrival) -> tuple[str, ...]:
    return tuple(mid for mid in (arrival.message_id, arrival.in_reply_to, *arrival.references) if mid)


def _learn(cases: dict[K, int], name: K, case_id: int) -> None:
    """Some programs give out the same id again and again: in two cases it proves neither."""
    cases[name] = case_id if cases.get(name, case_id) == case_id else 0


def _local(mid: str) -> str:
    """What stands in one of our Message-IDs before its signature: "sh-7k3m9qx2.1234"."""
    return mid.lower().removeprefix("<").partition("@")[0].rpartition(".")[0]
