"""English verbs that say nothing without their particle: "turn on" is not "turn off", and "top up" is no top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# How many words may stand between: "turn my old card back on".
_APART = 4
# A verb that takes its object between itself and the particle, and one that does not.
_PARTED: Mapping[str, frozenset[str]] = {
    "turn": frozenset({"on", "off", "down"}),
    "switch": frozenset({"on", "off"}),
    "top": frozenset({"up", "ups"}),
    "set": frozenset({"up"}),
    "cut": frozenset({"off"}),
}
_TOGETHER: Mapping[str, frozenset[str]] = {
    "log": frozenset({"in", "into", "on"}),
    "sign": frozenset({"in", "up"}),
    "run": frozenset({"out"}),
    "opt": frozenset({"out", "in"}),
    "hang": frozenset({"up"}),
    "drop": frozenset({"out"}),
    "add": frozenset({"on", "ons"}),
}
_FORMS: Mapping[str, str] = {
    "turns": "turn", "turned": "turn", "turning": "turn", "switches": "switch", "switched": "switch",
    "switching": "switch", "tops": "top", "topped": "top", "topping": "top", "sets": "set", "setting": "set",
    "cuts": "cut", "cutting": "cut", "logs": "log", "logged": "log", "logging": "log", "signs": "sign",
    "signed": "sign", "signing": "sign", "runs": "run", "ran": "run", "running": "run", "opts": "opt",
    "opted": "opt", "opting": "opt", "hangs": "hang", "hung": "hang", "drops": "drop", "dropped": "drop",
    "dropping": "drop",
}  # fmt: skip
# Who logs into something or on to it logs in.
_ENDS: Mapping[tuple[str, str], str] = {
    ("log", "into"): "in", ("log", "on"): "in", ("add", "ons"): "on", ("top", "ups"): "up",
}  # fmt: skip


def together(said: Sequence[str]) -> list[tuple[int, str]]:
    """The words with each such verb and its particle as one, "turn on", where the verb stood, in its plain form;
    each with the place of what it was made of. Small letters are expected.

    >>> together(["turn", "my", "card", "on"])
    [(0, 'turn on'), (1, 'my'), (2, 'card')]
    """
    whole: dict[int, str] = {}
    used: set[int] = set()
    for place, word in enumerate(said):
        verb = _FORMS.get(word, word)
        if place in used or (at := _particle(said, place, verb)) is None or at in used:
            continue
        whole[place] = f"{verb} {_ENDS.get((verb, said[at]), said[at])}"
        used.add(at)
    return [(place, whole.get(place, word)) for place, word in enumerate(said) if place not in used]


def _particle(said: Sequence[str], place: int, verb: str) -> int | None:
    """Where the verb's particle stands."""
    close = _TOGETHER.get(verb, frozenset())
    if place + 1 < len(said) and said[place + 1] in close:
        return place + 1
    parted = _PARTED.get(verb, frozenset())
    reach = range(place + 1, min(len(said), place + 2 + _APART))
    return next((at for at in reach if said[at] in parted), None)
