"""
Look for what ODK's tools pass over in silence: the traps of FORMS.md 7 and our rules of need to know.

Findings are codes with parameters and the place in the source.

| code | meaning |
|---|---|
| not_loaded | the form is refused; `reason` is the failure's code |
| unknown_path, unknown_function, arity, unknown_instance | an expression names what is not there |
| cycle | nodes compute from each other |
| absolute_in_predicate | `${x}` inside a predicate reads another node than it seems (trap 1) |
| days_cut | int() or floor() around a date difference loses a day in spring; use round() (trap 2) |
| pattern | a regular expression that could run away |
| no_label, missing_translation | a text that is not there |
| choice_space, choice_twice | a choice name no select can store or tell apart |
| required_never_relevant | nobody can answer it |
| unknown_section, save_to_unknown, save_to_section, reads_restricted | need to know (DESIGN.md 4) |
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from avrr_desktop.interview import syntax
from avrr_desktop.interview.convert import CompiledForm, Where
from avrr_desktop.interview.definition import Binding, Definition, Group, Question, Repeat, Text, Texts
from avrr_desktop.interview.errors import FormError, Parameter
from avrr_desktop.interview.functions import REGISTRY
from avrr_desktop.interview.order import template_nodes
from avrr_desktop.interview.patterns import compile_pattern
from avrr_desktop.interview.referring import references, subtrees
from avrr_desktop.interview.tree import Node
from avrr_desktop.interview.xform import load
from avrr_desktop.interview.xpath import Expression

_OPEN = frozenset(("core", "travel", "reint"))
READABLE: Mapping[str, frozenset[str]] = {
    "core": frozenset(("core",)),
    "travel": frozenset(("core", "travel")),
    "reint": _OPEN,
    "money": _OPEN | {"money"},
    "docs": frozenset(("core", "docs")),
    "notes": _OPEN | {"notes"},
    "couns": _OPEN | {"couns"},
    "legal": _OPEN | {"couns", "legal"},
    "medical": _OPEN | {"couns", "medical"},
    "protection": _OPEN | {"couns", "medical", "protection"},
}
"""Sections an expression may read, by the section it stands in. Source: DESIGN.md 4, sections."""
WRITABLE_FROM_COUNS = _OPEN
_DATE_CALLS = frozenset(("decimal-date-time", "date", "date-time", "today", "now"))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: where, which kind, and what its sentence needs."""

    where: Where
    code: str
    params: Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class _Use:
    """An expression at work: whose, in which column, read from which template node."""

    path: str
    column: str
    expression: Expression
    base: Node
    section: str


def check(form: Definition | CompiledForm, *, targets: Mapping[str, str] | None = None) -> list[Finding]:
    """
    Look a form over.

    Args:
        form: A compiled form (findings then carry rows), or a definition.
        targets: Section of each case field a `save_to` may name, as `person.born_on`; None skips
            the rules about sections of `save_to`.

    Returns:
        Findings, expressions first; empty when there is nothing to mend.
    """
    rows: Mapping[str, Where] = {}
    if isinstance(form, CompiledForm):
        rows = form.rows
        try:
            form = load(form.xform_xml)
        except FormError as error:
            path = str(error.params.get("node", "")) or str(error.params.get("names", "")).partition(" > ")[0]
            code = "cycle" if error.code == "cycle" else "not_loaded"
            params = {**error.params} if code == "cycle" else {**error.params, "reason": error.code}
            return [Finding(_where(rows, path), code, params)]
    return list(_Lint(form, rows, targets).findings())


def _where(rows: Mapping[str, Where], path: str) -> Where:
    name = path.rpartition("/")[2]
    return rows.get(path) or rows.get(name) or Where("survey", None, name)


class _Lint:
    def __init__(self, definition: Definition, rows: Mapping[str, Where], targets: Mapping[str, str] | None) -> None:
        self._definition = definition
        self._rows = rows
        self._targets = targets
        self._nodes = template_nodes(definition.template)

    def findings(self) -> Iterator[Finding]:
        for use in self._uses():
            yield from self._expression(use)
        for question in self._definition.questions.values():
            yield from self._question(question)
        for group in self._definition.groups.values():
            yield from self._texts(group.path, "label", group.labels)
            yield from self._section(group.path, group.binding)
        yield from self._choices()

    def _finding(self, path: str, code: str, /, **params: Parameter) -> Finding:
        return Finding(_where(self._rows, path), code, params)

    def _uses(self) -> Iterator[_Use]:
        items: dict[str, Question | Group] = {**self._definition.groups, **self._definition.questions}
        for path, item in items.items():
            base = self._nodes[path]
            for column, expression in _expressions(item):
                above = base.parent if column == "repeat_count" and base.parent is not None else base
                yield _Use(path, column, expression, above, item.binding.section)
        for action in self._definition.setvalues:
            section = items[action.target].binding.section
            yield _Use(action.target, "default", action.value, self._nodes[action.target], section)

    def _expression(self, use: _Use) -> Iterator[Finding]:
        read = references(use.expression.tree, use.base, self._definition.template)
        for path in sorted(read):
            if path.startswith("!"):
                yield self._finding(use.path, "unknown_path", column=use.column, path=path[1:])
            elif path in self._nodes and self._section_of(path) not in READABLE.get(use.section, frozenset()):
                params = {"column": use.column, "path": path, "section": self._section_of(path)}
                yield self._finding(use.path, "reads_restricted", **params)
        for part in subtrees(use.expression.tree):
            if isinstance(part, syntax.Call):
                yield from self._call(use, part)
            elif isinstance(part, syntax.Path):
                yield from self._predicates(use, part)

    def _section_of(self, path: str) -> str:
        item = self._definition.questions.get(path) or self._definition.groups.get(path)
        # Groups without answers of their own tell nothing.
        return item.binding.section if isinstance(item, Question) else "core"

    def _call(self, use: _Use, call: syntax.Call) -> Iterator[Finding]:
        function = REGISTRY.get(call.name)
        count = len(call.arguments)
        if function is None:
            yield self._finding(use.path, "unknown_function", column=use.column, name=call.name)
        elif count < function.least or (function.most is not None and count > function.most):
            yield self._finding(use.path, "arity", column=use.column, name=call.name)
        elif call.name in ("int", "floor") and self._is_date_difference(call.arguments[0], use):
            yield self._finding(use.path, "days_cut", column=use.column, name=call.name)
        elif call.name in ("instance", "pulldata") and isinstance(call.arguments[0], syntax.Literal):
            name = call.arguments[0].text
            if name not in self._definition.instances and name not in self._definition.external:
                yield self._finding(use.path, "unknown_instance", column=use.column, name=name)
        elif call.name == "regex" and isinstance(call.arguments[1], syntax.Literal):
            try:
                compile_pattern(call.arguments[1].text)
            except FormError:
                yield self._finding(use.path, "pattern", column=use.column)

    def _is_date_difference(self, tree: syntax.Tree, use: _Use) -> bool:
        for part in subtrees(tree):
            if isinstance(part, syntax.Chain) and any(operator == "-" for operator, _tree in part.rest):
                operands = [part.first, *(operand for _operator, operand in part.rest)]
                if any(self._is_date(operand, use) for operand in operands):
                    return True
        return False

    def _is_date(self, tree: syntax.Tree, use: _Use) -> bool:
        if isinstance(tree, syntax.Call):
            return tree.name in _DATE_CALLS
        if not isinstance(tree, syntax.Path):
            return False
        read = references(tree, use.base, self._definition.template)
        questions = (self._definition.questions.get(path) for path in read)
        return any(one is not None and one.binding.type in ("date", "dateTime") for one in questions)

    def _predicates(self, use: _Use, path: syntax.Path) -> Iterator[Finding]:
        document = self._definition.template
        for at, step in enumerate(path.steps):
            if not step.predicates:
                continue
            plain = (*path.steps[:at], syntax.Step(step.axis, step.test, ()))
            filtered = references(syntax.Path(path.start, plain, path.predicates), use.base, document)
            for predicate in step.predicates:
                for part in subtrees(predicate):
                    if isinstance(part, syntax.Path) and part.start == "/":
                        read = references(part, use.base, document)
                        inside = {one for one in read for base in filtered if one.startswith(base + "/")}
                        for one in sorted(inside):
                            yield self._finding(use.path, "absolute_in_predicate", column=use.column, path=one)

    def _question(self, question: Question) -> Iterator[Finding]:
        binding = question.binding
        if question.is_asked and not question.labels:
            yield self._finding(question.path, "no_label")
        for column, texts in (
            ("label", question.labels),
            ("hint", question.hints),
            ("guidance_hint", question.guidance),
            ("constraint_message", binding.constraint_messages),
            ("required_message", binding.required_messages),
        ):
            yield from self._texts(question.path, column, texts)
        never = binding.relevant is not None and binding.relevant.source == "false()"
        if never and binding.required is not None and binding.required.source != "false()":
            yield self._finding(question.path, "required_never_relevant")
        yield from self._section(question.path, binding)

    def _texts(self, path: str, column: str, texts: Texts) -> Iterator[Finding]:
        for language in self._definition.languages if texts else ():
            if not _is_given(texts.get(language)):
                yield self._finding(path, "missing_translation", column=column, language=language)

    def _section(self, path: str, binding: Binding) -> Iterator[Finding]:
        if binding.section not in READABLE:
            yield self._finding(path, "unknown_section", section=binding.section)
        if not binding.save_to or self._targets is None:
            return
        target = self._targets.get(binding.save_to)
        if target is None:
            yield self._finding(path, "save_to_unknown", target=binding.save_to)
        elif target != binding.section and not (binding.section == "couns" and target in WRITABLE_FROM_COUNS):
            params = {"target": binding.save_to, "section": target}
            yield self._finding(path, "save_to_section", **params)

    def _choices(self) -> Iterator[Finding]:
        for name, document in self._definition.instances.items():
            seen: set[str] = set()
            for item in (item for root in document.children for item in root.children):
                fields = {field.name: field.text for field in item.children}
                value = fields.get("name", "")
                where = Where("choices", None, f"{name}.{value}")
                if " " in value:
                    yield Finding(where, "choice_space", {"list": name, "choice": value})
                if value in seen:
                    yield Finding(where, "choice_twice", {"list": name, "choice": value})
                seen.add(value)
                for language, texts in self._definition.itext.items():
                    if "itextId" in fields and not _is_given(texts.get(fields["itextId"])):
                        params = {"column": "label", "language": language}
                        yield Finding(where, "missing_translation", params)


def _is_given(text: Text | None) -> bool:
    return text is not None and bool(text.parts)


def _expressions(item: Question | Group) -> Iterator[tuple[str, Expression]]:
    binding = item.binding
    texts = [("label", item.labels), ("constraint_message", binding.constraint_messages)]
    found = [
        ("relevant", binding.relevant),
        ("required", binding.required),
        ("read_only", binding.readonly),
        ("constraint", binding.constraint),
        ("calculation", binding.calculate),
    ]
    if isinstance(item, Repeat):
        found.append(("repeat_count", item.count))
    if isinstance(item, Question):
        texts += [("hint", item.hints), ("guidance_hint", item.guidance)]
        if item.choices is not None:
            found.append(("choice_filter", item.choices.nodeset))
    for column, expression in found:
        if expression is not None:
            yield column, expression
    for column, by_language in texts:
        for text in by_language.values():
            for part in text.parts:
                if isinstance(part, Expression):
                    yield column, part
