"""Dates, times, money and numbers as each language writes them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from paper_samples import EN, FR

from avrr_desktop.documents import formats
from avrr_desktop.domain.money import Money


def test_a_date_names_its_month_in_the_language() -> None:
    assert formats.day(date(2026, 11, 24), EN) == "24\u00a0November 2026"
    assert formats.day(date(2026, 11, 24), FR) == "24\u00a0novembre 2026"


def test_the_first_of_a_month_is_an_ordinal_in_french_only() -> None:
    assert formats.day(date(2026, 8, 1), FR) == "1er\u00a0août 2026"
    assert formats.day(date(2026, 8, 1), EN) == "1\u00a0August 2026"


def test_short_dates_are_never_broken() -> None:
    assert formats.weekday(date(2026, 12, 4), EN) == "Fri\u00a04\u00a0Dec\u00a02026"
    assert formats.weekday(date(2026, 12, 4), FR) == "ven.\u00a04\u00a0déc.\u00a02026"
    assert formats.short_day(date(2026, 12, 4), EN) == "4\u00a0Dec\u00a02026"


@pytest.mark.parametrize(
    ("minor", "currency", "english", "french"),
    [
        (168_600, "CAD", "CAD\u00a01,686.00", "1\u202f686,00\u00a0CAD"),
        (5, "CAD", "CAD\u00a00.05", "0,05\u00a0CAD"),
        (123_456_789, "HUF", "HUF\u00a01,234,567.89", "1\u202f234\u202f567,89\u00a0HUF"),
        (22_105, "XOF", "XOF\u00a022,105", "22\u202f105\u00a0XOF"),
        (1_234_567, "IQD", "IQD\u00a01,234.567", "1\u202f234,567\u00a0IQD"),
    ],
)
def test_money_has_its_places_and_never_breaks(minor: int, currency: str, english: str, french: str) -> None:
    assert english == formats.money(Money(currency, minor), EN)
    assert french == formats.money(Money(currency, minor), FR)


@pytest.mark.parametrize(
    ("hours", "written"),
    [(-5, "UTC\u22125"), (3, "UTC+3"), (5.5, "UTC+5:30"), (-3.5, "UTC\u22123:30"), (0, "UTC")],
)
def test_a_zone_is_named_by_its_distance_from_utc(hours: float, written: str) -> None:
    assert written == formats.zone(datetime(2026, 12, 4, 17, 55, tzinfo=timezone(timedelta(hours=hours))))


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(465, "7\u00a0h\u00a045\u00a0min"), (120, "2\u00a0h"), (45, "45\u00a0min"), (0, "0\u00a0min")],
)
def test_a_span_is_written_in_hours_and_minutes(minutes: int, written: str) -> None:
    assert written == formats.span(timedelta(minutes=minutes), EN)


def test_a_phone_number_is_one_piece_left_to_right() -> None:
    assert formats.together("+36 1 555 0143 ") == "\u2066+36\u00a01\u00a0555\u00a00143\u2069"


def test_times_are_24_hours() -> None:
    assert formats.clock(datetime(2026, 12, 4, 17, 5, tzinfo=UTC)) == "17:05"
