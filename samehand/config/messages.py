"""Translations: .po files are the source; the .mo files that gettext reads are made from them when they are older."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

LOCALES = Path(__file__).resolve().parent.parent / "locale"


def compile_stale() -> None:
    """Make every missing or outdated .mo; a read-only installation keeps those that it has."""
    for source in LOCALES.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            _compile(source, compiled)


def _compile(source: Path, compiled: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    draft = compiled.with_suffix(f".{os.getpid()}")
    try:
        with source.open("rb") as readable, draft.open("wb") as writable:
            write_mo(writable, read_po(readable))
        draft.chmod(0o644)
        draft.replace(compiled)
    except OSError:
        with suppress(OSError):
            draft.unlink()
