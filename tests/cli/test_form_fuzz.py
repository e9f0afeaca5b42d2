"""Whatever a form or a step holds, each line has its answer, in words, and the program goes on."""

import contextlib
import random
import re
import time
from functools import lru_cache
from pathlib import Path

import pytest
from form_talk import run, talk

from avrr_desktop.interview.convert import compile_markdown

FORM = """| survey |
| | type | name | label::en | label::fr | relevant | constraint | calculation | repeat_count | choice_filter |
| | integer | age | Age | Âge | | . < 120 | | | |
| | date | born | Born | Né | | | | | |
| | select_one yn | ok | OK? | OK ? | ${age} > 3 | | | | name != ${age} |
| | begin_repeat | kin | Kin | Famille | | | | ${age} | |
| | text | who | Who ${age} | Qui ${age} | | regex(., '^[A-Z]') | | | |
| | begin_repeat | pet | Pet | Animal | | | | | |
| | text | pname | Name | Nom | | | | | |
| | end_repeat | | | | | | | | |
| | end_repeat | | | | | | | | |
| | calculate | n | | | | | count(${kin}) + sum(${age}) | | |
| choices |
| | list_name | name | label::en | label::fr |
| | yn | yes | Yes | Oui |
| | yn | no | No | Non |
| settings |
| | form_id | form_title | default_language |
| | f | F | en |
"""
PATHS = [
    "/data/age",
    "/data/born",
    "/data/ok",
    "/data/kin",
    "/data/kin[1]",
    "/data/kin[2]/who",
    "/data/kin[1]/pet",
    "/data/kin[1]/pet[1]/pname",
    "/data/kin[9]/pet[9]",
    "/data/n",
    "/data",
    "/",
    "",
    "//",
    "/data/kin[0]",
    "/data/age[1]",
    "/data/kin[-1]",
    "/data/kin[1",
    "/data/kin]1[",
    "data/age",
    "/data/x",
    "/data/kin[99999999999999999999]/who",
    "/data/@id",
]
VALUES: list[object] = [
    "",
    "0",
    "3",
    "1000000000",
    "-1",
    "yes",
    "yes no",
    "2026-01-01",
    "x" * 400,
    "\x00",
    "é",
    None,
    1e300,
    float("inf"),
    True,
    [],
    ["a", ["b"]],
    {"a": 1},
    10**400,
    "\ud800",
]
STEPS = [
    "answer",
    "add_repeat",
    "remove_repeat",
    "set_language",
    "next",
    "back",
    "jump",
    "save_and_restore",
    "submission",
    "query",
    "nothing",
    None,
    7,
]
WHAT = [
    "value",
    "relevance",
    "readonly",
    "required",
    "constraint",
    "label",
    "hint",
    "choices",
    "repeat_count",
    "valid",
    "x",
]


def random_step(chance: random.Random) -> dict[str, object]:
    step: dict[str, object] = {"step": chance.choice(STEPS)}
    for key, values in (("path", PATHS), ("value", VALUES), ("what", WHAT), ("language", ["en", "fr", "xx", 3])):
        if chance.random() < 0.9:
            step[key] = chance.choice(values)  # type: ignore[arg-type]
    return step


@pytest.mark.parametrize("seed", range(12))
def test_any_steps_are_answered_one_by_one(capsys: pytest.CaptureFixture[str], tmp_path: Path, seed: int) -> None:
    form = tmp_path / "f.md"
    form.write_text(FORM, encoding="utf-8")
    chance = random.Random(seed)
    steps = [random_step(chance) for _step in range(120)]
    began = time.monotonic()
    said = talk(capsys, ["play", str(form)], steps)
    assert len(said) == len(steps)
    assert time.monotonic() - began < 20
    for step, one in zip(steps, said, strict=True):
        if not one["ok"]:
            assert "failed on this" not in str(one["error"]), step
            assert not str(one["error"]).startswith("form."), step


ATTRIBUTE = re.compile(r' [\w:]+="([^"]*)"')
ELEMENT = re.compile(r"<[\w:]+[^<>]*/>|<(value|label|name|itextId)>[^<]*</\1>")
WORDS = [
    "",
    "/",
    "x y",
    "1 +",
    "/data",
    "//",
    "/data/kin",
    ".",
    "jr:itext(1)",
    "é",
    "-1",
    "/data/kin/pet",
    "string-length(",
]


def damage(chance: random.Random, text: str) -> str:
    """Take an attribute or element away, or change an attribute; mostly still XML, often no sense."""
    blow = chance.random()
    if blow < 0.1:
        at = chance.randrange(len(text))
        return text[:at] + chance.choice(["<", "&", '"', "</group>"]) + text[at + chance.randrange(3) :]
    match = chance.choice(list((ELEMENT if blow < 0.4 else ATTRIBUTE).finditer(text)))
    if blow < 0.7:
        return text[: match.start()] + text[match.end() :]
    return text[: match.start(1)] + chance.choice(WORDS) + text[match.end(1) :]


@pytest.mark.parametrize("seed", range(120))
def test_a_damaged_xform_is_refused_or_played_never_a_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    text = compiled()
    for _blow in range(chance.randrange(1, 4)):
        text = damage(chance, text)
    path = tmp_path / "f.xml"
    path.write_text(text, encoding="utf-8")
    _code, [said] = run(capsys, ["check", str(path)])
    assert all("failed on this" not in one["text"] for one in said["errors"]), said
    with contextlib.suppress(SystemExit):
        answers = talk(capsys, ["play", str(path)], [random_step(chance) for _step in range(20)])
        assert len(answers) == 20
        assert all("failed on this" not in str(one.get("error", "")) for one in answers)


@lru_cache(maxsize=1)
def compiled() -> str:
    return compile_markdown(FORM, name="f").xform_xml
