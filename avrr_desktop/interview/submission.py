"""
Write the instance of a running form as XML, for ODK servers, archives and comparison.

Source: ODK XForms specification, "Primary instance"; OpenRosa metadata.
"""

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from avrr_desktop.interview.answers import CONTROL
from avrr_desktop.interview.tree import Node

_USUAL = {"orx": "http://openrosa.org/xforms", "jr": "http://openrosa.org/javarosa"}


def write_submission(document: Node, namespaces: Mapping[str, str]) -> str:
    """
    Return the relevant nodes of *document* as one XML element.

    Args:
        document: Document node of the instance.
        namespaces: Prefixes the form declares; only those used are written.
    """
    root = document.children[0]
    used = {name.partition(":")[0] for name in _names(root) if ":" in name}
    declared = {**_USUAL, **namespaces}
    spaces = "".join(f" xmlns:{prefix}={quoteattr(declared[prefix])}" for prefix in sorted(used & declared.keys()))
    return _write(root, spaces)


def _names(node: Node) -> list[str]:
    names = [node.name, *(one.name for one in node.attributes)]
    return names + [name for child in node.children for name in _names(child)]


def _write(node: Node, spaces: str = "") -> str:
    if not node.relevant:
        return ""
    attributes = "".join(f" {one.name}={quoteattr(one.text)}" for one in node.attributes)
    inside = "".join(_write(child) for child in node.children) if node.children else escape(CONTROL.sub("", node.text))
    if not inside:
        return f"<{node.name}{spaces}{attributes}/>"
    return f"<{node.name}{spaces}{attributes}>{inside}</{node.name}>"
