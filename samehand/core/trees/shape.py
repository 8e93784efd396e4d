"""Whether a tree leads on: no ring, no way into nothing, nothing that no way leads to."""

from __future__ import annotations

from collections.abc import Iterator

from samehand.core.trees.values import End, Fault, Node, Question, Tree


def onward(node: Node) -> tuple[str, ...]:
    """Where one can go from a node, each once, in the order of the answers."""
    if isinstance(node, End):
        return ()
    ways = [answer.next for answer in node.answers] if isinstance(node, Question) else [node.next, node.unable]
    return tuple(dict.fromkeys(ways))


def in_order(tree: Tree) -> list[str]:
    """The keys of the nodes in the order in which one comes to them: nearest to the start first."""
    order: dict[str, None] = {}
    waiting = [tree.start]
    while waiting:
        following = [key for key in dict.fromkeys(waiting) if key in tree.nodes and key not in order]
        order |= dict.fromkeys(following)
        waiting = [way for key in following for way in onward(tree.nodes[key])]
    return list(order)


def shape_faults(tree: Tree) -> list[Fault]:
    if tree.start not in tree.nodes:
        return [Fault("no-start", word=tree.start[:60]), *_dangling(tree)]
    return [*_dangling(tree), *_unreachable(tree), *_rings(tree), *_endless(tree)]


def _dangling(tree: Tree) -> Iterator[Fault]:
    for node in tree.nodes.values():
        for way in onward(node):
            if way not in tree.nodes:
                yield Fault("dangling" if way else "dead-end", node.id, way[:60])


def _unreachable(tree: Tree) -> Iterator[Fault]:
    reached = set(in_order(tree))
    yield from (Fault("unreachable", key) for key in tree.nodes if key not in reached)


def _rings(tree: Tree) -> Iterator[Fault]:
    """Each ring once, told from where it is entered: "apn -> data -> apn"."""
    done, way = set[str](), list[str]()
    # Without recursion: the way may be as long as the tree.
    stack: list[tuple[str, Iterator[str]]] = []

    def enter(key: str) -> None:
        way.append(key)
        stack.append((key, iter(onward(tree.nodes[key]))))

    for start in tree.nodes:
        if start in done:
            continue
        enter(start)
        while stack:
            key, ways = stack[-1]
            following = next(ways, None)
            if following is None:
                done.add(key)
                way.pop()
                stack.pop()
            elif following in way:
                yield Fault("cycle", following, " -> ".join([*way[way.index(following) :], following]))
            elif following in tree.nodes and following not in done:
                enter(following)


def _endless(tree: Tree) -> Iterator[Fault]:
    """Nodes from which no end can be reached although every way leads somewhere."""
    good = {end.id for end in tree.ends}
    grown = True
    while grown:
        more = {key for key, node in tree.nodes.items() if key not in good and good.intersection(onward(node))}
        good |= more
        grown = bool(more)
    yield from (
        Fault("dead-end", key)
        for key, node in tree.nodes.items()
        if key not in good and all(way in tree.nodes for way in onward(node))
    )
