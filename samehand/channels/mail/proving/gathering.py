"""The evidence about a mail's writer, as it can be had at its receipt and never again.

What a host that we name has found out is taken from it. Else we look ourselves: only at signatures of the writer's own
domain, and at the server only when it is the one that brought the mail to us. No name is asked for twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from ipaddress import ip_address
from typing import Protocol

from samehand.channels.mail.proving.heads import Head
from samehand.channels.mail.proving.seals import sealed
from samehand.channels.mail.proving.signatures import Signature, signature, verified
from samehand.channels.mail.proving.words import told, warned
from samehand.channels.mail.reading.senders import Sender, sender_of
from samehand.core.dmarc import policy
from samehand.core.names import Away, Names
from samehand.core.spf import check_host
from samehand.core.trust import NOTHING, Check, Evidence, Policy, verdict
from samehand.lib.domains import organization

MAX_READ, MAX_SIGNATURES = 20, 3


@dataclass(frozen=True, slots=True)
class Client:
    """The server that brought the mail to our own door, and what it said there."""

    address: str
    helo: str = ""
    mail_from: str = ""

    @property
    def is_of_the_world(self) -> bool:
        """Whether its address can be the true one: behind a proxy all come from one address inside."""
        return ip_address(self.address).is_global


@dataclass(frozen=True, slots=True)
class Hosts:
    """Whose words count: hosts (Authentication-Results) and sealers (ARC), by name."""

    authserv: Sequence[str] = ()
    sealers: Sequence[str] = ()


class Remembering(Names, Protocol):
    def remembers(self, name: str) -> Sequence[str] | None:
        """The TXT records when they are at hand; None when somebody must be asked. Raises Away."""


class Inquiry:
    """One mail while its writer is looked for."""

    def __init__(
        self, mail: bytes, names: Remembering, *, now: float, hosts: Hosts, client: Client | None = None
    ) -> None:
        """`client` is None when the mail came through a hand that we trust: then its hosts' words count. `now` in
        seconds since 1970."""
        self.mail, self.names, self.now, self.hosts, self.client = mail, names, now, hosts, client
        self.head = Head(mail)
        self.domain = self.head.plain_domain() or self.writer.address.rpartition("@")[2]
        self.signatures = self._own_signatures()

    @cached_property
    def writer(self) -> Sender:
        return sender_of(self.head.senders())

    def heard(self) -> Evidence:
        """What others found out when the mail came, long ago."""
        return self._heard() or self._warned()

    def at_once(self) -> Evidence | None:
        """The evidence when nobody has to be asked for it; None when it takes its time."""
        if self.client or self._has_seals():
            return None
        return self._heard() or self._remembered()

    def in_full(self) -> Evidence:
        """All the evidence; asks for names, and reads the whole body when a key is there."""
        found = self._heard() or self._looked()
        if self._has_seals() and not self._is_proven(found):
            found = self._with_seals(found)
        return found

    def _own_signatures(self) -> list[Signature]:
        """Those of the writer's own domain; others could not prove him, and would make us ask for any name."""
        found = [signature(field) for field in self.head.all(b"dkim-signature")[:MAX_READ]]
        own = [one for one in found if one and self._is_own(one.domain)]
        return sorted(own, key=lambda one: one.domain != self.domain)[:MAX_SIGNATURES] if len(own) > 1 else own

    def _is_own(self, domain: str) -> bool:
        return domain == self.domain or organization(domain) == organization(self.domain) != ""

    def _heard(self) -> Evidence | None:
        return told(self.head.fields, self.hosts.authserv) if not self.client and self.hosts.authserv else None

    def _warned(self) -> Evidence:
        return NOTHING if self.client else warned(self.head.fields, self.domain) or NOTHING

    def _remembered(self) -> Evidence | None:
        """Signatures whose key is known to be missing or out of reach: most of what a flood brings."""
        silent: list[Check] = []
        for one in self.signatures:
            try:
                known = self.names.remembers(one.key_name)
            except Away:
                silent.append(Check("temperror", one.domain))
                continue
            if known is None or known:
                return None
        warned = self._warned()
        return replace(warned, dkim=tuple(silent)) if silent else warned

    def _looked(self) -> Evidence:
        checks = tuple(self._checked(one) for one in self.signatures)
        found = replace(self._warned(), dkim=checks)
        passed = [check.domain for check in checks if check.result == "pass"]
        if self.domain in passed:
            return found
        if passed or self.client:
            found = replace(found, policy=self._policy() or found.policy)
        return replace(found, spf=self._sent()) if self.client else found

    def _checked(self, one: Signature) -> Check:
        try:
            return Check(verified(one, self.head, self.mail, self.names, now=self.now), one.domain)
        except Away:
            return Check("temperror", one.domain)

    def _policy(self) -> Policy | None:
        """A domain that cannot be asked refuses nothing."""
        try:
            return policy(self.domain, self.names, organization) if self.domain else None
        except Away:
            return None

    def _sent(self) -> Check:
        """SPF, when it can speak for the domain in From: of other domains it would prove nothing."""
        assert self.client
        domain = self.client.mail_from.rpartition("@")[2] or self.client.helo
        if not self.client.is_of_the_world:
            return Check()
        if not self._is_own(domain):
            return Check("none", domain)
        sender = self.client.mail_from or f"postmaster@{domain}"
        found = check_host(self.client.address, domain=domain, sender=sender, helo=self.client.helo, names=self.names)
        return Check(found, domain)

    def _has_seals(self) -> bool:
        return bool(self.hosts.sealers) and any(field.name == b"arc-seal" for field in self.head.fields)

    def _is_proven(self, found: Evidence) -> bool:
        return verdict(found, f"x@{self.domain}", organization=organization).level == "proven"

    def _with_seals(self, found: Evidence) -> Evidence:
        try:
            check, sealer = sealed(self.head, self.mail, self.hosts.sealers, self.names, self.domain)
        except Away:
            return found
        return replace(found, arc=check, sealer=sealer)
