"""The traps of FORMS.md 7, each as a form that would fall into it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from interview_support import define, form, start

from avrr_desktop.interview import lint
from avrr_desktop.interview.convert import compile_markdown
from avrr_desktop.interview.model import Place

PARIS = ZoneInfo("Europe/Paris")
PLAIN = "type | name | label | relevant | calculation"


def computed(calculation: str, *answers: tuple[str, str], kind: str = "text", zone: ZoneInfo = PARIS) -> str:
    """Compute one expression over questions x and y."""
    markdown = form(PLAIN, f"{kind} | x | X | | ", f"{kind} | y | Y | | ", f"calculate | out | | | {calculation}")
    running = start(define(markdown), zone=zone)
    for name, value in answers:
        running.answer(f"/data/{name}", value)
    return running.value("/data/out")


def family(calculation: str) -> str:
    return form(
        PLAIN,
        "begin_repeat | member | Member | | ",
        "integer | m_age | Age | | ",
        "end_repeat | | | | ",
        f"calculate | minors | | | {calculation}",
    )


def minors(calculation: str) -> str:
    running = start(define(family(calculation)))
    running.add_row("/data/member")
    for row, age in zip(running.rows("/data/member"), ("10", "40"), strict=True):
        running.answer(Place("/data/member/m_age", row), age)
    return running.value("/data/minors")


def test_trap_1_a_reference_inside_a_predicate_counts_everybody_and_lint_says_so():
    wrong, right = "count(${member}[${m_age} < 18])", "count(${member}[m_age < 18])"
    assert (minors(wrong), minors(right)) == ("2", "1")
    found = lint.check(compile_markdown(family(wrong), name="t"))
    assert [(one.code, one.where.sheet, one.where.row, one.where.name) for one in found] == [
        ("absolute_in_predicate", "survey", 5, "minors")
    ]
    assert lint.check(compile_markdown(family(right), name="t")) == []


def test_trap_2_int_loses_a_day_in_spring_and_round_does_not():
    days = "decimal-date-time(${x}) - decimal-date-time(${y})"
    answers = (("x", "2025-04-01"), ("y", "2025-03-01"))
    assert computed(f"int({days})", *answers, kind="date") == "30"
    assert computed(f"round({days})", *answers, kind="date") == "31"
    assert computed(f"int({days})", *answers, kind="date", zone=ZoneInfo("UTC")) == "31"


@pytest.mark.parametrize("calculation", ["int(decimal-date-time(${x}) - 3)", "int((${x} - today()) div 365.25)"])
def test_trap_2_lint_names_days_that_are_cut(calculation):
    markdown = form(PLAIN, "date | x | X | | ", f"calculate | out | | | {calculation}")
    assert [one.code for one in lint.check(compile_markdown(markdown, name="t"))] == ["days_cut"]
    kept = markdown.replace("int(", "round(")
    assert lint.check(compile_markdown(kept, name="t")) == []


def test_trap_2_dates_are_days_of_the_offices_zone_not_the_machines():
    assert computed("'2018-01-01' + 1", zone=ZoneInfo("America/Phoenix")).startswith("17533.29166")
    running_day = start(
        define(form(PLAIN, "text | x | X | | ", "calculate | out | | | today()")),
        now=datetime(2026, 3, 10, 23, 30, tzinfo=UTC),
        zone=PARIS,
    )
    assert running_day.value("/data/out") == "2026-03-11"


def test_trap_3_an_unanswered_number_is_neither_above_nor_below():
    assert computed("${x} >= 32", kind="integer") == "false"
    assert computed("not(${x} >= 32)", kind="integer") == "true"


def test_trap_4_relevant_with_a_path_is_true_because_the_node_exists():
    markdown = form(
        PLAIN,
        "text | x | X | | ",
        "text | bare | B | ${x} | ",
        "text | compared | C | ${x} = 'yes' | ",
    )
    running = start(define(markdown))
    running.answer("/data/x", "no")
    assert running.is_relevant("/data/bare")
    assert not running.is_relevant("/data/compared")


def test_trap_5_what_is_not_relevant_reads_as_empty_through_groups():
    markdown = form(
        PLAIN,
        "text | x | X | | ",
        "begin_group | g | G | ${x} = 'yes' | ",
        "begin_group | h | H | | ",
        "integer | n | N | | ",
        "end_group | | | | ",
        "end_group | | | | ",
        "calculate | out | | | if(${n} = '', 'empty', ${n})",
        "calculate | total | | | sum(${n})",
    )
    running = start(define(markdown))
    running.answer("/data/x", "yes")
    running.answer("/data/g/h/n", "5")
    assert (running.value("/data/out"), running.value("/data/total")) == ("5", "5")
    running.answer("/data/x", "no")
    assert (running.value("/data/out"), running.value("/data/total")) == ("empty", "0")
    assert running.value("/data/g/h/n") == "5"
    assert "<n>" not in running.submission_xml()
    running.answer("/data/x", "yes")
    assert running.value("/data/out") == "5"


def test_trap_6_choice_labels_are_translated_through_their_ids():
    markdown = form(
        "type | name | label::English (en) | label::Français (fr) | calculation",
        "select_one yn | x | X | X | ",
        "calculate | out | | | jr:choice-name(${x}, '${x}')",
        choices=[
            "list_name | name | label::English (en) | label::Français (fr)",
            "yn | yes | Yes | Oui",
            "yn | no | No | Non",
        ],
        settings={"default_language": "English (en)"},
    )
    running = start(define(markdown))
    running.answer("/data/x", "yes")
    assert running.value("/data/out") == "Yes"
    assert [one.label for one in running.choices("/data/x", "Français (fr)")] == ["Oui", "Non"]


def test_trap_7_a_column_in_one_language_only_falls_back_and_is_named():
    markdown = form(
        "type | name | label::English (en) | label::Français (fr) | hint::English (en)",
        "text | x | Name | Nom | As in the passport",
        settings={"default_language": "English (en)"},
    )
    running = start(define(markdown))
    assert running.definition.languages == ("English (en)", "Français (fr)")
    assert running.hint("/data/x", "Français (fr)") == "As in the passport"
    found = lint.check(compile_markdown(markdown, name="t"))
    assert [(one.code, one.params["column"], one.params["language"]) for one in found] == [
        ("missing_translation", "hint", "Français (fr)")
    ]


def test_trap_8_rounding_nan_and_glued_operators():
    assert computed("round(-1.5)") == "-2"
    assert computed("once(number(''))") == ""
    assert computed("number('')") == ""
    assert computed("1and1") == "true"
    assert computed("1div2") == "0.5"


def test_trap_9_an_unknown_function_fails_when_reached_and_lint_names_it_anyway():
    assert computed("if(false() and explode(), 1, 2)") == "2"
    markdown = form(PLAIN, "text | x | X | | ", "calculate | out | | | explode(${x})")
    running = start(define(markdown))
    assert running.value("/data/out") == ""
    assert [(place.node, error.code) for place, error in running.failures().items()] == [
        ("/data/out", "unknown_function")
    ]
    safe = form(PLAIN, "text | x | X | | ", "calculate | out | | | if(false() and explode(), 1, 2)")
    assert [one.params["name"] for one in lint.check(compile_markdown(safe, name="t"))] == ["explode"]


def test_trap_10_rows_keep_their_ids_when_positions_move():
    running = start(define(family("count(${member})")))
    first = running.rows("/data/member")[0]
    second = running.add_row("/data/member").row
    running.answer(Place("/data/member/m_age", second), "7")
    running.remove_row(Place("/data/member", first))
    assert running.rows("/data/member") == (second,)
    assert running.value(Place("/data/member/m_age", second)) == "7"
    assert running.value("/data/minors") == "1"
