"""
Turn XForm XML into a `Definition`.

Source: ODK XForms specification; XForms as written by pyxform 4.5.0.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from avrr_desktop.interview import limits
from avrr_desktop.interview.definition import (
    DEFAULT_SECTION,
    Binding,
    Choices,
    Definition,
    Group,
    Item,
    Question,
    Repeat,
    SetValue,
    Texts,
)
from avrr_desktop.interview.errors import DefinitionError, FormError
from avrr_desktop.interview.itext import Translations, mixed_text
from avrr_desktop.interview.markup import child, read_xml
from avrr_desktop.interview.order import dependencies, dependency_order, readers, restless, template_nodes
from avrr_desktop.interview.referring import references
from avrr_desktop.interview.tree import Node
from avrr_desktop.interview.xpath import Expression, compile_expression

_INPUT_TYPES = {
    "int": "integer", "decimal": "decimal", "date": "date", "time": "time", "dateTime": "dateTime",
    "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape", "barcode": "barcode",
}  # fmt: skip
_CONTROLS = {
    "select1": "select_one", "select": "select_multiple", "odk:rank": "rank", "trigger": "acknowledge",
    "range": "range", "upload": "file", "input": "text", "secret": "text",
}  # fmt: skip
_NO_PARAMETERS = frozenset(("ref", "nodeset", "appearance", "mediatype", "bind"))


def load(xform_xml: str) -> Definition:
    """
    Read one form.

    Raises:
        DefinitionError: Not XML, entities, no instance, no form id, an unknown path, a cycle.
        ExpressionError: An expression does not parse; its node is in `params`.
        LimitError: Too many questions or choices, too deep, too long.
    """
    root, namespaces = read_xml(xform_xml)
    head, body = child(root, "h:head"), child(root, "h:body")
    model = child(head, "model") if head is not None else None
    if head is None or body is None or model is None:
        raise DefinitionError("not_xform")
    return _Loader(head, model, body, namespaces).definition()


class _Loader:
    """Hold the parts of one XForm while they are put together."""

    def __init__(self, head: Element, model: Element, body: Element, namespaces: dict[str, str]) -> None:
        title = child(head, "h:title")
        self._title = "" if title is None else title.text or ""
        self._body = body
        self._namespaces = namespaces
        self._translations = Translations(child(model, "itext"))
        self._instances: dict[str, Node] = {}
        self._external: set[str] = set()
        self._initial: dict[str, int] = {}
        self._repeat_paths = {one.get("nodeset", "").strip() for one in body.iter("repeat")}
        self._template, self._primary = self._read_instances(model)
        self._nodes = template_nodes(self._template)
        limits.require(len(self._nodes), limits.QUESTIONS, "questions")
        self._section = self._primary.get("avrr:section") or DEFAULT_SECTION
        self._bindings = self._read_bindings(model)
        self._questions: dict[str, Question] = {}
        self._groups: dict[str, Group] = {}
        self._setvalues = [*self._read_setvalues(model, "")]

    def definition(self) -> Definition:
        """Put the definition together."""
        items = tuple(self._read_items(self._body))
        for path, node in self._nodes.items():
            if not node.children and path not in self._questions and path.count("/") > 1:
                self._questions[path] = self._hidden(path, node)
        questions = {path: self._questions[path] for path in self._nodes if path in self._questions}
        groups = {path: self._groups[path] for path in self._nodes if path in self._groups}
        needs = dependencies(self._template, self._bindings, groups)
        return Definition(
            form_id=self._primary.get("id", ""),
            title=self._title,
            version=self._primary.get("version", ""),
            languages=self._translations.languages,
            section=self._section,
            pages=tuple(self._pages(items)),
            questions=questions,
            groups=groups,
            template=self._template,
            instances=self._instances,
            external=frozenset(self._external),
            itext=self._translations.by_language,
            setvalues=tuple(self._setvalues),
            order=dependency_order(needs),
            readers=readers(self._template, self._bindings, groups),
            restless=restless(self._bindings, groups),
            display={path: self._display_reads(path) for path in (*groups, *questions)},
            namespaces=self._namespaces,
            unreviewed=self._unreviewed(),
        )

    def _unreviewed(self) -> tuple[str, ...]:
        """Read the setting `avrr:unreviewed`: codes with spaces between, "es" for "Español (es)"."""
        codes = self._primary.get("avrr:unreviewed", "").split()
        return tuple(name for name in self._translations.languages if any(name.endswith(f"({code})") for code in codes))

    def _read_instances(self, model: Element) -> tuple[Node, Element]:
        instances = [one for one in model if one.tag == "instance"]
        primary = next(iter(instances[0]), None) if instances else None
        if primary is None or not primary.get("id"):
            raise DefinitionError("no_form_id" if primary is not None else "no_instance")
        choices = 0
        for instance in instances[1:]:
            name = instance.get("id", "")
            document = Node("", kind="document")
            for element in instance:
                document.add(_copy(element))
            choices += sum(len(one.children) for one in document.children)
            limits.require(choices, limits.CHOICES, "choices")
            if instance.get("src"):
                self._external.add(name)
            self._instances[name] = document
        document = Node("", kind="document")
        self._fill_template(document, primary, "")
        self._count_initial(primary, f"/{primary.tag}")
        return document, primary

    def _count_initial(self, element: Element, path: str) -> None:
        """Count the rows each repeat begins with, in the fullest of its containers; templates are none."""
        found: dict[str, int] = {}
        for inner in element:
            inner_path = f"{path}/{inner.tag}"
            if "jr:template" not in inner.attrib:
                if inner_path in self._repeat_paths:
                    found[inner_path] = found.get(inner_path, 0) + 1
                self._count_initial(inner, inner_path)
        for inner_path, rows in found.items():
            self._initial[inner_path] = max(rows, self._initial.get(inner_path, 0))

    def _fill_template(self, parent: Node, element: Element, above: str) -> None:
        path = f"{above}/{element.tag}"
        if path in self._repeat_paths and any(one.name == element.tag for one in parent.children):
            return
        node = parent.add(Node(element.tag, text=(element.text or "").strip() if len(element) == 0 else ""))
        node.template = path
        for name, text in element.attrib.items():
            if not name.startswith("jr:"):
                node.attributes.append(Node(name, node, kind="attribute", text=text))
        for inner in element:
            self._fill_template(node, inner, path)

    def _expression(self, source: str | None, node: str) -> Expression | None:
        if source is None or not source.strip():
            return None
        try:
            return compile_expression(source.strip())
        except FormError as error:
            error.params = {**error.params, "node": node}
            raise

    def _read_bindings(self, model: Element) -> dict[str, Binding]:
        found: dict[str, Element] = {}
        for bind in (one for one in model if one.tag == "bind"):
            path = bind.get("nodeset", "").strip()
            if "/@" in path:
                # Entity attributes are for ODK Central; save_to carries ours.
                continue
            if path not in self._nodes:
                raise DefinitionError("unknown_path", path=path[:200])
            found[path] = bind
        return {path: self._binding(path, found) for path in self._nodes}

    def _binding(self, path: str, binds: Mapping[str, Element]) -> Binding:
        bind = binds.get(path, Element("bind"))
        section, above = "", path
        while above and not section:
            section = binds[above].get("avrr:section", "").strip() if above in binds else ""
            above = above.rpartition("/")[0]
        return Binding(
            type=bind.get("type", "string").removeprefix("xsd:"),
            relevant=self._expression(bind.get("relevant"), path),
            required=self._expression(bind.get("required"), path),
            readonly=self._expression(bind.get("readonly"), path),
            constraint=self._expression(bind.get("constraint"), path),
            calculate=self._expression(bind.get("calculate"), path),
            constraint_messages=self._translations.reference(bind.get("jr:constraintMsg", "")),
            required_messages=self._translations.reference(bind.get("jr:requiredMsg", "")),
            section=section or self._section,
            save_to=bind.get("avrr:saveto", "").strip() or bind.get("entities:saveto", "").strip(),
            preload=bind.get("jr:preload", ""),
            preload_parameter=bind.get("jr:preloadParams", ""),
        )

    def _read_setvalues(self, parent: Element, trigger: str) -> Iterator[SetValue]:
        for element in (one for one in parent if one.tag == "setvalue"):
            target = element.get("ref", "").strip()
            if "/@" in target:
                continue
            if target not in self._nodes:
                raise DefinitionError("unknown_path", path=target[:200])
            source = element.get("value")
            literal = f'"{(element.text or "").strip()}"' if source is None else source
            value = self._expression(literal, target) or compile_expression("''")
            for event in (element.get("event") or element.get("ev:event") or "").split():
                fired_by = trigger if event == "xforms-value-changed" else ""
                yield SetValue(event, target, value, fired_by)

    def _read_items(self, parent: Element) -> Iterator[Item]:
        for element in parent:
            if element.tag == "group":
                yield from self._read_group(element)
            elif element.tag == "repeat":
                yield self._read_repeat(element, {}, ())
            elif element.tag in _CONTROLS:
                yield self._read_question(element)

    def _read_group(self, element: Element) -> Iterator[Item]:
        labels = self._label(element, "label")
        appearance = tuple(element.get("appearance", "").split())
        repeat = child(element, "repeat")
        if repeat is not None:
            yield self._read_repeat(repeat, labels, appearance)
            return
        path = element.get("ref", "").strip()
        children = tuple(self._read_items(element))
        if path not in self._nodes:
            # A group without data (XForms allows it) is transparent.
            yield from children
            return
        group = Group(path, path.rpartition("/")[2], self._bindings[path], children, labels, appearance)
        self._groups[path] = group
        yield group

    def _read_repeat(self, element: Element, labels: Texts, appearance: tuple[str, ...]) -> Repeat:
        path = element.get("nodeset", "").strip()
        if path not in self._nodes:
            raise DefinitionError("unknown_path", path=path[:200])
        self._setvalues += self._read_setvalues(element, "")
        count = self._expression(element.get("jr:count"), path)
        repeat = Repeat(
            path, path.rpartition("/")[2], self._bindings[path], tuple(self._read_items(element)), labels,
            (*appearance, *element.get("appearance", "").split()), count,
            0 if count is not None else self._initial.get(path, 0),
        )  # fmt: skip
        self._groups[path] = repeat
        return repeat

    def _read_question(self, element: Element) -> Question:
        path = element.get("ref", "").strip()
        if path not in self._nodes:
            raise DefinitionError("unknown_path", path=path[:200])
        self._setvalues += self._read_setvalues(element, path)
        binding = self._bindings[path]
        question = Question(
            path=path,
            name=path.rpartition("/")[2],
            type=_type_of(element, binding),
            control=element.tag,
            binding=binding,
            labels=self._label(element, "label"),
            hints=self._label(element, "hint"),
            guidance=self._label(element, "hint", "guidance"),
            appearance=tuple(element.get("appearance", "").split()),
            parameters={name: text for name, text in element.attrib.items() if name not in _NO_PARAMETERS},
            choices=self._choices(element, path),
            default=self._nodes[path].text,
        )
        self._questions[path] = question
        return question

    def _hidden(self, path: str, node: Node) -> Question:
        binding = self._bindings[path]
        kind = "hidden"
        if binding.calculate is not None:
            kind = "calculate"
        elif binding.preload:
            kind = binding.preload_parameter or binding.preload
        return Question(path, node.name, kind, "", binding, default=node.text)

    def _choices(self, element: Element, path: str) -> Choices | None:
        itemset = child(element, "itemset")
        if itemset is not None:
            value, label = child(itemset, "value"), child(itemset, "label")
            return Choices(
                self._expression(itemset.get("nodeset"), path),
                self._expression(value.get("ref") if value is not None else "name", path),
                self._expression(label.get("ref") if label is not None else "label", path),
            )
        items = [one for one in element if one.tag == "item"]
        limits.require(len(items), limits.CHOICES, "choices")
        if not items:
            return None
        inline = []
        for item in items:
            value = child(item, "value")
            inline.append(((value.text or "").strip() if value is not None else "", self._label(item, "label")))
        return Choices(None, inline=tuple(inline))

    def _label(self, element: Element, tag: str, form: str = "") -> Texts:
        found = child(element, tag)
        if found is None:
            return {}
        if found.get("ref"):
            return self._translations.reference(found.get("ref", ""), form)
        text = mixed_text(found)
        return dict.fromkeys(self._translations.languages, text) if text.parts and not form else {}

    def _display_reads(self, path: str) -> frozenset[str]:
        item = self._questions.get(path) or self._groups[path]
        binding = item.binding
        expressions = [binding.constraint, binding.required, binding.readonly]
        shown = [item.labels, binding.constraint_messages, binding.required_messages]
        if isinstance(item, Question):
            shown += [item.hints, item.guidance]
            expressions += [item.choices.nodeset] if item.choices is not None else []
        for text in (text for texts in shown for text in texts.values()):
            expressions += [part for part in text.parts if isinstance(part, Expression)]
        found: set[str] = set()
        for expression in expressions:
            if expression is not None:
                found |= references(expression.tree, self._nodes[path], self._template)
        return frozenset(found & self._nodes.keys() - {path})

    def _pages(self, items: tuple[Item, ...]) -> Iterator[Group]:
        loose: list[Item] = []
        for item in items:
            if isinstance(item, Group) and not isinstance(item, Repeat):
                yield from self._loose_page(loose)
                loose = []
                yield item
            else:
                loose.append(item)
        yield from self._loose_page(loose)

    def _loose_page(self, items: list[Item]) -> Iterator[Group]:
        if items:
            root = next(iter(self._nodes))
            yield Group(items[0].path + "#page", "", self._bindings[root], tuple(items))


def _type_of(element: Element, binding: Binding) -> str:
    kind = _CONTROLS[element.tag]
    if element.tag == "upload":
        return element.get("mediatype", "").partition("/")[0] if "/" in element.get("mediatype", "") else kind
    if element.tag != "input":
        return kind
    if binding.readonly is not None and binding.readonly.source == "true()" and binding.calculate is None:
        return "note"
    return _INPUT_TYPES.get(binding.type, "text")


def _copy(element: Element) -> Node:
    """Copy an element of a secondary instance into nodes."""
    node = Node(element.tag, text=(element.text or "") if len(element) == 0 else "")
    for name, text in element.attrib.items():
        node.attributes.append(Node(name, node, kind="attribute", text=text))
    for inner in element:
        node.add(_copy(inner))
    return node
