"""`samehand guide import` and `guide export`: the guide in files, for scripts and for whoever writes elsewhere."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from django.utils.translation import override

from samehand.core.articles import Fault
from samehand.guide.actions import NotAllowed, Taken
from samehand.guide.exporting import export_folder, stale
from samehand.guide.files import NoGuide, UnsafePlace, said
from samehand.guide.importing import NotKept, Outcome, import_folder
from samehand.guide.models import Problem
from samehand.guide.starting import take_starter
from samehand.lib.clock import now
from samehand.people.models import Language, Staff

TELL_EVERY = 5.0


def import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, nargs="?", metavar="DIR", help="categories.yaml, pl/, en/, trees/, pictures/"
    )
    parser.add_argument(
        "--starter", action="store_true", help="the articles that come with Samehand, if there are none"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--publish", action="store_true", default=True, help="everybody reads them at once (default)")
    how.add_argument("--draft", action="store_true", help="as drafts, to be read and published by a person")
    parser.add_argument("--strict", action="store_true", help="with any fault, take nothing")
    parser.add_argument("--by", metavar="EMAIL", help="the lead in whose name it is done (default: nobody's)")


@override("en")
def import_(args: argparse.Namespace) -> int:
    """0: all files are in; 1: some have faults (the others are in, but with --strict); 2: wrong usage; 130: stopped."""
    if wrong := _wrong_usage(args):
        print(wrong, file=sys.stderr)
        return 2
    try:
        outcome = _started() if args.starter else _imported(args)
    except KeyboardInterrupt:
        print("stopped: nothing was changed", file=sys.stderr)
        return 130
    _tell(outcome, nothing=args.strict and bool(outcome.faults))
    return 1 if outcome.faults else 0


def _wrong_usage(args: argparse.Namespace) -> str:
    if not args.starter:
        return "" if args.folder else "say where the guide comes from: a folder (DIR), or --starter"
    others = {"DIR": args.folder, "--draft": args.draft, "--strict": args.strict, "--by": args.by}
    given = ", ".join(name for name, value in others.items() if value)
    return f"--starter takes the set that comes with Samehand as it is: leave out {given}" if given else ""


def _started() -> Outcome:
    outcome = take_starter(now=now())
    if outcome is None:
        raise SystemExit("this guide has articles or trees already: it is left as it is")
    return outcome


def _imported(args: argparse.Namespace) -> Outcome:
    try:
        return import_folder(
            args.folder, by=_lead(args.by), publish=not args.draft, strict=args.strict, now=now(), tell=_Progress()
        )  # fmt: skip
    except NoGuide:
        raise SystemExit(f"{args.folder} holds no guide: there is no categories.yaml, no pl/ and no en/") from None
    except OSError as trouble:
        raise SystemExit(f"{args.folder}: {trouble.strerror}") from None
    except NotKept as refusal:
        raise SystemExit(f"the house could not keep {refusal}; nothing was changed") from None
    except NotAllowed:
        raise SystemExit(f"{args.by} is neither a lead nor an administrator") from None


class _Progress:
    """A line every few seconds: a large guide takes minutes."""

    def __init__(self) -> None:
        self.told = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() - self.told >= TELL_EVERY:
            self.told = time.monotonic()
            print(f"{done} of {of} articles ...", file=sys.stderr, flush=True)


def _tell(outcome: Outcome, *, nothing: bool) -> None:
    for name, fault in outcome.faults:
        print(_line(name, fault), file=sys.stderr)
    for name, fault in outcome.notes:
        then = "taken all the same" if fault.kind == "lone-mark" else "shown as plain words"
        print(f"{_line(name, fault)} ({then})", file=sys.stderr)
    articles = ", ".join(f"{outcome.articles[state]} {state.value}" for state in Taken)
    others = ", ".join(f"{outcome.others[state]} {state.value}" for state in Taken)
    told = " (nothing was changed)" if nothing else ""
    print(f"articles: {articles}; categories, trees and pictures: {others}; {len(outcome.faults)} faults{told}")


def _line(name: str, fault: Fault) -> str:
    return f"{name}:{fault.line}: {said(fault)}" if fault.line else f"{name}: {said(fault)}"


def _lead(email: str | None) -> Staff | None:
    if email is None:
        return None
    person = Staff.objects.filter(email=email.lower(), is_active=True).first()
    if person is None:
        raise SystemExit(f"nobody here is {email}")
    return person


def export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--language", choices=Language.values, help="only the articles in this language")


def export(args: argparse.Namespace) -> int:
    """What is published, as files. What lies in the folder and is not in the guide stays, and is told.

    1: pictures are left out because their bytes are not there.
    """
    lost: list[str] = []
    languages = [args.language] if args.language else list(Language.values)
    try:
        names = export_folder(args.folder, languages=languages, lost=lost.append)
        left = stale(args.folder, names)
    except UnsafePlace as place:
        raise SystemExit(f"{place} is a link: nothing is written through it") from None
    except (FileExistsError, NotADirectoryError) as trouble:
        raise SystemExit(f"{trouble.filename}: a folder is wanted, and a file stands in its place") from None
    except OSError as trouble:
        raise SystemExit(f"{args.folder}: {trouble.strerror}") from None
    for name in lost:
        print(f"{name}: left out, its bytes cannot be had; `samehand blobs check` says why", file=sys.stderr)
    for name in () if args.language else left:
        print(f"{name}: not in the guide (any more)", file=sys.stderr)
    withdrawn = Problem.objects.exclude(withdrawn_at=None).count()
    told = f"; {withdrawn} withdrawn problems are left out" if withdrawn else ""
    print(f"{len(names)} files{told}")
    return 1 if lost else 0
