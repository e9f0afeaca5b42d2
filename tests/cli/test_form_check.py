"""`avrr-desktop form check`, `export` and `import`: refusals in words, with sheet and row; nothing lost on the way."""

import random
from pathlib import Path

import pytest
from form_talk import run
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.app.main import main
from avrr_desktop.cli.form_words import WORDS, sentence
from avrr_desktop.interview.tables import read_markdown, read_workbook, write_markdown, write_workbook

ROOT = Path(__file__).resolve().parents[2]
GOOD = """| survey |
| | type | name | label | calculation | relevant | choice_filter |
| | integer | age | Age |  |  |  |
| | select_one yn | ok | OK? |  | ${age} > 3 |  |
| | calculate | n |  | ${age} + 1 |  |  |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| settings |
| | form_id | form_title | version |
| | good | Good | 1 |
"""


def check(capsys: pytest.CaptureFixture[str], folder: Path, text: str | bytes, name: str = "f.md") -> dict[str, object]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    code, [said] = run(capsys, ["check", str(path)])
    assert (code == 0) == said["ok"]
    return said


def test_the_shipped_form_and_a_plain_one_pass(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = ROOT / "forms" / "pre_departure" / "form.md"
    code, [said] = run(capsys, ["check", str(path)])
    assert [code, said["ok"], said["errors"]] == [0, True, []]
    assert {"file": str(tmp_path / "f.md"), "ok": True, "errors": [], "warnings": []} == check(capsys, tmp_path, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ("${age} + 1", "", "row 4", ("Missing calculation", "Write an expression")),
        ("select_one yn", "select_one nope", "row 3", ("nope", "choices sheet", "correct the list's name")),
        ("| integer | age", "| | age", "row 2", ("no type", "Write a type")),
        ("| integer | age |", "| integer | |", "row 2", ("name",)),
        ("| integer | age |", "| integr | age |", "row 2", ("integr",)),
        ("${age} + 1", "${aage} + 1", "row 4", ("aage",)),
        ("${age} + 1", "cuont(${age})", "row 4", ("cuont", "spelling")),
        ("${age} + 1", "(${age} + 1", "row 4", ("bracket",)),
        ("${age} + 1", "round()", "row 4", ("round()", "arguments")),
        ("${age} + 1", "${n} + 1", "row 4", ("n > n", "references")),
        ("| integer | age | Age |", "| begin_group | age | Age |", "row 2", ("begin_group", "Add the end row")),
        ("| | yn | no | No |", "| | yn | yes | No |", "choices, row 3", ("unique",)),
        ("| integer | age |", "| integer | a ge |", "row 2", ("Names must begin",)),
        ("${age} + 1", "regex(${age}, '(a+)+$')", "row 4", ("simpler",)),
    ],
)
def test_a_refusal_says_where_what_and_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, old: str, new: str, where: str, words: tuple[str, ...]
) -> None:
    assert old in GOOD
    said = check(capsys, tmp_path, GOOD.replace(old, new))
    [first, *_more] = said["errors"]
    assert said["ok"] is False
    assert where in first["where"], first
    for word in words:
        assert word in first["text"]
    assert "[row" not in first["text"]
    assert len(first["text"].split()) >= 6


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .xlsx"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ""),
        ("a.xlsx", b"PK\x03\x04broken", "save it as .xlsx"),
        ("a.xlsx", b"just text", "save it as .xlsx"),
        ("a.md", b"", "empty"),
        ("a.md", b"\xff\xfe\x00a", "UTF-8"),
        ("a.md", b"# only words", ""),
        ("a.csv", b"a,b\n1,2\n", ""),
        ("a.pdf", b"%PDF-1.4", "Use .md"),
        ("a.xml", b"<a", "well-formed"),
        ("a.xml", b"<a/>", "no XForm"),
        ("a.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "safety"),
    ],
)
def test_a_file_that_is_no_form_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    said = check(capsys, tmp_path, data, name)
    [error] = said["errors"]
    assert words in error["text"]
    assert len(error["text"].split()) >= 5


def test_a_refused_file_never_stops_the_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(GOOD)
    names = ["none.md", "good.md", "none.xlsx"]
    code, said = run(capsys, ["check", *(str(tmp_path / name) for name in names)])
    assert [one["ok"] for one in said] == [False, True, False]
    assert code == 1


def test_of_two_questions_of_one_name_the_right_row_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    groups = "".join(
        f"| | begin_group | {name} | G |  |  |  |\n| | calculate | total |  | {formula} |  |  |\n| | end_group |\n"
        for name, formula in (("one", "1 + 1"), ("two", "nosuch(1)"))
    )
    said = check(capsys, tmp_path, GOOD.replace("| choices |", groups + "| choices |"))
    assert [one["where"] for one in said["errors"]] == ["sheet survey, row 9, total, column calculation"]


def test_warnings_do_not_refuse(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = GOOD.replace("${age} + 1", "int(decimal-date-time(today()) - decimal-date-time('2026-01-01'))")
    said = check(capsys, tmp_path, text)
    assert said["ok"] is True
    assert [one["where"] for one in said["warnings"]] == ["sheet survey, row 4, n, column calculation"]


def test_csv_and_workbook_pass_as_the_markdown_does(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    lines = [line.strip("| ").split("|") for line in GOOD.splitlines()]
    cells = [[cell.strip() for cell in line] for line in lines]
    rows = [row if row[0] in ("survey", "choices", "settings") else ["", *row] for row in cells]
    text = "\n".join(",".join(row) for row in rows)
    assert check(capsys, tmp_path, text, "f.csv")["ok"] is True
    assert check(capsys, tmp_path, write_workbook(read_markdown(GOOD)), "f.xlsx")["ok"] is True


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happened_to_a_form_the_answer_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    text = list(GOOD)
    for _blow in range(chance.randrange(1, 12)):
        at = chance.randrange(len(text))
        text[at : at + chance.randrange(6)] = chance.choice(["|", "\n", "(", "${", "]", "'", "end_group", "", "\x00"])
    check(capsys, tmp_path, "".join(text))


def test_export_and_import_give_the_shipped_form_back_to_the_byte(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = ROOT / "forms" / "pre_departure" / "form.md"
    assert main(["form", "export", str(source), str(tmp_path / "x.xlsx")]) == 0
    assert main(["form", "import", str(tmp_path / "x.xlsx")]) == 0
    assert (tmp_path / "x.md").read_bytes() == source.read_bytes()
    assert capsys.readouterr().out.count("ok ") == 2


def test_export_and_import_refuse_the_wrong_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD)
    assert main(["form", "import", str(tmp_path / "a.md")]) == 1
    assert main(["form", "export", str(tmp_path / "none.md")]) == 1
    assert main(["form", "export", str(tmp_path / "a.md"), str(tmp_path / "no" / "x.xlsx")]) == 1
    assert capsys.readouterr().out.count("failed") == 3


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8).map(
    lambda text: " ".join(text.replace("&#10;", "").split())
) | st.sampled_from(["=1+1", "01", "1.0", "TRUE", "a|b", "a\\|b", "\\", "two\nlines", "-", "#x", "'x", "2026-01-02"])
ROWS = st.lists(CELLS.filter(bool), min_size=1, max_size=4)


@given(st.dictionaries(st.sampled_from(["survey", "choices", "settings", "own notes"]), st.lists(ROWS), min_size=1))
def test_a_book_survives_markdown_and_workbook(book: dict[str, list[list[str]]]) -> None:
    assert read_markdown(write_markdown(book)) == book
    assert read_workbook(write_workbook(book)) == book


def test_every_sentence_can_be_filled_in_and_says_more_than_its_code() -> None:
    for code in WORDS:
        said = sentence(code, {"detail": "It is wrong as it is.", "reason": "x"})
        assert len(said.split()) >= 4, code
        assert not said.startswith("form.")
