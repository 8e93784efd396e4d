"""Decision trees of the house: read from YAML, checked, and what of them leads nowhere yet."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from samehand.core import trees
from samehand.core.trees import Fault, Faulty, Tree
from samehand.guide import models
from samehand.guide.models import Problem, Solution

LARGEST = 300_000
# What most people need first.
STARTER = (
    "no-internet",
    "no-signal",
    "sim-lost-stolen",
    "cannot-call",
    "topup-missing",
    "port-in-stuck",
    "esim",
    "mms",
)


class _Plain(yaml.BaseLoader):
    """Words only ("Yes" and "No" as well), and no references: a few lines of them can stand for gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("references (*name) are not taken")
        return super().compose_node(parent, index)


class _Written(yaml.SafeDumper):
    pass


def _one_line(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text)


_Written.add_representer(str, _one_line)


def read(text: str) -> dict[str, Any]:
    """The definition that a YAML text holds; `Faulty` when it holds none."""
    if len(text) > LARGEST:
        raise Faulty((Fault("too-large"),))
    try:
        found = yaml.load(text.replace("\x00", ""), Loader=_Plain)  # noqa: S506  # makes words only
    except (yaml.YAMLError, RecursionError, ValueError) as trouble:
        raise Faulty((Fault("no-yaml", _line(trouble), str(getattr(trouble, "problem", "") or "")[:120]),)) from None
    if not isinstance(found, dict):
        raise Faulty((Fault("no-tree"),))
    return found


def written(definition: Mapping[str, Any]) -> str:
    """The YAML text of a definition, as one edits it."""
    return yaml.dump(dict(definition), Dumper=_Written, allow_unicode=True, sort_keys=False, width=118)


def starter() -> list[dict[str, Any]]:
    """The definitions that come with Samehand, in the order in which they are shown."""
    folder = files("samehand.guide") / "starter" / "trees"
    found = {file.name: file for file in folder.iterdir() if file.name.endswith(".yaml")}
    order = {f"{key}.yaml": place for place, key in enumerate(STARTER)}
    names = sorted(found, key=lambda name: (order.get(name, len(order)), name))
    return [read(found[name].read_text(encoding="utf-8")) for name in names]


def plain(tree: Tree) -> dict[str, Any]:
    """The definition of a tree as JSON keeps it: what `checked` reads again, and no more."""
    said: dict[str, Any] = {"key": tree.key, "problem": tree.problem, "titles": dict(tree.titles)}
    if tree.summaries:
        said["summaries"] = dict(tree.summaries)
    return said | {"start": tree.start, "nodes": {key: _plain_node(tree.nodes[key]) for key in trees.in_order(tree)}}


def _plain_node(node: trees.Node) -> dict[str, Any]:
    if isinstance(node, trees.Question):
        answers = [{"key": each.key, "words": dict(each.words), "next": each.next} for each in node.answers]
        helped = {"help": dict(node.help)} if node.help else {}
        return {"question": dict(node.question), **helped, "answers": answers}
    if isinstance(node, trees.Try):
        unable = {"unable": node.unable} if node.unable != node.next else {}
        return {"try": node.solution, "next": node.next, **unable}
    target = {"solution": {"solution": node.target}, "article": {"problem": node.target}}.get(node.kind, {})
    more = ({"words": dict(node.words)} if node.words else {}) | ({"topic": node.topic} if node.topic else {})
    return {"end": node.kind, **target, **more, **({"urgency": "high"} if node.urgent else {})}


def published() -> list[Tree]:
    """The trees that everybody may walk, in their order."""
    return [of(row) for row in models.Tree.objects.filter(published=True)]


def published_tree(key: str) -> Tree | None:
    row = models.Tree.objects.filter(published=True, key=key[:60].replace("\x00", "")).first()
    return of(row) if row else None


def of(row: models.Tree) -> Tree:
    return trees.checked(row.definition)


def leads_nowhere(tree: Tree) -> list[str]:
    """The solutions and problems that a tree names and the guide does not have: problem#solution, or a problem."""
    there = {f"{problem}#{key}" for problem, key in _solutions(tree)}
    problems = {end.target for end in tree.ends if end.kind == "article"} | {tree.problem}
    known = set(Problem.objects.filter(key__in=problems, withdrawn_at=None).values_list("key", flat=True))
    return [*(each for each in tree.solutions if each not in there), *sorted(problems - known)]


def _solutions(tree: Tree) -> list[tuple[str, str]]:
    problems = {each.partition("#")[0] for each in tree.solutions}
    found = Solution.objects.filter(problem__key__in=problems, problem__withdrawn_at=None, retired_at=None)
    return list(found.values_list("problem__key", "key"))


def _line(trouble: Exception) -> str:
    mark = getattr(trouble, "problem_mark", None)
    return str(mark.line + 1) if mark else ""
