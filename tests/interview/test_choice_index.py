"""Rows of long lists are found by index, and it gives what a scan gives."""

import random

import pytest
from interview_support import NOON, TORONTO, define, form, start

from avrr_desktop.interview import lookup
from avrr_desktop.interview.model import Place
from avrr_desktop.interview.tree import Context, Environment, Node
from avrr_desktop.interview.xpath import compile_expression


def table(rows: int, *, twice: bool = False) -> Node:
    document = Node("", kind="document")
    root = document.add(Node("root"))
    for number in range(rows):
        item = root.add(Node("item" if number % 50 else "other"))
        item.add(Node("name", text=f"n{number}"))
        item.add(Node("state", text=f"s{number % 7}"))
        if number % 3:
            item.add(Node("size", text=str(number % 10)))
        if twice and number % 5 == 0:
            item.add(Node("state", text="s1"))
    return document


def evaluate(source: str, rows: int, *, twice: bool = False) -> tuple[object, int]:
    """Return the value and how many nodes were visited."""
    document = Node("", kind="document")
    data = document.add(Node("data"))
    data.template = "/data"
    for name, text in (("state", "s3"), ("size", "4"), ("empty", "")):
        node = data.add(Node(name, text=text))
        node.template = f"/data/{name}"
    listed = table(rows, twice=twice)
    environment = Environment(now=lambda: NOON, zone=TORONTO, ids=lambda: "id", instances=lambda _name: listed)
    compiled = compile_expression(source)
    compiled.evaluate(Context(data, data, environment))
    before = environment.steps_left
    value = compiled.evaluate(Context(data, data, environment))
    shown = [node.value() for node in value] if isinstance(value, list) else value
    return shown, before - environment.steps_left


ITEM = "instance('x')/root/item"
SOURCES = [
    f"{ITEM}[state = /data/state]/name",
    f"{ITEM}[/data/state = state]/name",
    f"{ITEM}[state = 's1']/name",
    f"{ITEM}[state = '']/name",
    f"{ITEM}[state = /data/empty]",
    f"{ITEM}[state = current()/state][2]/name",
    f"{ITEM}[state = current()/state][last()]/name",
    f"{ITEM}[state = /data/state and size = /data/size]/name",
    f"{ITEM}[size > 3 and state = /data/state]/name",
    f"{ITEM}[state = /data/state and position() = 4]/name",
    f"{ITEM}[state = concat('s', 1 + 1)]/name",
    f"{ITEM}[state = /data/*]/name",
    f"{ITEM}[size = 4]/name",
    f"{ITEM}[size = /data/size]/name",
    f"{ITEM}[state = name]",
    f"{ITEM}[size = position()]/name",
    f"{ITEM}[state = true()]/name",
    f"{ITEM}[state = /data/state or size = 1]/name",
    f"{ITEM}[not(state = /data/state)]/name",
    f"{ITEM}[nothing = /data/state]",
    "instance('x')/root/*[state = /data/state]/name",
    f"count({ITEM}[state = instance('x')/root/item[name = 'n8']/state])",
    "pulldata('x', 'size', 'name', 'n44')",
    "pulldata('x', 'size', 'name', 'none')",
    "pulldata('x', 'none', 'name', 'n44')",
]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("twice", [False, True])
def test_an_index_gives_what_a_scan_gives(source: str, twice: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _steps = evaluate(source, 400, twice=twice)
    monkeypatch.setattr(lookup, "SHORTEST", 10**9)
    compile_expression.cache_clear()
    scanned, _steps = evaluate(source, 400, twice=twice)
    assert found == scanned


def test_finding_one_of_five_thousand_visits_no_more_than_of_fifty() -> None:
    source = f"{ITEM}[name = 'n34']/size"
    assert evaluate(source, 5_000)[0] == evaluate(source, 50)[0] == ["4"]
    assert evaluate(source, 5_000)[1] <= evaluate(source, 50)[1]
    assert evaluate(f"{ITEM}[size < 0]", 5_000)[1] > 5_000


def test_rows_of_the_form_itself_are_never_indexed() -> None:
    chance = random.Random(1)
    markdown = form(
        "type | name | label | calculation",
        "begin_repeat | r | R |",
        "text | k | K |",
        "end_repeat | | |",
        "calculate | n | | count(${r}[k = 'x'])",
    )
    running = start(define(markdown))
    for _row in range(60):
        running.add_row("/data/r")
    rows = list(running.rows("/data/r"))
    chance.shuffle(rows)
    for number, one in enumerate(rows, start=1):
        running.answer(Place("/data/r/k", one), "x")
        assert running.value("/data/n") == str(number)


def test_a_filter_follows_its_question_in_a_long_list() -> None:
    choices = [f"city | c{number} | City {number} | s{number % 100}" for number in range(5_000)]
    markdown = form(
        "type | name | label | choice_filter",
        "text | state | State |",
        "select_one city | city | City | state = ${state}",
        choices=["list_name | name | label | state", *choices],
    )
    running = start(define(markdown))
    for state in ("s3", "s77", "none"):
        running.answer("/data/state", state)
        expected = [f"c{number}" for number in range(5_000) if f"s{number % 100}" == state]
        assert [one.value for one in running.choices("/data/city")] == expected
