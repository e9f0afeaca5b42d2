"""
Recompute a running form: row counts, relevance and calculations, in dependency order.

Source: FORMS.md 2 (full pass in topological order) and 7 (traps 4, 5).
"""

import math
from collections.abc import Callable

from avrr_desktop.interview import dates, limits
from avrr_desktop.interview.answers import Stored
from avrr_desktop.interview.definition import Binding, Definition, Repeat
from avrr_desktop.interview.errors import ExpressionError
from avrr_desktop.interview.instance import Instance
from avrr_desktop.interview.tree import Context, Environment, Node, Place, Value
from avrr_desktop.interview.values import to_text
from avrr_desktop.interview.xpath import references


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

    def run(self) -> None:
        """
        Compute everything once, in order.

        Raises:
            LimitError: The budget of the pass or the number of rows.
        """
        self._environment.steps_left = limits.PASS_STEPS
        self.failures.clear()
        for path in self._definition.order:
            repeat = self._repeats.get(path)
            if repeat is not None and repeat.count is not None:
                for container in self._instance.containers(path):
                    self._count_rows(repeat, container)
            binding = self._bindings.get(path)
            for node in list(self._instance.nodes[path]):
                self._compute(node, binding)

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
        try:
            number = repeat.count.number(self.context(container))
        except ExpressionError as error:
            self.failures[Place(repeat.path, container.rep())] = error
            return
        wanted = int(number) if math.isfinite(number) and number > 0 else 0
        limits.require(wanted, limits.ROWS, "rows")
        self._instance.park(repeat.path, container, wanted)
        while len(self._instance.rows(repeat.path, container)) < wanted:
            self._new_row(repeat.path, container)

    def _compute(self, node: Node, binding: Binding | None) -> None:
        node.relevant = self.relevance(node, binding)
        if binding is None or binding.calculate is None or not node.relevant:
            return
        place = self._instance.place(node)
        if binding.calculate.is_volatile and self._is_fresh(place):
            node.text = self._answers[place].value
            return
        try:
            value = binding.calculate.evaluate(self.context(node))
        except ExpressionError as error:
            self.failures[place] = error
            node.text = ""
            return
        node.text = self.value_text(value, binding.type, node)
        if binding.calculate.is_volatile:
            self._answers[place] = Stored(place.node, place.rep, node.text)

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
