"""`samehand mail ...`: read, fold, import, and the watched mailboxes."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path

from samehand.channels.mail.importing import Import
from samehand.channels.mail.models import HERE, Mailbox
from samehand.channels.mail.reading import as_json, folded
from samehand.lib.seal import seal


def read_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")


def read(args: argparse.Namespace) -> int:
    """One JSON line for each mail; a file that cannot be opened is named, and the others are read all the same."""
    failed = False
    for file in args.files:
        try:
            raw = file.read_bytes()
        except OSError as trouble:
            print(f"samehand: {file}: {trouble.strerror}", file=sys.stderr)
            failed = True
            continue
        sys.stdout.write(json.dumps(as_json(str(file), raw), ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return 1 if failed else 0


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


def import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="mbox file, maildir, .eml file or folder")


def import_(args: argparse.Namespace) -> int:
    return Import(args.paths, say=lambda line: print(line, file=sys.stderr, flush=True)).run()


def mailbox_add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int)
    parser.add_argument("--username", required=True)
    parser.add_argument("--folder", default="INBOX")
    parser.add_argument("--security", choices=Mailbox.Security.values, default=Mailbox.Security.TLS)
    parser.add_argument("--login", choices=Mailbox.Login.values, default=Mailbox.Login.PASSWORD)
    parser.add_argument("--secret-file", type=Path, help="file that holds the password or token (else it is asked for)")


def mailbox_add(args: argparse.Namespace) -> int:
    """The secret is never an argument: those are seen by everybody on the machine."""
    if Mailbox.objects.filter(name=args.name).exists():
        raise SystemExit(f"samehand: a mailbox named {args.name!r} is watched already")
    if args.security == Mailbox.Security.NONE and args.host not in HERE:
        raise SystemExit("samehand: without TLS the password would travel in the open; use --security tls")
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
    )
    print(f"{args.name}: watched")
    return 0


def mailbox_list(args: argparse.Namespace) -> int:
    for box in Mailbox.objects.all():
        state = box.trouble_words or (
            f"well, last contact {box.contact_at:%Y-%m-%d %H:%M:%S}" if box.contact_at else "new"
        )
        print(f"{box.name}\t{box.username}@{box.host}:{box.port}/{box.folder}\t{state}")
    return 0


def mailbox_remove_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name")


def mailbox_remove(args: argparse.Namespace) -> int:
    gone, _ = Mailbox.objects.filter(name=args.name).delete()
    if not gone:
        raise SystemExit(f"samehand: no mailbox is named {args.name!r}; see samehand mail mailbox list")
    return 0
