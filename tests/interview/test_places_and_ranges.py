"""Places, lines, shapes and ranges: what is on earth, closed and on a step, and what is refused with its code."""

import pytest
from interview_support import define, start

from avrr_desktop.interview.answers import canonical
from avrr_desktop.interview.errors import AnswerError

SQUARE = "0 0;0 1;1 1;1 0;0 0"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("geopoint", "90 -180"),
        ("geopoint", "-33.9 18.4 76 5"),
        ("geotrace", "0 0;1 1"),
        ("geotrace", "0 0 0 0; 1 1 0 0;"),
        ("geoshape", SQUARE),
        ("geoshape", "0 0; 0 1; 1 1; 0 0"),
    ],
)
def test_a_place_a_line_and_a_closed_shape_are_kept_as_written(kind: str, value: str) -> None:
    assert canonical(value, kind, is_choice=False) == value


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("geopoint", "90.1 0", "not_on_earth"),
        ("geopoint", "0 180.5", "not_on_earth"),
        ("geopoint", "45.5", "not_geopoint"),
        ("geopoint", "0 0;1 1", "not_geopoint"),
        ("geotrace", "0 0", "not_geotrace"),
        ("geotrace", "0 0;north", "not_geotrace"),
        ("geotrace", "0 0;;1 1", "not_geotrace"),
        ("geotrace", "0 0;91 0", "not_on_earth"),
        ("geoshape", "0 0;0 1;1 1", "not_geoshape"),
        ("geoshape", "0 0;1 1;0 0", "not_geoshape"),
        ("geoshape", "0 0;0 1;1 1;1 0", "not_geoshape"),
    ],
)
def test_what_is_no_place_line_or_shape_is_refused_with_its_code(kind: str, value: str, code: str) -> None:
    with pytest.raises(AnswerError) as refused:
        canonical(value, kind, is_choice=False)
    assert refused.value.code == code


FORM = """
| survey |
| | type | name | label | parameters |
| | range | warm | How warm? | start=-1 end=1 step=0.1 |
| | range | down | How far down? | start=10 end=1 step=3 |
| settings |
| | form_id | form_title | version |
| | ranges | Ranges | 1 |
"""


@pytest.mark.parametrize(
    ("name", "value"), [("warm", "0.3"), ("warm", "-1"), ("warm", ""), ("down", "10"), ("down", "4"), ("down", "1")]
)
def test_a_number_on_a_step_of_the_range_is_taken(name: str, value: str) -> None:
    running = start(define(FORM))
    running.answer(f"/data/{name}", value)
    assert running.value(f"/data/{name}") == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("warm", "0.35"),
        ("warm", f"0.3{'0' * 30}1"),
        ("warm", "1.1"),
        ("warm", "-1.1"),
        ("warm", "9" * 40),
        ("down", "3"),
        ("down", "13"),
    ],
)
def test_a_number_beside_the_steps_or_outside_is_refused_and_the_old_one_stays(name: str, value: str) -> None:
    running = start(define(FORM))
    running.answer(f"/data/{name}", "1")
    with pytest.raises(AnswerError) as refused:
        running.answer(f"/data/{name}", value)
    assert refused.value.code == "not_in_range"
    assert running.value(f"/data/{name}") == "1"
