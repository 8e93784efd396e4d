"""YAML as plain words with their lines.

No types are guessed ("no" stays "no"), no references are taken, nothing is nested without end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from samehand.core.articles import Fault

DEEPEST = 8


class NoData(Exception):
    """The text is no YAML that is taken; `fault` says why, with its line."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


class _Composer(yaml.SafeLoader):
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        # A few lines of references can stand for gigabytes.
        if self.check_event(yaml.events.AliasEvent):
            self._refuse("references (*name) are not taken")
        self.depth += 1
        if self.depth > DEEPEST:
            self._refuse("too deep")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _refuse(self, why: str) -> None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        raise yaml.MarkedYAMLError(problem=why, problem_mark=event.start_mark)


def composed(text: str) -> yaml.Node | None:
    """The tree of a YAML text. Raises NoData."""
    if "\x00" in text:
        raise NoData(Fault(1, "control"))
    loader = _Composer(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as trouble:
        line = trouble.problem_mark.line + 1 if trouble.problem_mark else 1
        raise NoData(Fault(line, "no-yaml", (trouble.problem or "")[:80])) from None
    except (yaml.YAMLError, RecursionError) as trouble:
        raise NoData(Fault(1, "no-yaml", type(trouble).__name__)) from None
    finally:
        loader.dispose()
    return node


def line_of(node: yaml.Node) -> int:
    line: int = node.start_mark.line
    return line + 1


def pairs(node: yaml.Node) -> Iterable[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def word(node: yaml.Node) -> str | None:
    """A single value as it is written; None when it is more than one."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def words(node: yaml.Node) -> list[str] | None:
    """A list of single values; None when it is none."""
    if not isinstance(node, yaml.SequenceNode):
        return None
    found = [word(item) for item in node.value]
    return None if None in found else [item for item in found if item is not None]


def scalar(value: str | int) -> str:
    """A value on one line, as YAML writes it."""
    return _dumped(value).removesuffix("\n").removesuffix("\n...")


def flow(values: list[str] | dict[str, str]) -> str:
    """A list or mapping on one line."""
    return _dumped(values).removesuffix("\n")


def _dumped(value: object) -> str:
    written: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=True, width=1_000_000)
    return written
