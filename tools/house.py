"""What the tools know of the house: its rooms, its floors, Django set up."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "samehand"


def set_up() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("SAMEHAND_SECRET", "signs-nothing")
    os.environ.setdefault("SAMEHAND_LOG", "error")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samehand.config.settings")
    import django

    django.setup()


def floors() -> dict[str, int]:
    """Room -> floor, counted from the roof (0) downwards, as the import contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {
        room.strip().removeprefix("samehand."): floor for floor, row in enumerate(layers) for room in row.split("|")
    }


def room_of_module(module: str) -> str | None:
    """`samehand.channels.mail.models` -> `channels.mail`; None for somebody else's code."""
    parts = module.split(".")
    if parts[0] != "samehand" or len(parts) < 2:
        return None
    return ".".join(parts[1:3]) if parts[1] == "channels" else parts[1]


def room_of_file(path: Path) -> str | None:
    if not path.is_relative_to(PACKAGE):
        return None
    return room_of_module(".".join(["samehand", *path.relative_to(PACKAGE).parts[:2]]))


def goes_down(upper: str, lower: str) -> bool:
    """True inside a room and from a higher floor to a lower one; rooms of one floor do not lean on each other."""
    floor = floors()
    return upper == lower or floor[upper.split(".")[0]] < floor[lower.split(".")[0]]


def templates() -> dict[str, Path]:
    """Template name -> file, of all rooms."""
    return {
        str(path.relative_to(folder)): path
        for folder in sorted(PACKAGE.glob("**/templates"))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
