"""Limits of expressions and patterns, and expressions nobody would write."""

import contextlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from xpath_support import evaluate

from avrr_desktop.interview.errors import ExpressionError, FormError, LimitError
from avrr_desktop.interview.functions import REGISTRY
from avrr_desktop.interview.xpath import compile_expression


@pytest.mark.parametrize("opening", ["(", "-(", "a[", "not(", "1+(", "a[b=(", "/a["])
def test_nesting_beyond_the_limit_is_refused(opening):
    with pytest.raises(LimitError) as failure:
        compile_expression(opening * 300 + "1" + ")" * 300)
    assert failure.value.params["limit"] == "expression_depth"


def test_a_hundred_levels_of_nesting_still_work():
    assert evaluate("(" * 100 + "1" + ")" * 100) == 1.0
    assert evaluate("not(" * 100 + "true()" + ")" * 100) is True


def test_a_long_chain_is_not_deep():
    assert evaluate("+".join(["1"] * 5000)) == 5000.0


def test_an_expression_longer_than_the_limit_is_refused():
    with pytest.raises(LimitError):
        compile_expression("1 + " * 6000 + "1")


@pytest.mark.parametrize(
    ("pattern", "is_tame"),
    [
        (r"^[^@ ]+@[^@ ]+\.[a-z]{2,}$", True),
        (r"^(\+|00)?[0-9]{6,15}$", True),
        ("^(abc|def)$", True),
        ("^([A-Z]{2})+$", True),
        (r"^\([0-9]+\)$", True),
        ("(a+)+", False),
        ("(a|aa)+", False),
        ("(a?){30}a{30}", False),
        ("((a*)b?)*", False),
        (r"(a)\1", False),
        ("(?=a)", False),
        ("a*a*a*a*a*", False),
        ("a{5000}", False),
    ],
)
def test_patterns_that_could_run_away_are_refused(pattern, is_tame):
    source = f"regex('{'a' * 40}!', '{pattern}')"
    if is_tame:
        assert evaluate(source) is False
    else:
        with pytest.raises(ExpressionError) as failure:
            evaluate(source)
        assert failure.value.code == "pattern"


def test_a_text_cannot_grow_without_end():
    grown = "concat({0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0})"
    source = "words"
    for _level in range(3):
        source = grown.format(source)
    assert len(str(evaluate(source))) == 14_000
    with pytest.raises(LimitError):
        evaluate(f"join(translate(substr('{'x' * 9000}', 0), 'x', 'y'), {', '.join(['1'] * 200)})")


WORDS = st.sampled_from(
    [
        "a",
        "b",
        "m",
        "age",
        "n",
        "/data",
        "..",
        ".",
        "//",
        "/",
        "::",
        "@",
        "*",
        "|",
        "+",
        "-",
        "=",
        "!=",
        "<",
        "<=",
        "and",
        "or",
        "div",
        "mod",
        "(",
        ")",
        "[",
        "]",
        ",",
        "1",
        "2.5",
        "'x'",
        "not(",
        "count(",
        "if(",
        "selected(",
        "child",
        "parent",
        "ancestor",
        "text()",
        "node()",
        "$v",
        "instance('countries')",
        "jr:",
        "explode(",
        "today()",
        "current()",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=14), st.sampled_from(["", " "]))
@example(["-"] * 14, "")
def test_any_heap_of_tokens_gives_a_value_or_one_of_our_errors(words, glue):
    with contextlib.suppress(FormError):
        evaluate(glue.join(words))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text_gives_a_value_or_one_of_our_errors(text):
    with contextlib.suppress(FormError):
        evaluate(text)


@settings(max_examples=200, deadline=None)
@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_a_number_written_is_the_number_read(whole, places):
    number = whole / 10**places
    assert float(str(evaluate(f"string({number:.10f})"))) == pytest.approx(number)


ARGUMENTS = [
    "''", "'x'", "'a b'", "'0001-01-01'", "'9999-12-31'", "'9999-12-31T23:59:59-12:00'", "'24:00'", "'[a-z'", "'%Y%m'",
    "1 div 0", "-1 div 0", "0 div 0", "0", "-1.5", "99999999999999999999", "0.0000001", "true()", "m", "m/age", "none",
    "'countries'", "'name'", "'MD5'", "m/n/text()", "b/@unit", "/",
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(REGISTRY))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_function_takes_any_arguments_or_refuses_with_one_of_our_errors(name, data):
    function = REGISTRY[name]
    most = function.least + 2 if function.most is None else function.most
    arguments = data.draw(st.lists(st.sampled_from(ARGUMENTS), min_size=function.least, max_size=most))
    with contextlib.suppress(FormError):
        evaluate(f"string({name}({', '.join(arguments)}))")
