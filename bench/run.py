"""`make bench`: what a house does with ten thousand mails, in figures. Needs nothing but the project and mailgen.py.

make bench ARGS='--n 2000 --only door,pages --json figures.json'
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import answers, door, flat, guide, importing, live, mailbox, mails, pages, phones, public, routing
from bench.figures import Row, table
from bench.house import database

PARTS = ("door", "import", "pages", "live", "answers", "flat")
# Only when they are asked for: the mailbox needs Dovecot, and says something from very many mails on; the routing is
# measured in a made-up world, without a house.
ALL_PARTS = (*PARTS, "mailbox", "routing", "phones", "guide", "public")
WITHOUT_MAILS = {"mailbox", "routing", "phones", "guide", "public"}


def main() -> int:
    args = _arguments()
    if unknown := set(args.only) - set(ALL_PARTS):
        raise SystemExit(f"bench: no such part: {', '.join(sorted(unknown))}; there are {', '.join(ALL_PARTS)}")
    # Background jobs of a shell start with SIGINT ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="samehand-bench-") as folder:
        # PostgreSQL may run as another user, who must be able to pass through.
        Path(folder).chmod(0o711)
        try:
            chosen = mails.make(args.n) if set(args.only) - WITHOUT_MAILS else mails.Mails(Path(folder), args.n)
            rows = Bench(Path(folder), chosen).run(args.only)
        except KeyboardInterrupt:
            _say("stopped")
            return 130
        except BaseException:
            _keep_logs(Path(folder))
            raise
    _print(rows, args)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=10_000, help="how many mails (default 10,000)")
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(PARTS), help=",".join(ALL_PARTS))
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures for programs")
    return parser.parse_args()


class Bench:
    def __init__(self, folder: Path, chosen: mails.Mails) -> None:
        self.folder = folder
        self.mails = chosen
        self.filled: Path | None = None

    def run(self, parts: list[str]) -> list[Row]:
        acts: dict[str, Callable[[], list[Row]]] = {
            "door": self._door,
            "import": self._import,
            "pages": lambda: pages.measure(self._full(), _say),
            "live": lambda: live.measure(self._fresh("live"), _say),
            "answers": lambda: answers.measure(self._full(), _say),
            "flat": lambda: flat.measure(self._fresh("flat"), self.mails, _say),
            "routing": lambda: routing.measure_all(_say),
            "phones": lambda: phones.measure(self._fresh("phones"), _say),
            "guide": lambda: guide.measure(self._fresh("guide"), _say),
            "public": lambda: public.measure(self._fresh("public"), _say),
            "mailbox": lambda: mailbox.measure(self._fresh("mailbox"), self.mails.count, _say),
        }
        rows: list[Row] = []
        for part in ALL_PARTS:
            if part in parts:
                load = os.getloadavg()[0]
                _say(f"{part}: begins (load of the machine {load:.1f})")
                rows += acts[part]()
                rows.append(Row(part, "load of the machine before", load, "", remark="other work disturbs the clock"))
        return rows

    def _door(self) -> list[Row]:
        self.filled = self._fresh("door")
        return door.measure(self.filled, self.mails, _say)

    def _import(self) -> list[Row]:
        data = self._fresh("import")
        self.filled = self.filled or data
        return importing.measure(data, self.mails, _say)

    def _full(self) -> Path:
        """A house that holds all the mails: the door's or the import's, else one filled now."""
        if self.filled is None:
            self._import()
        assert self.filled
        return self.filled

    def _fresh(self, name: str) -> Path:
        """An empty data folder with its cluster made, so that nobody's clock runs meanwhile."""
        data = self.folder / name
        if name == "import":
            with database(data):
                pass
        return data


def _keep_logs(folder: Path) -> None:
    for log in folder.glob("*.err"):
        kept = Path(tempfile.gettempdir()) / f"samehand-bench-{log.name}"
        shutil.copy(log, kept)
        _say(f"what the house said is in {kept}")


def _print(rows: list[Row], args: argparse.Namespace) -> None:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{args.n} mails, {machine}, fsync on\n\n{table(rows)}")
    if args.json:
        told = {"mails": args.n, "machine": machine, "rows": [row.as_json() for row in rows]}
        args.json.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
