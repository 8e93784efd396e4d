"""What a domain publishes about mail in its name (RFC 7489)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samehand.core.names import Names
from samehand.core.trust import REFUSING, Organization, Policy

_RECORD = re.compile(r"\s*v\s*=\s*DMARC1\s*(?:;|$)")
MAX_RECORD = 4_000


def policy(domain: str, names: Names, organization: Organization) -> Policy | None:
    """The domain's own record, else that of its owner; None when neither publishes one. Raises Away."""
    record = published(domain, names, organization)
    return _policy(record) if record else None


def published(domain: str, names: Names, organization: Organization) -> dict[str, str]:
    """The tags of the record that counts for the domain, "p" as it counts for it; empty without one. Raises Away."""
    if own := _record(names.texts(f"_dmarc.{domain}")):
        return own
    owner = organization(domain)
    if not owner or owner == domain:
        return {}
    above = _record(names.texts(f"_dmarc.{owner}"))
    return above | {"p": above.get("sp") or above.get("p", "")} if above else {}


def _record(texts: Sequence[str]) -> dict[str, str]:
    """The tags of the only record; several are none."""
    found = [text for text in texts if _RECORD.match(text[:MAX_RECORD])]
    if len(found) != 1:
        return {}
    tags = (tag.partition("=") for tag in found[0][:MAX_RECORD].split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _, value in tags}


def _policy(record: dict[str, str]) -> Policy:
    # Without a policy that can be understood the domain only wants reports (6.6.3).
    asks = record["p"] if record.get("p") in REFUSING else "none"
    if record.get("pct") == "0":
        # To none of its mail: one step less is asked for (6.6.4). We throw no dice for the shares between.
        asks = {"reject": "quarantine"}.get(asks, "none")
    return Policy(asks, strict_dkim=record.get("adkim") == "s", strict_spf=record.get("aspf") == "s")
