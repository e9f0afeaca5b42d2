"""
Find rows of long lists by the value of a column, without visiting each row.

`instance('x')/root/item[col = v]` is what a choice_filter becomes. Where *v* does not depend on the row, the rows
are indexed by *col* once; a list of 5,000 rows then costs as much as one of 50. Only secondary instances are
indexed: they never change while a form runs.

Source: FORMS.md 2, "index by column instead of scanning".
"""

from collections.abc import Callable
from dataclasses import dataclass

from avrr_desktop.interview import syntax
from avrr_desktop.interview.tree import Node, Value

SHORTEST = 32
"""Rows below which scanning is as quick; measured."""
_ROW_CALLS = frozenset(("position", "last"))
_NODE_CALLS = frozenset(
    ("name", "local-name", "namespace-uri", "string", "string-length", "normalize-space", "number", "position")
)
"""Functions that read the context node when they are called without it."""
Index = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Filter:
    """
    What an index can answer of a predicate.

    Attributes:
        column: Child element compared.
        key: Tree of the value it is compared with; it does not depend on the row.
        is_whole: The comparison is the whole predicate, else one of several that must all be true.
    """

    column: str
    key: syntax.Tree
    is_whole: bool


def filter_of(predicate: syntax.Tree, is_volatile: Callable[[str], bool]) -> Filter | None:
    """Return what an index can answer of *predicate*, None for nothing."""
    whole = _comparison(predicate, is_volatile)
    if whole is not None:
        return Filter(*whole, True)
    if not isinstance(predicate, syntax.Chain) or predicate.rest[0][0] != "and" or _calls_position(predicate):
        return None
    parts = [predicate.first, *(operand for _operator, operand in predicate.rest)]
    found = next((one for part in parts if (one := _comparison(part, is_volatile)) is not None), None)
    return None if found is None else Filter(*found, False)


def _comparison(tree: syntax.Tree, is_volatile: Callable[[str], bool]) -> tuple[str, syntax.Tree] | None:
    if not isinstance(tree, syntax.Chain) or len(tree.rest) != 1 or tree.rest[0][0] != "=":
        return None
    for column, key in ((tree.first, tree.rest[0][1]), (tree.rest[0][1], tree.first)):
        if isinstance(column, syntax.Path) and column.start is None and len(column.steps) == 1:
            [step] = column.steps
            plain = step.axis == "child" and not step.predicates and step.test[-1:] not in ("*", ")")
            if plain and _is_fixed(key, is_volatile):
                return step.test, key
    return None


def _is_fixed(tree: syntax.Tree, is_volatile: Callable[[str], bool]) -> bool:
    """Tell whether a tree has one value for all rows."""
    if isinstance(tree, (syntax.Number, syntax.Literal)):
        return True
    if isinstance(tree, syntax.Call):
        reads_row = tree.name == "last" or (tree.name in _NODE_CALLS and (not tree.arguments or tree.name == "lang"))
        return (
            not reads_row and not is_volatile(tree.name) and all(_is_fixed(one, is_volatile) for one in tree.arguments)
        )
    if isinstance(tree, syntax.Path):
        start = tree.start
        return start == "/" or (start is not None and not isinstance(start, str) and _is_fixed(start, is_volatile))
    return False


def _calls_position(tree: syntax.Tree) -> bool:
    if isinstance(tree, syntax.Call):
        return tree.name in _ROW_CALLS or any(_calls_position(one) for one in tree.arguments)
    if isinstance(tree, syntax.Chain):
        return any(_calls_position(one) for one in (tree.first, *(operand for _operator, operand in tree.rest)))
    return isinstance(tree, syntax.Negative) and _calls_position(tree.operand)


def can_index(parent: Node) -> bool:
    """Tell whether the children of a node are many and never change."""
    return len(parent.children) >= SHORTEST and not parent.template and parent.kind == "element"


def rows_where(parent: Node, test: str, column: str, key: Value, spend: Callable[[int], None]) -> list[Node] | None:
    """
    Return the children called *test* whose *column* equals *key*, in order.

    Args:
        parent: `can_index` has said yes to it.
        test: A name, or `*`.
        column: A child element's name.
        key: A text, or nodes of which one must be equal; for other values None is returned.
        spend: Is told how many nodes were visited.
    """
    if isinstance(key, (bool, float)):
        return None
    index = _index(parent, test, column, spend)
    wanted = [key] if isinstance(key, str) else [node.value() for node in key]
    hits = sorted({at for one in wanted for at in index.get(one, ())})
    spend(len(hits) + len(wanted))
    return [parent.children[at] for at in hits]


def _index(parent: Node, test: str, column: str, spend: Callable[[int], None]) -> Index:
    if parent.indexes is None:
        parent.indexes = {}
    index = parent.indexes.get((test, column))
    if index is None:
        spend(len(parent.children))
        index = {}
        for at, row in enumerate(parent.children):
            if row.kind == "element" and test in ("*", row.name):
                for field in row.children:
                    if field.name == column and field.kind == "element":
                        index.setdefault(field.value(), []).append(at)
        parent.indexes[test, column] = index
    return index
