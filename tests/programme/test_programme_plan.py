"""A plan's money: lines rounded half up one by one, the remainder or the amount over."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.programme.ceiling import Ceiling
from avrr_desktop.programme.plan import PlanMoney, line_amount, plan_check
from avrr_desktop.programme.values import QuestionRefused

TWO_THOUSAND = Ceiling(200000, "CAD", ())


def line(name: str, price: int, quantity: str = "1", currency: str = "CAD", rate: str = "1") -> PlanMoney:
    return PlanMoney(name, quantity, price, currency, rate)


def test_1990_and_25_against_2000_is_15_over() -> None:
    check = plan_check(TWO_THOUSAND, [line("shop", 199000), line("baggage", 2500)])
    assert (check.total_minor, check.over_minor, check.remainder_minor, check.is_over) == (
        201500,
        1500,
        0,
        True,
    )
    assert (check.currency, check.amounts) == ("CAD", (("shop", 199000), ("baggage", 2500)))


@pytest.mark.parametrize(("prices", "rest", "over"), [
    ([], 200000, 0), ([199000], 1000, 0), ([199000, 1000], 0, 0), ([199000, 1001], 0, 1),
    ([300000, -150000], 50000, 0),
])  # fmt: skip
def test_a_plan_has_a_remainder_or_is_over(prices: list[int], rest: int, over: int) -> None:
    check = plan_check(TWO_THOUSAND, [line(str(n), price) for n, price in enumerate(prices)])
    assert (check.remainder_minor, check.over_minor, check.is_over) == (rest, over, over > 0)


@pytest.mark.parametrize(("money", "amount"), [
    (line("half up", 1, "0.5"), 1),
    (line("under half", 1, "0.499999999999"), 0),
    (line("refund", -1, "0.5"), -1),
    (line("kilos", 333, "1.5"), 500),
    (line("forint", 10000000, "1", "HUF", "0.0048"), 48000),
    (line("forint half", 12500, "1", "HUF", "0.0004"), 5),
    (line("yen, no minor unit", 12345, "2", "JPY", "0.011"), 27159),
    (line("dinar, three places", 1234, "1", "KWD", "3.5"), 432),
    (line("exact product", 299999, "3.333333333333", "EUR", "1.456789012345"), 1456784),
])  # fmt: skip
def test_a_line_is_rounded_half_up_once(money: PlanMoney, amount: int) -> None:
    assert line_amount(money, "CAD") == amount


def test_the_total_is_the_sum_of_rounded_lines() -> None:
    thirds = [line(name, 1, "0.5") for name in "abc"]
    assert plan_check(TWO_THOUSAND, thirds).total_minor == 3


def test_the_same_invoice_at_the_rate_of_payment_can_go_over() -> None:
    def planned(rate: str) -> int:
        return plan_check(TWO_THOUSAND, [line("tools", 40000000, "1", "HUF", rate)]).over_minor

    assert (planned("0.0050"), planned("0.0051")) == (0, 4000)


@pytest.mark.parametrize(("money", "why"), [
    (line("a", 1, "1,5"), "quantity_not_a_decimal"), (line("a", 1, "-1"), "quantity_not_a_decimal"),
    (line("a", 1, "1e3"), "quantity_not_a_decimal"), (line("a", 1, "NaN"), "quantity_not_a_decimal"),
    (line("a", 1, "1", "EUR", ""), "rate_not_a_decimal"),
    (line("a", 1, "1", "EUR", "Infinity"), "rate_not_a_decimal"),
    (line("a", 1, "1", "EUR", "1" * 13), "rate_not_a_decimal"), (line("a", 1, "٣"), "quantity_not_a_decimal"),
    (line("a", 1, "1", "CAD", "1.1"), "rate_for_own_currency"),
])  # fmt: skip
def test_a_line_without_a_plain_number_is_refused(money: PlanMoney, why: str) -> None:
    with pytest.raises(QuestionRefused) as refused:
        plan_check(TWO_THOUSAND, [money])
    assert refused.value.why == why


decimals = st.integers(0, 10**9).map(lambda n: f"{n // 10**4}.{n % 10**4:04d}")


@given(quantity=decimals, price=st.integers(0, 10**9), rate=decimals)
def test_a_rounded_line_is_within_half_a_minor_unit(quantity: str, price: int, rate: str) -> None:
    exact = Fraction(quantity) * price * Fraction(rate)
    amount = line_amount(PlanMoney("a", quantity, price, "EUR", rate), "CAD")
    assert Fraction(-1, 2) < amount - exact <= Fraction(1, 2)
    assert type(amount) is int
