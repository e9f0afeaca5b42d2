"""
Recompute a running form: row counts, relevance and calculations, in dependency order.

A pass begins at the paths that changed and goes on to their readers as long as something changes; what cannot be
seen to change is computed every time. The first pass computes everything.

Source: FORMS.md 2 (topological order, dirty set) and 7 (traps 4, 5).
"""

import math
from collections.abc import Callable, Iterable
from heapq import heappop, heappush

from avrr_desktop.interview import dates, limits
from avrr_desktop.interview.answers import Stored
from avrr_desktop.interview.definition import Binding, Definition, Repeat
from avrr_desktop.interview.errors import ExpressionError
from avrr_desktop.interview.instance import Instance
from avrr_desktop.interview.referring import references
from avrr_desktop.interview.tree import Context, Environment, Node, Place, Value
from avrr_desktop.interview.values import to_text

_VISITS = 3
"""How often one path is computed in a pass: once, and again where a group is read before what is in it."""


class Passes:
    """
    The recomputation of one running form.

    Attributes:
        failures: Expressions that failed in the last pass, by place. A relevance that fails counts as
            relevant (a question too many does less harm than one too few), a calculation as ''.
    """

    def __init__(
        self,
        definition: Definition,
        instance: Instance,
        environment: Environment,
        answers: dict[Place, Stored],
        new_row: Callable[[str, Node], object],
    ) -> None:
        self._definition = definition
        self._instance = instance
        self._environment = environment
        self._answers = answers
        self._new_row = new_row
        self._bindings: dict[str, Binding] = {
            **{path: group.binding for path, group in definition.groups.items()},
            **{path: question.binding for path, question in definition.questions.items()},
        }
        self._repeats = definition.repeats
        self._fingerprints: dict[Place, tuple[str, ...]] = {}
        self._reads = self._volatile_reads()
        self.failures: dict[Place, ExpressionError] = {}
        self._rank = {path: at for at, path in enumerate(definition.order)}
        self._children: dict[str, list[str]] = {path: [] for path in definition.order}
        self._below: dict[str, list[str]] = {path: [] for path in definition.repeats}
        for path in definition.order:
            above = path.rpartition("/")[0]
            if above in self._children:
                self._children[above].append(path)
            for repeat in self._below:
                if path == repeat or path.startswith(repeat + "/"):
                    self._below[repeat].append(path)
        self._touched: set[str] = set()
        self._waiting: set[int] = set()
        self._heap: list[int] = []

    def run(self, *, everything: bool = False) -> None:
        """
        Compute what depends on the changes told since the last pass, or everything, in order.

        Raises:
            LimitError: The budget of the pass or the number of rows.
        """
        self._environment.steps_left = limits.PASS_STEPS
        for place in [place for place in self.failures if everything or not self._is_computed(place.node)]:
            del self.failures[place]
        self._due(self._definition.order if everything else self._definition.restless)
        self._tell_readers()
        visits: dict[int, int] = {}
        while self._heap:
            rank = heappop(self._heap)
            self._waiting.discard(rank)
            visits[rank] = visits.get(rank, 0) + 1
            if visits[rank] <= _VISITS:
                self._compute_path(self._definition.order[rank])
                self._tell_readers()
        for place in [place for place in self.failures if not self._is_here(place)]:
            del self.failures[place]

    def touch(self, path: str) -> None:
        """Tell that a value at a path changed."""
        self._touched.add(path)

    def touch_rows(self, repeat: str) -> None:
        """Tell that rows of a repeat came or went."""
        below = self._below[repeat]
        self._due(below)
        self._touched.update(below)

    def _compute_path(self, path: str) -> None:
        repeat, binding = self._repeats.get(path), self._bindings.get(path)
        if repeat is not None and repeat.count is not None:
            for container in self._instance.containers(path):
                self._count_rows(repeat, container)
        for node in list(self._instance.nodes[path]):
            text, relevant = node.text, node.relevant
            self._compute(node, binding)
            if node.text != text or node.relevant != relevant:
                self.touch(path)
            if node.relevant != relevant:
                self._due(self._children[path])

    def _due(self, paths: Iterable[str]) -> None:
        for path in paths:
            rank = self._rank[path]
            if rank not in self._waiting:
                self._waiting.add(rank)
                heappush(self._heap, rank)

    def _tell_readers(self) -> None:
        readers = self._definition.readers
        for path in self._touched:
            self._due(readers.get(path, ()))
            above = path.rpartition("/")[0]
            while above:
                # A group's string-value is made of what is in it.
                self._due(one for one in readers.get(above, ()) if not one.startswith(above + "/"))
                above = above.rpartition("/")[0]
        self._touched.clear()

    def _is_here(self, place: Place) -> bool:
        is_counted = place.node in self._repeats and self._instance.container(place.node, place.rep) is not None
        return is_counted or self._instance.find(place) is not None

    def _is_computed(self, path: str) -> bool:
        binding, repeat = self._bindings.get(path), self._repeats.get(path)
        computed = binding is not None and (binding.relevant is not None or binding.calculate is not None)
        return computed or (repeat is not None and repeat.count is not None)

    def context(self, node: Node) -> Context:
        """Return the context of an expression that belongs to *node*."""
        return Context(node, node, self._environment)

    def relevance(self, node: Node, binding: Binding | None) -> bool:
        """Decide whether a node is relevant, given its ancestors."""
        if node.parent is not None and not node.parent.relevant:
            return False
        if binding is None or binding.relevant is None:
            return True
        try:
            return binding.relevant.truth(self.context(node))
        except ExpressionError as error:
            self.failures[self._instance.place(node)] = error
            return True

    def value_text(self, value: Value, data_type: str, node: Node) -> str:
        """Write a computed value as the node's type stores it; NaN is ''."""
        if isinstance(value, float) and not math.isfinite(value):
            return ""
        if isinstance(value, float) and data_type == "date":
            return to_text(dates.date(self.context(node), value))
        if isinstance(value, float) and data_type == "dateTime":
            return to_text(dates.date_time(self.context(node), value))
        if isinstance(value, float) and data_type == "int":
            return to_text(float(math.trunc(value)))
        text = to_text(value)
        limits.require(len(text), limits.TEXT_LENGTH, "text_length")
        return text

    def _count_rows(self, repeat: Repeat, container: Node) -> None:
        if repeat.count is None:
            return
        place = Place(repeat.path, container.rep())
        self.failures.pop(place, None)
        try:
            number = repeat.count.number(self.context(container))
        except ExpressionError as error:
            self.failures[place] = error
            return
        wanted = int(number) if math.isfinite(number) and number > 0 else 0
        limits.require(wanted, limits.ROWS, "rows")
        moved = self._instance.park(repeat.path, container, wanted)
        while len(self._instance.rows(repeat.path, container)) < wanted:
            self._new_row(repeat.path, container)
            moved = True
        if moved:
            self.touch_rows(repeat.path)

    def _compute(self, node: Node, binding: Binding | None) -> None:
        place = self._instance.place(node)
        self.failures.pop(place, None)
        relevant = self.relevance(node, binding)
        if relevant != node.relevant:
            self._instance.note(node)
            node.relevant = relevant
        if binding is None or binding.calculate is None or not node.relevant:
            return
        if binding.calculate.is_volatile and self._is_fresh(place):
            self._put(node, self._answers[place].value)
            return
        try:
            value = binding.calculate.evaluate(self.context(node))
        except ExpressionError as error:
            self.failures[place] = error
            self._put(node, "")
            return
        self._put(node, self.value_text(value, binding.type, node))
        if binding.calculate.is_volatile:
            self._answers[place] = Stored(place.node, place.rep, node.text)

    def _put(self, node: Node, text: str) -> None:
        if text != node.text:
            self._instance.note(node)
            node.text = text

    def _is_fresh(self, place: Place) -> bool:
        """
        Tell whether a stored volatile value still holds: nothing it reads has changed.

        uuid(), now() and random() are computed once and then kept, so resuming changes nothing.
        """
        print_ = tuple(node.value() for path in self._reads.get(place.node, ()) for node in self._instance.nodes[path])
        known = self._fingerprints.get(place)
        self._fingerprints[place] = print_
        return place in self._answers and known in (None, print_)

    def _volatile_reads(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        template = self._definition.template
        for path, binding in self._bindings.items():
            if binding.calculate is not None and binding.calculate.is_volatile:
                base = _template_node(template, path)
                read = references(binding.calculate.tree, base, template) if base is not None else set()
                found[path] = tuple(sorted(one for one in read if one in self._instance.nodes and one != path))
        return found


def _template_node(document: Node, path: str) -> Node | None:
    node: Node | None = document
    for name in path.strip("/").split("/"):
        node = next((one for one in node.children if one.name == name), None) if node is not None else None
    return node
