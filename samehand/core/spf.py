"""Whether a domain lets a server send in its name: check_host of RFC 7208, without explanations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from samehand.core.names import Away, Names
from samehand.core.spf_terms import BadTerm, Term, expanded, terms

# The record may send us to other names so often (4.6.4), so often in vain, and to so many hosts of one name.
MAX_LOOKUPS, MAX_VOIDS, MAX_HOSTS = 10, 2, 10
RESULTS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
_DOMAIN = re.compile(r"(?=.{1,253}$)(?:[^.\s]{1,63}\.)+[^.\s]{1,63}")


class _Exhausted(Exception):
    """The record asks for more than a record may."""


def check_host(address: str, *, domain: str, sender: str, helo: str, names: Names) -> str:
    """ "pass", "fail", "softfail", "neutral", "none", "temperror" or "permerror" for a client with this IP address.
    `sender` is the address in MAIL FROM, or "postmaster@" its HELO name when that was empty."""
    ip = ip_address(address)
    asking = _Asking(getattr(ip, "ipv4_mapped", None) or ip, sender, helo, names)
    try:
        return asking.result_of(domain.lower().rstrip("."))
    except Away:
        return "temperror"
    except (_Exhausted, BadTerm):
        return "permerror"


@dataclass(slots=True)
class _Asking:
    """A walk through the records, and how far it has gone."""

    ip: IPv4Address | IPv6Address
    sender: str
    helo: str
    names: Names
    lookups: int = 0
    voids: int = 0

    def result_of(self, domain: str) -> str:
        if not _DOMAIN.fullmatch(domain):
            return "none"
        records = [text for text in self.names.texts(domain) if text[:7].lower() in ("v=spf1", "v=spf1 ")]
        if len(records) != 1:
            return "permerror" if records else "none"
        directives, redirect = terms(records[0])
        for term in directives:
            if self._matches(term, domain):
                return RESULTS[term.qualifier]
        return self._redirected(redirect, domain) if redirect else "neutral"

    def _redirected(self, redirect: str, domain: str) -> str:
        self._count()
        result = self.result_of(self._expand(redirect, domain))
        return "permerror" if result == "none" else result

    def _matches(self, term: Term, domain: str) -> bool:
        match term.mechanism:
            case "all":
                return True
            case "ip4" | "ip6":
                return self._is_within(term.value, term)
        self._count()
        target = self._expand(term.value, domain) if term.value else domain
        match term.mechanism:
            case "include":
                return self._is_included(target)
            case "a":
                return self._is_host(target, term)
            case "mx":
                return self._is_exchanger(target, term)
            case "exists":
                return bool(self._found(self.names.addresses(target, v6=False)))
        return any(_is_below(name, target) for name in self._own_names())

    def _is_included(self, target: str) -> bool:
        result = self.result_of(target)
        if result == "temperror":
            raise Away
        if result in ("none", "permerror"):
            raise BadTerm
        return result == "pass"

    def _is_host(self, name: str, term: Term) -> bool:
        return any(self._is_within(address, term) for address in self._found(self._addresses(name)))

    def _is_exchanger(self, name: str, term: Term) -> bool:
        exchangers = self._found(self.names.exchangers(name))
        if len(exchangers) > MAX_HOSTS:
            raise _Exhausted
        hosts = [address for exchanger in exchangers for address in self._addresses(exchanger)]
        return any(self._is_within(address, term) for address in hosts)

    def _is_within(self, address: str, term: Term) -> bool:
        is_four = ":" not in address
        if is_four != (self.ip.version == 4):
            return False
        try:
            return self.ip in ip_network(f"{address}/{term.bits4 if is_four else term.bits6}", strict=False)
        except ValueError:
            # What a name server gave as an address.
            return False

    def _own_names(self) -> Sequence[str]:
        """The client's names that lead back to it."""
        hosts = self._found(self.names.hosts(str(self.ip)))[:MAX_HOSTS]
        return [host for host in hosts if str(self.ip) in self._addresses(host)]

    def _addresses(self, name: str) -> Sequence[str]:
        return self.names.addresses(name, v6=self.ip.version == 6)

    def _expand(self, text: str, domain: str) -> str:
        letters = {
            "s": self.sender,
            "l": self.sender.rpartition("@")[0] or "postmaster",
            "o": self.sender.rpartition("@")[2],
            "d": domain,
            "i": _dotted(self.ip),
            "v": "in-addr" if self.ip.version == 4 else "ip6",
            "h": self.helo,
            # The client's own name: not to be used (7.2), and more lookups than it is worth.
            "p": "unknown",
        }
        return expanded(text, letters)

    def _count(self) -> None:
        self.lookups += 1
        if self.lookups > MAX_LOOKUPS:
            raise _Exhausted

    def _found(self, answer: Sequence[str]) -> Sequence[str]:
        self.voids += not answer
        if self.voids > MAX_VOIDS:
            raise _Exhausted
        return answer


def _dotted(ip: IPv4Address | IPv6Address) -> str:
    return str(ip) if ip.version == 4 else ".".join(ip.exploded.replace(":", ""))


def _is_below(name: str, target: str) -> bool:
    name, target = name.lower().rstrip("."), target.lower().rstrip(".")
    return name == target or name.endswith(f".{target}")
