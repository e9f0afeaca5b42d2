"""A wrong file is refused whole, with the line, the reason and the key at fault."""

from pathlib import Path

import pytest

from avrr_desktop.programme.lines import line_index, line_of
from avrr_desktop.programme.load import load, load_all
from avrr_desktop.programme.values import ProgrammeRefused, Refusal

# (line to change, what it becomes, reason, detail): named is that line, or the new one holding the detail.
WRONG = [
    ("format = 1", "format = 2", Refusal.NEWER_FORMAT, "1"),
    ("format = 1", "format = true", Refusal.BAD_TYPE, "format"),
    ('code = "harbour"', "code = 7", Refusal.BAD_TYPE, "code"),
    ('code = "harbour"', 'code = "har bour"', Refusal.BAD_VALUE, "har bour"),
    ('name = "Harbour"', 'name = " "', Refusal.BAD_VALUE, "name"),
    ('name = "Harbour"', 'nom = "Harbour"\nname = "Harbour"', Refusal.UNKNOWN_KEY, "nom"),
    ('currency = "JPY"', 'currency = "JPX"', Refusal.UNKNOWN_CURRENCY, "JPX"),
    ('currency = "JPY"', 'currency = "jpy"', Refusal.UNKNOWN_CURRENCY, "jpy"),
    ("valid_from = 2020-01-01", 'valid_from = "2020-01-01"', Refusal.BAD_DATE, "valid_from"),
    ("valid_from = 2020-01-01", "valid_from = 2020-01-01T00:00:00Z", Refusal.BAD_DATE, "valid_from"),
    ('kinds = ["short", "long"]', "kinds = []", Refusal.BAD_VALUE, "kinds"),
    ('kinds = ["short", "long"]', 'kinds = ["short", "short"]', Refusal.DUPLICATE, "kinds"),
    ('kinds = ["short", "long"]', 'kinds = "short"', Refusal.BAD_TYPE, "kinds"),
    ("amount_minor = 12345", "amount_minor = -1", Refusal.NEGATIVE, "amount_minor"),
    ("amount_minor = 12345", "amount_minor = 123.45", Refusal.FLOAT, "123.45"),
    ("amount_minor = 12345", "amount_minor = 1e3", Refusal.FLOAT, "1e3"),
    ("amount_minor = 12345", 'amount_minor = "12345"', Refusal.BAD_TYPE, "amount_minor"),
    ("amount_minor = 12345", "amount_minor = true", Refusal.BAD_TYPE, "amount_minor"),
    (
        'when = { regime = ["early"], group = ["cook"] }',
        'when = { regime = ["earlier"] }',
        Refusal.UNKNOWN_CODE,
        "earlier",
    ),
    (
        'when = { regime = ["early"], group = ["cook"] }',
        'when = { group = ["cooks"] }',
        Refusal.UNKNOWN_CODE,
        "cooks",
    ),
    (
        'when = { regime = ["early"], group = ["cook"] }',
        "when = { age = 3 }",
        Refusal.UNKNOWN_KEY,
        "age",
    ),
    (
        'when = { regime = ["early"], group = ["cook"] }',
        "when = { dco = 1 }",
        Refusal.BAD_TYPE,
        "dco",
    ),
    (
        "valid_to = 2020-12-31",
        "valid_to = 2019-12-31\nvalid_from = 2020-02-02",
        Refusal.DATES_REVERSED,
        "valid_to",
    ),
    ('effect = "blocking"', 'effect = "fatal"', Refusal.UNKNOWN_CODE, "fatal"),
    ('effect = "warn"', 'effect = "warn"\nunmet = "not_participant"', Refusal.BAD_VALUE, "not_participant"),
    ('groups = ["sailor"]', 'groups = ["pirate"]', Refusal.UNKNOWN_CODE, "pirate"),
    ('count = "hours"', 'count = "weeks"', Refusal.UNKNOWN_CODE, "weeks"),
    ('count = "hours"', 'count = "hours"\nsuspendable = true', Refusal.BAD_VALUE, "suspendable"),
    ("length = 48", "length = -48", Refusal.NEGATIVE, "length"),
    ('means = "by"', 'means = "about"', Refusal.UNKNOWN_CODE, "about"),
    ('facts = ["rope", "bollard"]', 'facts = ["rope", "rope"]', Refusal.DUPLICATE, "facts"),
    ('code = "engine_off"', 'code = "engine_off"\nfact = "engine"', Refusal.UNKNOWN_KEY, "fact"),
    ('blocks = ["anchor"]', 'blocks = ["anker"]', Refusal.UNKNOWN_CODE, "anker"),
    ("minutes = 45", "minutes = -45", Refusal.NEGATIVE, "minutes"),
    ('holds = "voyage"', 'holds = "voyage"\nforever = true', Refusal.UNKNOWN_KEY, "forever"),
    ('title = "Hearsay"', 'title = "Hearsay"\nurl = "x"', Refusal.UNKNOWN_KEY, "url"),
    ("minutes = 45", "minutes = ", Refusal.SYNTAX, None),
    ("valid_from = 2020-01-01", "valid_from = 2020-02-30", Refusal.BAD_DATE, None),
]

MISSING = [
    # (a line of the table, the line taken out of it, the header line the refusal names, reason, detail)
    ('name = "Harbour"', None, Refusal.MISSING_KEY, "name"),
    ("amount_minor = 12345", "[[entitlement]]", Refusal.MISSING_KEY, "amount_minor"),
    ("confirmed = true", "[[entitlement]]", Refusal.MISSING_KEY, "confirmed"),
    ('source = ["log"]', "[[entitlement]]", Refusal.MISSING_SOURCE, "early.cook"),
    ('mark = "sourced"', "[[entitlement]]", Refusal.MISSING_KEY, "mark"),
    ('means = "by"', "[[deadline]]", Refusal.MISSING_KEY, "means"),
    ("minutes = 45", "[report_time]", Refusal.MISSING_KEY, "minutes"),
]


def refused(path: Path) -> ProgrammeRefused:
    with pytest.raises(ProgrammeRefused) as caught:
        load(path)
    assert caught.value.file == str(path)
    assert caught.value.code == "programme.refused"
    return caught.value


def changed(lines: list[str], old: str, new: str, folder: Path) -> tuple[Path, int]:
    """Write the file with the first line *old* replaced; return the 1-based line number it stood at."""
    at = lines.index(old)
    path = folder / "wrong.toml"
    path.write_text("\n".join([*lines[:at], *new.split("\n"), *lines[at + 1 :]]) + "\n", encoding="utf-8")
    return path, at + 1


@pytest.fixture(scope="module")
def lines(invented_file: Path) -> list[str]:
    """The lines of a file that loads."""
    load(invented_file)
    return invented_file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("old", "new", "reason", "detail"), WRONG)
def test_a_wrong_line_is_named(
    lines: list[str], tmp_path: Path, old: str, new: str, reason: Refusal, detail: str | None
) -> None:
    path, first = changed(lines, old, new, tmp_path)
    failure = refused(path)
    expected_lines = range(first, first + new.count("\n") + 1)
    assert (failure.reason, failure.line in expected_lines) == (reason, True), failure
    assert detail in (None, failure.detail)
    if "\n" in new and detail:
        assert detail in path.read_text(encoding="utf-8").splitlines()[failure.line - 1]


@pytest.mark.parametrize(("gone", "header", "reason", "detail"), MISSING)
def test_a_missing_key_is_named_with_the_line_of_its_table(
    lines: list[str], tmp_path: Path, gone: str, header: str | None, reason: Refusal, detail: str
) -> None:
    start = lines.index(header) if header else 0
    at = lines.index(gone, start)
    path = tmp_path / "wrong.toml"
    path.write_text("\n".join([*lines[:at], *lines[at + 1 :]]), encoding="utf-8")
    failure = refused(path)
    assert (failure.reason, failure.line, failure.detail) == (reason, start + 1 if header else 0, detail)


SECOND_COOK = """
[[entitlement]]
id = "second.cook"
amount_minor = 1
currency = "JPY"
when = { group = ["cook"], stage = ["AFLOAT"] }
source = ["log"]
mark = "sourced"
confirmed = true
"""
SECOND_VISIT = """
[[deadline]]
id = "visit"
count = "days"
length = 1
start = "return"
means = "from"
valid_from = 2020-12-31
valid_to = 2020-12-31
source = ["log"]
mark = "sourced"
"""
SECOND_STOP = """
[[stop]]
code = "storm"
name = "gale"
blocks = ["anchor"]
lifted_by = ["supervisor"]
source = ["log"]
mark = "sourced"
"""
OLDEST = """
[[regime]]
code = "oldest"
claim_before = 2019-01-01
"""
UNSOURCED = """
[[category]]
code = "K2"
name = "hooks"
delivered = "ashore"
source = ["hearsay"]
mark = "sourced"
"""
ELSEWHERE = UNSOURCED.replace("hearsay", "rumour")
EUROS = SECOND_COOK.replace('"JPY"', '"EUR"')
EMPTY_GATE = """
[[gate]]
id = "empty"
to = "moored"
source = ["log"]
mark = "sourced"
"""


@pytest.mark.parametrize(("added", "at", "reason", "detail"), [
    (SECOND_COOK, "[[entitlement]]", Refusal.OVERLAP, "early.cook second.cook"),
    (SECOND_COOK.replace("second.cook", "early.cook"), "[[entitlement]]", Refusal.DUPLICATE, "early.cook"),
    (EUROS, 'currency = "EUR"', Refusal.CURRENCY_MISMATCH, "EUR"),
    (SECOND_VISIT, "[[deadline]]", Refusal.OVERLAP, "visit"),
    (SECOND_STOP, "[[stop]]", Refusal.DUPLICATE, "storm"),
    (OLDEST, "[[regime]]", Refusal.OVERLAP, "early oldest"),
    (UNSOURCED, 'mark = "sourced"', Refusal.MISSING_SOURCE, "K2"),
    (ELSEWHERE, 'source = ["rumour"]', Refusal.UNKNOWN_SOURCE, "rumour"),
    (EMPTY_GATE, "[[gate]]", Refusal.MISSING_KEY, "condition"),
    (EMPTY_GATE + "condition = []", "[[gate]]", Refusal.MISSING_KEY, "condition"),
])  # fmt: skip
def test_a_rule_that_clashes_is_named(
    invented_file: Path, tmp_path: Path, added: str, at: str, reason: Refusal, detail: str
) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(invented_file.read_text(encoding="utf-8") + added, encoding="utf-8")
    failure = refused(path)
    written = path.read_text(encoding="utf-8").splitlines()
    last = len(written) - written[::-1].index(at)
    assert (failure.reason, failure.line, failure.detail) == (reason, last, detail)


@pytest.mark.parametrize(("dates", "loads"), [
    ("valid_from = 2020-01-01\nvalid_to = 2020-12-31", False), ("valid_to = 2019-12-31", True),
])  # fmt: skip
def test_equal_conditions_may_follow_each_other_in_time(
    invented_file: Path, tmp_path: Path, dates: str, loads: bool
) -> None:
    path = tmp_path / "dated.toml"
    oldest = SECOND_COOK.replace('group = ["cook"], stage = ["AFLOAT"]', 'group = ["sailor"]') + dates
    path.write_text(
        invented_file.read_text(encoding="utf-8")
        .replace("valid_from = 2020-01-01\n", "", 1)
        .replace("valid_to = 2020-12-31", "valid_from = 2020-01-01\nvalid_to = 2020-12-31", 1)
        + oldest,
        encoding="utf-8",
    )
    if loads:
        assert len(load(path).entitlements) == 4
    else:
        assert refused(path).reason is Refusal.OVERLAP


def test_a_stop_cannot_block_a_gate_of_a_file_that_has_none(lines: list[str], tmp_path: Path) -> None:
    first, after = lines.index("[[gate]]"), lines.index("[[stop]]")
    path = tmp_path / "gateless.toml"
    path.write_text("\n".join([*lines[:first], *lines[after:]]), encoding="utf-8")
    failure = refused(path)
    assert (failure.reason, failure.detail) == (Refusal.UNKNOWN_CODE, "anchor")


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    assert (refused(tmp_path / "none.toml").reason, refused(tmp_path / "none.toml").line) == (
        Refusal.UNREADABLE,
        0,
    )
    (tmp_path / "latin.toml").write_bytes('name = "é"'.encode("latin-1"))
    assert refused(tmp_path / "latin.toml").reason is Refusal.UNREADABLE


def test_two_files_of_one_code_are_refused(invented_file: Path, tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_bytes(invented_file.read_bytes())
    with pytest.raises(ProgrammeRefused) as caught:
        load_all(tmp_path)
    assert (caught.value.reason, caught.value.file) == (Refusal.DUPLICATE, str(tmp_path / "b.toml"))


def test_a_folder_gives_its_programmes_by_code(shipped: Path) -> None:
    assert list(load_all(shipped)) == ["avrr-2012", "office-template"]


LAYOUT = '''a = 1 # [x
b = [
  "[[t]]", # k = 1
  "two",
]
c = """ [
[[t]]
d = 2
"""
e = "[ # \\" ["
[[t]]
x = 1
  [[t.u]]
  y = { z = 1, w = [1, 2] }
[[t.u]]
y = 2
[[t]]
[[t.u]]
y = 3
[s.deep]
v.w = 1
'''


@pytest.mark.parametrize(("path", "line"), [
    (("a",), 1), (("b",), 2), (("b", 1), 2), (("c",), 6), (("d",), 0), (("e",), 10), (("t", 0), 11),
    (("t", 0, "x"), 12),
    (("t", 0, "u", 0), 13), (("t", 0, "u", 0, "y", "z"), 14), (("t", 0, "u", 1, "y"), 16), (("t", 1), 17),
    (("t", 1, "u", 0, "y"), 19), (("s", "deep"), 20), (("s", "deep", "v", "w"), 21), (("nowhere",), 0),
])  # fmt: skip
def test_every_key_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(line_index(LAYOUT), path) == line
