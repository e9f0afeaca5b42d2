"""`avrr-desktop form play`: a form's whole life in steps, without a window."""

import json
from pathlib import Path

import pytest
from form_talk import talk

from avrr_desktop.app.main import main

FAMILY = """
| survey |
| | type | name | label::English (en) | label::Français (fr) | required | relevant | constraint | \
constraint_message::English (en) | calculation | read_only |
| | username | officer | | | | | | | | |
| | integer | age | Age | Âge | yes | | . < 120 | Not above 120 | | |
| | text | school | School at ${age} | École à ${age} | | ${age} < 18 | | | | |
| | begin_group | fixed | Fixed | Fixe | | | | | | yes |
| | text | shown | Shown | Montré | | | | | | |
| | end_group | | | | | | | | | |
| | begin_repeat | member | Member | Membre | | | | | | |
| | text | who | Who | Qui | yes | | | | | |
| | select_one yn | ok | OK? | OK ? | | | | | | |
| | begin_repeat | phone | Phone | Téléphone | | | | | | |
| | text | number | Number | Numéro | | | | | | |
| | end_repeat | | | | | | | | | |
| | end_repeat | | | | | | | | | |
| | calculate | n | | | | | | | count(${member}) | |
| choices |
| | list_name | name | label::English (en) | label::Français (fr) |
| | yn | yes | Yes | Oui |
| | yn | no | No | Non |
| settings |
| | form_id | form_title | version |
| | fam | Family | 1 |
"""


@pytest.fixture
def family(tmp_path: Path) -> str:
    path = tmp_path / "family.md"
    path.write_text(FAMILY, encoding="utf-8")
    return str(path)


def play(capsys: pytest.CaptureFixture[str], form: str, *steps: object) -> list[object]:
    """Return the value of each step, or its error behind '!'."""
    said = talk(capsys, ["play", form, "--property", "username=anna"], list(steps))
    return [one["value"] if one["ok"] else f"!{one['error']}" for one in said]


def ask(what: str, path: str) -> dict[str, str]:
    return {"step": "query", "what": what, "path": path}


def answer(path: str, value: object) -> dict[str, object]:
    return {"step": "answer", "path": path, "value": value}


def test_answers_labels_relevance_and_languages(capsys: pytest.CaptureFixture[str], family: str) -> None:
    said = play(
        capsys,
        family,
        answer("/data/age", 12),
        ask("relevance", "/data/school"),
        ask("label", "/data/school"),
        {"step": "set_language", "language": "fr"},
        ask("label", "/data/school"),
        answer("/data/school", "Lycée"),
        answer("/data/age", "40"),
        ask("value", "/data/school"),
        answer("/data/age", 12),
        ask("value", "/data/school"),
        ask("value", "/data/officer"),
    )
    assert said == [
        "12", True, "School at 12", "Français (fr)", "École à 12", "Lycée", "40", "", "12", "Lycée", "anna",
    ]  # fmt: skip


def test_constraint_and_required_say_which_and_why(capsys: pytest.CaptureFixture[str], family: str) -> None:
    said = play(
        capsys,
        family,
        ask("constraint", "/data/age"),
        answer("/data/age", 200),
        ask("constraint", "/data/age"),
        answer("/data/age", 20),
        ask("constraint", "/data/age"),
        {"step": "query", "what": "valid"},
        answer("/data/member[1]/who", "Ana"),
        {"step": "query", "what": "valid"},
        ask("required", "/data/age"),
    )
    assert said[0] == {"valid": False, "condition": "required", "message": ""}
    assert said[2] == {"valid": False, "condition": "constraint", "message": "Not above 120"}
    assert said[4] == {"valid": True, "condition": None, "message": ""}
    assert [said[5], said[7], said[8]] == [False, True, True]


def test_readonly_comes_down_from_the_group(capsys: pytest.CaptureFixture[str], family: str) -> None:
    said = play(capsys, family, *(ask("readonly", f"/data/{one}") for one in ("fixed/shown", "age", "n")))
    assert said == [True, False, True]


def test_rows_are_addressed_by_position_also_after_one_is_gone(capsys: pytest.CaptureFixture[str], family: str) -> None:
    said = play(
        capsys,
        family,
        {"step": "add_repeat", "path": "/data/member"},
        {"step": "add_repeat", "path": "/data/member[2]/phone"},
        answer("/data/member[2]/phone[2]/number", "613"),
        ask("repeat_count", "/data/member[2]/phone"),
        ask("repeat_count", "/data/member[1]/phone"),
        ask("value", "/data/n"),
        {"step": "remove_repeat", "path": "/data/member[1]"},
        ask("value", "/data/member[1]/phone[2]/number"),
        ask("value", "/data/n"),
        ask("value", "/data/member[2]/who"),
        {"step": "remove_repeat", "path": "/data/member"},
    )
    assert said[:9] == ["/data/member[2]", "/data/member[2]/phone[2]", "613", 2, 1, "2", None, "613", "1"]
    assert all(str(one).startswith("!") for one in said[9:])


def test_choices_have_values_and_labels(capsys: pytest.CaptureFixture[str], family: str) -> None:
    said = play(capsys, family, {"step": "set_language", "language": "Français"}, ask("choices", "/data/member/ok"))
    assert said[1] == [{"value": "yes", "label": "Oui"}, {"value": "no", "label": "Non"}]


def test_next_back_and_jump_walk_what_is_shown(capsys: pytest.CaptureFixture[str], family: str) -> None:
    step, back = {"step": "next"}, {"step": "back"}
    said = play(
        capsys,
        family,
        back,
        step,
        step,
        back,
        answer("/data/age", 3),
        step,
        {"step": "jump", "path": "/data/member[1]"},
        step,
        step,
        step,
        step,
        back,
        {"step": "jump", "path": "/data/n"},
    )
    member = "/data/member[1]"
    assert said[:7] == [None, "/data/age", "/data/fixed/shown", "/data/age", "3", "/data/school", f"{member}/who"]
    assert said[7:12] == [f"{member}/ok", f"{member}/phone[1]/number", None, None, f"{member}/phone[1]/number"]
    assert str(said[12]).startswith("!")


def test_a_saved_form_comes_back_as_it_was(capsys: pytest.CaptureFixture[str], family: str) -> None:
    submission = {"step": "submission"}
    said = play(
        capsys,
        family,
        answer("/data/age", 12),
        {"step": "add_repeat", "path": "/data/member"},
        answer("/data/member[2]/who", "Ana"),
        submission,
        {"step": "save_and_restore"},
        submission,
    )
    assert "<who>Ana</who>" in str(said[3])
    assert said[3] == said[5]


def test_values_of_json_become_canonical_texts(capsys: pytest.CaptureFixture[str], family: str) -> None:
    said = play(capsys, family, *(answer("/data/age", one) for one in (3.0, None, "x", {}, True, "7")))
    assert [said[0], said[1], said[5]] == ["3", "", "7"]
    assert all(str(one).startswith("!") for one in said[2:5])


@pytest.mark.parametrize(
    "step",
    [
        {"step": "fly"},
        {},
        {"step": "query", "what": "colour", "path": "/data/age"},
        {"step": "query", "what": "value"},
        ask("value", "/data/nowhere"),
        ask("value", "/data/member[9]/who"),
        ask("value", "/data/age[2]"),
        ask("repeat_count", "/data/age"),
        answer("/data/n", "3"),
        {"step": "set_language", "language": "Klingon"},
        {"step": "add_repeat", "path": "/data/age"},
        b"nonsense",
    ],
)
def test_a_step_that_cannot_be_taken_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], family: str, step: object
) -> None:
    refused, then = talk(capsys, ["play", family], [step, ask("repeat_count", "/data/member")])
    assert refused["ok"] is False
    assert " " in str(refused["error"])
    assert then == {"ok": True, "value": 1}


def test_a_table_beside_the_form_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text('name,city\n7,"Gori,\nGeorgia"\n', encoding="utf-8")
    form = tmp_path / "f.md"
    form.write_text(
        "| survey |\n| | type | name | label | calculation |\n| | csv-external | cases | | |\n"
        "| | text | key | Key | |\n"
        "| | calculate | city | | instance('cases')/root/item[name = ${key}]/city |\n"
        "| settings |\n| | form_id | form_title |\n| | f | F |\n",
        encoding="utf-8",
    )
    assert play(capsys, str(form), answer("/data/key", "7"), ask("value", "/data/city"))[1] == "Gori,\nGeorgia"


def test_a_form_that_cannot_be_opened_answers_each_step_and_fails(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as left:
        talk(capsys, ["play", str(tmp_path / "none.md")], [{"step": "next"}])
    said = capsys.readouterr()
    assert left.value.code == 1
    assert json.loads(said.out)["ok"] is False
    assert "none.md" in said.err


def test_the_clock_of_a_play_can_be_set(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    form = tmp_path / "f.md"
    form.write_text(
        "| survey |\n| | type | name | label |\n| | today | day | |\n| | text | a | A |\n", encoding="utf-8"
    )
    words = ["play", str(form), "--now", "2026-03-10T03:00:00Z", "--timezone", "America/Toronto"]
    assert talk(capsys, words, [ask("value", "/data/day")]) == [{"ok": True, "value": "2026-03-09"}]


def test_a_verb_needs_its_part() -> None:
    with pytest.raises(SystemExit) as left:
        main(["form"])
    assert left.value.code == 2
