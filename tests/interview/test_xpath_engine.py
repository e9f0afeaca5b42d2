"""XPath 1.0 and ODK's functions, table-driven; the section of the source stands above each table."""

import math
from zoneinfo import ZoneInfo

import pytest
from xpath_support import PHOENIX, build, evaluate

from avrr_desktop.interview.errors import ExpressionError
from avrr_desktop.interview.referring import references
from avrr_desktop.interview.xpath import compile_expression


def same(expected: object, actual: object) -> bool:
    if isinstance(expected, float) and isinstance(actual, float):
        return (math.isnan(expected) and math.isnan(actual)) or math.isclose(expected, actual, abs_tol=1e-9)
    return type(expected) is type(actual) and expected == actual


XPATH_3 = [  # XPath 1.0, section 3: expressions
    ("1 + 2 * 3", 7.0),
    ("(1 + 2) * 3", 9.0),
    ("7 mod 3", 1.0),
    ("-7 mod 3", -1.0),
    ("5 div 2", 2.5),
    ("1 div 0", math.inf),
    ("-1 div 0", -math.inf),
    ("0 div 0", math.nan),
    ("- -3", 3.0),
    ("-2 + 5", 3.0),
    ("10 - 2 - 3", 5.0),
    ("true() or explode()", True),
    ("false() and explode()", False),
    ("1 = 1 and 2 = 3 or 4 = 4", True),
    ("1 < 2 = true()", True),
    ("3 > 2 > 1", False),
    ("2 <= 2", True),
    ("2 >= 2", True),
    ("2 < 2", False),
    ("1 div 0 mod 2", math.nan),
    ("5 mod 0", math.nan),
    ("'a' = \"a\"", True),
    ("'a' != 'b'", True),
    ("/data/m/age = 10", True),
    ("/data/m/age != 10", True),
    ("/data/m/age < 3", True),
    ("/data/m/age > 40", False),
    ("/data/none = ''", False),
    ("/data/m = true()", True),
    ("/data/a | /data/b", ["3", "4"]),
    ("/data/b | /data/a | /data/a", ["3", "4"]),
    (".5 + 1.", 1.5),
    ("1and1", True),
    ("1div2", 0.5),
    ("4mod3", 1.0),
    ("a*b", 12.0),
]
XPATH_2 = [  # XPath 1.0, section 2: location paths
    ("/data/a", ["3"]),
    ("a", ["3"]),
    ("./a", ["3"]),
    ("child::a", ["3"]),
    ("g/x/..", ["g"]),
    ("//x", ["inside"]),
    (".//n", ["Ana", "Luka", "Mia"]),
    ("m[2]/n", ["Luka"]),
    ("m[last()]/n", ["Mia"]),
    ("m[position() < 3]/n", ["Ana", "Luka"]),
    ("m[age < 18]/n", ["Luka", "Mia"]),
    ("m[age < 18][2]/n", ["Mia"]),
    ("(m/n)[2]", ["Luka"]),
    ("m/n[1]", ["Ana", "Luka", "Mia"]),
    ("m[n = 'Mia']/preceding-sibling::m/n", ["Ana", "Luka"]),
    ("m[n = 'Mia']/preceding-sibling::m[1]/n", ["Luka"]),
    ("m[1]/following-sibling::m[1]/n", ["Luka"]),
    ("m[1]/following::n", ["Luka", "Mia"]),
    ("m[3]/preceding::age", ["33", "10"]),
    ("g/x/ancestor::*", ["data", "g"]),
    ("g/x/ancestor::*[1]", ["g"]),
    ("g/x/ancestor-or-self::x", ["inside"]),
    ("descendant::age[2]", ["10"]),
    ("b/@unit", ["km"]),
    ("b/@*", ["km"]),
    ("b/attribute::unit", ["km"]),
    ("*[2]", ["4"]),
    ("a/text()", ["3"]),
    ("empty/text()", []),
    ("a/self::a", ["3"]),
    ("a/self::b", []),
    ("a/namespace::*", []),
    ("div", []),
    ("g/x[. = 'inside']", ["inside"]),
    ("m/age | m/n", ["Ana", "33", "Luka", "10", "Mia", "2"]),
    ("//m/../a", ["3"]),
]
XPATH_4 = [  # XPath 1.0, section 4: core functions
    ("count(m)", 3.0),
    ("name(g)", "g"),
    ("local-name(g)", "g"),
    ("namespace-uri(g)", ""),
    ("string(12.50)", "12.5"),
    ("string(1 div 3)", "0.3333333333333333"),
    ("string(1000000000000000000000)", "1000000000000000000000"),
    ("string(0.0000001)", "0.0000001"),
    ("string(-0.0)", "0"),
    ("string(true())", "true"),
    ("string(m/n)", "Ana"),
    ("string(m[1])", "Ana33"),
    ("concat('a', 1, true())", "a1true"),
    ("starts-with('abc', 'ab')", True),
    ("contains('abc', 'd')", False),
    ("substring-before('1999/04/01', '/')", "1999"),
    ("substring-after('1999/04/01', '/')", "04/01"),
    ("substring('12345', 2, 3)", "234"),
    ("substring('12345', 1.5, 2.6)", "234"),
    ("substring('12345', 0 div 0, 3)", ""),
    ("substring('12345', -42, 1 div 0)", "12345"),
    ("string-length('abc')", 3.0),
    ("normalize-space('  a  b ')", "a b"),
    ("translate('bar', 'abc', 'AB')", "BAr"),
    ("translate('--aaa--', 'abc-', 'ABC')", "AAA"),
    ("boolean('false')", True),
    ("boolean(0)", False),
    ("boolean(none)", False),
    ("not('')", True),
    ("number(' 12 ')", 12.0),
    ("number('1e3')", math.nan),
    ("number('')", math.nan),
    ("number(true())", 1.0),
    ("sum(m/age)", 45.0),
    ("floor(-1.5)", -2.0),
    ("ceiling(-1.5)", -1.0),
    ("lang('en')", False),
    ("id('nothing')", []),
]
ODK_TEXT = [  # ODK XForms specification, XPath functions: strings and numbers
    ("concat(m/n)", "AnaLukaMia"),
    ("join(', ', m/n)", "Ana, Luka, Mia"),
    ("join('-', 'a', 1)", "a-1"),
    ("substr('12345', 1, 3)", "23"),
    ("substr('12345', -2)", "45"),
    ("ends-with('abc', 'bc')", True),
    ("coalesce('', /data/c)", "x"),
    ("if(1 = 1, 'yes', explode())", "yes"),
    ("regex('12345', '^[0-9]{5}$')", True),
    ("regex('1234', '^[0-9]{5}$')", False),
    ("int(1.9)", 1.0),
    ("int(-1.9)", -1.0),
    ("int('')", math.nan),
    ("round(1.5)", 2.0),
    ("round(-1.5)", -2.0),
    ("round(1.2345, 2)", 1.23),
    ("round(155, -1)", 160.0),
    ("min(m/age)", 2.0),
    ("max(m/age, 40)", 40.0),
    ("max(/data/none)", math.nan),
    ("pow(2, 10)", 1024.0),
    ("abs(-3)", 3.0),
    ("sqrt(9)", 3.0),
    ("sqrt(-1)", math.nan),
    ("boolean-from-string('1')", True),
    ("boolean-from-string('yes')", False),
    ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
    ("digest('abc', 'SHA-1')", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
    ("version()", "9"),
    ("property('username')", "officer7"),
    ("property('nothing')", ""),
    ("uuid()", "0000-1111"),
    ("uuid(6)", "000011"),
    ("random()", 0.25),
]
ODK_SELECT = [  # ODK XForms specification, XPath functions: select and repeat
    ("selected(words, 'green')", True),
    ("selected(words, 'gre')", False),
    ("selected('', '')", False),
    ("selected-at(words, 0)", "red"),
    ("selected-at(words, 3)", ""),
    ("count-selected(words)", 3.0),
    ("count-selected('')", 0.0),
    ("count-non-empty(/data/a | /data/empty)", 1.0),
    ("jr:choice-name('x', '/data/c')", "x at /data/c"),
    ("jr:itext('id1')", "text of id1"),
    ("instance('countries')/root/item[name = 'HU']/label", ["Hungary"]),
    ("count(instance('countries')/root/item)", 3.0),
    ("pulldata('countries', 'label', 'name', 'CZ')", "Czechia"),
    ("pulldata('countries', 'label', 'name', 'XX')", ""),
    ("indexed-repeat(/data/m/n, /data/m, 2)", ["Luka"]),
    ("position(m[3])", 3.0),
    ("checklist(1, 2, true(), false(), 1 = 1)", True),
    ("checklist(3, -1, true(), false())", False),
    ("weighted-checklist(5, -1, true(), 3, true(), 2, false(), 9)", True),
    ("count(randomize(m))", 3.0),
]
ODK_DATE = [  # ODK XForms specification, XPath functions: date and time
    ("today()", "2026-03-10"),
    ("now()", "2026-03-10T12:00:00.000+00:00"),
    ("date('2018-01-01')", "2018-01-01"),
    ("date(17532)", "2018-01-01"),
    ("date('')", ""),
    ("date-time('2018-01-01T10:00')", "2018-01-01T10:00:00.000+00:00"),
    ("decimal-date-time('1970-01-02')", 1.0),
    ("decimal-date-time('never')", math.nan),
    ("decimal-time('06:00')", 0.25),
    ("decimal-time('25:00')", math.nan),
    ("format-date('2018-01-02', '%e/%n/%y %b %a %%')", "2/1/18 Jan Tue %"),
    ("format-date-time('2018-01-02T03:04:05.678', '%Y-%m-%d %H:%M:%S.%3')", "2018-01-02 03:04:05.678"),
    ("format-date('', '%Y')", ""),
    ("'2018-01-01' < '2018-01-02'", True),
    ("today() > '2026-03-09'", True),
    ("'2018-02-30' > '2018-02-01'", False),
    ("'2018-01-02' - '2018-01-01'", 1.0),
]


@pytest.mark.parametrize(
    ("source", "expected"),
    XPATH_2 + XPATH_3 + XPATH_4 + ODK_TEXT + ODK_SELECT + ODK_DATE,
)
def test_an_expression_gives_what_the_source_says(source, expected):
    actual = evaluate(source)
    assert same(expected, actual), actual


@pytest.mark.parametrize(
    "source",
    [
        "", " ", "1 +", "(1", "1)", "a[", "a[1", "a]", "f(", "f(1,", "f(,1)", "a b", "1 2", "'open", '"open',
        "a//", "@", "@@a", "a::b", "child::", "..a", "$", "a/", "//", "= 1", "1 = = 2", "a[]", "date(1.0e)",
        "#", "a;b", "!", "node(", "foo:bar:baz", "1and", "text()b",
    ],
)  # fmt: skip
def test_what_is_no_expression_is_refused_with_its_position(source):
    with pytest.raises(ExpressionError) as failure:
        compile_expression(source)
    assert failure.value.code == "syntax"
    assert isinstance(failure.value.params["at"], int)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("explode()", "unknown_function"),
        ("count('a')", "not_nodes"),
        ("'a' | b", "not_nodes"),
        ("count(a, b)", "arity"),
        ("if(1, 2)", "arity"),
        ("indexed-repeat(m/n, m, 1, m)", "arity"),
        ("$x", "unknown_variable"),
        ("instance('nowhere')/root", "unknown_instance"),
        ("digest('a', 'ROT13')", "unknown_digest"),
        ("format-date('2018-01-01', '%Q')", "date_pattern"),
        ("regex('a', '(a+)+$')", "pattern"),
        ("regex('a', '[')", "pattern"),
        ("(1)/a", "not_nodes"),
    ],
)
def test_what_cannot_be_evaluated_fails_by_name_and_only_when_reached(source, code):
    with pytest.raises(ExpressionError) as failure:
        evaluate(source)
    assert failure.value.code == code
    assert evaluate(f"if(false(), {source}, 'well')") == "well"


def test_an_absolute_path_inside_a_row_reads_that_row_unless_it_ends_at_the_repeat():
    """ODK XForms specification, XPath paths: references inside repeats."""
    assert evaluate("/data/m/n", at="/data/m[2]/age") == ["Luka"]
    assert evaluate("count(/data/m)", at="/data/m[2]/age") == 3.0
    assert evaluate("/data/m[1]/n", at="/data/m[2]/age") == ["Ana"]
    assert evaluate("indexed-repeat(/data/m/n, /data/m, 3)", at="/data/m[2]/age") == ["Mia"]
    assert evaluate("position(..)", at="/data/m[2]/age") == 2.0


def test_a_seed_shuffles_the_same_way_each_time():
    first = evaluate("join(' ', randomize(instance('countries')/root/item/name, 42))")
    assert first == evaluate("join(' ', randomize(instance('countries')/root/item/name, 42))")
    orders = {
        evaluate(f"join(' ', randomize(instance('countries')/root/item/name, {seed**5 * 48271 + 12345}))")
        for seed in range(1, 60)
    }
    assert len(orders) == 6


def test_dates_are_days_in_the_interviews_zone():
    assert same(17533.291666666668, evaluate("'2018-01-01' + 1", zone=PHOENIX))
    assert evaluate("today()", zone=ZoneInfo("Pacific/Kiritimati")) == "2026-03-11"
    assert evaluate("date(today() + 1)", zone=PHOENIX) == "2026-03-11"
    assert evaluate("date(17532.1)", zone=PHOENIX) == "2017-12-31"


def test_references_tell_what_an_expression_reads():
    document = build()
    data = document.children[0]
    read = references(compile_expression("a + count(m[age < 18]) + ../data/g/x + nope").tree, data, document)
    assert {one for one in read if not one.startswith("!")} == {
        "/data/a",
        "/data/m",
        "/data/m/age",
        "/data/g/x",
    }
    assert {one for one in read if one.startswith("!")} == {"!nope"}
