"""
Build and index the instance of a running form: a tree of nodes with stable repeat rows.

A row that a falling `repeat_count` leaves over is parked, not removed: no expression sees it, and it
comes back with its answers when the count rises.
"""

from collections.abc import Iterator
from decimal import Decimal

from avrr_desktop.interview import limits
from avrr_desktop.interview.definition import Definition
from avrr_desktop.interview.tree import Node, Place, walk


class Instance:
    """
    The live tree.

    Attributes:
        document: Its document node.
        nodes: Live nodes by template path, in document order of their rows.
        was: What each place was (text, relevance) before the first change noted since `forget`; None where there
            was no node.
    """

    def __init__(self, definition: Definition) -> None:
        self._repeats = definition.repeats
        self._rank = {node.template: at for at, node in enumerate(walk(definition.template))}
        self._templates = {node.template: node for node in walk(definition.template)}
        self._orders: dict[str, Decimal] = {}
        self._parked: dict[tuple[str, str], list[Node]] = {}
        self.nodes: dict[str, list[Node]] = {path: [] for path in self._templates}
        self._places: dict[Place, Node] = {}
        self.was: dict[Place, tuple[str, bool] | None] = {}
        self.document = self._copy(definition.template)
        self._index(self.document)

    def note(self, node: Node) -> None:
        """Remember what a node is, before it changes."""
        self.was.setdefault(self.place(node), (node.text, node.relevant))

    def forget(self) -> None:
        """Begin to note changes anew."""
        self.was.clear()

    def changed(self) -> set[Place]:
        """Return the places that are not what they were when the noting began."""
        found = set()
        for place, old in self.was.items():
            node = self._places.get(place)
            if old != (None if node is None else (node.text, node.relevant)):
                found.add(place)
        return found

    def find(self, place: Place) -> Node | None:
        """Return a live node, None when it is not there."""
        return self._places.get(place)

    def place(self, node: Node) -> Place:
        """Name a live node."""
        return Place(node.template, node.rep())

    def container(self, repeat: str, parent_rep: str) -> Node | None:
        """Return the live node that holds a repeat's rows."""
        return self._places.get(Place(repeat.rpartition("/")[0], parent_rep))

    def containers(self, repeat: str) -> list[Node]:
        """Return every live node that holds rows of a repeat."""
        return list(self.nodes.get(repeat.rpartition("/")[0], ()))

    def rows(self, repeat: str, container: Node) -> list[Node]:
        """Return the live rows of a repeat in a container, in order."""
        return [child for child in container.children if child.template == repeat]

    def parked(self, repeat: str, container: Node) -> list[Node]:
        """Return the rows left over by the count, in order."""
        return self._parked.get((repeat, container.rep()), [])

    def next_order(self, repeat: str, container: Node) -> int:
        """Return an order after every row there, parked ones included."""
        rows = self.rows(repeat, container) + self.parked(repeat, container)
        return int(max((self._orders[row.row] for row in rows), default=Decimal(0))) + 1

    def grow(self, repeat: str, container: Node, row: str, order: Decimal) -> Node:
        """
        Add a row at its place by order, then id.

        Raises:
            LimitError: The form has too many rows.
        """
        limits.require(len(self._orders) + 1, limits.ROWS, "rows")
        node = self._copy(self._templates[repeat])
        node.row = row
        self._orders[row] = order
        self._attach(container, node)
        return node

    def remove(self, node: Node) -> None:
        """Take a row out of the tree for good."""
        self._detach(node)
        for inner in walk(node):
            self._orders.pop(inner.row, None)

    def park(self, repeat: str, container: Node, wanted: int) -> bool:
        """Leave over the rows beyond *wanted*, or bring some back; tell whether anything moved."""
        rows, parked = self.rows(repeat, container), list(self.parked(repeat, container))
        moved = False
        for row in rows[wanted:]:
            self._detach(row)
            parked.append(row)
            moved = True
        parked.sort(key=lambda row: (self._orders[row.row], row.row))
        for row in parked[: max(0, wanted - len(rows))]:
            self._attach(container, row)
            moved = True
        self._parked[repeat, container.rep()] = [row for row in parked if row not in container.children]
        return moved

    def _copy(self, template: Node) -> Node:
        node = Node(template.name, kind=template.kind)
        node.template = template.template
        for one in template.attributes:
            node.attributes.append(Node(one.name, node, kind="attribute", text=one.text))
        for child in template.children:
            if child.template not in self._repeats:
                node.add(self._copy(child))
        return node

    def _attach(self, container: Node, node: Node) -> None:
        key = (self._rank[node.template], self._orders[node.row], node.row)
        node.parent = container
        at = len(container.children)
        for index, other in enumerate(container.children):
            rank = self._rank[other.template]
            order = self._orders.get(other.row, Decimal(0))
            if (rank, order, other.row) > key:
                at = index
                break
        container.children.insert(at, node)
        self._index(node)

    def _detach(self, node: Node) -> None:
        if node.parent is None:
            return
        for inner in walk(node):
            self.note(inner)
            self.nodes[inner.template] = [one for one in self.nodes[inner.template] if one is not inner]
            self._places.pop(self.place(inner), None)
        node.parent.children = [one for one in node.parent.children if one is not node]

    def _index(self, node: Node) -> None:
        for inner in walk(node):
            place = self.place(inner)
            self.was.setdefault(place, None)
            self.nodes[inner.template].append(inner)
            self._places[place] = inner

    def leaves(self, node: Node) -> Iterator[Node]:
        """Yield the nodes below that hold values."""
        return (inner for inner in walk(node) if not inner.children and inner.kind == "element")
