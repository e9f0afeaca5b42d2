"""
Order the nodes of a form so that each is computed after all it reads.

Source: FORMS.md 2 ("order by dependency once at load, report cycles with the names in them").
"""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

from avrr_desktop.interview.definition import Binding, Group, Repeat
from avrr_desktop.interview.errors import DefinitionError
from avrr_desktop.interview.referring import references, subtrees
from avrr_desktop.interview.syntax import Path
from avrr_desktop.interview.tree import SIDEWAYS, Node, walk
from avrr_desktop.interview.xpath import Expression

_RESTLESS_CALLS = frozenset(("today", "jr:itext", "jr:choice-name"))


def template_nodes(document: Node) -> dict[str, Node]:
    """Return the elements of the template by path, in form order."""
    return {node.template: node for node in walk(document) if node.kind == "element"}


def dependencies(document: Node, bindings: Mapping[str, Binding], groups: Mapping[str, Group]) -> dict[str, set[str]]:
    """
    Return, for each path, the paths its relevance, value and row count depend on.

    Constraint, required and readonly feed nothing and are left out.
    """
    nodes = template_nodes(document)
    found: dict[str, set[str]] = {}
    for path, node in nodes.items():
        needs = {node.parent.template} if node.parent is not None and node.parent.template else set()
        binding, group = bindings.get(path), groups.get(path)
        if binding is not None:
            needs |= _reads([binding.relevant], node, document)
            if binding.calculate is not None:
                read = _reads([binding.calculate], node, document)
                needs |= read - {path} if "once" in binding.calculate.functions else read
        if isinstance(group, Repeat) and group.count is not None and node.parent is not None:
            needs |= _reads([group.count], node.parent, document)
        found[path] = needs & nodes.keys()
    return found


def readers(document: Node, bindings: Mapping[str, Binding], groups: Mapping[str, Group]) -> dict[str, tuple[str, ...]]:
    """
    Return, for each path that an expression reads, the paths whose relevance, value or row count read it.

    Inherited relevance is left out: it goes from parent to child, which the tree tells.
    """
    nodes = template_nodes(document)
    found: dict[str, list[str]] = {}
    for path, node in nodes.items():
        binding, group = bindings.get(path), groups.get(path)
        read = _reads([binding.relevant, binding.calculate], node, document) if binding is not None else set()
        if isinstance(group, Repeat) and node.parent is not None:
            read |= _reads([group.count], node.parent, document)
        for other in read & nodes.keys():
            found.setdefault(other, []).append(path)
    return {path: tuple(reading) for path, reading in found.items()}


def restless(bindings: Mapping[str, Binding], groups: Mapping[str, Group]) -> frozenset[str]:
    """Return the paths that may differ though nothing they name has changed: by the day, the language, other rows."""
    found = set()
    for path, binding in bindings.items():
        group = groups.get(path)
        expressions = [binding.relevant, binding.calculate, group.count if isinstance(group, Repeat) else None]
        if any(one is not None and _is_restless(one) for one in expressions):
            found.add(path)
    return frozenset(found)


def _is_restless(expression: Expression) -> bool:
    if expression.functions & _RESTLESS_CALLS:
        return True
    paths = (part for part in subtrees(expression.tree) if isinstance(part, Path))
    return any(step.axis in SIDEWAYS for path in paths for step in path.steps)


def _reads(expressions: Iterable[Expression | None], base: Node, document: Node) -> set[str]:
    found: set[str] = set()
    for expression in expressions:
        if expression is not None:
            found |= references(expression.tree, base, document)
    return found


def dependency_order(needs: Mapping[str, set[str]]) -> tuple[str, ...]:
    """
    Sort the keys of *needs* after what they need, otherwise in the given order.

    Raises:
        DefinitionError: Code `cycle`; `names` are the nodes on it, first one repeated at the end.
    """
    rank = {path: index for index, path in enumerate(needs)}
    names = list(needs)
    waiting = {path: len(read) for path, read in needs.items()}
    readers: dict[str, list[str]] = {path: [] for path in needs}
    for path, read in needs.items():
        for other in read:
            readers[other].append(path)
    ready = [rank[path] for path, count in waiting.items() if not count]
    heapify(ready)
    order: list[str] = []
    while ready:
        path = names[heappop(ready)]
        order.append(path)
        for reader in readers[path]:
            waiting[reader] -= 1
            if not waiting[reader]:
                heappush(ready, rank[reader])
    if len(order) < len(needs):
        raise DefinitionError("cycle", names=" > ".join(_cycle(needs, set(needs) - set(order))))
    return tuple(order)


def _cycle(needs: Mapping[str, set[str]], left: set[str]) -> list[str]:
    path = min(left)
    seen: list[str] = []
    while path not in seen:
        seen.append(path)
        path = min(needs[path] & left)
    return [one.rpartition("/")[2] for one in [*seen[seen.index(path) :], path]]
