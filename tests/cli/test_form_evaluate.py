"""`avrr-desktop form evaluate`: one JSON line in, one out, whatever the line holds."""

import contextlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from form_talk import talk
from hypothesis import given, settings
from hypothesis import strategies as st

from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.evaluating import evaluate

XHTML = {"xhtml": "http://www.w3.org/1999/xhtml"}
PAGE = """
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ev="http://example.org/ev"><body>
<div id="A" ev:a="1" b="2">x<!-- c -->y<?pi data?><div xmlns=""><q/></div><ev:s/></div></body></html>"""
FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>
<itext><translation lang="en"><text id="one"><value form="image">i</value><value>One</value></text></translation>
<translation lang="fr" default=""><text id="one"><value>Un</value></text></translation></itext>
<instance><data id="d"><a>7</a></data></instance>
<instance id="cities"><root><item><name>a</name></item><item><name>b</name></item></root></instance>
</model></h:head></h:html>"""


@pytest.mark.parametrize(
    ("expression", "kind", "value", "string", "number", "boolean"),
    [
        ("1 + 1", "number", 2, "2", 2, True),
        ("0.5", "number", 0.5, "0.5", 0.5, True),
        ("'x'", "string", "x", "x", "NaN", True),
        ("1 = 2", "boolean", False, "false", 0, False),
        ("1 div 0", "number", "Infinity", "Infinity", "Infinity", True),
        ("-1 div 0", "number", "-Infinity", "-Infinity", "-Infinity", True),
        ("number('x')", "number", "NaN", "NaN", "NaN", False),
        ("/d/v", "nodeset", ["2", "é"], "2", 2, True),
        ("/d/none", "nodeset", [], "", "NaN", False),
    ],
)
def test_each_type_has_its_value_and_three_conversions(
    capsys: pytest.CaptureFixture[str],
    expression: str,
    kind: str,
    value: object,
    string: str,
    number: object,
    boolean: bool,
) -> None:
    [said] = talk(capsys, ["evaluate"], [{"id": 1, "expression": expression, "instance": "<d><v>2</v><v>é</v></d>"}])
    expected = {"id": 1, "type": kind, "value": value, "string": string, "number": number, "boolean": boolean}
    assert said == expected


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        # XPath 1.0, section 2.3: names are expanded by the caller's namespaces
        ("child::html", []),
        ("count(child::xhtml:html)", 1),
        ("count(//xhtml:*)", 3),
        ("name(//*[local-name() = 's'])", "ev:s"),
        ("namespace-uri(//*[local-name() = 's'])", "http://example.org/ev"),
        ("count(//q/ancestor::div)", 1),
        # XPath 1.0, section 5: every kind of node
        ("//comment()", [" c "]),
        ("//processing-instruction()", ["data"]),
        ("//processing-instruction('other')", []),
        ("//xhtml:div/text()", ["x", "y"]),
        ("count(//xhtml:div/node())", 6),
        ("string(//xhtml:div)", "xy"),
        ("//xhtml:div/@*", ["A", "1", "2"]),
        ("//xhtml:div/@xhtml:a", []),
        ("//@b | //@id | //comment()", ["A", "2", " c "]),
        ("name(//@b/..)", "div"),
        ("count(//@b/following::*)", 3),
        ("count(//@b/preceding::node())", 1),
        ("//xhtml:div/namespace::ev", ["http://example.org/ev"]),
        ("count(//xhtml:div/namespace::node())", 3),
        ("count(//comment()/following-sibling::node())", 4),
        ("count(//namespace::xml | //namespace::xml)", 6),
    ],
)
def test_names_and_nodes_of_a_whole_document(
    capsys: pytest.CaptureFixture[str], expression: str, value: object
) -> None:
    [said] = talk(capsys, ["evaluate"], [{"expression": expression, "instance": PAGE, "namespaces": XHTML}])
    assert said.get("value") == value, said


def test_without_namespaces_the_documents_own_prefixes_and_default_count(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"expression": one, "instance": PAGE} for one in ("count(//body/div)", "count(//ev:s)", "//no:thing")]
    said = talk(capsys, ["evaluate"], lines)
    assert [one["value"] for one in said[:2]] == [1, 1]
    assert "no:" in str(said[2]["error"])


def test_root_context_language_and_secondary_instances(capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"instance": FORM, "root": "//instance[1]"}
    said = talk(
        capsys,
        ["evaluate"],
        [
            {**asked, "expression": "/data/a"},
            {**asked, "expression": "..", "context": "/data/a"},
            {**asked, "expression": "instance('cities')/root/item/name"},
            {**asked, "expression": "jr:itext('one')"},
            {**asked, "expression": "jr:itext('one')", "language": "en"},
            {**asked, "expression": "jr:itext('one')", "namespaces": {"jr": "http://example.org/other"}},
            {**asked, "expression": "1", "context": "/nowhere"},
        ],
    )
    assert [one["value"] for one in said[:5]] == [["7"], ["7"], ["a", "b"], "Un", "One"]
    assert ["error" in one for one in said[5:]] == [True, True]


def test_the_clock_and_the_zone_are_the_lines_own(capsys: pytest.CaptureFixture[str]) -> None:
    moment = {"now": "2026-03-10T03:05:00Z"}
    said = talk(
        capsys,
        ["evaluate"],
        [
            {**moment, "expression": "today()", "timezone": "America/Toronto"},
            {**moment, "expression": "today()"},
            {"expression": "today()", "timezone": "Mars/Olympus"},
            {"expression": "today()", "now": "yesterday"},
        ],
    )
    assert [one["value"] for one in said[:2]] == ["2026-03-09", "2026-03-10"]
    assert ["error" in one for one in said[2:]] == [True, True]


def test_a_uuid_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    said = talk(capsys, ["evaluate"], [{"expression": "regex(uuid(), '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]')"}])
    assert said[0]["value"] is True


BOMB = '<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    "line",
    [
        b"garbage",
        b"[1]",
        b"\xff\xfe",
        b"[" * 100_000,
        {"expression": 3},
        {},
        {"expression": "1", "instance": "<a"},
        {"expression": "1", "instance": BOMB},
        {"expression": "1", "instance": "<a>" * 200 + "</a>" * 200},
        {"expression": "foo()"},
        {"expression": "'"},
        {"expression": "(" * 5000},
        {"expression": "1", "namespaces": [1]},
        {"expression": "regex('a', '(a+)+$')"},
        {"expression": "format-date('2026-01-01', '%Q')"},
        {"expression": "date(1e999 * 10)"},
        {"expression": "'\ud800'", "instance": "<a>\ud800</a>"},
    ],
)
def test_a_bad_line_is_an_answer_and_the_next_line_is_answered(
    capsys: pytest.CaptureFixture[str], line: object
) -> None:
    said = talk(capsys, ["evaluate"], [line, {"id": "next", "expression": "1"}])
    assert len(said) == 2
    assert "error" in said[0] or "value" in said[0]
    assert {"next", 1} == {said[1]["id"], said[1]["value"]}


WORDS = """1 . .. / // @ * a b [ ] ( ) , = != < + - div mod and or | 'x' '' $v text() node() comment() position() last()
count( sum( if( randomize( indexed-repeat( date( format-date( digest( area( substr( round( pow( namespace::
following:: preceding:: ancestor:: xhtml:div jr:itext( once( 1e9 999999999999"""
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=400, deadline=2000)
@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_any_expression_ends_in_a_value_or_an_expected_failure(expression: str) -> None:
    asked = {"expression": expression, "instance": PAGE, "namespaces": XHTML}
    with contextlib.suppress(Expected):
        said = evaluate(asked, clock=lambda: datetime(2026, 3, 10, tzinfo=UTC), random_bytes=bytes)
        assert said["type"] in ("boolean", "number", "string", "nodeset")


def test_evaluate_starts_without_qt_pydantic_sqlmodel_or_pyxform() -> None:
    program = (
        'import io, sys; sys.stdin = io.StringIO(\'{"expression": "1"}\');'
        "from avrr_desktop.app.main import main; main(['form', 'evaluate']);"
        "print(sorted({n.partition('.')[0] for n in sys.modules} & "
        "{'PySide6', 'pydantic', 'sqlmodel', 'sqlalchemy', 'pyxform', 'openpyxl', 'defusedxml'}))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    value, modules = found.stdout.splitlines()
    assert '"value": 1' in value
    assert modules == "[]"


def test_an_expression_that_would_take_for_ever_is_stopped() -> None:
    passed = iter(range(10**9))
    asked = {"expression": "count(//v[contains(string(/), 'x')])", "instance": f"<d>{'<v>y</v>' * 300}</d>"}
    with pytest.raises(Expected) as stopped:
        evaluate(asked, clock=lambda: datetime(2026, 3, 10, tzinfo=UTC), random_bytes=bytes, timer=lambda: next(passed))
    assert stopped.value.code == "form.limit"


def test_play_of_an_xform_starts_without_qt_pydantic_sqlmodel_or_pyxform(tmp_path: Path) -> None:
    form = tmp_path / "f.xml"
    form.write_text(
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title>'
        '<model><instance><data id="d"><a/></data></instance><bind nodeset="/data/a" type="int"/></model></h:head>'
        '<h:body><input ref="/data/a"><label>A</label></input></h:body></h:html>'
    )
    program = (
        'import io, sys; sys.stdin = io.StringIO(\'{"step": "next"}\');'
        f"from avrr_desktop.app.main import main; main(['form', 'play', {str(form)!r}]);"
        "print(sorted({n.partition('.')[0] for n in sys.modules} & "
        "{'PySide6', 'pydantic', 'sqlmodel', 'sqlalchemy', 'pyxform', 'openpyxl'}))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == ['{"ok": true, "value": "/data/a"}', "[]"]
