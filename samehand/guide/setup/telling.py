"""The steps in plain words: for an answer by mail, and short enough for an SMS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samehand.core import gsm7
from samehand.guide.models import Device
from samehand.guide.setup.making import Setup, setup_of
from samehand.guide.setup.values import Value

MOST_PARTS = 3


@dataclass(frozen=True, slots=True)
class Sms:
    text: str
    parts: int


def text(device: Device, language: str) -> str:
    """The steps for a device in plain words, as a consultant writes them into an answer."""
    return text_of(setup_of(device, language))


def text_of(setup: Setup) -> str:
    return "\n".join(_lines(setup)).strip()


def _lines(setup: Setup) -> Iterator[str]:
    english = setup.language == "en"
    yield f"{'Internet on' if english else 'Internet w urządzeniu'}: {setup.title}"
    yield from _numbered(setup.steps.internet)
    if setup.internet:
        yield ""
        yield from (f"{value.label}: {value.value}" for value in setup.internet)
    if setup.mms:
        yield ""
        yield "MMS"
        yield from _numbered(setup.steps.mms)
    yield ""
    yield "How to see that it works" if english else "Jak sprawdzić, czy działa"
    yield from _numbered(setup.steps.check)


def _numbered(lines: tuple[str, ...]) -> Iterator[str]:
    return (f"{number}. {unmarked(line)}" for number, line in enumerate(lines, start=1))


def unmarked(line: str) -> str:
    return line.replace("**", "")


def sms(setup: Setup, address: str, *, marks: bool = False) -> Sms:
    """The values and where the steps are, in at most three parts; with Polish marks a part holds half as much."""
    for told in _from_long_to_short(setup, address):
        said = told if marks else gsm7.plain(told)
        if gsm7.parts(said) <= MOST_PARTS:
            return Sms(said, gsm7.parts(said))
    # Only very long names and addresses come here: the address alone then.
    said = gsm7.plain(address)[: 153 * MOST_PARTS]
    return Sms(said, gsm7.parts(said))


def _from_long_to_short(setup: Setup, address: str) -> Iterator[str]:
    english = setup.language == "en"
    head = f"{setup.access.name}: {'internet settings' if english else 'ustawienia internetu'}, {setup.title}."
    way = f" {setup.steps.way}." if setup.steps.way else ""
    values = _said(setup.internet[:4])
    mms = f" MMS:{_said(setup.mms)}" if setup.mms else ""
    more = f" {'Step by step' if english else 'Krok po kroku'}: {address}"
    yield f"{head}{way}{values}{mms}{more}"
    yield f"{head}{values}{mms}{more}"
    yield f"{head}{values}{more}"
    yield f"{head} APN: {setup.access.apn}.{more}"
    yield f"{setup.access.name} APN: {setup.access.apn}. {address}"


def _said(values: tuple[Value, ...]) -> str:
    given = ", ".join(f"{value.label} {value.value}" for value in values if not value.empty)
    return f" {given}." if given else ""
