"""`samehand blobs ...`: looking after the kept bytes."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from datetime import timedelta

from samehand.lib import blobs
from samehand.lib.blobs.checking import check as each
from samehand.lib.blobs.packing import SETTLED
from samehand.lib.blobs.packing import pack as pack_anew
from samehand.lib.clock import now

WORDS = {blobs.BlobMissing: "missing", blobs.BlobLocked: "locked: no key opens it", blobs.BlobDamaged: "damaged"}


def check(args: argparse.Namespace) -> int:
    """Exit code 1 when something is wrong, with a line for each."""
    counted: Counter[str] = Counter()
    for key, trouble in each():
        counted["kept"] += 1
        if trouble:
            counted[WORDS[type(trouble)]] += 1
            print(f"{key} {WORDS[type(trouble)]}")
    print(", ".join(f"{number} {word}" for word, number in sorted(counted.items())) or "nothing is kept")
    return int(len(counted) > 1)


def pack(args: argparse.Namespace) -> int:
    return _pack(everything=False, settled=SETTLED)


def rotate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--idle", type=float, default=24, metavar="HOURS", help="leave what was written to since then (default 24)"
    )


def rotate(args: argparse.Namespace) -> int:
    """With the newest of SAMEHAND_BLOB_KEYS. When it says that nothing is locked, the older ones may go."""
    return _pack(everything=True, settled=timedelta(hours=args.idle))


def _pack(*, everything: bool, settled: timedelta) -> int:
    done = pack_anew(now=now(), everything=everything, settled=settled)
    for trouble in done.troubles:
        print(f"{trouble} {WORDS[type(trouble)]}")
    print(
        f"{done.moved} mails packed anew, {done.files} taken in from files of their own,"
        f" {done.removed} packs removed, {done.freed / 2**20:.1f} MB freed"
    )
    return int(bool(done.troubles))


def erase_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("keys", nargs="+", metavar="KEY", help="the SHA-256 of the bytes, in hex")


def erase(args: argparse.Namespace) -> int:
    if wrong := next((key for key in args.keys if not re.fullmatch("[0-9a-f]{64}", key)), None):
        raise SystemExit(f"{wrong!r} is no key: 64 letters of 0-9 and a-f")
    outcomes = [_erase(key) for key in args.keys]
    return int(not all(outcomes))


def _erase(key: str) -> bool:
    try:
        found = blobs.erase(key)
    except blobs.BlobInUse:
        print(f"{key} is in use: a message or an arrival refers to it")
        return False
    print(f"{key} {'erased' if found else 'not found'}")
    return found
