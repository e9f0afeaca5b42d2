"""Ids, case numbers, instants, money and dates."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.domain import clock, dates, ids, money

EPOCHS = (datetime(1970, 1, 1), datetime(2200, 1, 1))  # noqa: DTZ001 - the zone is drawn apart


def counted(start: int = 0):
    state = [start]

    def draw(size: int) -> bytes:
        state[0] += 1
        return (state[0] * 2654435761).to_bytes(16, "big")[-size:].rjust(size, b"\x07")

    return draw


@given(st.integers(0, 10**6))
def test_a_case_number_is_read_back_in_any_spelling(seed: int):
    number = ids.new_case_number("TOR", 2026, counted(seed))
    assert number == ids.read_case_number(number)
    assert number == ids.read_case_number(f"  \u2066{number.lower()}\u2069 ")
    body = number[7:]
    assert number == ids.read_case_number("tor-26-" + body.replace("0", "o").replace("1", "l"))


@given(st.integers(0, 10**4), st.integers(0, 6), st.sampled_from(ids.CROCKFORD))
def test_one_wrong_character_of_a_case_number_is_noticed(seed: int, place: int, letter: str):
    number = ids.new_case_number("TOR", 2026, counted(seed))
    at = 7 + place
    wrong = number[:at] + letter + number[at + 1 :]
    assert (ids.read_case_number(wrong) == number) is (wrong == number)


def test_a_case_number_tells_no_nationality_and_no_count():
    numbers = {ids.new_case_number("TOR", 2026) for _ in range(200)}
    assert len(numbers) == 200
    assert {"TOR-26-"} == {number[:7] for number in numbers}


def test_the_short_number_stands_on_carried_papers():
    assert ids.short_number("TOR-26-7KM2QX9-R")[:9] == "7KM2-QX9R"


def test_ids_are_opaque_and_typed():
    made = {ids.new_id() for _ in range(100)}
    assert len(made) == 100
    assert all(ids.is_id(one) for one in made)
    assert not ids.is_id("TOR-26-7KM2QX9-R")


@given(st.datetimes(*EPOCHS), st.integers(-12, 14))
def test_an_instant_has_one_spelling_whose_text_order_is_time_order(naive: datetime, hours: int):
    instant = naive.replace(tzinfo=timezone(timedelta(hours=hours)))
    text = clock.instant_text(instant)
    assert text == clock.instant_text(clock.read_instant(text))
    later = clock.instant_text(instant + timedelta(milliseconds=1))
    assert text < later


@pytest.mark.parametrize("text", ["2026-11-24", "2026-11-24T10:00:00Z", "2026-11-24T10:00:00.000+00:00", "", "x" * 24])
def test_another_spelling_of_an_instant_is_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011 - the kind of ValueError is not part of the promise
        clock.read_instant(text)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="zone"):
        clock.instant_text(datetime(2026, 1, 1))  # noqa: DTZ001 - that it is naive is the point


def test_the_local_date_is_that_of_the_place():
    late = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
    assert date(2026, 2, 28) == clock.local_date(late, "America/Toronto")
    assert date(2026, 3, 1) == clock.local_date(late, "Europe/Budapest")


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1,686.00", "CAD", 168600),
        ("1 686,00", "CAD", 168600),
        ("1\u202f686,5", "CAD", 168650),
        ("1686", "CAD", 168600),
        ("CAD 12.30", "CAD", 1230),
        ("1.234.567", "CAD", 123456700),
        ("310,000", "HUF", 31000000),
        ("1500", "JPY", 1500),
        ("1.234", "KWD", 1234),
        ("0", "CAD", 0),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, currency: str, minor: int):
    assert money.Money(currency, minor) == money.read_amount(text, currency)


@pytest.mark.parametrize(
    "text", ["", "abc", "-5", "1.2345", "12.3.4", "1e5", "NaN", "1,23,456", "9" * 13, "12.345,678.9"]
)
def test_what_is_no_amount_is_refused(text: str):
    assert money.read_amount(text, "CAD") is None


@given(st.integers(0, 10**11), st.sampled_from(["CAD", "JPY", "KWD"]))
def test_an_amount_is_read_back_from_its_number(minor: int, currency: str):
    amount = money.Money(currency, minor)
    assert amount == money.read_amount(amount.number(), currency)


def test_two_currencies_are_never_added():
    with pytest.raises(ValueError, match="currencies"):
        money.total([money.Money("CAD", 1), money.Money("HUF", 1)], "CAD")


@pytest.mark.parametrize(("minor", "expected"), [(5, 3), (4, 2), (3, 2), (1, 1)])
def test_conversion_rounds_half_up(minor: int, expected: int):
    assert expected == money.convert(money.Money("CAD", minor), "0.5", "CAD").minor


@pytest.mark.parametrize("text", ["24 11 2026", "24 nov 2026", "24 novembre 2026", "2026-11-24", "24.11.2026"])
def test_dates_are_read_as_people_write_them(text: str):
    assert date(2026, 11, 24) == dates.read_date(text)


@pytest.mark.parametrize("text", ["31 2 2026", "24 11 26", "24 foo 2026", "", "24 11", "0 11 2026", "1 2 3 4"])
def test_what_is_no_day_is_refused(text: str):
    assert dates.read_date(text) is None


def test_an_age_changes_on_the_birthday():
    born = date(2008, 2, 29)
    assert (dates.age_on(born, date(2026, 2, 28)), dates.age_on(born, date(2026, 3, 1))) == (17, 18)
