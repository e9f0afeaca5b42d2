"""
Say labels, hints, messages and choices of a running form in any of its languages.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from avrr_desktop.interview import limits
from avrr_desktop.interview.definition import Choices, Definition, Text, Texts
from avrr_desktop.interview.errors import ExpressionError
from avrr_desktop.interview.instance import Instance
from avrr_desktop.interview.tree import Context, Environment, Node, Value
from avrr_desktop.interview.xpath import compile_expression


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice as offered: stored value and label."""

    value: str
    label: str


class Speech:
    """
    The texts of one running form.

    Attributes:
        language: Used when none is named.
    """

    def __init__(
        self,
        definition: Definition,
        instance: Instance,
        environment: Environment,
        tables: Mapping[str, Sequence[Mapping[str, str]]],
        language: str,
    ) -> None:
        self._definition = definition
        self._instance = instance
        self._environment = environment
        self._tables = {name: _table(rows) for name, rows in tables.items()}
        self.language = language
        environment.instances = self._find_instance
        environment.itext = self._itext
        environment.choice_label = self._choice_label

    def text(self, texts: Texts, node: Node, language: str | None = None) -> str:
        """Return a text with its values, in the form's default language where it has none in this one."""
        with self._speaking(language):
            return self._say(texts, node)

    def choices(self, choices: Choices, node: Node, language: str | None = None) -> tuple[Choice, ...]:
        """Return the choices offered at *node*."""
        with self._speaking(language):
            return tuple(self._offer(choices, node))

    def _offer(self, choices: Choices, node: Node) -> Iterator[Choice]:
        if choices.nodeset is None:
            for value, texts in choices.inline:
                yield Choice(value, self._say(texts, node))
            return
        try:
            items: Value = choices.nodeset.evaluate(Context(node, node, self._environment))
        except ExpressionError:
            return
        for item in items if isinstance(items, list) else ():
            context = Context(item, node, self._environment)
            if choices.value is not None and choices.label is not None:
                yield Choice(choices.value.text(context), choices.label.text(context))

    @contextmanager
    def _speaking(self, language: str | None) -> Iterator[None]:
        usual = self.language
        self._environment.steps_left = limits.PASS_STEPS
        self.language = language if language is not None else usual
        try:
            yield
        finally:
            self.language = usual

    def _say(self, texts: Texts, node: Node) -> str:
        text = texts.get(self.language) or texts.get(self._definition.languages[0])
        if text is None:
            text = next(iter(texts.values()), Text(()))
        context = Context(node, node, self._environment)
        said = []
        for part in text.parts:
            try:
                said.append(part if isinstance(part, str) else part.text(context))
            except ExpressionError:
                said.append("")
        return "".join(said)

    def _itext(self, identifier: str) -> str:
        by_language = self._definition.itext
        texts = {language: found[identifier] for language, found in by_language.items() if identifier in found}
        return self._say(texts, self._instance.document)

    def _find_instance(self, name: str) -> Node | None:
        return self._tables.get(name) or self._definition.instances.get(name)

    def _choice_label(self, value: str, path: str, current: Node) -> str:
        found = compile_expression(path).evaluate(Context(current, current, self._environment))
        node = found[0] if isinstance(found, list) and found else None
        question = self._definition.questions.get(path if node is None else node.template)
        if question is None or question.choices is None:
            return ""
        offered = self._offer(question.choices, current if node is None else node)
        return next((choice.label for choice in offered if choice.value == value), "")


def _table(rows: Sequence[Mapping[str, str]]) -> Node:
    """Lay rows out as the instance of a csv-external: `root/item/column`."""
    document = Node("", kind="document")
    root = document.add(Node("root"))
    for row in rows:
        item = root.add(Node("item"))
        for column, value in row.items():
            item.add(Node(column, text=value))
    return document
