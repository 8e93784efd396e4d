"""Who really wrote: what speaks for a writer and against him, weighed into a verdict with its reason.

The evidence is gathered where a mail comes in, because keys change and only the moment of receipt proves anything; here
it is only weighed. Nothing counts that does not speak of the very domain that the reader sees in From.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Level = Literal["", "proven", "token", "unproven", "forged"]
Organization = Callable[[str], str]
# Levels of a writer who is surely who he says he is.
SURE = ("proven", "token")

# What a domain asks to be done with mail that is not its own; "none" asks for nothing.
REFUSING = ("quarantine", "reject")
# More than one writer stands in the mail: there is nobody whom anything could prove.
SEVERAL = "several"
# The mail names its writer more than once, as a group, or not at all.
UNCLEAR = ("repeated", "group", "no_from")


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check ("pass", "fail", "softfail", "neutral", "none", "temperror", "permerror"; "": not made)
    and the domain of which it speaks."""

    result: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the writer's domain publishes about mail in its name (DMARC)."""

    asks: str = "none"
    strict_dkim: bool = False
    strict_spf: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found at the receipt. `dmarc` is the word of the host `by` that we name, about the domain in From; `arc`
    the word of the `sealer` whom we name, who had the mail in hand before us."""

    spf: Check = Check()
    dkim: tuple[Check, ...] = ()
    policy: Policy | None = None
    dmarc: Check = Check()
    arc: Check = Check()
    sealer: str = ""
    by: str = ""

    def as_row(self) -> dict[str, Any]:
        """What is kept beside the mail: only what says something."""
        if self is NOTHING:
            return {}
        empty = asdict(NOTHING)
        return {name: value for name, value in asdict(self).items() if value != empty[name]}

    @classmethod
    def of(cls, row: Mapping[str, Any] | None) -> Evidence:
        if not row:
            return NOTHING
        return cls(
            spf=_check(row.get("spf")),
            dkim=tuple(_check(one) for one in row.get("dkim", ())),
            policy=Policy(**row["policy"]) if row.get("policy") else None,
            dmarc=_check(row.get("dmarc")),
            arc=_check(row.get("arc")),
            sealer=row.get("sealer", ""),
            by=row.get("by", ""),
        )


def _check(row: Mapping[str, str] | None) -> Check:
    return Check(**row) if row else Check()


NOTHING = Evidence()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is a word that the screens put into sentences, `about` the domain or host that it speaks of."""

    level: Level = ""
    reason: str = ""
    about: str = ""

    @property
    def known(self) -> bool:
        """Whether the writer is surely who he says he is."""
        return self.level in SURE

    def as_text(self) -> str:
        return f"{self.reason}:{self.about}" if self.about else self.reason


SILENT = Verdict("unproven", "silent")
ON_THE_PAGE = Verdict("token", "page")
CLAIMED = Verdict("unproven", "claimed")


def parted(text: str) -> tuple[str, str]:
    """Reason and domain of a verdict that was kept as text."""
    reason, _colon, about = text.partition(":")
    return reason, about


def verdict(
    evidence: Evidence, address: str, *, doubt: str = "", insider: bool = False, organization: Organization
) -> Verdict:
    """Who the writer that calls himself `address` is. `doubt` names what is odd with his From; an `insider` is one of
    us, who does not write from outside unless it is proven; `organization` gives the domain that somebody registered
    ("wp.pl" of "poczta.wp.pl"), "" when there is none."""
    domain = address.rpartition("@")[2]
    if doubt == SEVERAL:
        return Verdict("forged", SEVERAL)
    fits = _Fits(domain, organization, evidence.policy or Policy())
    proof = None if doubt or not domain else _proof(evidence, fits)
    if proof or (not insider and evidence is NOTHING and not doubt):
        return proof or SILENT
    if insider:
        return Verdict("forged", "insider", domain)
    return _accusation(evidence, fits) or _why_not(evidence, fits, doubt)


def backed(found: Verdict, by: str) -> Verdict:
    """A signed mark that came back from the case's own customer speaks for him where nothing else does; against a
    domain that disowns the mail it is worth nothing, because marks are seen by whoever gets a copy. Nor does it help a
    mail that does not plainly say who wrote it."""
    return Verdict("token", by) if found.level == "unproven" and found.reason not in UNCLEAR else found


@dataclass(frozen=True, slots=True)
class _Fits:
    """Which domains may speak for the one in From: itself, and unless it is strict those of the same owner."""

    domain: str
    organization: Organization
    policy: Policy

    def dkim(self, other: str) -> bool:
        return self._fits(other, strict=self.policy.strict_dkim)

    def spf(self, other: str) -> bool:
        return self._fits(other, strict=self.policy.strict_spf)

    def owner(self, other: str) -> bool:
        return self._fits(other, strict=False)

    def _fits(self, other: str, *, strict: bool) -> bool:
        if not other or strict or other == self.domain:
            return bool(other) and other == self.domain
        return self.organization(other) == self.organization(self.domain) != ""


def _proof(evidence: Evidence, fits: _Fits) -> Verdict | None:
    for check in evidence.dkim:
        if check.result == "pass" and fits.dkim(check.domain):
            return Verdict("proven", "signed", check.domain)
    if evidence.spf.result == "pass" and fits.spf(evidence.spf.domain):
        return Verdict("proven", "sent", evidence.spf.domain)
    if evidence.dmarc.result == "pass" and fits.owner(evidence.dmarc.domain):
        return Verdict("proven", "told", evidence.by)
    if evidence.arc.result == "pass" and fits.owner(evidence.arc.domain):
        return Verdict("proven", "sealed", evidence.sealer)
    return None


def _accusation(evidence: Evidence, fits: _Fits) -> Verdict | None:
    """The domain itself says that the mail is not its own. Where a check could not be made, nobody is accused."""
    asks = evidence.policy.asks if evidence.policy else ""
    if evidence.dmarc.result == "fail" and fits.owner(evidence.dmarc.domain) and asks != "none":
        return Verdict("forged", "disowned", fits.domain)
    if _could_not_be_asked(evidence, fits):
        return None
    if evidence.spf.result and asks in REFUSING:
        return Verdict("forged", "disowned", fits.domain)
    if evidence.spf.result == "fail" and fits.spf(evidence.spf.domain):
        return Verdict("forged", "not_its_server", evidence.spf.domain)
    return None


def _why_not(evidence: Evidence, fits: _Fits, doubt: str) -> Verdict:
    """Nothing speaks surely for or against the writer: what comes nearest to a reason."""
    if doubt:
        return Verdict("unproven", doubt)
    if _could_not_be_asked(evidence, fits):
        return Verdict("unproven", "away", fits.domain)
    if any(check.result == "fail" and fits.dkim(check.domain) for check in evidence.dkim):
        return Verdict("unproven", "broken", fits.domain)
    other = next((check.domain for check in (*evidence.dkim, evidence.spf) if check.result == "pass"), "")
    if other:
        return Verdict("unproven", "other", other)
    return SILENT


def _could_not_be_asked(evidence: Evidence, fits: _Fits) -> bool:
    """Only the writer's own domain counts: a forger would name one whose servers never answer."""
    signed = any(check.result == "temperror" and fits.dkim(check.domain) for check in evidence.dkim)
    sent = evidence.spf.result == "temperror" and fits.spf(evidence.spf.domain)
    return signed or sent or (evidence.dmarc.result == "temperror" and fits.owner(evidence.dmarc.domain))
