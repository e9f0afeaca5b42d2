"""
Read XForm XML safely: no entities, no DTD, bounded size and depth, names with the form's prefixes.

Source: FORMS.md, "Safety".
"""

from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from avrr_desktop.interview import limits
from avrr_desktop.interview.errors import DefinitionError

XFORMS = "http://www.w3.org/2002/xforms"
_KNOWN = {
    XFORMS: "",
    "http://www.w3.org/1999/xhtml": "h",
    "http://openrosa.org/javarosa": "jr",
    "http://openrosa.org/xforms": "orx",
    "http://www.opendatakit.org/xforms": "odk",
    "http://www.w3.org/2001/xml-events": "ev",
    "https://avrr.invalid/xforms": "avrr",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


def read_xml(source: str) -> tuple[Element, dict[str, str]]:
    """
    Parse *source* and rename its tags and attributes to `prefix:name`.

    Returns:
        The root, and the other namespaces the document declares (prefix to address).

    Raises:
        DefinitionError: Code `not_xml` or `entities`.
        LimitError: Too large or too deep.
    """
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # no stubs exist
    from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]  # no stubs exist

    data = source.encode()
    limits.require(len(data), limits.SOURCE_BYTES, "source_bytes")
    declared: dict[str, str] = {}
    depth = 0
    root: Element | None = None
    try:
        for event, found in iterparse(BytesIO(data), events=("start", "end", "start-ns"), forbid_dtd=True):
            if event == "start-ns":
                declared.setdefault(found[0], found[1])
            elif event == "start":
                root = found if root is None else root
                depth += 1
                limits.require(depth, limits.XML_DEPTH, "xml_depth")
            else:
                depth -= 1
    except DefusedXmlException as error:
        raise DefinitionError("entities") from error
    except (ParseError, ValueError, LookupError) as error:
        raise DefinitionError("not_xml") from error
    if root is None:
        raise DefinitionError("not_xml")
    prefixes = {uri: prefix for prefix, uri in declared.items()} | _KNOWN
    for element in root.iter():
        element.tag = _qualify(element.tag, prefixes)
        element.attrib = {_qualify(name, prefixes): text for name, text in element.attrib.items()}
    return root, {prefix: uri for prefix, uri in declared.items() if prefix}


def _qualify(name: str, prefixes: dict[str, str]) -> str:
    if not name.startswith("{"):
        return name
    uri, _brace, local = name[1:].partition("}")
    prefix = prefixes.get(uri, "")
    return f"{prefix}:{local}" if prefix else local


def child(element: Element, tag: str) -> Element | None:
    """Return the first child of that name."""
    return element.find(tag) if ":" not in tag else next((one for one in element if one.tag == tag), None)
