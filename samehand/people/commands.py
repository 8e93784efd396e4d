"""`samehand roster import` and `roster export`: the roster in files, for scripts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import override

from samehand.lib.clock import now
from samehand.people.actions import timetable
from samehand.people.actions.rostering import Refused, import_roster
from samehand.people.actions.rostering.importing import CHANGED, NEW, SAME
from samehand.people.models import Absence, Role, Staff
from samehand.people.rostering.files.entries import LARGEST, NotAFile
from samehand.people.rostering.files.planned import planned
from samehand.people.rostering.files.reading import read
from samehand.people.rostering.files.table import write_rejected, write_table
from samehand.people.rostering.files.telling import write_calendar


def import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a table (CSV) or a calendar (.ics)")
    parser.add_argument("--by", metavar="EMAIL", help="the lead in whose name it is done (default: an administrator)")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    parser.add_argument("--replace", action="store_true", help="take out coming shifts that the file no longer has")
    parser.add_argument("--rejected", type=Path, metavar="CSV", help="write the lines that were not taken here")


@override("en")
def import_(args: argparse.Namespace) -> int:
    """0: all lines are in; 1: some were rejected (those that fit are in)."""
    zone, moment, by = timetable.zone(), now(), _lead(args.by)
    try:
        with args.file.open("rb") as file:
            sheet = read(file.read(LARGEST + 1), zone, moment)
    except NotAFile as trouble:
        raise SystemExit(f"{args.file}: {trouble}") from None
    except OSError as trouble:
        raise SystemExit(f"{args.file}: {trouble.strerror}") from None
    with transaction.atomic():
        outcome = import_roster(
            by=by, sheet=sheet, explain=lambda one: _words(one, zone), zone=zone, replace=args.replace, now=moment
        )
        transaction.set_rollback(args.dry_run)
    for line, why in outcome.troubles:
        print(f"line {line.number}: {why}", file=sys.stderr)
    if args.rejected:
        args.rejected.write_text(write_rejected(sheet, {line.number: why for line, why in outcome.troubles}))
    counts = ", ".join(f"{outcome.count(state)} {state}" for state in (NEW, CHANGED, SAME))
    counts += f", {outcome.taken_out} taken out" if args.replace else ""
    print(f"{counts}, {len(outcome.troubles)} rejected{' (nothing was changed)' if args.dry_run else ''}")
    return 1 if outcome.troubles else 0


def export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="ends in .ics for a calendar, else a table; - is standard output")


def export(args: argparse.Namespace) -> None:
    """From two months ago to a year ahead. The file tells who is ill: it is for leads."""
    zone, moment = timetable.zone(), now()
    shifts, absences = planned(Absence.objects.all(), moment)
    if args.file.suffix == ".ics":
        raw = write_calendar(shifts, absences, host="samehand", zone=zone, now=moment)
    else:
        raw = write_table(shifts, absences, zone).encode()
    if str(args.file) == "-":
        sys.stdout.buffer.write(raw)
        return
    try:
        args.file.write_bytes(raw)
    except OSError as trouble:
        raise SystemExit(f"{args.file}: {trouble.strerror}") from None


def _lead(email: str | None) -> Staff:
    leads = Staff.objects.filter(is_active=True, role__in=(Role.LEAD, Role.ADMIN))
    found = leads.filter(email=email.lower()) if email else leads.filter(role=Role.ADMIN)
    lead = found.order_by("pk").first()
    if lead is None:
        raise SystemExit(f"no lead or administrator {email}" if email else "there is no administrator yet")
    return lead


def _words(refusal: Refused, zone: ZoneInfo) -> str:
    what = (type(refusal).__doc__ or "").splitlines()[0]
    if not refusal.span:
        return f"{refusal.person.full_name}: {what}"
    begin, end = (moment.astimezone(zone) for moment in refusal.span)
    return f"{refusal.person.full_name}: {what} ({begin:%Y-%m-%d %H:%M} - {end:%Y-%m-%d %H:%M})"
