"""`python -m tests.mail.fuzz --minutes 10`: with atheris (extra `fuzz`), else by random changes of the samples.

What breaks is written into `--finds` (fuzz-finds), to become a sample of the tests."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

MAX_BYTES = 60_000
PIECES = [
    b"\r\n", b"\n\n", b"--b\r\n", b"--b--\r\n", b"=?utf-8?q?", b"?=", b"Content-Type: ", b"; charset=", b"boundary=b",
    b"Content-Transfer-Encoding: base64\r\n", b"\x00", b"\xff", b"\xc5", b"<", b"<!--", b"&#", b"> ", b"filename*0*=",
    b"message/rfc822", b"application/ms-tnef", b"\x78\x9f\x3e\x22", b"0\x80", b"-----BEGIN PGP ", b"utf-7", b"+A",
]  # fmt: skip


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.mail.fuzz", description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=20)
    asked.add_argument("--finds", type=Path, default=Path("fuzz-finds"))
    asked.add_argument("--plain", action="store_true", help="without atheris, even where it is installed")
    given = asked.parse_args()
    try:
        import atheris
    except ImportError:
        atheris = None
    if atheris is None or given.plain:
        return by_chance(given.minutes, given.seed, given.finds)
    return by_coverage(atheris, given.minutes, given.seed, given.finds)


def _judge() -> ModuleType:
    import django

    django.setup()
    return import_module("tests.mail.fuzz.judge")


def seeds() -> list[bytes]:
    """Our samples, and what others collected where it lies beside the project."""
    from tests.mail import agreement
    from tests.mail.samples import CORPUS

    own = [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))]
    others = [case.raw for case in agreement.cases() if case.kind == "eml"] if agreement.FOLDER.is_dir() else []
    return [raw for raw in own + others if len(raw) <= MAX_BYTES]


def by_coverage(atheris: object, minutes: float, seed: int, finds: Path) -> int:
    """libFuzzer ends the process by itself: when the time is over with 0, at the first find with another number."""
    with atheris.instrument_imports(include=["samehand.channels.mail", "samehand.core"]):  # type: ignore[attr-defined]
        judge = _judge()

    finds.mkdir(exist_ok=True)
    corpus = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for raw in seeds():
        (corpus / sha256(raw).hexdigest()[:16]).write_bytes(raw)

    def one(raw: bytes) -> None:
        # Instrumented code takes several times as long.
        judge.in_time(raw, seconds=10 * judge.SECONDS)

    limits = [f"-max_total_time={int(minutes * 60)}", f"-max_len={MAX_BYTES}", "-timeout=20", "-rss_limit_mb=1500"]
    limits += [f"-seed={seed}", f"-artifact_prefix={finds}/", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *limits, str(corpus)], one)  # type: ignore[attr-defined]
    atheris.Fuzz()  # type: ignore[attr-defined]
    return 0


def by_chance(minutes: float, seed: int, finds: Path) -> int:
    judge = _judge()
    dice, known = random.Random(seed), seeds()
    until, tried, broken, slowest = time.monotonic() + minutes * 60, 0, 0, 0.0
    while time.monotonic() < until:
        raw = changed(dice, known)
        tried += 1
        try:
            slowest = max(slowest, judge.in_time(raw, seconds=judge.SECONDS))
            if tried % 50 == 0:
                judge.in_memory(raw)
        except Exception as trouble:
            broken += 1
            finds.mkdir(exist_ok=True)
            path = finds / f"{sha256(raw).hexdigest()[:16]}.eml"
            path.write_bytes(raw)
            print(f"{path}: {type(trouble).__name__}: {trouble}"[:300])
    print(f"{tried} mails, {broken} finds, the slowest took {slowest:.2f} s")
    return 1 if broken else 0


def changed(dice: random.Random, known: list[bytes]) -> bytes:
    raw = bytearray(dice.choice(known))
    for _change in range(dice.choice((1, 2, 4, 8, 30))):
        at, size = dice.randrange(len(raw) + 1), dice.choice((0, 1, 3, 20, 300))
        other = dice.choice(known)
        from_there = dice.randrange(len(other) + 1)
        new = dice.choice(
            (
                dice.choice(PIECES),
                dice.randbytes(2),
                other[from_there : from_there + size * 3],
                bytes(raw[at : at + size]) * 3,
            )
        )
        raw[at : at + size] = new
    return bytes(raw[:MAX_BYTES])


if __name__ == "__main__":
    sys.exit(main())
