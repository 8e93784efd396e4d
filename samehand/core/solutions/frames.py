"""What is done to what: "wyłącz Bluetooth", "turn Bluetooth off". For advices that no move of ours names.

A frame is an act and the stem of what it is done to, within the next few words of the same clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

# How far what is done may stand from what it is done to, in words that say something.
REACH = 2
# Acts by the beginnings of their words, folded. Looking and opening are on the way to everything and say nothing.
_ACTS = {
    "off": "wylacz odlacz rozlacz dezaktyw zablokuj disable deactivate",
    "on": "wlacz aktyw uruchom zalacz enable activate",
    "remove": "usun skasuj odinstal wyczysc delete remove uninstall clear",
    "take-out": "wyjm wyjac wyciag zdejm zdjac",
    "put-in": "wloz wsun wsadz insert",
    "install": "zainstal pobierz pobrac install download",
    "clean": "oczysc przeczysc przetrz wytrz clean wipe",
    "send": "wyslij wyslac wysyla send",
    "change": "zmien zmian change",
    "update": "zaktualiz aktualiz update",
    "order": "zamow order",
    "record": "nagraj nagrac record",
    "log-out": "wylog",
    "pair": "sparuj polacz connect pair",
}
_TURN = frozenset({"turn", "switch", "turning", "switching"})
_TOKEN = re.compile(r"[a-z0-9]+|[,;:.!?()\n]")


def frames(plain: str, stem: Callable[[str], str], empty: frozenset[str]) -> frozenset[tuple[str, str]]:
    """All frames of folded text; words of `empty` are nobody's object."""
    tokens = _TOKEN.findall(plain)
    return frozenset(
        (act, stem(word))
        for place, token in enumerate(tokens)
        if (act := _act(token, tokens[place + 1 : place + 5]))
        for word in _objects(tokens[place + 1 :], empty)
    )


def _act(token: str, behind: list[str]) -> str:
    if token in _TURN:
        return next((word for word in behind if word in {"on", "off"}), "")
    return next((act for beginning, act in _beginnings() if token.startswith(beginning)), "")


@cache
def _beginnings() -> tuple[tuple[str, str], ...]:
    return tuple((word, act) for act, words in _ACTS.items() for word in words.split())


def _objects(tokens: list[str], empty: frozenset[str]) -> Iterator[str]:
    found = 0
    for token in tokens:
        if not token[0].isalnum() or found == REACH:
            return
        if len(token) > 2 and token not in empty and not _act(token, []):
            found += 1
            yield token
