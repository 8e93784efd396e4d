"""`samehand mail ...`: read, fold, import, and the watched mailboxes."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.utils.translation import override

from samehand.channels.mail.boxes import choosing
from samehand.channels.mail.checking import checked
from samehand.channels.mail.evidence import judge
from samehand.channels.mail.importing import Import
from samehand.channels.mail.models import HERE, Mailbox
from samehand.channels.mail.proving import Client
from samehand.channels.mail.reading import as_json, folded
from samehand.channels.mail.signing.commands import DOMAIN
from samehand.lib.clock import now
from samehand.lib.seal import seal
from samehand.lib.spoken import span

SIGNS = {"well": "+", "care": "?", "trouble": "!"}


def read_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")


def read(args: argparse.Namespace) -> int:
    """One JSON line for each mail; a file that cannot be opened is named, and the others are read all the same."""
    return _lines(args.files, as_json)


def fold_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="a mail (.eml, or anything that begins with a mail's header), else a plain text",
    )
    parser.add_argument("--html", action="store_true", help="read the file as HTML")


def fold(args: argparse.Namespace) -> int:
    """One JSON object with reply_text, folded and signature; every line of the text stands in one of them."""
    try:
        raw = args.file.read_bytes()
    except OSError as trouble:
        raise SystemExit(f"samehand: {args.file}: {trouble.strerror}") from None
    print(json.dumps(folded(raw, html=args.html, name=args.file.name), ensure_ascii=False))
    return 0


def trust_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--ip",
        type=ip_address,
        help="the server that brought it; without, hosts of SAMEHAND_AUTHSERV count",
    )
    parser.add_argument("--helo", default="", help="what that server called itself")
    parser.add_argument("--mail-from", default="", help="the envelope's sender")


def trust(args: argparse.Namespace) -> int:
    """One JSON line for each mail: what is found about its writer now, and what follows from it."""
    client = Client(str(args.ip), args.helo.lower(), args.mail_from.lower()) if args.ip else None
    return _lines(args.files, lambda file, raw: {"file": file, **judge(raw, client)})


def _lines(files: list[Path], told: Callable[[str, bytes], dict[str, Any]]) -> int:
    failed = False
    for file in files:
        try:
            raw = file.read_bytes()
        except OSError as trouble:
            print(f"samehand: {file}: {trouble.strerror}", file=sys.stderr)
            failed = True
            continue
        sys.stdout.write(json.dumps(told(str(file), raw), ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return 1 if failed else 0


def check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("domain", type=str.lower, help="the domain of an address that we write from")
    parser.add_argument("--language", choices=["pl", "en"], default="en")


def check(args: argparse.Namespace) -> int:
    """Whether other servers will believe our mail; the exit code is 1 when something has to be mended."""
    if not DOMAIN.fullmatch(args.domain):
        raise SystemExit(f"samehand: {args.domain!r} is no domain; write what stands behind the @ of an address")
    with override(args.language):
        found = checked(args.domain, f"postmaster@{args.domain}")
    for one in found:
        print(f"{SIGNS[one.kind]} {one.about:<6}{one.words}")
        if one.to_do:
            print(f"{'':8}{one.to_do}")
    return 1 if any(one.kind == "trouble" for one in found) else 0


def import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="mbox file, maildir, .eml file or folder")
    parser.add_argument(
        "--history", action="store_true", help="these mails were dealt with: no promises, their cases come in solved"
    )


def import_(args: argparse.Namespace) -> int:
    return Import(args.paths, history=args.history, say=lambda line: print(line, file=sys.stderr, flush=True)).run()


def mailbox_add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int)
    parser.add_argument("--username", required=True)
    parser.add_argument("--folder", default="INBOX")
    parser.add_argument("--security", choices=Mailbox.Security.values, default=Mailbox.Security.TLS)
    parser.add_argument("--login", choices=Mailbox.Login.values, default=Mailbox.Login.PASSWORD)
    parser.add_argument(
        "--history", default="all", metavar="all|none|DAY", help="mail that is there already: default all"
    )
    parser.add_argument("--secret-file", type=Path, help="file that holds the password or token (else it is asked for)")


def mailbox_add(args: argparse.Namespace) -> int:
    """The secret is never an argument: those are seen by everybody on the machine."""
    if Mailbox.objects.filter(name=args.name).exists():
        raise SystemExit(f"samehand: a mailbox named {args.name!r} is watched already")
    if args.security == Mailbox.Security.NONE and args.host not in HERE:
        raise SystemExit("samehand: without TLS the password would travel in the open; use --security tls")
    history, since = _choice(args.history)
    secret = args.secret_file.read_text().strip() if args.secret_file else getpass.getpass("Password or token: ")
    Mailbox.objects.create(
        name=args.name,
        host=args.host,
        port=args.port or (993 if args.security == Mailbox.Security.TLS else 143),
        username=args.username,
        folder=args.folder,
        security=args.security,
        login=args.login,
        sealed_secret=seal(secret),
        history=history,
        history_since=since,
    )
    print(f"{args.name}: watched")
    return 0


def _choice(said: str) -> tuple[str, date | None]:
    try:
        return choosing.choice(said)
    except choosing.NoSuchChoice as refusal:
        raise SystemExit(f"samehand: {refusal}") from None


def mailbox_history_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name")
    parser.add_argument("take", nargs="?", metavar="all|none|DAY", help="what to take in of the mail from before us")
    parser.add_argument("--pause", action="store_true", help="stop taking it in; new mail is taken all the same")
    parser.add_argument("--resume", action="store_true", help="go on where it stopped")


def mailbox_history(args: argparse.Namespace) -> int:
    """Without anything else than the name it says how far the work is."""
    box = _named(args.name)
    if args.take:
        _choice(args.take)
        choosing.choose(mailbox=box, said=args.take, now=now())
    if args.pause or args.resume:
        choosing.pause(mailbox=box, paused=args.pause, now=now())
    box.refresh_from_db()
    print(f"{box.name}\t{in_words(box)}")
    return 0


def in_words(box: Mailbox) -> str:
    """How far the history of a mailbox is."""
    done = f"{box.history_done:,} of {box.history_total:,}"
    match box.history_state:
        case "new":
            return "history: not looked at yet"
        case "out":
            return "history: left out on purpose"
        case "ended":
            return f"history: taken in, {box.history_total:,}"
        case "paused":
            return f"history: paused at {done}"
    if box.history_trouble_words:
        return f"history: {done}, {box.history_trouble_words}"
    left = f", {box.history_rate:.0f} mails/s, {span(box.history_left)} left" if box.history_left is not None else ""
    return f"history: {done}{left}"


def _named(name: str) -> Mailbox:
    box = Mailbox.objects.filter(name=name).first()
    if box is None:
        raise SystemExit(f"samehand: no mailbox is named {name!r}; see samehand mail mailbox list")
    return box


def mailbox_list(args: argparse.Namespace) -> int:
    boxes = Mailbox.objects.all()
    if not boxes:
        print("samehand: no mailbox is watched; see samehand mail mailbox add --help", file=sys.stderr)
    for box in boxes:
        state = box.trouble_words or (
            f"well, last contact {box.contact_at:%Y-%m-%d %H:%M:%S}" if box.contact_at else "new"
        )
        print(f"{box.name}\t{box.username}@{box.host}:{box.port}/{box.folder}\t{state}\t{in_words(box)}")
    return 0


def mailbox_remove_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name")


def mailbox_remove(args: argparse.Namespace) -> int:
    _named(args.name).delete()
    return 0
