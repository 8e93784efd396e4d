"""Where the mails of a batch that prove nothing may belong: what they are held against, loaded at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from samehand.cases.keys import linked_pages
from samehand.cases.models import Case
from samehand.core.arrivals import Arrival
from samehand.core.hints import LONG_AGO, Candidate, Hint, Letter, hint, lines_of, numbers_in, quoted_lines
from samehand.lib.sql import named


@dataclass(frozen=True, slots=True)
class Asking:
    """A mail without proof; `customer_id` is None for a writer nobody knows, `own` are the Message-IDs of his cases,
    `foreign` those of others."""

    arrival: Arrival
    at: datetime
    customer_id: int | None
    own: Mapping[str, int]
    foreign: Mapping[str, int]


class Guesses:
    """`of` answers without a query. Mails of strangers are held against what they name themselves, never against what
    somebody else wrote."""

    def __init__(self, asking: Sequence[Asking]) -> None:
        self.numbers = {id(one.arrival): numbers_in(one.arrival.subject, one.arrival.text) for one in asking}
        self.links = {id(one.arrival): _links(one.arrival.text) for one in asking}
        self.by_customer = self._cases_of([one for one in asking if one.customer_id])
        self.by_reference, self.by_id = self._named(asking)
        self.lines = self._words([one for one in asking if one.customer_id])
        self.fresh: dict[int, list[tuple[int, Arrival, datetime]]] = defaultdict(list)

    def remember(self, customer: int, number: int, arrival: Arrival, at: datetime) -> None:
        """A case of this batch, by the stand-ins that filing has for it and for its customer."""
        self.fresh[customer].append((number, arrival, at))

    def of(self, asking: Asking, customer: int) -> Hint | None:
        arrival = asking.arrival
        candidates = {one.case_id: one for one in self._fresh(customer)}
        for one in self.by_customer.get(asking.customer_id or 0, ()):
            candidates[one.case_id] = replace(one, lines=self.lines.get(one.case_id, frozenset()))
        for sign, one in self._told(asking):
            known = candidates.get(one.case_id, one)
            candidates[one.case_id] = replace(known, signs=known.signs | {sign})
        if not candidates:
            return None
        return hint(Letter(arrival.subject, arrival.text, arrival.reply_text, asking.at), candidates.values())

    def _fresh(self, customer: int) -> list[Candidate]:
        return [
            Candidate(number, arrival.subject, at, lines_of(arrival.reply_text))
            for number, arrival, at in self.fresh.get(customer, ())
        ]

    def _told(self, asking: Asking) -> Iterable[tuple[str, Candidate]]:
        """What the mail itself names: a case's number, the link to its page, a message of it."""
        arrival = asking.arrival
        for sign, references in (("number", self.numbers[id(arrival)]), ("link", self.links[id(arrival)])):
            for reference in references:
                if reference in self.by_reference:
                    yield sign, self.by_reference[reference]
        for mid in (arrival.in_reply_to, *reversed(arrival.references)):
            if one := self.by_id.get(asking.foreign.get(mid, 0)):
                yield "answers", one
        if one := self.by_id.get(asking.own.get(arrival.message_id, 0)):
            yield "again", one

    @staticmethod
    def _cases_of(asking: Sequence[Asking]) -> dict[int, list[Candidate]]:
        found: dict[int, list[Candidate]] = defaultdict(list)
        if asking:
            customers = sorted({one.customer_id for one in asking if one.customer_id})
            since = min(one.at for one in asking) - LONG_AGO
            for customer_id, *about in _rows("cases_of_customers", [customers, since]):
                case_id, subject, at, name = about
                found[customer_id].append(Candidate(case_id, subject, at, name=name))
        return found

    def _named(self, asking: Sequence[Asking]) -> tuple[dict[str, Candidate], dict[int, Candidate]]:
        """The cases that the mails name, by reference and by id; one that was joined with another stands for it."""
        references = {one for named in (self.numbers, self.links) for found in named.values() for one in found}
        ids = {
            ids.get(mid, 0)
            for one in asking
            for ids, mids in (
                (one.foreign, (one.arrival.in_reply_to, *one.arrival.references)),
                (one.own, (one.arrival.message_id,)),
            )
            for mid in mids
        } - {0}
        if not references and not ids:
            return {}, {}
        by_reference, by_id = {}, {}
        cases = Case.objects.filter(Q(reference__in=references) | Q(pk__in=ids))
        columns = ("pk", "reference", "subject", "touched_at", "owner__first_name", "merged_into_id")
        for case_id, reference, subject, at, name, into in cases.values_list(*columns):
            candidate = Candidate(into or case_id, subject, at, name=name or "")
            by_reference[reference] = by_id[case_id] = candidate
        return by_reference, by_id

    def _words(self, asking: Sequence[Asking]) -> dict[int, frozenset[str]]:
        """The lines of the cases of those whose mails quote something."""
        quoting = [one for one in asking if quoted_lines(one.arrival.text, one.arrival.reply_text)]
        cases = {one.case_id for each in quoting for one in self.by_customer.get(each.customer_id or 0, ())}
        if not cases:
            return {}
        said: dict[int, frozenset[str]] = defaultdict(frozenset)
        for case_id, text in _rows("words_of_cases", [sorted(cases)]):
            said[case_id] |= lines_of(text)
        return said


def _links(text: str) -> tuple[str, ...]:
    """References of the cases whose page the text links to."""
    return tuple(dict.fromkeys(reference for reference, _turn in linked_pages(text)))


def _rows(name: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(named("samehand.cases", name), values)
        return list(cursor.fetchall())
