"""Whether other servers will believe our mail: what the domain publishes, each in words and with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from samehand.channels.mail.dns import names
from samehand.channels.mail.models import DkimKey
from samehand.channels.mail.relays import relay, relay_of
from samehand.channels.mail.signing.keys import with_domains_above, zone_line
from samehand.core.dmarc import published
from samehand.core.names import Away, Names
from samehand.core.spf import check_host
from samehand.lib.domains import organization

Kind = Literal["well", "care", "trouble"]
# Of the networks for examples: nobody sends from it, so it is never what a record names on purpose.
NOBODY = "203.0.113.77"


@dataclass(frozen=True, slots=True)
class Found:
    """`about` is "MX", "SPF", "DKIM", "DMARC" or "PTR"; `to_do` is empty when nothing has to be done."""

    about: str
    kind: Kind
    words: str
    to_do: str = ""


def check(domain: str, dns: Names, *, keys: Sequence[DkimKey], host: str) -> list[Found]:
    """All that counts for mail from the domain. `host` is where our mail is given to, blank when none is set."""
    found: list[Found] = []
    for about, look in (
        ("MX", _exchangers(domain, dns)),
        ("SPF", _spf(domain, dns, host)),
        ("DKIM", _dkim(domain, dns, keys)),
        ("DMARC", _dmarc(domain, dns, keys)),
        ("PTR", _reverse(dns, host)),
    ):
        try:
            found += look
        except Away:
            words = _("The servers of the domain's names do not answer now.")
            found.append(Found(about, "care", words, _("Check again in a while.")))
    return found


def checked(domain: str, address: str) -> list[Found]:
    """The check of a domain as the house stands: with its keys, and the relay of mail from the address."""
    url = relay_of(address)
    keys = DkimKey.objects.filter(domain__in=with_domains_above(domain), in_use=True)
    return check(domain, names(), keys=list(keys), host=relay(url).host if url else "")


def _exchangers(domain: str, dns: Names) -> Iterator[Found]:
    if servers := dns.exchangers(domain):
        yield Found("MX", "well", _("Mail for it is taken by %(servers)s.") % {"servers": ", ".join(servers)})
    elif dns.addresses(domain, v6=False) or dns.addresses(domain, v6=True):
        yield Found("MX", "care", _("No MX record: mail goes to the web server's address."), _("Publish an MX record."))
    else:
        words = _("No server takes mail for it: answers and bounces cannot come back.")
        yield Found("MX", "trouble", words, _("Publish an MX record that leads to us or to a mailbox that we watch."))


def _spf(domain: str, dns: Names, host: str) -> Iterator[Found]:
    records = [text for text in dns.texts(domain) if text[:7].lower() in ("v=spf1", "v=spf1 ")]
    if len(records) != 1:
        words = _("It has several SPF records, which counts as none.") if records else _("It has no SPF record.")
        yield Found("SPF", "trouble", words, _("Publish one TXT record, for example: v=spf1 mx -all"))
        return
    yield from _spf_record(domain, dns, records[0])
    for address in _addresses(dns, host):
        result = check_host(address, domain=domain, sender=f"postmaster@{domain}", helo=host, names=dns)
        given = {"relay": host, "address": address}
        if result == "pass":
            yield Found("SPF", "well", _("It lets our relay %(relay)s (%(address)s) send.") % given)
        else:
            words = _("It does not name our relay %(relay)s (%(address)s).") % given
            to_do = _("Add the relay's include or address, unless it sends from other addresses than this one.")
            yield Found("SPF", "care", words, to_do)


def _spf_record(domain: str, dns: Names, record: str) -> Iterator[Found]:
    result = check_host(NOBODY, domain=domain, sender=f"postmaster@{domain}", helo=domain, names=dns)
    if result == "permerror":
        words = _("Its SPF record cannot be followed: a mistake in it, or more than ten lookups.")
        yield Found("SPF", "trouble", words, _("Shorten it: %(record)s") % {"record": record[:300]})
    elif result == "pass":
        words = _("Its SPF record lets the whole world send in its name.")
        yield Found("SPF", "trouble", words, _("Replace +all at its end by ~all or -all."))
    elif result in ("neutral", "none"):
        words = _("Its SPF record says nothing of other servers.")
        yield Found("SPF", "care", words, _("End it with ~all or -all."))
    elif result == "temperror":
        raise Away(domain)
    else:
        yield Found("SPF", "well", _("Its SPF record can be followed, and other servers are not let in."))


def _dkim(domain: str, dns: Names, keys: Sequence[DkimKey]) -> Iterator[Found]:
    if not keys:
        words = _("Our mail is not signed.")
        yield Found("DKIM", "trouble", words, _("Make a key: samehand mail dkim new %(domain)s") % {"domain": domain})
    for key in keys:
        published = _tags("".join(dns.texts(key.name)[:1]))
        given = {"name": key.name}
        to_do = _("Publish: %(line)s") % {"line": zone_line(key)}
        if not published.get("p"):
            yield Found("DKIM", "trouble", _("The key %(name)s is not published.") % given, to_do)
        elif published["p"] != key.public:
            yield Found("DKIM", "trouble", _("Under %(name)s another key is published than ours.") % given, to_do)
        else:
            yield Found("DKIM", "well", _("Our key %(name)s is published.") % given)


def _dmarc(domain: str, dns: Names, keys: Sequence[DkimKey]) -> Iterator[Found]:
    owner = organization(domain) or domain
    record = published(domain, dns, organization)
    if not record:
        line = f'_dmarc.{owner}. IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@{owner}"'
        yield Found("DMARC", "trouble", _("It has no DMARC record."), _("Publish: %(line)s") % {"line": line})
        return
    yield from _dmarc_policy(record)
    if record.get("adkim") == "s" and keys and all(key.domain != domain for key in keys):
        words = _("It wants signatures of the very domain, and ours is of %(domain)s.") % {"domain": keys[0].domain}
        yield Found("DMARC", "trouble", words, _("Make a key: samehand mail dkim new %(domain)s") % {"domain": domain})


def _dmarc_policy(record: dict[str, str]) -> Iterator[Found]:
    policy = record.get("p", "")
    if policy in ("quarantine", "reject"):
        yield Found("DMARC", "well", _("Forged mail in its name is refused (p=%(policy)s).") % {"policy": policy})
    else:
        words = _("Forged mail in its name is only counted (p=none).")
        yield Found("DMARC", "care", words, _("When the reports show that all our mail passes, set p=quarantine."))
    if "rua" not in record:
        yield Found("DMARC", "care", _("Nobody gets the reports."), _("Add rua=mailto:… to the record."))


def _reverse(dns: Names, host: str) -> Iterator[Found]:
    for address in _addresses(dns, host):
        hosts = dns.hosts(address)
        given = {"address": address, "hosts": ", ".join(hosts)}
        if hosts:
            yield Found("PTR", "well", _("The relay's address %(address)s is called %(hosts)s.") % given)
        else:
            words = _("The relay's address %(address)s has no name.") % given
            yield Found("PTR", "care", words, _("Ask whoever owns the address for a PTR record."))


def _addresses(dns: Names, host: str) -> list[str]:
    if not host or host == "localhost":
        return []
    if re.fullmatch(r"[0-9.]+|[0-9a-f:]*:[0-9a-f:.]*", host):
        return [host]
    return [*dns.addresses(host, v6=False), *dns.addresses(host, v6=True)]


def _tags(record: str) -> dict[str, str]:
    pairs = (tag.partition("=") for tag in record.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _sign, value in pairs}
