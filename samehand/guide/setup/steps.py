"""The steps for each skin, as `data/setup.yaml` has them, with the operator's facts filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from samehand.core.articles import filled
from samehand.core.families import SKINS

PARTS = ("internet", "mms", "check")
DATA = files("samehand.guide") / "data" / "setup.yaml"


@dataclass(frozen=True, slots=True)
class Steps:
    """Lines; **two stars** embrace what stands on the screen. `fields`: android, iphone, plain, router, none.

    `way`: through which menus one comes there, for an SMS; "" where there is none.
    """

    fields: str
    internet: tuple[str, ...]
    mms: tuple[str, ...]
    check: tuple[str, ...]
    way: str


def steps_of(skin: str, language: str, facts: Mapping[str, str]) -> Steps:
    """What to do on devices of the skin; a skin without steps of its own has those of plain Android."""
    known = _all()
    said = known.get(skin, known["android"])
    internet, mms, check = (tuple(filled(line, facts) for line in said[part][language]) for part in PARTS)
    return Steps(said["fields"], internet, mms, check, said.get("way", {}).get(language) or _longest_way(internet))


def _longest_way(lines: Iterable[str]) -> str:
    named = [part for line in lines for part in line.split("**")[1::2] if ">" in part]
    return max(named, key=len, default="")


@cache
def _all() -> dict[str, dict[str, Any]]:
    written = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return {skin: _whole(skin, written) for skin in SKINS}


def _whole(skin: str, written: Mapping[str, Any]) -> dict[str, Any]:
    """What is missing is as with the skin that this one is like."""
    said = dict(written[skin])
    like = said.pop("like", None)
    return {**_whole(like, written), **said} if like else said
