"""
Read any XML document into nodes, and evaluate one expression on it.

This is the engine without a form: every kind of node of XPath 1.0 section 5, names by namespace, `instance()`
and `jr:itext()` answered from the document's own `instance` and `translation` elements.

Source: XPath 1.0, section 5; ODK XForms specification, "Secondary instances" and "Languages".
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from avrr_desktop.interview import limits
from avrr_desktop.interview.errors import DefinitionError
from avrr_desktop.interview.tree import Node, walk

XML_SPACE: Final = "http://www.w3.org/XML/1998/namespace"
KNOWN_SPACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": "http://www.w3.org/2002/xforms",
        "xf": "http://www.w3.org/2002/xforms",
        "h": "http://www.w3.org/1999/xhtml",
        "html": "http://www.w3.org/1999/xhtml",
        "xhtml": "http://www.w3.org/1999/xhtml",
        "jr": "http://openrosa.org/javarosa",
        "orx": "http://openrosa.org/xforms",
        "odk": "http://www.opendatakit.org/xforms",
        "ev": "http://www.w3.org/2001/xml-events",
        "xml": XML_SPACE,
    }
)
"""Prefixes an expression may use without a declaration. Source: ODK Web Forms, static namespaces."""


def read_document(source: str) -> Node:
    """
    Read *source* into a document node.

    A document type without declarations is passed over.

    Raises:
        DefinitionError: Code `not_xml`; `entities` when it declares any.
        LimitError: Too large or too deep.
    """
    from xml.parsers import expat

    limits.require(len(source), limits.SOURCE_BYTES, "source_bytes")
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.CommentHandler = builder.comment
    parser.ProcessingInstructionHandler = builder.instruction
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(source.lstrip().encode(), True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        raise DefinitionError("not_xml") from error
    return builder.document


def _refuse(*_declaration: object) -> int:
    raise DefinitionError("entities")


class _Builder:
    """Put nodes together as the parser meets them."""

    def __init__(self) -> None:
        self.document = Node("", kind="document")
        self._open = self.document
        self._depth = 0

    def start(self, name: str, given: list[str]) -> None:
        self._depth += 1
        limits.require(self._depth, limits.XML_DEPTH, "xml_depth")
        pairs = list(zip(given[::2], given[1::2], strict=True))
        spaces = _in_scope(self._open.spaces or {"xml": XML_SPACE}, pairs)
        element = self._open.add(Node(name, self._open))
        element.spaces = spaces
        element.uri = _address(name, spaces, spaces.get("", ""))
        for attribute, text in pairs:
            if attribute != "xmlns" and not attribute.startswith("xmlns:"):
                node = Node(attribute, element, kind="attribute", text=text)
                node.uri = _address(attribute, spaces, "")
                element.attributes.append(node)
        self._open = element

    def end(self, _name: str) -> None:
        self._depth -= 1
        if self._open.parent is not None:
            self._open = self._open.parent

    def text(self, text: str) -> None:
        last = self._open.children[-1] if self._open.children else None
        if last is not None and last.kind == "text":
            last.text += text
        else:
            self._open.add(Node("", kind="text", text=text))

    def comment(self, text: str) -> None:
        self._open.add(Node("", kind="comment", text=text))

    def instruction(self, target: str, text: str) -> None:
        self._open.add(Node(target, kind="processing-instruction", text=text))


def _in_scope(above: Mapping[str, str], pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    declared = {name[6:]: text for name, text in pairs if name == "xmlns" or name.startswith("xmlns:")}
    return {**above, **declared} if declared else above


def _address(name: str, spaces: Mapping[str, str], default: str) -> str:
    prefix, colon, _local = name.partition(":")
    if not colon:
        return default
    if prefix not in spaces:
        raise DefinitionError("not_xml")
    return spaces[prefix]


def spaces_of(document: Node, given: Mapping[str, str] | None) -> Mapping[str, str]:
    """
    Return the prefixes an expression on *document* may use.

    Args:
        document: Its document node.
        given: The caller's; None means those of the document element. Known ones are added to either; with *given*
            a name without prefix means no namespace unless it holds ''.
    """
    if given is not None:
        return {**KNOWN_SPACES, "": "", **given}
    top = next((child for child in document.children if child.kind == "element"), None)
    return {**KNOWN_SPACES, **(top.spaces if top is not None and top.spaces is not None else {})}


def instance_of(document: Node, name: str) -> Node | None:
    """Return the `instance` element of that id, ready for `instance('x')/root/item`."""
    return next((one for one in _named(document, "instance") if _attribute(one, "id") == name), None)


def text_of(document: Node, identifier: str, language: str | None) -> str:
    """Return a translation: in *language*, else the default one, else the first; '' when there is none."""
    translations = list(_named(document, "translation"))
    usual = [one for one in translations if _attribute(one, "default") is not None]
    asked = [one for one in translations if language is not None and _attribute(one, "lang") == language]
    for translation in (asked or usual or translations)[:1]:
        for text in _named(translation, "text"):
            if _attribute(text, "id") == identifier:
                values = list(_named(text, "value"))
                plain = [one for one in values if _attribute(one, "form") is None]
                return (plain or values)[0].value() if values else ""
    return ""


def _named(node: Node, local: str) -> list[Node]:
    return [one for one in walk(node) if one.kind == "element" and one.name.rpartition(":")[2] == local]


def _attribute(node: Node, name: str) -> str | None:
    return next((one.text for one in node.attributes if one.name == name), None)
