"""The shelves of the guide as a file: a list of key, icon, place, names, summaries and slugs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from samehand.core.articles import KEY, Fault
from samehand.guide.files.data import NoData, composed, flow, line_of, pairs, scalar, word
from samehand.people.models import Language

LARGEST_SHELVES = 100_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """As `guide.models.Category` keeps it. `line`: where it stands in the file."""

    key: str
    names: dict[str, str]
    slugs: dict[str, str]
    summaries: dict[str, str] = field(default_factory=dict)
    icon: str = ""
    place: int = 0
    line: int = field(default=0, compare=False)


def written_shelves(shelves: list[Shelf]) -> str:
    return "".join(_written(shelf) for shelf in shelves)


def _written(shelf: Shelf) -> str:
    lines = [f"- key: {scalar(shelf.key)}"]
    lines += [f"  icon: {scalar(shelf.icon)}"] if shelf.icon else []
    lines += [f"  place: {shelf.place}", f"  names: {flow(shelf.names)}"]
    lines += [f"  summaries: {flow(shelf.summaries)}"] if shelf.summaries else []
    return "\n".join([*lines, f"  slugs: {flow(shelf.slugs)}", ""])


def read_shelves(raw: bytes) -> tuple[list[Shelf], list[Fault]]:
    """The shelves that are sound, and a fault for each that is not."""
    if len(raw) > LARGEST_SHELVES:
        return [], [Fault(1, "too-large", f"{len(raw) // 1000}")]
    try:
        node = composed(raw.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError:
        return [], [Fault(1, "no-utf8")]
    except NoData as trouble:
        return [], [trouble.fault]
    if node is None:
        return [], []
    if not isinstance(node, yaml.SequenceNode):
        return [], [Fault(1, "no-list")]
    read = [_shelf(item) for item in node.value]
    return [one for one in read if isinstance(one, Shelf)], [one for one in read if isinstance(one, Fault)]


def _shelf(node: yaml.Node) -> Shelf | Fault:
    said: dict[str, Any] = {}
    for name_node, value in pairs(node):
        name = word(name_node) or ""
        found = _value(name, value)
        if found is None or name in said:
            return Fault(line_of(name_node), "bad-value" if name in _NAMES else "unknown-field", name[:60])
        said[name] = found
    for name in ("key", "names", "slugs"):
        if not said.get(name):
            return Fault(line_of(node), "no-field", name)
    return Shelf(**said, line=line_of(node))


_NAMES = {"key", "icon", "place", "names", "summaries", "slugs"}


def _value(name: str, node: yaml.Node) -> Any:
    said = word(node)
    match name:
        case "key":
            return said if said and KEY.fullmatch(said) else None
        case "icon":
            return said if said is not None and (not said or (KEY.fullmatch(said[:40]) and len(said) <= 40)) else None
        case "place":
            return int(said) if said and said.isascii() and said.isdigit() and len(said) < 6 else None
        case "names" | "summaries":
            return _by_language(node, 200 if name == "names" else 300)
        case "slugs":
            slugs = _by_language(node, 60)
            return slugs if slugs and all(map(KEY.fullmatch, slugs.values())) else None
    return None


def _by_language(node: yaml.Node, most: int) -> dict[str, str] | None:
    found = {word(name): word(value) for name, value in pairs(node)}
    kept: dict[str, str] = {}
    for language in Language.values:
        if language in found:
            line = " ".join((found.pop(language) or "").split())
            if not line or len(line) > most or "\x00" in line:
                return None
            kept[language] = line
    return None if found else kept
