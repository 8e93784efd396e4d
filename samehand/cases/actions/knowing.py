"""The customers of a batch: found by the address they write from, made when nobody knows it.

Who shows an address that is surely not his own is somebody else: a customer apart, without a contact point, to whom all
that is forged in the name of that address belongs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from samehand.cases.keys import signer
from samehand.cases.models import Case
from samehand.core.arrivals import Arrival
from samehand.lib.bulk import insert
from samehand.people import queries as people
from samehand.people.models import ContactPoint, Customer

NAME = 200


def key(customer: Customer) -> int:
    """What tells customers of a batch apart: those not saved yet have no primary key, and no hash."""
    return customer.pk or -id(customer)


class Customers:
    def __init__(self, batch: Sequence[tuple[Arrival, bool]], now: datetime) -> None:
        """`batch` tells of each arrival whether its sender is forged."""
        self.now = now
        self.new: dict[str, Customer] = {}
        self.pretenders: dict[str, Customer] = {}
        false_names = {arrival.from_address for arrival, forged in batch if forged}
        self.claimed = people.claimed_by(false_names) if false_names else {}
        arrivals = [arrival for arrival, _forged in batch]
        known = people.known_by(arrival.from_address for arrival, forged in batch if not forged)
        by_id = Customer.objects.in_bulk(set(known.values()))
        self.by_address = {address: by_id[customer_id] for address, customer_id in known.items()}
        self.by_token = self._of_tokens(arrival.case_token for arrival in arrivals if arrival.case_token)
        self.addresses: dict[int, list[str]] = defaultdict(list)
        points = ContactPoint.objects.filter(customer__in=self.by_token.values()).order_by("id")
        for customer_id, value in points.values_list("customer_id", "value"):
            self.addresses[customer_id].append(value)

    @staticmethod
    def _of_tokens(tokens: Iterable[str]) -> dict[str, Customer]:
        # One link may come written in two ways: our marks are read in any case of their letters.
        references = {token: signer().case_of_page(token) for token in tokens}
        cases = Case.objects.filter(reference__in=references.values()).select_related("customer")
        owners = {case.reference: case.customer for case in cases}
        return {token: owners[reference] for token, reference in references.items() if reference in owners}

    def known(self) -> list[Customer]:
        return [*self.by_address.values(), *self.by_token.values(), *self.claimed.values()]

    def of(self, arrival: Arrival, *, forged: bool = False) -> Customer:
        found = self.known_as(arrival, forged=forged)
        return found or (self._pretend(arrival) if forged else self._make(arrival))

    def known_as(self, arrival: Arrival, *, forged: bool = False) -> Customer | None:
        """As `of`, but nobody is made."""
        if arrival.case_token:
            return self.by_token[arrival.case_token]
        if forged:
            return self.claimed.get(arrival.from_address)
        return self.by_address.get(arrival.from_address) or self.new.get(arrival.from_address)

    def _make(self, arrival: Arrival) -> Customer:
        customer = Customer(name=arrival.from_name[:NAME], language=arrival.language, known_since=self.now)
        self.new[arrival.from_address] = customer
        return customer

    def _pretend(self, arrival: Arrival) -> Customer:
        address = arrival.from_address
        customer = Customer(
            name=arrival.from_name[:NAME], language=arrival.language, known_since=self.now, claimed_address=address
        )
        self.claimed[address] = self.pretenders[address] = customer
        return customer

    def address_of(self, customer: Customer) -> str:
        """The first known address of a customer who wrote on his page, not by mail."""
        return next(iter(self.addresses.get(customer.pk, ())), "")

    def writes(self, customer: Customer, address: str) -> bool:
        """Whether the customer is known to write from the address."""
        if customer.claimed_address:
            return customer.claimed_address == address
        return self.new.get(address) is customer or self.by_address.get(address) == customer

    def save(self) -> None:
        insert([*self.new.values(), *self.pretenders.values()])
        points = [ContactPoint(customer=customer, value=address) for address, customer in self.new.items()]
        insert(points, numbered=False)
