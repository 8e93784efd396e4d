"""The past as rows: what the house would have written had it been running, collected in memory and stored at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings

from samehand.cases import queries
from samehand.cases.actions.writing import subject_of
from samehand.cases.channels import channel
from samehand.cases.keys import our_domain, signer
from samehand.cases.models import Attachment, Case, Delivery, Message, RawArrival
from samehand.core import promises, trust
from samehand.core.dispatches import Dispatch, Said
from samehand.core.hours import Hours
from samehand.core.masking import preview
from samehand.core.threads import new_reference
from samehand.core.topics import topic_of
from samehand.demo import letters
from samehand.demo.cast import Subscriber
from samehand.lib import blobs
from samehand.lib.domains import organization
from samehand.people.models import ContactPoint, Customer, Staff

ACCEPTED = "250 2.0.0 Ok: queued"
FULL = "552 5.2.2 Mailbox full"
Bytes = tuple[Message | RawArrival, bytes]


class Ledger:
    """Rows in memory; `save` stores them. Message-IDs and references come from `dice`, so the same dice write the
    same past."""

    def __init__(self, dice: Random, hours: Hours, terms: promises.Terms) -> None:
        self.dice, self.hours, self.terms = dice, hours, terms
        self.mail = channel("mail")
        self.points: list[ContactPoint] = []
        self.pretenders: list[Customer] = []
        self.cases: list[Case] = []
        self.messages: list[Message] = []
        self.attachments: list[Attachment] = []
        self.arrivals: list[RawArrival] = []
        self.deliveries: list[Delivery] = []
        self.answers: dict[int, Message] = {}
        self.bytes: list[Bytes] = []

    def customer(self, person: Subscriber, at: datetime) -> Customer:
        customer = Customer(name=person.shown_name, language=person.language, known_since=at)
        self.points.append(ContactPoint(customer=customer, value=person.address))
        return customer

    def pretender(self, person: Subscriber, at: datetime) -> Customer:
        """Somebody who shows this customer's address."""
        false = Customer(
            name=person.shown_name, language=person.language, known_since=at, claimed_address=person.address
        )
        self.pretenders.append(false)
        return false

    def open(self, customer: Customer, language: str, at: datetime) -> Case:
        case = Case(
            reference=new_reference(self.dice.randbytes(5)),
            customer=customer,
            language=language,
            opened_at=at,
            touched_at=at,
        )
        self.cases.append(case)
        return case

    def kept(
        self, raw: bytes, at: datetime, recipient: str, sender: str, evidence: trust.Evidence = trust.NOTHING
    ) -> RawArrival:
        """Something that reached the door."""
        row = RawArrival(
            channel="mail",
            mailbox="door",
            fingerprint=f"demo:{len(self.arrivals)}:{self.dice.getrandbits(64):016x}",
            size=len(raw),
            envelope={"sender": sender, "recipients": [recipient], "auth": evidence.as_row()},
            received_at=at,
            stored_at=at,
            settled_at=at,
            state=RawArrival.State.FILED,
        )
        self.arrivals.append(row)
        self.bytes.append((row, raw))
        return row

    def aside(self, raw: bytes, at: datetime, sender: str, reason: str) -> None:
        row = self.kept(raw, at, settings.ADDRESS, sender)
        row.state, row.reason = RawArrival.State.ASIDE, reason

    def came(
        self, case: Case, raw: bytes, at: datetime, recipient: str, person: Subscriber, proof: str = ""
    ) -> Message:
        """The customer's mail, read as the mail channel reads it; the case learns what it is about from the first."""
        evidence = letters.found(person.address, proof or letters.proof_of(person))
        row = self.kept(raw, at, recipient, person.address, evidence)
        arrival = self.mail.read(raw, at, row.envelope)
        if not case.subject:
            case.subject = arrival.subject
            topic = topic_of(arrival.subject, arrival.reply_text)
            case.skill = topic.skill if topic else case.skill
            case.topic, case.topic_words = (topic.key, ", ".join(topic.words)) if topic else ("", "")
        verdict = self._verdict(evidence, arrival.from_address, recipient)
        message = Message(
            case=case,
            direction=Message.Direction.IN,
            channel="mail",
            at=at,
            from_name=arrival.from_name,
            from_address=arrival.from_address,
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
            auto_submitted=arrival.auto_submitted,
            trust=verdict.level,
            trust_reason=verdict.as_text(),
            arrival=row,
            due_at=None if arrival.auto_submitted else promises.due_at(at, self.hours, self.terms),
        )
        self._attach(message, arrival.attachments)
        self.bytes.append((message, raw))
        self.messages.append(message)
        return message

    @staticmethod
    def _verdict(evidence: trust.Evidence, address: str, recipient: str) -> trust.Verdict:
        found = trust.verdict(evidence, address, organization=organization)
        return trust.backed(found, "mark") if signer().case_of_address(recipient) else found

    def went(self, case: Case, author: Staff, person: Subscriber, text: str, at: datetime, before: Message) -> Message:
        """A consultant's answer to `before`, delivered."""
        message = Message(
            case=case,
            direction=Message.Direction.OUT,
            channel="mail",
            author=author,
            at=at,
            from_name=author.first_name,
            from_address=settings.ADDRESS,
            to=[person.address],
            reply_to=[queries.reply_address(case)],
            subject=subject_of(case.subject),
            text=text,
            reply_text=text,
            message_id=signer().message_id(case.reference, f"{self.dice.getrandbits(40):010x}", our_domain()),
            in_reply_to=before.message_id,
            references=[*before.references, before.message_id],
        )
        self.bytes.append((message, self.mail.compose(_dispatch(case, message, person, before))))
        self.messages.append(message)
        self.deliveries.append(_delivered(message))
        return message

    def noted(self, case: Case, author: Staff, text: str, at: datetime) -> None:
        note = Message.Direction.NOTE
        self.messages.append(
            Message(case=case, direction=note, channel="desk", author=author, at=at, text=text, reply_text=text)
        )

    def refuse(self, answer: Message, at: datetime) -> None:
        """The customer's server did not take the answer."""
        delivery = next(row for row in self.deliveries if row.message is answer)
        delivery.state, delivery.response, delivery.settled_at = Delivery.State.REFUSED, FULL, at
        delivery.handed_over_at = None

    def settle(self, asked: Sequence[Message], answer: Message) -> None:
        for message in asked:
            message.answered_at = answer.at
            self.answers[id(message)] = answer

    def unsettle(self, asked: Sequence[Message]) -> None:
        for message in asked:
            message.answered_at = None
            self.answers.pop(id(message), None)

    def save(self) -> None:
        """Store everything, messages in the order of their moments: later ids mean later."""
        keys = _keep({raw for _row, raw in self.bytes})
        for row, raw in self.bytes:
            row.blob = keys[raw]
        self.messages.sort(key=lambda message: message.at)
        self.arrivals.sort(key=lambda row: row.received_at)
        customers = {id(point.customer): point.customer for point in self.points}
        batches: tuple[tuple[Any, Sequence[Any]], ...] = (
            (Customer, [*customers.values(), *self.pretenders]),
            (ContactPoint, self.points),
            (Case, sorted(self.cases, key=lambda case: case.opened_at)),
            (RawArrival, self.arrivals),
            (Message, self.messages),
            (Attachment, self.attachments),
            (Delivery, self.deliveries),
        )
        for model, rows in batches:
            model.objects.bulk_create(rows, batch_size=500)
        self._save_answers()

    def _save_answers(self) -> None:
        # An answer has no id before it is stored, and stands in the same table as its question.
        asked = [message for message in self.messages if id(message) in self.answers]
        for message in asked:
            message.answer = self.answers[id(message)]
        Message.objects.bulk_update(asked, ["answer"], batch_size=500)

    def _attach(self, message: Message, parts: Sequence[Any]) -> None:
        self.attachments += [Attachment.of(message, part) for part in parts]


def touch(case: Case, at: datetime, words: str) -> None:
    case.touched_at = max(case.touched_at, at)
    case.preview = preview(words) or case.preview


def _delivered(message: Message) -> Delivery:
    soon = message.at + timedelta(seconds=2)
    return Delivery(
        message=message,
        recipient=message.to[0],
        state=Delivery.State.SENT,
        queued_at=message.at,
        attempts=1,
        claimed_at=message.at,
        handed_over_at=soon,
        settled_at=soon,
        response=ACCEPTED,
    )


def _dispatch(case: Case, message: Message, person: Subscriber, asked: Message) -> Dispatch:
    return Dispatch(
        recipient=person.address,
        recipient_name=person.shown_name,
        sender_address=message.from_address,
        author=message.from_name,
        subject=message.subject,
        text=message.text,
        at=message.at,
        message_id=message.message_id,
        in_reply_to=message.in_reply_to,
        references=tuple(message.references),
        reply_to=message.reply_to[0],
        page_url=queries.page_url(case),
        language=case.language,
        history=(Said(person.shown_name or person.address, asked.at, asked.reply_text),),
    )


def _keep(mails: set[bytes]) -> dict[bytes, str]:
    ordered = sorted(mails)
    return dict(zip(ordered, blobs.put_many(ordered), strict=True))
