"""ODK's functions one by one; each block names the section of the ODK XForms specification it holds to."""

import contextlib
import hashlib
import math
from base64 import b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interview_support import COLUMNS, define, form, row, start
from xpath_support import PHOENIX, evaluate

from avrr_desktop.interview.errors import ExpressionError, FormError
from avrr_desktop.interview.functions import REGISTRY
from avrr_desktop.interview.model import Place
from avrr_desktop.services.evaluating import evaluate as evaluate_line

SQUARE = "'0 0; 0 1; 1 1; 1 0; 0 0'"


def near(expression: str, expected: float) -> None:
    found = evaluate(expression)
    assert isinstance(found, float)
    assert math.isnan(found) if math.isnan(expected) else found == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("sin(2)", 0.9092974268256817),
        ("cos(2)", -0.4161468365471424),
        ("tan(2)", -2.185039863261519),
        ("asin(0.5)", 0.5235987755982989),
        ("asin(2)", math.nan),
        ("acos(-1)", math.pi),
        ("acos(2)", math.nan),
        ("atan(-1)", -math.pi / 4),
        ("atan2(2, 3)", 0.5880026035475675),
        ("atan2('x', 2)", math.nan),
        ("exp(2)", 7.38905609893065),
        ("exp(10000)", math.inf),
        ("exp10(-2)", 0.01),
        ("exp10(400)", math.inf),
        ("log(2)", 0.6931471805599453),
        ("log(0)", -math.inf),
        ("log(-1)", math.nan),
        ("log10(1000)", 3),
        ("log10('x')", math.nan),
        ("sin(1 div 0)", math.nan),
        ("pi()", math.pi),
        ("sin('x')", math.nan),
        ("cos(/data/a)", math.cos(3)),
    ],
)
def test_number_functions_trigonometry_and_powers(expression: str, expected: float) -> None:
    """ODK XForms specification, "Number functions"."""
    near(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("area('')", math.nan),
        ("area('1 1')", math.nan),
        ("area('0 0; 0 1')", 0),
        ("area('0 0; 91 0; 1 1')", math.nan),
        ("area('0 0; x 0; 1 1')", math.nan),
        ("area('38.253094215699576 21.756382658677467; 38.25021274773806 21.756382658677467; 38.25007793942195 "
         "21.763892843919166; 38.25290886154963 21.763935759263404; 38.25146813817506 21.758421137528785')", 151451.76),
        (f"area({SQUARE}) - area('0 0 5 1; 0 1 5 1; 1 1 5 1; 1 0 5 1')", 0),
        ("distance('0 0; 0 1')", 111318.84),
        ("distance('0 0', '0 1')", 111318.84),
        ("distance('0 0; 0 0')", 0),
        ("distance('0 0')", math.nan),
        ("distance('0 0; 0 200')", math.nan),
        ("distance('0 0; 0 1; 0 0') - 2 * distance('0 0; 0 1')", 0),
    ],
)  # fmt: skip
def test_area_and_distance(expression: str, expected: float) -> None:
    """ODK XForms specification, "Utility functions": area, distance."""
    found = evaluate(expression)
    assert isinstance(found, float)
    assert math.isnan(found) if math.isnan(expected) else found == pytest.approx(expected, abs=0.011)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("'0.5 0.5'", True),
        ("'0.5 0.5 100 4'", True),
        ("'1.5 0.5'", False),
        ("'0.5 1.5'", False),
        ("'-0.5 0.5'", False),
        ("''", False),
        ("'x y'", False),
        ("'0.5 0.5; 0.6 0.6'", False),
    ],
)
def test_geofence(place: str, expected: bool) -> None:
    """ODK XForms specification, "Utility functions": geofence; a shape with a notch, and one that is none."""
    assert evaluate(f"geofence({place}, {SQUARE})") is expected
    assert evaluate(f"geofence({place}, '0 0')") is False
    assert evaluate("geofence('0.5 0.9', '0 0; 0 1; 0.5 0.5; 1 1; 1 0; 0 0')") is False


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"])
def test_digest(algorithm: str) -> None:
    """ODK XForms specification, "Utility functions": digest."""
    found = hashlib.new(algorithm.replace("-", "").lower(), "né".encode())
    assert evaluate(f"digest('né', '{algorithm}', 'hex')") == found.hexdigest()
    assert evaluate(f"digest('né', '{algorithm}')") == b64encode(found.digest()).decode()
    assert evaluate(f"digest('né', '{algorithm}', 'base64')") == evaluate(f"digest('né', '{algorithm}')")


@pytest.mark.parametrize(
    "expression", ["digest('a', 'CRC')", "digest('a', 'MD5', 'octal')", "weighted-checklist(1, 2, 3)"]
)
def test_wrong_words_are_failures(expression: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(expression)


@given(st.text(st.characters(codec="utf-8")))
def test_base64_decode_gives_back_what_was_packed(text: str) -> None:
    """ODK XForms specification, "Utility functions": base64-decode."""
    assert evaluate(f"base64-decode('{b64encode(text.encode()).decode()}')") == text


@pytest.mark.parametrize("broken", ["%%%", "/w==", "a", "é"])
def test_base64_decode_of_something_else_is_empty(broken: str) -> None:
    assert evaluate(f"base64-decode('{broken}')") == ""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("checklist(-1, 2, 2 > 1)", True),
        ("checklist(-1, 2, 1 = 1, 2 = 2, 3 = 3)", False),
        ("checklist(1, 1, true(), false(), false())", True),
        ("checklist(1, -1, false())", False),
        ("checklist(3, 3, /data/m)", True),
        ("checklist(1, 2, /data/empty)", False),
        ("weighted-checklist(-1, 2, 2 > 1, 2)", True),
        ("weighted-checklist(-1, 2, 2 > 1, 3)", False),
        ("weighted-checklist(1, 1, 1 = 1, 0)", False),
        ("weighted-checklist(2, 2, true(), 2, false(), 5, false(), 6)", True),
        ("weighted-checklist(2, -1, true(), 999, false(), 5)", True),
        ("weighted-checklist(45, 45, /data/m/n, /data/m/age)", True),
        ("weighted-checklist(1, -1, /data/a, /data/m/age)", False),
    ],
)
def test_checklists(expression: str, expected: bool) -> None:
    """ODK XForms specification, "Boolean functions": checklist, weighted-checklist."""
    assert evaluate(expression) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("decimal-time('06:00:00.000-07:00')", 0.25),
        ("decimal-time('06:00:00.000-01:00')", 0.0),
        ("decimal-time('23:59:00.000-13:00')", 0.24930555555555556),
        ("decimal-time('12:00')", 0.5),
        ("decimal-time('24:00:00')", math.nan),
        ("decimal-time('06:60:00')", math.nan),
        ("decimal-time('06:00:00-24:00')", math.nan),
        ("decimal-time('06:00:00-07:60')", math.nan),
        ("decimal-time('x')", math.nan),
        ("decimal-time(2)", math.nan),
        ("decimal-time(now())", math.nan),
    ],
)
def test_decimal_time_is_local_to_the_interview(expression: str, expected: float) -> None:
    """ODK XForms specification, "Date and time functions": decimal-time."""
    found = evaluate(expression, zone=PHOENIX)
    assert isinstance(found, float)
    assert math.isnan(found) if math.isnan(expected) else found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("%Y-%y", "2026-26"), ("%m/%n", "03/3"), ("%b", "Mar"), ("%d/%e", "05/5"), ("%a", "Thu"),
        ("%H:%h", "07:7"), ("%M", "08"), ("%S.%3", "09.012"), ("%%", "%"), ("plain", "plain"),
    ],
)  # fmt: skip
def test_format_date_writes_every_code(pattern: str, expected: str) -> None:
    """ODK XForms specification, "Date and time functions": format-date, format-date-time."""
    assert evaluate(f"format-date-time('2026-03-05T07:08:09.012Z', '{pattern}')") == expected
    assert evaluate(f"format-date('nonsense', '{pattern}')") == ""
    assert evaluate(f"format-date('', '{pattern}')") == ""


def test_a_date_with_single_digits_is_padded() -> None:
    """ODK XForms specification, "Date and time functions": date."""
    assert evaluate("date('1970-1-2')") == "1970-01-02"
    assert evaluate("date('1970-13-2')") == "Invalid Date"


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        ("42", "AFCBDE"), ("'42'", "AFCBDE"), ("-42", "EDAFBC"), ("1", "BFEACD"), ("1.1", "BFEACD"),
        ("11111111", "ACDBFE"), ("0", "CBEAFD"), ("''", "CBEAFD"), ("number('x')", "CBEAFD"),
    ],
)  # fmt: skip
def test_randomize_with_a_seed_shuffles_as_odk_does(seed: str, expected: str) -> None:
    """ODK XForms specification, "Node-set functions": randomize; vectors of ODK Web Forms."""
    letters = "".join(f"<d>{one}</d>" for one in "ABCDEF")
    asked = {"expression": f"randomize(/r/d, {seed})", "instance": f"<r>{letters}</r>"}
    said = evaluate_line(asked, clock=lambda: datetime(2026, 3, 10, tzinfo=UTC), random_bytes=bytes)
    assert "".join(said["value"]) == expected  # type: ignore[arg-type]


def test_a_word_as_seed_is_hashed_and_bounds_are_javas() -> None:
    """ODK Web Forms, seeds that are no numbers: SHA-256's first 64 bits."""
    orders = {seed: tuple(evaluate(f"randomize(/data/*, {seed})")) for seed in ("'a'", "'b'", "1 div 0", "1")}
    assert orders["'a'"] != orders["'b'"]
    assert orders["1 div 0"] == orders["1"]
    assert sorted(orders["1"]) == sorted(orders["'a'"])


def test_indexed_repeat_takes_the_rows_named_and_its_own_for_the_others() -> None:
    """ODK XForms specification, "Node-set functions": indexed-repeat, to depth 3."""
    deep = [("text", "x"), ("calculate", "same"), ("calculate", "far")]
    cells = {
        "same": "indexed-repeat(${x}, ${c}, 2)",
        "far": "indexed-repeat(${x}, ${a}, 2, ${b}, 1, ${c}, 1)",
    }
    lines = [row("begin_repeat", name) for name in "abc"]
    lines += [row(kind, name, calculation=cells.get(name, "")) for kind, name in deep]
    running = start(define(form(COLUMNS, *lines, *[row("end_repeat", "")] * 3)))
    path = "/data/a/b/c"

    def rows(repeat: str, outer: str) -> tuple[str, ...]:
        return running.rows(Place(repeat, outer))

    running.add_row("/data/a")
    first_a, second_a = rows("/data/a", "")
    places = []
    for outer in (first_a, second_a):
        [middle] = rows("/data/a/b", outer)
        running.add_row(Place(path, middle))
        places += rows(path, middle)
    for number, place in enumerate(places, start=1):
        running.answer(Place(f"{path}/x", place), f"x{number}")
    assert [running.value(Place(f"{path}/same", place)) for place in places] == ["x2", "x2", "x4", "x4"]
    assert {running.value(Place(f"{path}/far", place)) for place in places} == {"x3"}
    assert running.failures() == {}


@pytest.mark.parametrize(
    "expression", ["pulldata('countries', 'label', 'name', 'HU')", "pull-data('countries', 'label', 'name', 'HU')"]
)
def test_pulldata(expression: str) -> None:
    """ODK XForms specification, "Utility functions": pulldata."""
    assert evaluate(expression) == "Hungary"
    assert evaluate(expression.replace("HU", "XX")) == ""


def test_once_keeps_what_is_there() -> None:
    """ODK XForms specification, "Utility functions": once."""
    assert evaluate("once('new')", at="/data/a") == "3"
    assert evaluate("once('new')", at="/data/empty") == "new"
    assert evaluate("once(number('x'))", at="/data/empty") == ""


ARGUMENTS = st.sampled_from(
    ["''", "'x'", "'-1'", "0", "-1", "1e9", "2", "1 div 0", "number('')", "true()", "/data/m", "/data/none", "//node()",
     "'2026-03-05'", "'9999-12-31T23:59:59Z'", "'0001-01-01'", "99999999999", "'7:8'", "'1 2;3 4;5 6'", "SHA", "'%Y'"]
)  # fmt: skip


@given(st.sampled_from(sorted(REGISTRY)), st.lists(ARGUMENTS, max_size=5))
def test_no_function_fails_otherwise_than_by_a_form_error(name: str, arguments: list[str]) -> None:
    with contextlib.suppress(FormError):
        assert isinstance(evaluate(f"{name}({', '.join(arguments)})"), (bool, float, str, list))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("true()", "/data/m/age", [True, True, False, False]),
        ("/data/m/age", "false()", [False, False, True, True]),
        ("true()", "/data/none", [False, False, False, False]),
        ("2", "/data/m/age", [True, True, False, True]),
        ("/data/m/age", "/data/a", [True, True, True, True]),
        ("true()", "''", [False, False, False, False]),
        ("'2'", "1", [False, False, True, True]),
    ],
)
def test_order_is_by_number_also_against_a_truth(left: str, right: str, expected: list[bool]) -> None:
    """ODK Web Forms, comparison operators (XPath 1.0, section 3.4, would make a truth of the node-set)."""
    assert [evaluate(f"{left} {operator} {right}") for operator in ("<", "<=", ">", ">=")] == expected


def test_a_truth_equals_a_node_set_that_is_not_empty() -> None:
    """XPath 1.0, section 3.4."""
    assert evaluate("true() = /data/m") is True
    assert evaluate("false() != /data/m") is True
    assert evaluate("/data/none = false()") is True


def test_a_no_break_space_is_kept() -> None:
    """XPath 1.0, section 4.2: normalize-space takes XML's white space."""
    assert evaluate("normalize-space(' \u00a0a \n b\t')") == "\u00a0a b"


def test_dividing_by_a_negative_zero_turns_the_sign() -> None:
    """XPath 1.0, section 3.5: numbers are IEEE 754."""
    assert evaluate("1 div -0") == -math.inf
    assert evaluate("-1 div -0") == math.inf
