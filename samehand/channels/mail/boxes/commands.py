"""`samehand mail reconcile`: nothing is lost, or what is, by name and number."""

from __future__ import annotations

import argparse
import json
from typing import Any

from samehand.channels.mail.boxes import reconciling
from samehand.channels.mail.boxes.comparing import Compared
from samehand.channels.mail.models import Reconciliation
from samehand.lib.clock import now

NUMBERS = (
    "arrived",
    "filed",
    "waiting",
    "aside",
    "without_message",
    "without_arrival",
    "bytes_checked",
    "bytes_missing",
)


def reconcile_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object instead of words")
    parser.add_argument("--bytes", action="store_true", help="read the bytes of every mail, not of a sample")


def reconcile(args: argparse.Namespace) -> int:
    """0: everything on the servers is kept and everything kept is filed; 1: something is missing, or cannot be seen."""
    say = None if args.json else lambda found: print(_line(found), flush=True)
    run = reconciling.reconcile(reconciling.begin(now=now()), clock=now, every_byte=args.bytes, say=say)
    print(json.dumps(_as_json(run), ensure_ascii=False) if args.json else _sum(run))
    return 1 if run.lost or run.not_compared else 0


def _line(found: Compared) -> str:
    if found.trouble:
        return f"{found.mailbox}\tnot compared: {found.trouble}"
    numbers = (
        f"{found.on_server:,} on the server", f"{found.kept:,} kept", f"{found.to_come:,} of the history to come",
        f"{found.left_out:,} left out on purpose", f"{found.missing:,} missing", f"{found.fetched:,} fetched now",
        f"{found.still_missing:,} still missing",
    )  # fmt: skip
    return f"{found.mailbox}\t{', '.join(numbers)}"


def _sum(run: Reconciliation) -> str:
    lines = [f"{run.arrived:,} arrived, {run.filed:,} filed, {run.waiting:,} waiting, {run.aside:,} put aside"]
    lines.append(f"bytes of {run.bytes_checked:,} mails read")
    troubles = {
        "filed without a message": run.without_message,
        "taken from a mailbox and not here": run.without_arrival,
        "whose bytes cannot be read": run.bytes_missing,
        "that a server has and does not give": run.lost - run.without_message - run.without_arrival - run.bytes_missing,
    }
    lines += [f"MISSING: {number:,} mails {what}" for what, number in troubles.items() if number]
    if run.not_compared:
        lines.append(f"NOT COMPARED: {run.not_compared:,} mailboxes")
    return "\n".join(lines if len(lines) > 2 else [*lines, "nothing is lost"])


def _as_json(run: Reconciliation) -> dict[str, Any]:
    return {
        **{name: getattr(run, name) for name in NUMBERS},
        "begun_at": run.begun_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "lost": run.lost,
        "not_compared": run.not_compared,
        "mailboxes": run.mailboxes,
    }
