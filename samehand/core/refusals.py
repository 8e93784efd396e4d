"""Why a mail did not arrive, from the words of servers: RFC 3463 codes first, then SMTP's, then what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Reason = Literal["no_such_user", "disabled", "mailbox_full", "no_such_domain", "too_large", "policy", "unreachable", ""]

# So often within so many days, and an address that was refused for good is taken for a dead one.
STRIKES, WITHIN = 2, timedelta(days=30)
_STATUS = re.compile(r"(?<![0-9.])([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9.])")
_CODE = re.compile(r"(?<![0-9.#-])([45])[0-9]{2}(?= |-[^0-9\s]|$)")
_BY_STATUS: dict[str, Reason] = {
    "1.1": "no_such_user",
    "1.3": "no_such_user",
    "1.6": "no_such_user",
    "1.10": "no_such_user",
    "1.2": "no_such_domain",
    "2.1": "disabled",
    "2.2": "mailbox_full",
    "2.3": "too_large",
    "3.4": "too_large",
    "4.1": "unreachable",
    "4.2": "unreachable",
    "4.4": "no_such_domain",
    "4.7": "unreachable",
}
# In the order in which they decide: "mailbox unavailable: quota exceeded" is a full one.
_BY_WORDS: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    (
        "mailbox_full",
        re.compile(
            r"(?:box|folder)(?: is)? full|too many messages|exceed\w* (?:\w++ ){0,3}(?:size|disk space)|"
            r"over ?quota|quota (?:exceeded|violation)|exceed\w* (?:\w++ ){0,3}(?:quota|storage)|"
            r"(?:insufficient|not enough|out of) (?:\w++ ){0,2}(?:space|storage)|"
            r"skrzynka (?:\w++ ){0,3}(?:pełna|przepełniona)|przekroczon\w+ (?:\w++ ){0,2}(?:limit|pojemno)|"
            r"brak miejsca|full mailbox|too much mail|inbox is full"
        ),
    ),
    (
        "disabled",
        re.compile(
            r"(?:account|mailbox|user)(?: \S++){0,4} (?:is |has been |was )?(?:disabled|inactive|suspended|"
            r"blocked|deactivated|closed|locked)|"
            r"(?:disabled|inactive|suspended|deactivated) (?:account|mailbox|user)|"
            r"konto (?:\w++ ){0,3}(?:zablokowane|nieaktywne|zawieszone)"
        ),
    ),
    (
        "no_such_domain",
        re.compile(
            r"(?:host|domain)(?: \S++){0,3} (?:unknown|not found|does not exist|isn't valid)|"
            r"unknown (?:host|domain)|couldn't find any host|no such (?:host|domain)|bad destination host|"
            r"name (?:server|service) error|unrouteable|allowed rcpthosts|use me|no route to host|"
            r"domena (?:\S++ ){0,3}nie istnieje|nxdomain|name or service not known"
        ),
    ),
    (
        "no_such_user",
        re.compile(
            r"(?:user|address|recipient|rcpt|mailbox|account|alias|name)(?: \S++){0,5} (?:is |"
            r"was )?(?:unknown|not found|does not exist|doesn't exist|no longer (?:exists|available|on server|"
            r"valid)|not (?:a known|known|listed|valid|exist|recogni\w+)|invalid|rejected)|"
            r"(?:unknown|no such|invalid|bad|nonexistent|non-existent) (?:\S++ ){0,2}(?:user|address|"
            r"recipient|mailbox|account|local)|user doesn't have|no mailbox (?:here )?by that name|"
            r"not our customer|not a known user|badrcptto|bad_recipient|mailbox not found|recipient no longer|"
            r"isn't in my list|no valid recipients|"
            r"(?:użytkownik|skrzynka|konto|odbiorca|adres)(?: \S++){0,4} nie istnieje|nie ma takiego|"
            r"nieznany (?:użytkownik|odbiorca|adres)|did not exactly match|not a valid (?:user|mailbox)|"
            r"sorry y\S+ \S+ (?:\S++ ){0,3}(?:account|user)|address(?:ee)? unknown"
        ),
    ),
    ("too_large", re.compile(r"(?:message|size)(?: \S++){0,4} (?:too (?:large|big)|exceeds)|za duż[ay]|zbyt duż[ay]")),
    (
        "policy",
        re.compile(
            r"spam|blacklist|block ?list|rejected for policy|policy|reputation|dmarc|spf|not authorized|denied|"
            r"refused|blocked|prohibited|not allowed|unsolicited|reject|content (?:rejected|filter)|virus|odrzucon"
        ),
    ),
    (
        "unreachable",
        re.compile(
            r"timed? ?out|connection (?:refused|reset|lost)|could not connect|retry time|too long|unreachable"
        ),
    ),
)  # fmt: skip
_READS = 2_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """`hard`: the address itself will not take mail later either."""

    hard: bool
    reason: Reason


def understood(words: str, status: str = "", *, final: bool = True) -> Refusal:
    """What a server meant. `status` is a report's own code; `final` says that nobody tries any longer."""
    words = words[:_READS].lower()
    code = _STATUS.search(status) or _STATUS.search(words)
    reason = _reason(code, words)
    if code and code[1] != "2":
        return Refusal(final and code[1] == "5", reason)
    plain = _CODE.search(words)
    return Refusal(final and (plain is None or plain[1] == "5"), reason)


def _reason(code: re.Match[str] | None, words: str) -> Reason:
    known = _BY_STATUS.get(f"{code[2]}.{code[3]}") if code else None
    if known:
        return known
    spoken: Reason = next((reason for reason, said in _BY_WORDS if said.search(words)), "")
    return spoken or ("policy" if code and code[2] == "7" else "")


def marks_address(reason: str, strikes: int) -> bool:
    """Whether an address is dead after that many refusals for good within `WITHIN`, this one counted. Nobody lives
    where the server knows no such user; what is full or cautious today may take mail tomorrow."""
    if reason in ("no_such_user", "no_such_domain"):
        return strikes >= 1
    return reason != "policy" and strikes >= STRIKES
