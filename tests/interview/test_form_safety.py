"""Forms come from others: what is too much, too deep or not a form is refused by name; imports stay light."""

import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interview_support import define, form, start
from openpyxl import Workbook

from avrr_desktop.interview import limits, patterns
from avrr_desktop.interview.convert import compile_markdown, compile_workbook
from avrr_desktop.interview.errors import ConversionError, DefinitionError, FormError, LimitError
from avrr_desktop.interview.xform import load

PLAIN = "type | name | label | calculation"


def xform(
    *, instance: str = "<data id='t'><x/></data>", binds: str = "", body: str = "<input ref='/data/x'/>", dtd: str = ""
) -> str:
    return (
        f"<?xml version='1.0'?>{dtd}<h:html xmlns='http://www.w3.org/2002/xforms' "
        "xmlns:h='http://www.w3.org/1999/xhtml' xmlns:jr='http://openrosa.org/javarosa'>"
        f"<h:head><h:title>T</h:title><model><instance>{instance}</instance>{binds}</model></h:head>"
        f"<h:body>{body}</h:body></h:html>"
    )


def test_a_plain_xform_loads():
    """The control of every refusal below."""
    assert list(load(xform()).questions) == ["/data/x"]


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (xform(dtd=BOMB, instance="<data id='t'><x>&b;</x></data>"), "entities"),
        (xform(dtd=OUTSIDE, instance="<data id='t'><x>&a;</x></data>"), "entities"),
        (xform(dtd="<!DOCTYPE x>"), "entities"),
        ("", "not_xml"),
        ("<a><b></a>", "not_xml"),
        ("plain words", "not_xml"),
        ("<data/>", "not_xform"),
        (xform(instance=""), "no_instance"),
        (xform(instance="<data><x/></data>"), "no_form_id"),
        (xform(binds="<bind nodeset='/data/y' type='int'/>"), "unknown_path"),
        (xform(body="<input ref='/data/y'/>"), "unknown_path"),
        (xform(body="<group><repeat nodeset='/data/y'/></group>"), "unknown_path"),
        (xform(binds="<bind nodeset='/data/x' calculate='/data/x + 1'/>"), "cycle"),
    ],
)
def test_what_is_no_form_of_ours_is_refused_by_name(source, code):
    with pytest.raises(DefinitionError) as failure:
        load(source)
    assert failure.value.code == code


def refused_limit(source: str) -> str:
    with pytest.raises(LimitError) as failure:
        load(source)
    return str(failure.value.params["limit"])


def test_deep_elements_are_refused():
    deep = "<a>" * 5000 + "</a>" * 5000
    assert refused_limit(xform(instance=f"<data id='t'><x/>{deep}</data>")) == "xml_depth"


def test_too_many_questions_are_refused():
    many = "".join(f"<q{number}/>" for number in range(limits.QUESTIONS + 1))
    assert refused_limit(xform(instance=f"<data id='t'>{many}</data>")) == "questions"


def test_too_many_choices_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "CHOICES", 100)
    items = "<item><name>a</name></item>" * 101
    extra = f"</instance><instance id='c'><root>{items}</root>"
    assert refused_limit(xform(instance=f"<data id='t'><x/></data>{extra}")) == "choices"


def test_an_oversized_source_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "SOURCE_BYTES", 1000)
    assert refused_limit(xform() + " " * 1000) == "source_bytes"
    with pytest.raises(LimitError):
        compile_markdown("x" * 1001, name="t")
    with pytest.raises(LimitError):
        compile_workbook(b"PK\x03\x04" + b"x" * 1001, name="t")


def test_a_deep_expression_in_a_form_names_its_question():
    calculate = "(" * 300 + "1" + ")" * 300
    with pytest.raises(LimitError) as failure:
        load(xform(binds=f"<bind nodeset='/data/x' calculate='{calculate}'/>"))
    assert failure.value.params["limit"] == "expression_depth"
    assert failure.value.params["node"] == "/data/x"


def test_a_pass_that_never_seems_to_end_is_stopped_by_its_budget():
    rows = [f"text | x{number} | X | " for number in range(60)]
    every = "/data/g/*"
    for levels, is_stopped in ((2, False), (4, True)):
        greedy = every
        for _level in range(levels - 1):
            greedy = f"{every}[count({greedy}) > 0]"
        markdown = form(
            PLAIN, "begin_group | g | G | ", *rows, "end_group | | | ", f"calculate | out | | count({greedy})"
        )
        definition = define(markdown)
        if is_stopped:
            with pytest.raises(LimitError) as failure:
                start(definition)
            assert failure.value.params["limit"] == "pass_budget"
        else:
            assert start(definition).value("/data/out") == "60"


def test_texts_that_double_are_stopped():
    rows = [f"calculate | c{number} | | concat(${{c{number - 1}}}, ${{c{number - 1}}})" for number in range(1, 40)]
    markdown = form(PLAIN, "text | x | X | ", "calculate | c0 | | 'ten chars.'", *rows)
    with pytest.raises(LimitError) as failure:
        start(define(markdown))
    assert failure.value.params["limit"] == "text_length"


def test_a_long_subject_is_not_given_to_a_pattern():
    with pytest.raises(LimitError):
        patterns.search("^a", "a" * (limits.PATTERN_SUBJECT + 1))


@pytest.mark.parametrize(
    ("markdown", "row"),
    [
        (form(PLAIN, "text | x | X | ", "text | x | Again | "), 3),
        (form(PLAIN, "text | x | X | ", "strange | y | Y | "), 3),
        (form(PLAIN, "select_one nowhere | x | X | "), None),
        (form(PLAIN, "begin_group | g | G | ", "text | x | X | "), 2),
        ("nothing of a form", None),
        ("", None),
    ],
)
def test_a_source_that_does_not_compile_is_refused_with_its_row_where_pyxform_tells(markdown, row):
    with pytest.raises(ConversionError) as failure:
        compile_markdown(markdown, name="t")
    assert failure.value.code == "not_compiled"
    assert failure.value.params.get("row") == row


def workbook(**sheets: list[list[str]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for cells in rows:
            sheet.append(cells)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_workbook_compiles_to_the_same_form_as_its_markdown():
    data = workbook(
        survey=[["type", "name", "label", "calculation"], ["text", "x", "X", ""], ["calculate", "y", "", "${x}"]],
        settings=[["form_title", "form_id", "version"], ["Test", "test", "1"]],
    )
    compiled = compile_workbook(data, name="test")
    markdown = compile_markdown(form(PLAIN, "text | x | X | ", "calculate | y | | ${x}"), name="test")
    assert compiled.xform_xml == markdown.xform_xml
    assert compiled.rows == markdown.rows
    assert compiled.sha256 != markdown.sha256


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_workbook"),
        (b"type,name,label", "not_workbook"),
        (b"PK\x03\x04broken", "not_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old_workbook"),
    ],
)
def test_what_is_no_workbook_is_refused_by_name(data, code):
    with pytest.raises(ConversionError) as failure:
        compile_workbook(data, name="t")
    assert failure.value.code == code


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_xform_loads_or_is_refused_with_one_of_our_errors(data):
    source = xform(
        instance="<data id='t'><x/><g><y/></g></data>",
        binds="<bind nodeset='/data/x' type='int' relevant='/data/g/y = 1'/>",
        body="<input ref='/data/x'><label>L</label></input><group ref='/data/g'><input ref='/data/g/y'/></group>",
    )
    start_at = data.draw(st.integers(0, len(source)))
    end_at = data.draw(st.integers(start_at, min(len(source), start_at + 20)))
    damaged = source[:start_at] + data.draw(st.text("<>/='abx&;1 ", max_size=6)) + source[end_at:]
    try:
        definition = load(damaged)
    except FormError:
        return
    start(definition)


@pytest.mark.parametrize("module", ["model", "xform", "xpath", "lint", "convert"])
def test_importing_the_engine_loads_nothing_heavy(module):
    heavy = ("pyxform", "openpyxl", "pydantic", "sqlmodel", "sqlalchemy", "PySide6", "defusedxml")
    code = (
        f"import sys, avrr_desktop.interview.{module}; "
        f"print([one for one in {heavy!r} if one in sys.modules], 'avrr_desktop.interview' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] True"
