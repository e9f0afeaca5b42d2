"""A small instance to evaluate expressions on: /data/(a,b,c,words,empty,g/x,m x 3) and a table of countries."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from avrr_desktop.interview.tree import Context, Environment, Node, Value
from avrr_desktop.interview.xpath import compile_expression

UTC_ZONE, PHOENIX, PARIS = ZoneInfo("UTC"), ZoneInfo("America/Phoenix"), ZoneInfo("Europe/Paris")
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def build() -> Node:
    """Lay out /data/(a,b,c,words,g/x,(m/(n,age))x3,empty) with an attribute on b."""
    document = Node("", kind="document")
    data = document.add(Node("data"))
    for name, text in (("a", "3"), ("b", "4"), ("c", "x"), ("words", "red green blue"), ("empty", "")):
        data.add(Node(name, text=text))
    data.children[1].attributes.append(Node("unit", data.children[1], kind="attribute", text="km"))
    data.add(Node("g")).add(Node("x", text="inside"))
    for row, (name, age) in enumerate((("Ana", "33"), ("Luka", "10"), ("Mia", "2")), start=1):
        member = data.add(Node("m"))
        member.row = f"r{row}"
        member.add(Node("n", text=name))
        member.add(Node("age", text=age))
    stack = [document]
    while stack:
        node = stack.pop()
        node.template = "" if node.parent is None else f"{node.parent.template}/{node.name}"
        stack += node.children
    return document


def table() -> Node:
    document = Node("", kind="document")
    root = document.add(Node("root"))
    for code, label in (("GE", "Georgia"), ("HU", "Hungary"), ("CZ", "Czechia")):
        item = root.add(Node("item"))
        item.add(Node("name", text=code))
        item.add(Node("label", text=label))
    return document


def evaluate(source: str, *, at: str = "/data", zone: ZoneInfo = UTC_ZONE) -> Value:
    document = build()
    environment = Environment(
        now=lambda: NOON,
        zone=zone,
        ids=lambda: "0000-1111",
        chance=lambda: 0.25,
        instances=lambda name: table() if name == "countries" else None,
        itext=lambda identifier: f"text of {identifier}",
        choice_label=lambda value, path, _current: f"{value} at {path}",
        properties={"username": "officer7"},
        version="9",
    )
    root = document.children[0]
    nodes = compile_expression(at).evaluate(Context(root, root, environment))
    assert isinstance(nodes, list)
    found = compile_expression(source).evaluate(Context(nodes[0], nodes[0], environment))
    return [node.name if node.children else node.value() for node in found] if isinstance(found, list) else found
