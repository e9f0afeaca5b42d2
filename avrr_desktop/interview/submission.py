"""
Write the instance of a running form as XML, for ODK servers, archives and comparison.

Source: ODK XForms specification, "Primary instance"; OpenRosa metadata.
"""

from collections.abc import Mapping

from avrr_desktop.interview.answers import CONTROL
from avrr_desktop.interview.tree import Node

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = _TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
# By hand: xml.sax.saxutils brings urllib, http and ssl with it, a fifth of the start of a command.
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
    spaces = "".join(f" xmlns:{prefix}={_quoted(declared[prefix])}" for prefix in sorted(used & declared.keys()))
    return _write(root, spaces)


def _names(node: Node) -> list[str]:
    names = [node.name, *(one.name for one in node.attributes)]
    return names + [name for child in node.children for name in _names(child)]


def _write(node: Node, spaces: str = "") -> str:
    if not node.relevant:
        return ""
    attributes = "".join(f" {one.name}={_quoted(one.text)}" for one in node.attributes)
    inside = (
        "".join(_write(child) for child in node.children)
        if node.children
        else CONTROL.sub("", node.text).translate(_TEXT)
    )
    if not inside:
        return f"<{node.name}{spaces}{attributes}/>"
    return f"<{node.name}{spaces}{attributes}>{inside}</{node.name}>"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ATTRIBUTE)}"'
