"""What each way in knows about the writer of a mail, as it is kept beside the mail's bytes."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from ipaddress import ip_address
from typing import Any

import structlog
from django.conf import settings

from samehand.channels.mail.dns import names
from samehand.channels.mail.proving import Client, Hosts, Inquiry
from samehand.core import trust
from samehand.core.trust import Check, Evidence
from samehand.lib.clock import now
from samehand.lib.domains import organization

# A door waits so long before it goes on without an answer; the mail itself never waits for it to be kept.
PATIENCE = 5.0
_RESULTS = re.compile(rb"^authentication-results[ \t]*:", re.IGNORECASE | re.MULTILINE)
_END_OF_HEAD = re.compile(rb"\n\r?\n")
log = structlog.get_logger()
Kept = dict[str, Any]


@cache
def _lookers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=8, thread_name_prefix="evidence")


def inquiry(raw: bytes, client: Client | None = None) -> Inquiry:
    return Inquiry(raw, names(), now=now().timestamp(), hosts=_hosts(), client=client)


def _hosts() -> Hosts:
    return Hosts(authserv=settings.AUTHSERV, sealers=settings.ARC_SEALERS)


def stranger(peer: object, helo: str, mail_from: str) -> Client | None:
    """The server at our own door; None for one that we trust to have looked, and for a door without addresses."""
    host = str(peer[0]).partition("%")[0] if isinstance(peer, tuple | list) and peer else ""
    try:
        address = ip_address(host)
    except ValueError:
        return None
    address = getattr(address, "ipv4_mapped", None) or address
    if any(address in network for network in settings.TRUSTED_RELAYS if network.version == address.version):
        return None
    return Client(str(address), helo.lower(), mail_from.lower())


async def at_the_door(raw: bytes, client: Client | None) -> Kept:
    """The evidence for one mail; other connections go on while names are asked for."""
    asked = inquiry(raw, client)
    found = asked.at_once()
    if found is None:
        looking = asyncio.get_running_loop().run_in_executor(_lookers(), asked.in_full)
        try:
            found = await asyncio.wait_for(looking, PATIENCE)
        except TimeoutError:
            log.info("evidence took too long")
            found = Evidence(dkim=(Check("temperror", asked.domain),))
    return kept(found)


def of_a_beginning(found: Kept) -> Kept:
    """A signature over a body that we do not have whole can neither hold nor fail."""
    row = found.get("auth", {})
    if "dkim" not in row:
        return found
    open_ones = [{**one, "result": "temperror"} if one["result"] == "fail" else one for one in row["dkim"]]
    return {**found, "auth": {**row, "dkim": open_ones}}


def in_the_mailbox(raw: bytes) -> Kept:
    """The evidence for a mail of a watched mailbox: its provider's word, if we name him."""
    return kept(inquiry(raw).in_full())


def of_an_archive(raw: bytes) -> Kept:
    """What the mail itself says of its receipt: keys and servers have changed since."""
    end = _END_OF_HEAD.search(raw)
    said = _RESULTS.search(raw, 0, end.start() if end else len(raw))
    return kept(inquiry(raw).heard()) if said else {}


def kept(found: Evidence) -> Kept:
    row = found.as_row()
    return {"auth": row} if row else {}


def judge(raw: bytes, client: Client | None) -> dict[str, Any]:
    """The evidence that can be had now, and the verdict over a writer of whom nobody knows anything else."""
    asked = inquiry(raw, client)
    found, writer = asked.in_full(), asked.writer
    verdict = trust.verdict(found, writer.address, doubt=writer.doubt, organization=organization)
    return {
        "from": writer.address,
        "doubt": writer.doubt,
        "evidence": found.as_row(),
        "verdict": {"level": verdict.level, "reason": verdict.reason, "about": verdict.about},
    }
