"""One batch of arrivals, from what was read to rows: whose case is it, who answers, by when.

Everything the batch needs is loaded at once and everything it decides is written at once; between the two there is
no query, so that a mail costs the same in a batch of one and in a backlog of ten thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_noop

from samehand.cases.actions.bouncing import answers_spoken_of, came_back
from samehand.cases.actions.choosing_to_wait import carry_on
from samehand.cases.actions.dispatching import line_up, settle
from samehand.cases.actions.flooding import Floods
from samehand.cases.actions.judging import judged
from samehand.cases.actions.knowing import Customers, key
from samehand.cases.actions.machines import Machines, last_receipts
from samehand.cases.actions.offering.hearing import hear
from samehand.cases.actions.opening import Opening
from samehand.cases.actions.proving import Proofs
from samehand.cases.actions.reading_before import remember_read
from samehand.cases.actions.scanning import state_of
from samehand.cases.actions.setting_apart import apart
from samehand.cases.actions.turning import Page, shown_to_others, turn
from samehand.cases.actions.walking import as_remark, remember_tried
from samehand.cases.jobs import receipts_soon
from samehand.cases.keys import ours
from samehand.cases.models import Attachment, Case, MachineMail, Message, RawArrival
from samehand.cases.queries import holding
from samehand.core import promises, routing, trust
from samehand.core.arrivals import Arrival, ReadArticle, Walked
from samehand.core.hours import NeverOpen
from samehand.core.masking import preview
from samehand.lib.bulk import insert
from samehand.lib.events import Fact, record
from samehand.lib.sql import named
from samehand.people import queries as people
from samehand.people.actions.reaching import clear_undeliverable
from samehand.people.models import Customer

ADVANCED = ("pk", "status", "owner_id", "owner_reason", "preview", "touched_at", "due_at")


class Filing:
    """The decisions of a batch; `refused` names what must be put aside, `write` stores the rest."""

    def __init__(self, batch: Sequence[tuple[RawArrival, Arrival]], now: datetime) -> None:
        self.now = now
        self.refused: dict[RawArrival, str] = {}
        self.own = people.our_addresses()
        self.batch = [(row, arrival) for row, arrival in batch if self._acceptable(row, arrival)]
        self.verdicts = judged(self.batch)
        self.customers = Customers([(arrival, self._forged(row)) for row, arrival in self.batch], now)
        self.messages: list[Message] = []
        self.attachments: list[Attachment] = []
        self.touched: dict[str, Case] = {}
        self.apart: list[MachineMail] = []
        self.read_before: list[tuple[Case, ReadArticle]] = []
        self.tried: list[tuple[Message, Walked]] = []
        self.bounced: list[tuple[RawArrival, Arrival]] = []
        self.shown: list[Page] = []
        self._load()
        for row, arrival in self.batch:
            self._file(row, arrival)

    def write(self) -> None:
        self.customers.save()
        self.opening.save()
        insert(self.messages)
        insert(self.attachments, numbered=False)
        remember_read(self.read_before)
        remember_tried(self.tried)
        MachineMail.objects.bulk_create(self.apart)
        fresh = {case.reference for case in self.opening.cases}
        advance([case for case in self.touched.values() if case.reference not in fresh])
        carry_on(messages=self.messages, now=self.now)
        hear(messages=self.messages, now=self.now)
        record([self._fact(message) for message in self.messages], now=self.now)
        turn(self.shown)
        opened = [message.pk for message in self.messages if message.due_at and message.case.reference in fresh]
        if self.receipts and opened:
            receipts_soon(opened)
        clear_undeliverable(addresses=[message.from_address for message in self.messages if self._lives(message)])
        reopened: set[int] = set()
        for row, arrival in self.bounced:
            reopened |= came_back(answer=self.answers[row.pk], row=row, arrival=arrival, now=self.now)
        # Last, when nobody's case is waited for any more.
        if reopened:
            settle(case_ids=reopened, now=self.now)
        line_up(messages=self.messages, now=self.now)

    @staticmethod
    def _lives(message: Message) -> bool:
        return message.trust in trust.SURE and not message.auto_submitted and not message.third_party

    def _forged(self, row: RawArrival) -> bool:
        return self.verdicts[row.pk].level == "forged"

    def _acceptable(self, row: RawArrival, arrival: Arrival) -> bool:
        if not arrival.from_address and not arrival.case_token and not arrival.bounce:
            self.refused[row] = gettext_noop("It names no sender: there is nobody to answer.")
        elif ours(arrival.from_address, self.own):
            self.refused[row] = gettext_noop("It carries our own address as its sender: filing it could start a loop.")
        return row not in self.refused

    def _load(self) -> None:
        row = people.service_hours()
        self.hours, self.terms = people.calendar(self.now, row)
        self.hands_out = row.hands_out
        self.crew = {person.id: person for person in people.crew(self.now, holding())}
        self.answers = answers_spoken_of(self.batch)
        forged = {row.pk for row, _ in self.batch if self._forged(row)}
        self.proofs = Proofs(self.batch, self.customers, forged, self.answers)
        self.floods = self._floods()
        writers = [arrival.from_address for _, arrival in self.batch]
        self.machines = Machines(self.customers, last_receipts(writers, self.now) if row.receipts else {})
        self.receipts = row.receipts
        self.opening = Opening(self.proofs)

    def _file(self, row: RawArrival, arrival: Arrival) -> None:
        machine = self.machines.wrote(row, arrival)
        known = self.customers.known_as(arrival, forged=self._forged(row))
        case = self.proofs.case_for(row, arrival, self.proofs.known.get(key(known), {}) if known else {})
        if machine and not case:
            self.apart.append(apart(row, arrival))
            return
        # A machine that speaks in a case does not become a customer by it.
        customer = known or (
            case.customer if machine and case else self.customers.of(arrival, forged=self._forged(row))
        )
        case = case or self._flooded(row, customer) or self.opening.open(row, arrival, customer)
        message = self._message(row, arrival, case, customer, machine=machine)
        if row.pk in self.answers:
            self.bounced.append((row, arrival))
        self.messages.append(message)
        self.read_before += [(case, read) for read in arrival.read_before]
        self.tried += [(message, arrival.walked)] if arrival.walked else []
        self.attachments += [Attachment.of(message, part, state_of(part)) for part in arrival.attachments]
        if arrival.message_id and case.customer == customer:
            self.proofs.learn(key(customer), arrival.message_id, self.opening.number(case))
        self._advance(case, message)

    def _floods(self) -> Floods:
        known = (self.customers.known_as(arrival, forged=self._forged(row)) for row, arrival in self.batch)
        moments = [row.received_at for row, _ in self.batch]
        return Floods([customer.pk for customer in known if customer], min(moments, default=self.now))

    def _flooded(self, row: RawArrival, customer: Customer) -> Case | None:
        newest = self.floods.newest.get((customer.pk or 0, self.verdicts[row.pk].level == "proven"))
        # The same row must not be held twice: the later write would undo the earlier one.
        return self.proofs.by_id.setdefault(newest.pk, newest) if newest else None

    def _message(self, row: RawArrival, arrival: Arrival, case: Case, customer: Customer, *, machine: bool) -> Message:
        third_party = self._by_another(arrival, case, customer)
        verdict = self._verdict(row, case, third_party=third_party)
        unpromised = machine or row.envelope.get("history")
        return Message(
            case=case,
            direction=Message.Direction.IN,
            channel=row.channel,
            at=row.received_at,
            from_name=arrival.from_name,
            from_address=arrival.from_address or self.customers.address_of(case.customer),
            to=list(arrival.to),
            cc=list(arrival.cc),
            reply_to=list(arrival.reply_to),
            subject=arrival.subject,
            text=arrival.text,
            reply_text=arrival.reply_text,
            html_present=arrival.html_present,
            message_id=arrival.message_id,
            in_reply_to=arrival.in_reply_to,
            references=list(arrival.references),
            language=arrival.written_in,
            auto_submitted=machine,
            third_party=third_party,
            trust=verdict.level,
            trust_reason=verdict.as_text(),
            remarks=self._remarks(arrival),
            blob=row.blob,
            arrival=row,
            due_at=None if unpromised else self._due_at(row),
        )

    def _remarks(self, arrival: Arrival) -> list[dict[str, object]] | None:
        remarks: list[dict[str, object]] = [{"kind": one.kind, **one.words} for one in arrival.remarks]
        remarks += [as_remark(arrival.walked)] if arrival.walked else []
        if shown := shown_to_others(arrival, self.own):
            self.shown += shown
            remarks.append({"kind": "page-shown"})
        return remarks or None

    def _by_another(self, arrival: Arrival, case: Case, customer: Customer) -> bool:
        if arrival.case_token:
            # Written on the page of a case that has since been joined with somebody else's.
            return case.customer != customer
        return not self.customers.writes(case.customer, arrival.from_address)

    def _verdict(self, row: RawArrival, case: Case, *, third_party: bool) -> trust.Verdict:
        verdict = self.verdicts[row.pk]
        came_back = self.proofs.marked(row) is case and not third_party
        return trust.backed(verdict, "mark") if came_back else verdict

    def _due_at(self, row: RawArrival) -> datetime:
        try:
            return promises.due_at(row.received_at, self.hours, self.terms)
        except NeverOpen:
            # Hours without a single open minute are a mistake of the settings; nobody's mail may wait for its mending.
            return row.received_at + self.terms.promise

    def _advance(self, case: Case, message: Message) -> None:
        """The customer wrote: the case is open, somebody owns it, and its clock runs to the earliest promise."""
        case.touched_at = max(case.touched_at, message.at)
        if message.due_at:
            case.status = Case.Status.OPEN
            case.preview = preview(message.reply_text or message.text)
            waited, case.due_at = case.due_at, min(case.due_at or message.due_at, message.due_at)
            self._assign(case, fresh_work=waited is None)
        self.touched[case.reference] = case

    def _assign(self, case: Case, *, fresh_work: bool) -> None:
        if self.hands_out:
            # It belongs to the one to whom it is given.
            return
        need = routing.Need(owner=case.owner_id, last_served_by=case.customer.served_by_id, skill=case.skill)
        decision = routing.choose(need, tuple(self.crew.values()))
        case.owner_reason = decision.reason
        case.owner_id = decision.consultant_id if isinstance(decision, routing.Assign) else None
        holder = self.crew.get(case.owner_id or 0)
        if holder and fresh_work:
            self.crew[holder.id] = replace(holder, holding=holder.holding + 1)

    def _fact(self, message: Message) -> Fact:
        data = {"message": message.pk, "customer": message.case.customer_id}
        return Fact("case.filed", case_id=message.case_id, staff_id=message.case.owner_id, data=data)


def advance(cases: Sequence[Case]) -> None:
    if cases:
        with connection.cursor() as cursor:
            columns = [[getattr(case, name) for case in cases] for name in ADVANCED]
            cursor.execute(named("samehand.cases", "advance_cases"), columns)
