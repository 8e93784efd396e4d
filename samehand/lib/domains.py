"""Who registered a domain: by the public suffix list, "wp.pl" of "poczta.wp.pl" and "sklep.com.pl" of itself."""

from __future__ import annotations

from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList


@lru_cache(maxsize=10_000)
def organization(domain: str) -> str:
    """The registered domain; "" of a public suffix itself, of an IP address and of a host without a dot."""
    labels = domain.lower().strip(".").split(".")
    # Nobody's domain is deeper, and the list is asked once for each label.
    short = ".".join(labels[-8:])
    is_number = short.startswith("[") or labels[-1].isdigit()
    return "" if is_number else _list().privatesuffix(short) or ""


@cache
def _list() -> PublicSuffixList:
    # Read when it is first needed: a tenth of a second and some megabytes.
    return PublicSuffixList()
