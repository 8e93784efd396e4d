"""Rosters as people and programs write them, and what was read told in the hours of the wall clock."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from samehand.people.rostering.files.calendar import read_calendar
from samehand.people.rostering.files.entries import Sheet
from tests.personas import MONDAY

WARSAW = ZoneInfo("Europe/Warsaw")
NAME = "Anna Testowa"
WHO = "ATTENDEE;CN=Anna:mailto:anna@fala.example"


def table(*rows: str, header: str = "person;date;begin;end;breaks;kind;until") -> bytes:
    return "\r\n".join((header, *rows)).encode()


def calendar(*events: str, more: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{event.replace(' | ', chr(13) + chr(10))}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{more}{body}END:VCALENDAR\r\n".encode()


def told(sheet: Sheet) -> list[str]:
    """Each line as a person would write it down, in the hours of the wall clock."""
    return [line.trouble or _entry(line.entry) for line in sheet.lines]


def _entry(entry: Any) -> str:
    begin, end = entry.starts_at.astimezone(WARSAW), entry.ends_at.astimezone(WARSAW)
    breaks = "".join(f" ({a.astimezone(WARSAW):%H:%M}-{b.astimezone(WARSAW):%H:%M})" for a, b in entry.breaks)
    return f"{entry.kind} {begin:%d.%m %H:%M} - {end:%d.%m %H:%M}{breaks}"


def events(*lines: str) -> list[str]:
    return told(read_calendar(calendar(*lines), WARSAW, MONDAY))
