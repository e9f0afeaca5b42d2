"""
Hold the instance an expression walks over: nodes, axes and the context of an evaluation.

One kind of node serves the main instance, secondary instances and whole XML documents. A form's leaf
keeps its value in `text`; a document read by `document.read_document` has text nodes of their own, comments,
processing instructions and namespaces. A repeat row carries its stable id in `row`; positions are derived
from the order of siblings and never stored.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import NamedTuple

from avrr_desktop.interview import limits
from avrr_desktop.interview.errors import ExpressionError

_TEXTUAL = frozenset(("element", "text"))
"""Kinds of children that make up a string-value (XPath 1.0, section 5.2)."""


class Place(NamedTuple):
    """Name one node of a running form: template path and innermost row id ('' outside repeats)."""

    node: str
    rep: str = ""


class Node:
    """
    One node of an instance.

    Attributes:
        name: Qualified name as written in the form.
        kind: `document`, `element`, `attribute`, `text`, `comment`, `processing-instruction` or `namespace`.
        template: Path without positions, '' in secondary instances.
        row: Row id when the node is a repeat row.
        relevant: Own relevance and that of every ancestor.
        text: Value of a leaf, kept while irrelevant.
        uri: Namespace of the name, '' for none; only documents fill it.
        spaces: Prefix to address in scope at an element of a document; None in forms.
        indexes: Of its children by test and column (see `lookup`); None until one is made.
    """

    __slots__ = (
        "attributes", "children", "indexes", "kind", "name", "parent", "relevant", "row", "spaces", "template", "text",
        "uri",
    )  # fmt: skip

    def __init__(self, name: str, parent: "Node | None" = None, *, kind: str = "element", text: str = "") -> None:
        self.name = name
        self.parent = parent
        self.kind = kind
        self.text = text
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self.template = ""
        self.row = ""
        self.relevant = True
        self.uri = ""
        self.spaces: Mapping[str, str] | None = None
        self.indexes: dict[tuple[str, str], dict[str, list[int]]] | None = None

    def add(self, child: "Node") -> "Node":
        """Append *child* and return it."""
        child.parent = self
        self.children.append(child)
        return child

    def value(self) -> str:
        """Return the string-value; irrelevant nodes read as empty (FORMS.md, trap 5)."""
        if not self.relevant:
            return ""
        if not self.children:
            return self.text
        return "".join(child.value() for child in self.children if child.kind in _TEXTUAL)

    def rep(self) -> str:
        """Return the id of the innermost repeat row around (or at) this node, '' outside."""
        node: Node | None = self
        while node is not None:
            if node.row:
                return node.row
            node = node.parent
        return ""

    def root(self) -> "Node":
        """Return the topmost ancestor."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def ancestry(self) -> "list[Node]":
        """Return the nodes from the topmost ancestor down to this node."""
        chain = [self]
        while chain[-1].parent is not None:
            chain.append(chain[-1].parent)
        chain.reverse()
        return chain


@dataclass(slots=True)
class Environment:
    """
    What an evaluation may ask of the form around it.

    Attributes:
        now: The clock; aware.
        zone: The interview's time zone, not the machine's (FORMS.md, trap 2).
        ids: Makes a new id per call.
        chance: Makes a number in [0, 1); None where the form may not use chance.
        instances: Finds a secondary instance's document node.
        itext: Text of a translation id in the current language.
        choice_label: Label of a choice value of the select at a path, read from the current node.
        steps_left: Nodes that may still be visited in this pass.
        root: Where absolute paths begin; None is the document, or the row the expression stands in.
        spaces: Prefix to address for names in expressions; None compares names as the form writes them.
    """

    now: Callable[[], datetime]
    zone: tzinfo
    ids: Callable[[], str]
    chance: Callable[[], float] | None = None
    instances: Callable[[str], Node | None] = lambda _name: None
    itext: Callable[[str], str] = lambda _id: ""
    choice_label: Callable[[str, str, Node], str] = lambda _value, _path, _current: ""
    properties: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    steps_left: int = limits.PASS_STEPS
    root: Node | None = None
    spaces: Mapping[str, str] | None = None

    def spend(self, steps: int) -> None:
        """
        Count *steps* against the budget of the pass.

        Raises:
            LimitError: The budget is used up.
        """
        self.steps_left -= steps
        if self.steps_left < 0:
            limits.require(1, 0, "pass_budget")


Value = float | str | bool | list[Node]


@dataclass(slots=True)
class Context:
    """The XPath context: node, position and size (1-based), and ODK's `current()` node."""

    node: Node
    current: Node
    environment: Environment
    position: int = 1
    size: int = 1


def walk(node: Node) -> Iterator[Node]:
    """Yield *node* and its descendants in document order."""
    stack = [node]
    while stack:
        found = stack.pop()
        yield found
        stack.extend(reversed(found.children))


def axis(node: Node, name: str) -> list[Node]:
    """Return the nodes on an axis, nearest first (XPath 1.0, section 2.2)."""
    return AXES[name](node)


def _siblings(node: Node) -> tuple[list[Node], int]:
    if node.parent is None or node.kind in _BESIDE:
        return [node], 0
    children = node.parent.children
    return children, next((index for index, child in enumerate(children) if child is node), 0)


_BESIDE = frozenset(("attribute", "namespace"))
"""Kinds that belong to an element and are not its children."""


def _following_siblings(node: Node) -> list[Node]:
    siblings, index = _siblings(node)
    return siblings[index + 1 :]


def _preceding_siblings(node: Node) -> list[Node]:
    siblings, index = _siblings(node)
    return siblings[:index][::-1]


def _ancestors(node: Node) -> list[Node]:
    return node.ancestry()[-2::-1]


def _following(node: Node) -> list[Node]:
    chain = [node, *_ancestors(node)]
    inside = list(walk(node.parent))[1:] if node.kind in _BESIDE and node.parent is not None else []
    return inside + [found for link in chain for sibling in _following_siblings(link) for found in walk(sibling)]


def _preceding(node: Node) -> list[Node]:
    chain = [node, *_ancestors(node)]
    return [found for link in chain for sibling in _preceding_siblings(link) for found in reversed(list(walk(sibling)))]


def _namespaces(node: Node) -> list[Node]:
    """Return the namespaces in scope of a document's element, by prefix (XPath 1.0, section 5.4)."""
    if node.kind != "element" or node.spaces is None:
        return []
    return [Node(prefix, node, kind="namespace", text=uri) for prefix, uri in sorted(node.spaces.items()) if uri]


AXES: Mapping[str, Callable[[Node], list[Node]]] = {
    "self": lambda node: [node],
    "child": lambda node: node.children,
    "parent": lambda node: [node.parent] if node.parent is not None else [],
    "attribute": lambda node: node.attributes,
    "descendant": lambda node: list(walk(node))[1:],
    "descendant-or-self": lambda node: list(walk(node)),
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: [node, *_ancestors(node)],
    "following-sibling": _following_siblings,
    "preceding-sibling": _preceding_siblings,
    "following": _following,
    "preceding": _preceding,
    "namespace": _namespaces,
}
SIDEWAYS = frozenset(("following", "following-sibling", "preceding", "preceding-sibling"))
"""Axes that lead from a repeat row to other rows, which a template with each repeat once cannot show."""
REVERSE_AXES = frozenset(("ancestor", "ancestor-or-self", "preceding", "preceding-sibling"))


def passes(node: Node, test: str, axis_name: str, spaces: Mapping[str, str] | None = None) -> bool:
    """
    Decide a node test other than `text()`, which is about values (see `texts`).

    Args:
        node: A node on the axis.
        test: A name, `*`, `p:*`, or a node type with brackets.
        axis_name: Decides the principal kind (XPath 1.0, section 2.3).
        spaces: As `Environment.spaces`.

    Raises:
        ExpressionError: Code `unknown_prefix`.
    """
    if test == "node()":
        return True
    if test.endswith(")"):
        kind, _bracket, target = test[:-1].partition("(")
        return node.kind == kind and target in ("", node.name)
    if node.kind != (axis_name if axis_name in _BESIDE else "element"):
        return False
    if test == "*":
        return True
    if spaces is not None and node.kind != "namespace":
        return _is_named(node, test, spaces)
    return test == node.name or (test.endswith(":*") and node.name.startswith(test[:-1]))


def _is_named(node: Node, test: str, spaces: Mapping[str, str]) -> bool:
    """Compare expanded names; one without prefix is in no namespace or in the default one (ODK Web Forms)."""
    prefix, _colon, local = test.rpartition(":")
    if prefix and prefix not in spaces:
        raise ExpressionError("unknown_prefix", name=prefix)
    if prefix:
        is_here = node.uri == spaces[prefix]
    else:
        is_here = not node.uri or (node.kind == "element" and node.uri == spaces.get(""))
    return is_here and local in ("*", node.name.rpartition(":")[2])


def ordinal(node: Node) -> int:
    """Return a node's place among its siblings of the same name, from 1."""
    siblings, index = _siblings(node)
    return 1 + sum(one.name == node.name for one in siblings[:index])


def texts(node: Node, axis_name: str) -> list[Node]:
    """Return the text nodes on an axis: those of a document, and one for each leaf of a form that holds a value."""
    if axis_name == "child":
        leaves, hits = [node], node.children
    else:
        hits = axis(node, axis_name)
        leaves = hits if axis_name in ("descendant", "descendant-or-self") else []
        if axis_name == "descendant":
            leaves = [node, *hits]
    return [hit for hit in hits if hit.kind == "text"] + [
        Node("", leaf, kind="text", text=leaf.value())
        for leaf in leaves
        if leaf.kind == "element" and not leaf.children and leaf.value()
    ]


def _identity(node: Node) -> tuple[object, ...]:
    """Name a node; namespaces and the texts of leaves are made anew at each visit."""
    if node.kind == "namespace":
        return id(node.parent), node.name
    if node.kind == "text" and node.parent is not None and not node.parent.children:
        return id(node.parent), None
    return (id(node),)


def document_order(nodes: list[Node], spend: Callable[[int], None] = lambda _steps: None) -> list[Node]:
    """Return *nodes* without repetition, in document order; *spend* is told how many nodes that took."""
    unique = list({_identity(node): node for node in nodes}.values())
    if len(unique) < 2:
        return unique
    places: dict[int, int] = {}
    for root in {id(node.root()): node.root() for node in unique}.values():
        for found in walk(root):
            places[id(found)] = len(places)
    spend(len(places))
    return sorted(unique, key=lambda node: _order(node, places))


def _order(node: Node, places: Mapping[int, int]) -> tuple[int, int, str, int]:
    """Place a node; what belongs to an element follows it, namespaces first (XPath 1.0, section 5)."""
    if id(node) in places or node.parent is None:
        return places.get(id(node), len(places)), 0, "", 0
    owner = places.get(id(node.parent), len(places))
    if node.kind == "namespace":
        return owner, 1, node.name, 0
    at = next((at for at, one in enumerate(node.parent.attributes) if one is node), 0)
    return owner, 2 if node.kind == "attribute" else 3, "", at


def nodes_of(value: Value, function: str) -> list[Node]:
    """
    Demand a node-set.

    Raises:
        ExpressionError: Code `not_nodes`.
    """
    if isinstance(value, list):
        return value
    raise ExpressionError("not_nodes", function=function)
