"""
Answer every question about an open form: values, relevance, judgements, texts, pages, progress.

Nothing here changes the form; `model.RunningForm` adds the verbs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from avrr_desktop.interview import limits
from avrr_desktop.interview.answers import Kept, State, Stored
from avrr_desktop.interview.definition import Definition, Group, Question, Repeat
from avrr_desktop.interview.errors import ExpressionError
from avrr_desktop.interview.instance import Instance
from avrr_desktop.interview.passes import Passes
from avrr_desktop.interview.speech import Choice, Speech
from avrr_desktop.interview.submission import write_submission
from avrr_desktop.interview.tree import Environment, Node, Place


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    Whether an answer may stand.

    Attributes:
        condition: '' when valid, else `required` or `constraint`.
        message: The form's own message in the language asked, '' when it has none.
    """

    valid: bool
    condition: str = ""
    message: str = ""


class OpenForm:
    """
    A form with answers in it, to be read.

    Attributes:
        definition: The form.
    """

    definition: Definition
    _answers: Kept
    _instance: Instance
    _environment: Environment
    _passes: Passes
    _speech: Speech
    _ranks: dict[str, int]

    # Questions about one place

    @property
    def language(self) -> str:
        """Return the language labels are given in; may be set to another of the form's."""
        return self._speech.language

    @language.setter
    def language(self, language: str) -> None:
        self._speech.language = language
        self._passes.run()

    def value(self, place: Place | str) -> str:
        """Return the value, also of an irrelevant node; '' when there is none."""
        node = self._instance.find(as_place(place))
        return "" if node is None else node.text

    def stored_at(self, place: Place | str) -> Stored | None:
        """Return the stored entry with state and note, None when untouched."""
        return self._answers.get(as_place(place))

    def is_relevant(self, place: Place | str) -> bool:
        """Tell whether a node is relevant; for a repeat the place may name the row it stands in."""
        place = as_place(place)
        node = self._instance.find(place)
        if node is not None:
            return node.relevant
        container = self._instance.container(place.node, place.rep)
        repeat = self.definition.repeats.get(place.node)
        if container is None or repeat is None:
            return False
        # A repeat without rows: ask at a node that is not in the tree.
        return self._passes.relevance(Node(repeat.name, container), repeat.binding)

    def is_required(self, place: Place | str) -> bool:
        """Tell whether an answer is required now."""
        return self._flag(as_place(place), "required")

    def is_readonly(self, place: Place | str) -> bool:
        """Tell whether the value may not be edited now; a group's readonly goes for what is in it."""
        place = as_place(place)
        question, node = self.definition.questions.get(place.node), self._instance.find(place)
        if node is None or (question is None and place.node not in self.definition.groups):
            return True
        if question is not None and question.binding.calculate is not None:
            return True
        return any(self._flag(self._instance.place(one), "readonly") for one in node.ancestry() if one.template)

    def constraint(self, place: Place | str, language: str | None = None) -> Verdict:
        """Judge the answer at a place; declined and not asked count as dealt with."""
        place = as_place(place)
        node, question = self._instance.find(place), self.definition.questions.get(place.node)
        if node is None or question is None or not node.relevant:
            return Verdict(valid=True)
        binding = question.binding
        if node.text == "":
            entry = self._answers.get(place)
            if question.is_asked and self.is_required(place) and (entry is None or entry.state is State.ANSWERED):
                message = self._speech.text(binding.required_messages, node, language)
                return Verdict(valid=False, condition="required", message=message)
            return Verdict(valid=True)
        if binding.constraint is None or self._truth(place, node, "constraint", otherwise=True):
            return Verdict(valid=True)
        message = self._speech.text(binding.constraint_messages, node, language)
        return Verdict(valid=False, condition="constraint", message=message)

    def choices(self, place: Place | str, language: str | None = None) -> tuple[Choice, ...]:
        """Return the choices offered now, in order; none where the question has none."""
        place = as_place(place)
        node, question = self._instance.find(place), self.definition.questions.get(place.node)
        if node is None or question is None or question.choices is None:
            return ()
        return self._speech.choices(question.choices, node, language)

    def label(self, place: Place | str, language: str | None = None) -> str:
        """Return the label of a question or group with its values filled in."""
        place = as_place(place)
        item = self.definition.questions.get(place.node) or self.definition.groups.get(place.node)
        node = self._instance.find(place) or self._instance.container(place.node, place.rep)
        return "" if item is None or node is None else self._speech.text(item.labels, node, language)

    def hint(self, place: Place | str, language: str | None = None) -> str:
        """Return the hint."""
        place = as_place(place)
        question, node = self.definition.questions.get(place.node), self._instance.find(place)
        return "" if question is None or node is None else self._speech.text(question.hints, node, language)

    def guidance(self, place: Place | str, language: str | None = None) -> str:
        """Return the guidance hint, meant for the officer."""
        place = as_place(place)
        question, node = self.definition.questions.get(place.node), self._instance.find(place)
        return "" if question is None or node is None else self._speech.text(question.guidance, node, language)

    # The form as a whole

    def rows(self, repeat: Place | str) -> tuple[str, ...]:
        """Return row ids in order; for an inner repeat the place names the outer row."""
        place = as_place(repeat)
        container = self._instance.container(place.node, place.rep)
        return () if container is None else tuple(row.row for row in self._instance.rows(place.node, container))

    def pages(self) -> tuple[Group, ...]:
        """Return the pages that have something relevant to show, in order."""
        return tuple(page for page in self.definition.pages if self._shows(page, ""))

    def places(self, page: str) -> tuple[Place, ...]:
        """Return the relevant questions and notes of a page in order, row by row."""
        group = next((one for one in self.definition.pages if one.path == page), None)
        return () if group is None else tuple(self._walk(group, ""))

    def completeness(self, page: str) -> tuple[int, int]:
        """Count (dealt with, asked): relevant questions of a page; not asked ones are left out."""
        done = asked = 0
        for place in self.places(page):
            if self.definition.questions[place.node].is_asked:
                entry = self._answers.get(place)
                state = entry.state if entry is not None else State.ANSWERED
                asked += state is not State.NOT_ASKED
                done += state is State.DECLINED or (state is State.ANSWERED and self.value(place) != "")
        return done, asked

    def violations(self) -> tuple[tuple[Place, Verdict], ...]:
        """Return every relevant answer that may not stand, in page order."""
        judged = ((place, self.constraint(place)) for page in self.pages() for place in self.places(page.path))
        return tuple((place, verdict) for place, verdict in judged if not verdict.valid)

    def failures(self) -> Mapping[Place, ExpressionError]:
        """Return the expressions that failed in the last pass, for the form's author."""
        return dict(self._passes.failures)

    def stored(self) -> tuple[Stored, ...]:
        """Return everything to save, in form order; opening it again gives the same."""
        return tuple(sorted(self._answers.values(), key=self._order))

    def calculated(self) -> dict[Place, str]:
        """Return the relevant calculations, which are saved at completion only."""
        return {
            self._instance.place(node): node.text
            for path, question in self.definition.questions.items()
            if question.binding.calculate is not None
            for node in self._instance.nodes[path]
            if node.relevant
        }

    def submission_xml(self) -> str:
        """Return the instance as XML: relevant nodes only."""
        return write_submission(self._instance.document, self.definition.namespaces)

    # Inside

    def _order(self, entry: Stored) -> tuple[int, str, str]:
        return self._ranks.get(entry.node, len(self._ranks)), entry.node, entry.rep

    def _flag(self, place: Place, which: str) -> bool:
        node = self._instance.find(place)
        return node is not None and self._truth(place, node, which, otherwise=False)

    def _truth(self, place: Place, node: Node, which: str, *, otherwise: bool) -> bool:
        item = self.definition.questions.get(place.node) or self.definition.groups.get(place.node)
        expression = getattr(item.binding, which) if item is not None else None
        if expression is None:
            return False
        self._environment.steps_left = limits.PASS_STEPS
        try:
            return bool(expression.truth(self._passes.context(node)))
        except ExpressionError as error:
            self._passes.failures[place] = error
            return otherwise

    def _walk(self, group: Group, rep: str) -> Iterable[Place]:
        for child in group.children:
            if isinstance(child, Question):
                if self.is_relevant(Place(child.path, rep)):
                    yield Place(child.path, rep)
            elif isinstance(child, Repeat):
                for row in self.rows(Place(child.path, rep)):
                    if self.is_relevant(Place(child.path, row)):
                        yield from self._walk(child, row)
            else:
                yield from self._walk(child, rep)

    def _shows(self, group: Group, rep: str) -> bool:
        if any(True for _place_ in self._walk(group, rep)):
            return True
        inner = (one for one in group.children if isinstance(one, Group))
        return any(
            (isinstance(one, Repeat) and one.count is None and self.is_relevant(Place(one.path, rep)))
            or (not isinstance(one, Repeat) and self._shows(one, rep))
            for one in inner
        )


def as_place(place: Place | str) -> Place:
    """Read a bare path as the place outside repeats."""
    return Place(place) if isinstance(place, str) else place
