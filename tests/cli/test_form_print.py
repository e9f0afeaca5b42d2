"""`avrr-desktop form print`: a played form on paper, and what keeps it from being printed."""

import json
from pathlib import Path

import pytest

from avrr_desktop.app.main import main
from avrr_desktop.cli.notices import LINES
from avrr_desktop.documents.preview import page_texts

FORM = """
| survey |
| | type | name | label::English (en) | label::Français (fr) | relevant |
| | note | hello | Good morning | Bonjour | |
| | select_one yn | tired | Are you tired? | Êtes-vous fatigué ? | |
| | text | why | Why? | Pourquoi ? | ${tired} = 'yes' |
| | begin_repeat | child | Child | Enfant | |
| | text | called | What is the name? | Quel est le nom ? | |
| | date | born | When was it born? | Quand est-il né ? | |
| | end_repeat | | | | |
| | begin_repeat | visit | | | |
| | datetime | at | When was the visit? | Quand a eu lieu la visite ? | |
| | acknowledge | seen | I have seen it | Je l’ai vu | |
| | image | face | A picture | Une image | |
| | end_repeat | | | | |
| choices |
| | list_name | name | label::English (en) | label::Français (fr) |
| | yn | yes | Yes | Oui |
| | yn | no | No | Non |
| settings |
| | form_id | form_title | version | default_language |
| | day | A day | 7 | English (en) |
"""
STEPS = (
    ("answer", "/data/tired", "no"),
    ("add_repeat", "/data/child", None),
    ("answer", "/data/child[2]/called", "Bence"),
    ("answer", "/data/child[2]/born", "2020-05-01"),
    ("answer", "/data/visit[1]/at", "2026-03-10T23:30:00.000Z"),
    ("answer", "/data/visit[1]/seen", "OK"),
    ("answer", "/data/visit[1]/face", "secret-name.jpg"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "day.md").write_text(FORM, encoding="utf-8")
    return tmp_path


def made(folder: Path, *more: str, steps: tuple[tuple[str, str, object], ...] = STEPS) -> tuple[int, str]:
    """Print and return exit code and text."""
    lines = [json.dumps({"step": step, "path": path, "value": value}) for step, path, value in steps]
    (folder / "steps.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = folder / "x.pdf"
    words = ["print", str(folder / "day.md"), "--answers", str(folder / "steps.jsonl"), "--out", str(out)]
    code = main(["form", *words, "--now", "2026-11-24T10:00:00Z", "--timezone", "America/Toronto", *more])
    return code, " ".join(" ".join(page_texts(out.read_bytes())).split()) if out.exists() else ""


def test_only_what_was_asked_prints_with_labels_dates_and_rows_in_words(folder: Path) -> None:
    code, text = made(folder)
    assert code == 0
    assert "Are you tired? No" in text
    assert "Why?" not in text
    assert "Child 1 of 2 What is the name? no answer" in text
    assert "Child 2 of 2 What is the name? Bence When was it born? 1 May 2020" in text
    assert (
        "1 of 1 When was the visit? 10 March 2026, 19:30 I have seen it confirmed A picture kept with the case" in text
    )
    assert "secret-name" not in text
    assert "Good morning" not in text
    assert "day 7 \u00b7 " in text


def test_notes_print_when_asked_for(folder: Path) -> None:
    assert "Good morning" in made(folder, "--notes")[1]


def test_the_language_the_steps_end_in_is_printed(folder: Path) -> None:
    steps = [json.dumps({"step": one, "path": path, "value": value}) for one, path, value in STEPS]
    lines = [*steps, json.dumps({"step": "set_language", "language": "fr"})]
    (folder / "steps.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = folder / "y.pdf"
    words = ["print", str(folder / "day.md"), "--answers", str(folder / "steps.jsonl"), "--out", str(out)]
    assert main(["form", *words]) == 0
    text = " ".join(" ".join(page_texts(out.read_bytes())).split())
    assert "Enfant 2 sur 2" in text
    assert "Quel est le nom ? Bence" in text


def test_a_step_the_form_refuses_is_named_and_nothing_is_written(folder: Path, capsys) -> None:
    code, text = made(folder, steps=(*STEPS[:1], ("answer", "/data/nowhere", "x")))
    assert (code, text) == (1, "")
    assert "Step 2 was refused: The form has no /data/nowhere." in capsys.readouterr().out


def test_a_letter_without_a_font_is_refused(folder: Path, capsys) -> None:
    steps = (("answer", "/data/tired", "yes"), ("answer", "/data/why", "\u0915"))
    assert made(folder, steps=steps) == (1, "")
    assert capsys.readouterr().out.startswith("failed ")


def test_an_answer_may_hold_a_line_separator_and_deep_json_is_refused_as_it_is(folder: Path, capsys) -> None:
    said = {"step": "answer", "path": "/data/child[1]/called", "value": "Bence\u2028Anna"}
    (folder / "steps.jsonl").write_text(json.dumps(said, ensure_ascii=False) + "\n", encoding="utf-8")
    words = ["--answers", str(folder / "steps.jsonl"), "--out", str(folder / "z.pdf")]
    assert main(["form", "print", str(folder / "day.md"), *words]) == 0
    (folder / "steps.jsonl").write_text("[" * 100_000, encoding="utf-8")
    capsys.readouterr()
    assert main(["form", "print", str(folder / "day.md"), *words]) == 1
    assert "not one JSON object" in capsys.readouterr().out


def test_a_place_where_nothing_can_be_written_is_told_in_a_line(folder: Path, capsys) -> None:
    (folder / "steps.jsonl").write_text("", encoding="utf-8")
    words = ["--answers", str(folder / "steps.jsonl"), "--out", str(folder / "day.md" / "x.pdf")]
    assert main(["form", "print", str(folder / "day.md"), *words]) == 1
    assert capsys.readouterr().out.startswith(LINES["file.not_written"].partition("{")[0])
