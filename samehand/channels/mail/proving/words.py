"""What other hosts say of a mail: Authentication-Results (RFC 8601), of those that we name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from ipaddress import ip_address

from samehand.channels.mail.proving.heads import Field
from samehand.channels.mail.reading.addresses import ascii_domain
from samehand.core.trust import Check, Evidence, Policy

MAX_FIELD, MAX_RESULTS, MAX_FIELDS = 20_000, 50, 20
CHECKS = frozenset(("spf", "dkim", "dmarc"))
_PIECE = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[();]|[^"();\\]++|\\.?', re.DOTALL)
_METHOD = re.compile(r"\s*([a-z0-9-]{1,30})(?:/\d{1,3})?\s*=\s*([a-z]{1,20})", re.IGNORECASE)
_PROPERTY = re.compile(r"\b((?:header|smtp|policy)\.[a-z0-9_-]{1,40})\s*=\s*\"?([^\s\";]{1,320})", re.IGNORECASE)
_ASKS = re.compile(r"\bp=([a-z]{4,10})", re.IGNORECASE)
_BY = re.compile(rb"(?:^|\s)by\s+([^\s;()]{1,255})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """ "dkim=pass (remark) header.d=wp.pl"."""

    method: str
    result: str
    properties: dict[str, str]
    remark: str

    def domain(self, *names: str) -> str:
        said = next((self.properties[name] for name in names if name in self.properties), "")
        return ascii_domain(said.rpartition("@")[2]).lower()


@dataclass(frozen=True, slots=True)
class Words:
    host: str
    results: list[Result]


def words(text: str) -> Words:
    """One field's value; remarks in brackets belong to the result that they stand beside."""
    parts = list(_parts(text[:MAX_FIELD]))[: MAX_RESULTS + 1]
    host = (parts[0][0].split() or [""])[0].strip('"').lower() if parts else ""
    found = [(_METHOD.match(said), said, remark) for said, remark in parts[1:]]
    return Words(
        host,
        [
            Result(
                method=method[1].lower(),
                result=method[2].lower(),
                properties={name.lower(): value for name, value in _PROPERTY.findall(said)},
                remark=remark,
            )
            for method, said, remark in found
            if method
        ],
    )


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """What stands between semicolons, and apart from it the remarks."""
    said: list[str] = []
    remark: list[str] = []
    depth = 0
    for piece in _PIECE.findall(text):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif depth:
            remark.append(piece)
        elif piece == ";":
            yield "".join(said), " ".join(remark)
            said, remark = [], []
        else:
            said.append(piece)
    yield "".join(said), " ".join(remark)


def told(fields: Sequence[Field], named: Sequence[str]) -> Evidence | None:
    """What the hosts that we name found out; None when they say nothing. Each check counts as their topmost word has
    it, and nothing below the first server that is not one of them, nor below the next server once they have spoken:
    there the writer himself may have put it."""
    said: dict[str, list[Result]] = {}
    host = ""
    for heard in _ours(fields, named):
        host = host or heard.host
        fresh: dict[str, list[Result]] = {}
        for result in heard.results:
            fresh.setdefault(result.method, []).append(result)
        said = fresh | said
    return _evidence(said, host) if said.keys() & CHECKS else None


def warned(fields: Sequence[Field], domain: str) -> Evidence | None:
    """A bad word needs no name: nobody forges one about himself. Only the topmost counts, of the last server."""
    top = next((field for field in fields[:50] if field.name == b"authentication-results"), None)
    if not top or sum(field.name == b"received" for field in fields[: fields.index(top)]) > 1:
        return None
    heard = words(_text(top))
    bad = [one for one in heard.results if (one.method, one.result) == ("dmarc", "fail")]
    if not bad or bad[0].domain("header.from") != domain:
        return None
    return _evidence({"dmarc": bad}, heard.host)


def _ours(fields: Sequence[Field], named: Sequence[str]) -> Iterator[Words]:
    left, spoken = MAX_FIELDS, False
    for field in fields:
        if field.name == b"received" and (spoken or not _is_ours(field, named)):
            return
        if field.name == b"authentication-results" and left:
            left -= 1
            heard = words(_text(field))
            if is_named(heard.host, named):
                spoken = spoken or any(result.method in CHECKS for result in heard.results)
                yield heard


def _is_ours(received: Field, named: Sequence[str]) -> bool:
    """A host that we name took it in, or one without a name: machines inside of a provider."""
    by = _BY.search(received.value[:2_000])
    host = by[1].decode("ascii", "replace").lower().strip("[]") if by else ""
    return is_named(host, named) or "." not in host or _is_number(host)


def _is_number(host: str) -> bool:
    try:
        return bool(ip_address(host.removeprefix("ipv6:")))
    except ValueError:
        return False


def is_named(host: str, named: Sequence[str]) -> bool:
    return bool(host) and any(fnmatchcase(host, name.lower()) for name in named)


def _text(field: Field) -> str:
    return field.value[:MAX_FIELD].decode("utf-8", "replace").replace("\r", "").replace("\n", "")


def _evidence(said: dict[str, list[Result]], host: str) -> Evidence:
    spf, dmarc = (next(iter(said.get(method, ())), None) for method in ("spf", "dmarc"))
    asks = _ASKS.search(dmarc.remark) if dmarc else None
    return Evidence(
        spf=Check(spf.result, spf.domain("smtp.mailfrom", "smtp.helo")) if spf else Check(),
        dkim=tuple(Check(one.result, one.domain("header.d", "header.i")) for one in said.get("dkim", ())[:10]),
        dmarc=Check(dmarc.result, dmarc.domain("header.from")) if dmarc else Check(),
        policy=Policy(asks[1].lower()) if asks and asks[1].lower() in ("none", "quarantine", "reject") else None,
        by=host[:255],
    )
