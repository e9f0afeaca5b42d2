"""
Tell what an expression reads: its parts, and the template paths it leads to.
"""

from collections.abc import Iterator

from avrr_desktop.interview import syntax
from avrr_desktop.interview.tree import SIDEWAYS, Node, axis, passes


def subtrees(tree: syntax.Tree) -> Iterator[syntax.Tree]:
    """Yield *tree* and every tree inside it, predicates included."""
    stack: list[syntax.Tree] = [tree]
    while stack:
        part = stack.pop()
        yield part
        stack.extend(_parts(part))


def _parts(tree: syntax.Tree) -> list[syntax.Tree]:
    if isinstance(tree, syntax.Call):
        return list(tree.arguments)
    if isinstance(tree, syntax.Negative):
        return [tree.operand]
    if isinstance(tree, syntax.Chain):
        return [tree.first, *(operand for _operator, operand in tree.rest)]
    if isinstance(tree, syntax.Path):
        start = [tree.start] if tree.start is not None and not isinstance(tree.start, str) else []
        inside = [predicate for step in tree.steps for predicate in step.predicates]
        return [*start, *tree.predicates, *inside]
    return []


def references(tree: syntax.Tree, base: Node, document: Node) -> set[str]:
    """
    Return the template paths *tree* reads when evaluated at *base*.

    Args:
        tree: An expression's tree.
        base: A node of the template instance (each repeat once).
        document: The document node of that instance.

    Returns:
        Template paths; a path that leads nowhere is returned as `!` and its source form, for lint.
    """
    found: set[str] = set()
    _read(tree, [base], base, document, found)
    return found


def _read(tree: syntax.Tree, nodes: list[Node], current: Node, document: Node, found: set[str]) -> list[Node]:
    """Walk the template as the expression would walk an instance; return the nodes *tree* may give."""
    if not isinstance(tree, syntax.Path):
        given: list[Node] = []
        for part in _parts(tree):
            given += _read(part, nodes, current, document, found)
        if isinstance(tree, syntax.Call) and tree.name == "current":
            found.add(current.template)
            return [current]
        return given if isinstance(tree, (syntax.Chain, syntax.Call)) else []
    if tree.start == "/":
        nodes = [document]
    elif tree.start is not None and not isinstance(tree.start, str):
        nodes = _read(tree.start, nodes, current, document, found)
        if isinstance(tree.start, syntax.Call) and tree.start.name == "instance":
            nodes = []
    outside = not nodes
    for predicate in tree.predicates:
        _read(predicate, nodes, current, document, found)
    for step in tree.steps:
        nodes = list({id(hit): hit for node in nodes for hit in _step_nodes(node, step)}.values())
        for predicate in step.predicates:
            _read(predicate, nodes, current, document, found)
    if not nodes and not outside and not any(step.axis in SIDEWAYS for step in tree.steps):
        found.add("!" + path_text(tree))
    found.update(node.template for node in nodes if node.template)
    return nodes


def path_text(tree: syntax.Path) -> str:
    """Write a path's steps for a person who looks for it in the form."""
    steps = "/".join(step.test if step.axis == "child" else f"{step.axis}::{step.test}" for step in tree.steps)
    return f"/{steps}" if tree.start == "/" else steps


def _step_nodes(node: Node, step: syntax.Step) -> list[Node]:
    hits = axis(node, step.axis)
    if step.test == "text()":
        return [hit for hit in hits if not hit.children]
    return [hit for hit in hits if passes(hit, step.test, step.axis)]
