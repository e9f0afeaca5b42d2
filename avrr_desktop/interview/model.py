"""
Run one form: answers in, relevance, constraints, labels, choices and rows out.

No Qt, no SQL, no clock, no chance of its own. Values are ODK's canonical texts; irrelevant answers
are kept, hidden from expressions and not exported.

Source: FORMS.md 6; ODK XForms specification.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal

from avrr_desktop.interview import dates
from avrr_desktop.interview.answers import Kept, State, Stored, canonical, check_range, read_row, row_value
from avrr_desktop.interview.definition import Definition, Question, Repeat
from avrr_desktop.interview.errors import AnswerError, ExpressionError
from avrr_desktop.interview.instance import Instance
from avrr_desktop.interview.passes import Passes
from avrr_desktop.interview.reading import OpenForm, Verdict, as_place
from avrr_desktop.interview.speech import Choice, Speech
from avrr_desktop.interview.tree import Environment, Node, Place


@dataclass(frozen=True, slots=True)
class Changed:
    """
    What a verb did.

    Attributes:
        places: Where value, relevance or anything shown may differ now, in form order.
        stored: Entries to save, in form order; includes defaults, rows and kept calculations.
        row: Id of the row added, '' otherwise.
    """

    places: tuple[Place, ...]
    stored: tuple[Stored, ...]
    row: str = ""


class RunningForm(OpenForm):
    """One interview in progress."""

    def __init__(
        self,
        definition: Definition,
        *,
        answers: Iterable[Stored] = (),
        now: Callable[[], datetime],
        zone: tzinfo,
        ids: Callable[[], str],
        language: str | None = None,
        chance: Callable[[], float] | None = None,
        properties: Mapping[str, str] | None = None,
        tables: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    ) -> None:
        """
        Open a new interview, or one saved before.

        Args:
            definition: The form.
            answers: What `stored` gave; none means a new interview, which gets its defaults now.
            now: The clock; gives aware instants.
            zone: The office's time zone (FORMS.md, trap 2).
            ids: Makes row ids and uuid(); no spaces inside.
            language: One of the form's; None is its default.
            chance: For random(); None where the form may not use it.
            properties: `username`, `deviceid`, ... for preloads and property().
            tables: Rows of external instances, as `cases`: one mapping of column to value each.

        Raises:
            LimitError: Too many rows, or a pass takes too long.
        """
        self.definition = definition
        self._answers = Kept(answers)
        self._instance = Instance(definition)
        self._environment = Environment(
            now=now,
            zone=zone,
            ids=ids,
            chance=chance,
            properties=properties or {},
            version=definition.version,
        )
        self._passes = Passes(definition, self._instance, self._environment, self._answers, self._new_row)
        self._speech = Speech(
            definition, self._instance, self._environment, tables or {}, language or definition.languages[0]
        )
        is_new = not self._answers
        if is_new:
            self._prefill()
        self._restore()
        self._shown_by = _shown_by(definition)
        self._ranks = {path: at for at, path in enumerate(self._instance.nodes)}
        self._passes.run(everything=True)
        if is_new:
            self._fire("odk-instance-first-load", lambda _node: True)
            self._passes.run()

    # Verbs

    def answer(self, place: Place | str, value: str, *, note: str | None = None) -> Changed:
        """
        Set an answer; '' clears it. A note of None keeps the one there.

        Raises:
            AnswerError: `unknown_place`, `computed`, `not_in_range`, or the value is not canonical.
            LimitError: The form takes too long; the answer is in `stored`, the form cannot go on.
        """
        place = as_place(place)
        question = self._asked(place)
        text = canonical(value, question.binding.type, is_choice=question.choices is not None)
        if question.type == "range":
            check_range(text, question.parameters)
        return self._set(place, text, State.ANSWERED, note)

    def set_state(self, place: Place | str, state: State, *, note: str | None = None) -> Changed:
        """
        Mark a question declined or not asked (which clears its value), or answered again.

        Raises:
            AnswerError: `unknown_place` or `computed`.
        """
        place = as_place(place)
        self._asked(place)
        kept = self._answers[place].value if place in self._answers and state is State.ANSWERED else ""
        return self._set(place, kept, State(state), note)

    def add_row(self, repeat: Place | str) -> Changed:
        """
        Add a row at the end of a repeat; for an inner repeat the place names the outer row.

        Raises:
            AnswerError: `unknown_place`, or `counted` when the form decides the number.
            LimitError: Too many rows.
        """
        group, container = self._container(as_place(repeat))
        if group.count is not None:
            raise AnswerError("counted")
        self._begin()
        row = self._new_row(group.path, container)
        self._passes.run()
        return self._changed(row=row.row)

    def remove_row(self, row: Place) -> Changed:
        """
        Remove a row (repeat path, row id); its answers stay stored, unseen.

        Raises:
            AnswerError: `unknown_place` or `counted`.
        """
        node, repeat = self._instance.find(row), self.definition.repeats.get(row.node)
        if node is None or repeat is None:
            raise AnswerError("unknown_place", node=row.node)
        if repeat.count is not None:
            raise AnswerError("counted")
        self._begin()
        self._instance.remove(node)
        self._passes.touch_rows(row.node)
        self._answers[row] = Stored(row.node, row.rep, "")
        self._passes.run()
        return self._changed()

    def finish(self) -> Changed:
        """Write the form's `end` instant; call it when the interview is completed."""
        self._begin()
        for path, question in self.definition.questions.items():
            if question.binding.preload_parameter == "end":
                text = dates.instant_text(self._environment.now().astimezone(self._environment.zone))
                for node in self._instance.nodes[path]:
                    self._write(node, text)
        self._passes.run()
        return self._changed()

    # Inside

    def _asked(self, place: Place) -> Question:
        question = self.definition.questions.get(place.node)
        if question is None or self._instance.find(place) is None:
            raise AnswerError("unknown_place", node=place.node)
        if question.binding.calculate is not None or question.type == "note":
            raise AnswerError("computed", node=place.node)
        return question

    def _container(self, place: Place) -> tuple[Repeat, Node]:
        repeat = self.definition.repeats.get(place.node)
        container = self._instance.container(place.node, place.rep)
        if repeat is None or container is None:
            raise AnswerError("unknown_place", node=place.node)
        return repeat, container

    def _set(self, place: Place, value: str, state: State, note: str | None) -> Changed:
        self._begin()
        old = self._answers.get(place)
        kept = old.note if old is not None else ""
        was = self.value(place)
        self._answers[place] = Stored(place.node, place.rep, value, state, kept if note is None else note)
        node = self._instance.find(place)
        if node is not None:
            self._put(node, value)
        self._passes.run()
        if value != was and self._fire("xforms-value-changed", lambda _node: True, place):
            self._passes.run()
        return self._changed()

    def _put(self, node: Node, text: str) -> None:
        if node.text != text:
            self._instance.note(node)
            node.text = text
            self._passes.touch(node.template)

    def _write(self, node: Node, text: str) -> None:
        self._put(node, text)
        place = self._instance.place(node)
        old = self._answers.get(place)
        self._answers[place] = Stored(place.node, place.rep, text, note=old.note if old is not None else "")

    def _new_row(self, repeat: str, container: Node) -> Node:
        order = self._instance.next_order(repeat, container)
        row = self._instance.grow(repeat, container, self._environment.ids(), Decimal(order))
        self._passes.touch_rows(repeat)
        self._answers[Place(repeat, row.row)] = Stored(repeat, row.row, row_value(order, container.rep()))
        for leaf in self._instance.leaves(row):
            question = self.definition.questions.get(leaf.template)
            if question is not None and question.default:
                self._write(leaf, question.default)
        inside = {id(one) for one in self._instance.leaves(row)}
        self._fire("odk-new-repeat", lambda node: id(node) in inside)
        for path, inner in self.definition.repeats.items():
            if self._around(path) == repeat and inner.initial:
                for holder in [one for one in self._instance.containers(path) if one.rep() == row.row]:
                    for _row in range(inner.initial):
                        self._new_row(path, holder)
        return row

    def _around(self, path: str) -> str:
        """Return the innermost repeat around a path, '' when there is none."""
        outer = [one for one in self.definition.repeats if path.startswith(one + "/")]
        return max(outer, key=len, default="")

    def _fire(self, event: str, applies: Callable[[Node], bool], trigger: Place | None = None) -> bool:
        fired = False
        for action in self.definition.setvalues:
            if action.event != event or (trigger is not None and action.trigger != trigger.node):
                continue
            for node in list(self._instance.nodes[action.target]):
                if applies(node) and (trigger is None or _shares_row(node, trigger, action.trigger)):
                    data_type = self.definition.questions[action.target].binding.type
                    try:
                        value = action.value.evaluate(self._passes.context(node))
                    except ExpressionError as error:
                        self._passes.failures[self._instance.place(node)] = error
                        continue
                    self._write(node, self._passes.value_text(value, data_type, node))
                    fired = True
        return fired

    def _prefill(self) -> None:
        """Give a new interview its rows, static defaults and preloads."""
        for path, repeat in self.definition.repeats.items():
            for container in () if self._around(path) else self._instance.containers(path):
                for _row in range(repeat.initial):
                    self._new_row(path, container)
        for path, question in self.definition.questions.items():
            for node in self._instance.nodes[path]:
                text = question.default or self._preload(question)
                if text and self._instance.place(node) not in self._answers:
                    self._write(node, text)

    def _preload(self, question: Question) -> str:
        kind, parameter = question.binding.preload, question.binding.preload_parameter
        environment = self._environment
        local = environment.now().astimezone(environment.zone)
        if kind == "timestamp" and parameter == "start":
            return dates.instant_text(local)
        if kind == "date":
            return local.date().isoformat()
        if kind == "property":
            return environment.properties.get(parameter, "")
        return f"uuid:{environment.ids()}" if kind == "uid" else ""

    def _restore(self) -> None:
        for repeat in self.definition.repeats:
            for stored in [one for place, one in self._answers.items() if place.node == repeat]:
                row = read_row(stored.value)
                container = None if row is None else self._instance.container(repeat, row[1])
                if row is not None and container is not None and self._instance.find(stored.place) is None:
                    self._instance.grow(repeat, container, stored.rep, row[0])
        for place, stored in self._answers.items():
            node = self._instance.find(place)
            if node is not None and place.node not in self.definition.repeats and not node.children:
                node.text = stored.value

    def _begin(self) -> None:
        self._instance.forget()
        self._answers.forget()

    def _changed(self, *, row: str = "") -> Changed:
        moved = self._instance.changed()
        for path in {place.node for place in moved}:
            for shown in self._shown_by.get(path, ()):
                moved |= {self._instance.place(node) for node in self._instance.nodes[shown]}
        places = sorted(moved, key=lambda place: (self._ranks.get(place.node, -1), place.rep))
        stored = sorted(self._answers.changed(), key=self._order)
        return Changed(tuple(places), tuple(stored), row)


def _shown_by(definition: Definition) -> dict[str, list[str]]:
    """Return, for each path, the paths whose label, hint, choices or constraint show it."""
    found: dict[str, list[str]] = {}
    for path, reads in definition.display.items():
        for other in reads:
            found.setdefault(other, []).append(path)
    return found


def _shares_row(node: Node, trigger: Place, trigger_path: str) -> bool:
    """Tell whether a target belongs to the row of the question that fires it."""
    if not trigger.rep:
        return True
    rows = {one.row: one for one in node.ancestry() if one.row}
    outside = not any(trigger_path.startswith(one.template + "/") for one in rows.values())
    return trigger.rep in rows or outside


__all__ = ["Changed", "Choice", "Place", "RunningForm", "State", "Stored", "Verdict"]
