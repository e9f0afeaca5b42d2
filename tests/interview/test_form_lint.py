"""Lint: what a form's author must hear before anybody is interviewed with it."""

import pytest
from interview_support import form

from avrr_desktop.interview import lint
from avrr_desktop.interview.convert import compile_markdown

COLUMNS = (
    "type | name | label | relevant | required | constraint | calculation | bind::avrr:section | bind::avrr:saveto"
)
SECTIONED = {"namespaces": 'avrr="https://avrr.invalid/xforms"', "attribute::avrr:section": "couns"}
TARGETS = {"person.phone": "core", "plan.goal": "reint", "referral.number": "legal", "line.amount": "money"}


def row(kind: str, name: str, **cells: str) -> str:
    names = [one.strip() for one in COLUMNS.split("|")][3:]
    label = "" if kind == "calculate" else name.title()
    keys = {"bind::avrr:section": "section", "bind::avrr:saveto": "saveto"}
    return " | ".join([kind, name, label, *(cells.get(keys.get(one, one), "") for one in names)])


def findings(*rows: str, **settings: str) -> list[tuple[str, str]]:
    compiled = compile_markdown(form(COLUMNS, *rows, settings={**SECTIONED, **settings}), name="t")
    return [(one.where.name, one.code) for one in lint.check(compiled, targets=TARGETS)]


def test_a_clean_form_has_no_findings():
    assert (
        findings(row("text", "x", constraint="regex(., '^[a-z]+$')"), row("calculate", "y", calculation="${x}")) == []
    )


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"calculation": "/data/nowhere + 1"}, "unknown_path"),
        ({"calculation": "../nowhere"}, "unknown_path"),
        ({"calculation": "explode(${x})"}, "unknown_function"),
        ({"calculation": "selected(${x})"}, "arity"),
        ({"calculation": "instance('nowhere')/root/item"}, "unknown_instance"),
        ({"calculation": "regex(${x}, '(a+)+')"}, "pattern"),
        ({"calculation": "int(today() - ${x})"}, "days_cut"),
        ({"calculation": "${x}", "section": "nowhere"}, "unknown_section"),
    ],
)
def test_a_faulty_calculation_is_named(cells, code):
    found = findings(row("text", "x"), row("calculate", "y", **cells))
    assert ("y", code) in found


def test_a_cycle_and_a_syntax_error_are_findings_not_crashes():
    cycle = findings(
        row("calculate", "a", calculation="${b}"), row("calculate", "b", calculation="${a}"), row("text", "x")
    )
    assert [code for _name, code in cycle] == ["cycle"]
    assert findings(row("text", "x"), row("calculate", "y", calculation="1 + + 2")) == [("y", "not_loaded")]


def test_a_required_question_nobody_can_reach_is_named():
    assert findings(row("text", "x", relevant="false()", required="yes")) == [("x", "required_never_relevant")]


@pytest.mark.parametrize(
    ("section", "target", "codes"),
    [
        ("", "person.phone", []),
        ("", "plan.goal", []),
        ("", "referral.number", ["save_to_section"]),
        ("", "line.amount", ["save_to_section"]),
        ("", "person.nothing", ["save_to_unknown"]),
        ("protection", "person.phone", ["save_to_section"]),
        ("medical", "plan.goal", ["save_to_section"]),
        ("legal", "person.phone", ["save_to_section"]),
        ("legal", "referral.number", []),
        ("core", "person.phone", []),
    ],
)
def test_save_to_never_carries_an_answer_into_a_section_with_more_readers(section, target, codes):
    """DESIGN.md 4, sections: own section, or from couns into core, travel or reint."""
    found = findings(row("text", "x", section=section, saveto=target))
    assert [code for _name, code in found] == codes


@pytest.mark.parametrize(
    ("reader", "read", "is_allowed"),
    [
        ("couns", "core", True),
        ("couns", "couns", True),
        ("couns", "protection", False),
        ("couns", "medical", False),
        ("couns", "legal", False),
        ("protection", "couns", True),
        ("protection", "medical", True),
        ("medical", "protection", False),
        ("core", "couns", False),
        ("reint", "couns", False),
        ("reint", "core", True),
    ],
)
def test_an_expression_reads_no_section_more_restricted_than_its_own(reader, read, is_allowed):
    source, target = row("text", "x", section=read), row("text", "y", relevant="${x} = 'a'", section=reader)
    assert findings(source, target) == ([] if is_allowed else [("y", "reads_restricted")])


def test_a_label_that_says_a_restricted_answer_is_named():
    rows = [row("text", "x", section="protection"), "text | y | You said ${x} |  |  |  |  |  | "]
    assert findings(*rows) == [("y", "reads_restricted")]


def test_findings_carry_the_row_of_the_source():
    compiled = compile_markdown(
        form(COLUMNS, row("text", "x"), row("text", "w"), row("calculate", "y", calculation="f(${x})")), name="t"
    )
    (found,) = lint.check(compiled)
    assert (found.where.sheet, found.where.row, found.where.name) == ("survey", 4, "y")
    assert dict(found.params) == {"column": "calculation", "name": "f"}


def test_choices_without_a_translation_or_named_twice_are_named():
    markdown = form(
        "type | name | label::English (en) | label::Français (fr)",
        "select_one c | x | X | X",
        choices=[
            "list_name | name | label::English (en) | label::Français (fr)",
            "c | a | A | Ah",
            "c | b | B | ",
            "c | a | A | Ah",
        ],
        settings={"allow_choice_duplicates": "yes", "default_language": "English (en)"},
    )
    found = [(one.where.name, one.code) for one in lint.check(compile_markdown(markdown, name="t"))]
    assert found == [("c.b", "missing_translation"), ("c.a", "choice_twice")]
