"""The `samehand` command: a table of words, each leading to a function in the room that it belongs to.

How a room offers a command, for example `mail import` -> `samehand.channels.mail.commands:import_`:

    def import_arguments(parser: argparse.ArgumentParser) -> None:   # only when it takes arguments
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    def import_(args: argparse.Namespace) -> int | None:
        return 0      # 0 or None: done, 1: failed, 2: wrong usage

and gets one line in `COMMANDS`. When the function is called, settings and models are loaded, and so is the database
when the command `needs` it. `raise SystemExit("one line that helps")` refuses with exit code 1; Ctrl-C and a reader
that went away (`| head`) are seen to here. `--data` is taken away from the arguments before they come to the room.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

Needs = Literal["nothing", "settings", "server", "database", "house", "itself"]


@dataclass(frozen=True, slots=True)
class Command:
    """`needs`: "nothing" starts without Django; "settings" leaves the data folder alone; "server" gets a running
    PostgreSQL, "database" one that is up to date as well; "house" is a role that `samehand run` starts; "itself"
    prepares everything on its own."""

    path: str
    help: str
    needs: Needs = "database"


COMMANDS: dict[str, Command] = {
    "run": Command(
        "samehand.config.house.running:run", "start the whole house: database, pages, mail, workers", "itself"
    ),
    "migrate": Command("samehand.config.migrating:migrate", "bring the database up to date", "server"),
    "admin add": Command("samehand.config.admins:add", "add an administrator"),
    "admin password": Command("samehand.config.admins:password", "give an administrator a new password"),
    "mail read": Command(
        "samehand.channels.mail.commands:read", "print what is read from mails, a JSON line each", "settings"
    ),
    "mail fold": Command(
        "samehand.channels.mail.commands:fold", "print a mail's own words, its quotes and its signature", "settings"
    ),
    "mail trust": Command(
        "samehand.channels.mail.commands:trust", "print who really wrote mails, and how that is known", "settings"
    ),
    "mail import": Command("samehand.channels.mail.commands:import_", "take in mbox files, maildirs and .eml files"),
    "mail reconcile": Command(
        "samehand.channels.mail.boxes.commands:reconcile", "compare the mailboxes with what is kept, fetch what is not"
    ),
    "mail mailbox add": Command("samehand.channels.mail.commands:mailbox_add", "watch an IMAP mailbox"),
    "mail mailbox list": Command(
        "samehand.channels.mail.commands:mailbox_list", "show the watched mailboxes and their health"
    ),
    "mail mailbox history": Command(
        "samehand.channels.mail.commands:mailbox_history", "take in, leave out or pause the mail from before us"
    ),
    "mail mailbox remove": Command("samehand.channels.mail.commands:mailbox_remove", "stop watching a mailbox"),
    "mail check": Command("samehand.channels.mail.commands:check", "say whether other servers will believe our mail"),
    "mail dkim new": Command("samehand.channels.mail.signing.commands:new", "make a key that signs our mail"),
    "mail dkim list": Command("samehand.channels.mail.signing.commands:list_", "show the keys and what to publish"),
    "mail dkim use": Command("samehand.channels.mail.signing.commands:use", "sign with this key from now on"),
    "mail dkim remove": Command("samehand.channels.mail.signing.commands:remove", "forget a key"),
    "export messages": Command(
        "samehand.cases.commands:export_messages", "print every message as a JSON line, in order"
    ),
    "blobs check": Command("samehand.lib.blobs.commands:check", "read all kept mails: is each there and whole?"),
    "blobs pack": Command("samehand.lib.blobs.commands:pack", "pack kept mails closer (a worker does so every night)"),
    "blobs rotate": Command("samehand.lib.blobs.commands:rotate", "encrypt all kept mails with the newest key"),
    "blobs erase": Command("samehand.lib.blobs.commands:erase", "destroy kept bytes that nothing refers to any more"),
    "roster import": Command("samehand.people.commands:import_", "plan shifts and leave after a table or a calendar"),
    "roster export": Command("samehand.people.commands:export", "write the roster as a table or a calendar"),
    "guide search": Command("samehand.guide.searching.commands:search", "what the guide's search answers, and why"),
    "guide eval": Command(
        "samehand.guide.searching.commands:eval_", "try the search on the articles and searches of a file"
    ),
    "guide reindex": Command("samehand.guide.searching.commands:reindex", "lay the guide out for the search anew"),
    "guide import": Command("samehand.guide.commands:import_", "take in articles, categories, trees and pictures"),
    "guide export": Command("samehand.guide.commands:export", "write the guide as files that come back exactly"),
    "simulate": Command(
        "samehand.sim.commands:simulate", "what would other rules or other people have made of these weeks?", "nothing"
    ),
    "simulate history": Command(
        "samehand.config.whatif.commands:simulate_history", "the same with weeks like those that this house had"
    ),
    "staffing": Command(
        "samehand.config.whatif.commands:staffing",
        "how many people it takes, what one more or less changes, and what bad days would do",
        "itself",
    ),
    "web": Command("samehand.config.web:main", "serve the pages (started by run)", "house"),
    "doors": Command("samehand.channels.mail.doors:main", "take mail by SMTP and LMTP (started by run)", "house"),
    "worker": Command("samehand.cases.working:main", "file arrivals and send answers (started by run)", "house"),
    "watch": Command("samehand.channels.mail.watching:main", "watch the IMAP mailboxes (started by run)", "house"),
    "customers": Command(
        "samehand.demo.customers:main", "made-up customers who keep writing (started by run --demo)", "house"
    ),
}


def main(argv: list[str] | None = None) -> int:
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        print("samehand: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Python would complain once more when it flushes standard output at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except SystemExit as refusal:
        return _exit_code(refusal)


def _run(argv: list[str]) -> int:
    data, argv = _take_data(argv)
    if data:
        os.environ["SAMEHAND_DATA"] = data
    words, rest = _find(argv)
    if words is None:
        return _usage(rest)
    command = COMMANDS[words]
    if {"-h", "--help"} & set(rest):
        command = Command(
            command.path, command.help, command.needs if command.needs in {"itself", "nothing"} else "settings"
        )
    return _call(words, command, rest)


def _call(words: str, command: Command, rest: list[str]) -> int:
    prepare(words, command.needs)
    function, arguments = _load(command.path)
    parser = argparse.ArgumentParser(prog=f"samehand {words}", description=command.help, allow_abbrev=False)
    parser.add_argument("--data", metavar="DIR", help="the data folder (SAMEHAND_DATA; default ./data)")
    arguments(parser)
    args = parser.parse_args(rest)
    with database(command.needs):
        code = function(args) or 0
        sys.stdout.flush()
        return code


def prepare(words: str, needs: Needs) -> None:
    """Load settings and models, in the way that the command needs them."""
    if needs in {"itself", "nothing"}:
        return
    # Here, not above: the logging that it brings along takes longer to load than a small simulation to run.
    from samehand.config.starting import keep_connections_as_role, make_data_folder, set_up_django

    if needs == "settings":
        # Any key will do for a command that signs nothing; the real one would be made and kept in the data folder.
        os.environ.setdefault("SAMEHAND_SECRET", "signs-nothing")
    else:
        make_data_folder()
    if needs == "house":
        from samehand.config.children import die_with_parent

        os.environ["SAMEHAND_ROLE"] = words
        die_with_parent()
    else:
        os.environ.setdefault("SAMEHAND_LOG", "warning")
    set_up_django()
    if needs == "house":
        keep_connections_as_role()


def database(needs: Needs) -> AbstractContextManager[object]:
    if needs not in {"server", "database"}:
        return nullcontext()
    from samehand.config.migrating import ready_database

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return ready_database(migrated=needs == "database")


def _take_data(argv: list[str]) -> tuple[str, list[str]]:
    taker = argparse.ArgumentParser(prog="samehand", add_help=False, allow_abbrev=False)
    taker.add_argument("--data", metavar="DIR", default="")
    taken, rest = taker.parse_known_args(argv)
    return taken.data, rest


def _find(argv: list[str]) -> tuple[str | None, list[str]]:
    """The longest run of words that names a command, and what follows it."""
    for length in (3, 2, 1):
        if " ".join(argv[:length]) in COMMANDS and len(argv) >= length:
            return " ".join(argv[:length]), argv[length:]
    return None, argv


def _usage(argv: list[str]) -> int:
    if argv[:1] == ["--version"]:
        from importlib.metadata import version

        print(f"samehand {version('samehand')}")
        return 0
    asked = not argv or argv[0] in {"-h", "--help", "help"}
    known = {word for words in COMMANDS for word in words.split()}
    group = [] if asked else [word for word in argv if word in known]
    listed = {words: it for words, it in COMMANDS.items() if words.split()[: len(group)] == group}
    if not asked and not group:
        print(f"samehand: no command {argv[0]!r}", file=sys.stderr)
    lines = "\n".join(f"  samehand {words:<22}{it.help}" for words, it in listed.items())
    print(f"{lines}\n\nEach takes --data DIR, and says more with --help.", file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def _load(path: str) -> tuple[Callable[[argparse.Namespace], int | None], Callable[[argparse.ArgumentParser], None]]:
    module_name, name = path.split(":")
    module = import_module(module_name)
    return getattr(module, name), getattr(module, f"{name.rstrip('_')}_arguments", lambda _parser: None)


def _exit_code(refusal: SystemExit) -> int:
    if refusal.code is None or isinstance(refusal.code, int):
        return refusal.code or 0
    text = str(refusal.code)
    print(text if text.startswith("samehand: ") else f"samehand: {text}", file=sys.stderr)
    return 1


def entry() -> None:
    # Background jobs of a shell start with SIGINT ignored; ours must still be stoppable by it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())


if __name__ == "__main__":
    entry()
