"""Every shipped form compiles, is clean, bilingual and kind, plays its cases, and comes back from a workbook."""

import json
import re
import subprocess
import sys
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from interview_support import FRENCH, play_case

from avrr_desktop.domain.kinds import KINDS
from avrr_desktop.interview import lint, tables
from avrr_desktop.interview.convert import CompiledForm, compile_markdown
from avrr_desktop.interview.definition import Definition
from avrr_desktop.interview.xform import load

FORMS = Path(__file__).parents[2] / "forms"
NAMES = sorted(path.parent.name for path in FORMS.glob("*/form.md"))
APART = ("medical", "protection")
HARMFUL = re.compile(
    r"asyl|asile|\brefus|\bfail|échou|debout|débout|remov|renvo|expuls|éloign|deport|cbsa|asfc|\bclaim|reject|rejet|avrr"
    r"|voluntary return|retour volontaire|reintegrat|réintégr|returnee",
    re.IGNORECASE,
)
PROTECTION = re.compile(
    r"traffick|\btraite\b|tortur|violen|viol\b|suicid|abus|vulnerab|vulnérab|victim|protection", re.IGNORECASE
)
EXPLICIT = {"child_annex": {"S4", "S6"}, "fitness": {"S5"}, "vulnerability": {"S3", "S4", "S7"}}
"""Forms that can raise a stop, with all they can raise; `pre_departure` is held to its own by its cases."""


@lru_cache(maxsize=len(NAMES))
def compiled(name: str) -> CompiledForm:
    return compile_markdown((FORMS / name / "form.md").read_text(encoding="utf-8"), name=name)


@lru_cache(maxsize=len(NAMES))
def definition(name: str) -> Definition:
    return load(compiled(name).xform_xml)


def cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((FORMS / name / "cases.toml").read_text(encoding="utf-8"))["case"]


def texts_outside(name: str, apart: tuple[str, ...]) -> list[str]:
    """Return the texts, messages and offered choices of all questions and pages in other sections than *apart*."""
    form = definition(name)
    found = [form.title]
    for item in (*form.questions.values(), *form.groups.values()):
        if item.binding.section in apart:
            continue
        by_language = [item.labels, item.binding.constraint_messages, item.binding.required_messages]
        by_language += [item.hints, item.guidance] if hasattr(item, "hints") else []
        found += [text.plain() for one in by_language for text in one.values()]
        if hasattr(item, "choices") and item.choices is not None:
            match = re.search(r"instance\('(\w+)'\)", item.choices.nodeset.source)
            labels = f"{match[1]}-" if match else "\0"
            found += [
                text.plain()
                for texts in form.itext.values()
                for key, text in texts.items()
                if key.startswith(labels) and key.removeprefix(labels).isdigit()
            ]
    return found


ALL_CASES = [(name, case) for name in NAMES if name != "pre_departure" for case in cases(name)]


def test_nine_forms_are_shipped_each_with_its_page_and_its_cases():
    assert NAMES == [
        "child_annex",
        "first_contact",
        "fitness",
        "monitoring_office",
        "monitoring_returnee",
        "pre_departure",
        "satisfaction",
        "sustainability",
        "vulnerability",
    ]
    assert [name for name in NAMES if not (FORMS / name / "README.md").read_text(encoding="utf-8").strip()] == []
    assert [name for name in NAMES if len(cases(name)) < 3] == []


@pytest.mark.parametrize(("name", "case"), ALL_CASES, ids=[f"{name}: {case['name']}" for name, case in ALL_CASES])
def test_a_scripted_talk_comes_out_as_written(name, case):
    play_case(definition(name), case)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_compiles_without_a_warning_and_lint_has_nothing_to_say(name):
    targets = {
        f"{kind}.{field}": str(entity.section)
        for kind, entity in KINDS.items()
        if entity.section is not None
        for field in entity.model_fields
    }
    assert "person.born_on" in targets
    assert definition(name).form_id == name
    assert compiled(name).warnings == ()
    assert lint.check(compiled(name), targets=targets) == []


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_are_complete_and_differ(name):
    form = definition(name)
    assert form.languages[:2] == ("English (en)", FRENCH)
    english, french = form.itext["English (en)"], form.itext[FRENCH]
    assert {language for language in form.languages if set(form.itext[language]) != set(english)} == set()
    assert len(english) > 20
    same = {english[key].plain() for key in english if english[key] == french[key]}
    assert same <= {"X", "Dari", "Hindi", "Somali", "Stress", "Photos", "Clinique", "1", "2", "3", "4", "5"}


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_form_could_harm_who_reads_it_over_a_shoulder(name):
    found = texts_outside(name, ())
    assert "Yes" in found
    assert HARMFUL.search("your claim was refused")
    assert [text for text in found if HARMFUL.search(text)] == []
    outside = texts_outside(name, APART)
    assert PROTECTION.search("victim of trafficking")
    assert [text for text in outside if PROTECTION.search(text)] == []


@pytest.mark.parametrize("name", sorted({*NAMES} - {"pre_departure"}))
def test_a_word_to_the_officer_is_marked_as_not_shown_to_the_returnee(name):
    items = definition(name).questions.values()
    addressed = [
        one for one in items if any(text.plain().startswith("For the officer") for text in one.labels.values())
    ]
    assert [one.name for one in addressed if "officer" not in one.appearance] == []


def test_the_talk_of_the_office_with_itself_is_shown_to_no_returnee():
    asked = [one for one in definition("monitoring_office").questions.values() if one.labels]
    assert len(asked) > 20
    assert [one.name for one in asked if "officer" not in one.appearance] == []


def test_the_provisional_score_says_so_wherever_it_is_shown():
    form = definition("sustainability")
    pages = [group for group in form.groups.values() if "score" in " ".join(one.name for one in group.questions())]
    label = "provisional equal-weight score - not IOM's official RSS score"
    shown = [
        question.labels["English (en)"].plain() for page in pages for question in page.questions() if question.labels
    ]
    assert label in " ".join(shown)
    opening = form.questions[form.path_of("provisional_n")]
    assert label in opening.labels["English (en)"].plain()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_restricted_is_saved_into_no_field_of_the_case(name):
    saved = [one for one in definition(name).questions.values() if one.save_to]
    assert [one.name for one in saved if one.section in (*APART, "legal")] == []


@pytest.mark.parametrize("name", sorted(EXPLICIT))
def test_only_the_stops_that_belong_to_a_form_can_come_out_of_it(name):
    sources = [
        one.binding.calculate.source
        for one in definition(name).questions.values()
        if one.name.startswith("stops") and one.binding.calculate is not None
    ]
    assert sources
    assert set(re.findall(r"S\d+", " ".join(sources))) == EXPLICIT[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_gives_the_same_form_back(name):
    text = (FORMS / name / "form.md").read_text(encoding="utf-8")
    book = tables.read_markdown(text)
    assert tables.write_markdown(tables.read_workbook(tables.write_workbook(book))) == text


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_played_to_its_end_by_a_process_of_its_own(name):
    """The first case that calls itself valid is a whole talk: each answer stands and nothing is left to ask."""
    form = definition(name)
    script = next(case for case in cases(name) if case.get("valid"))
    steps = [{"step": "answer", "path": form.path_of(at), "value": value} for at, value in script["answers"]]
    steps.append({"step": "save_and_restore"})
    steps.append({"step": "query", "what": "valid"})
    wanted = script["values"]
    steps += [{"step": "query", "what": "value", "path": form.path_of(at)} for at in wanted]
    steps.append({"step": "submission"})
    words = [sys.executable, "-m", "avrr_desktop", "form", "play", str(FORMS / name / "form.md")]
    played = subprocess.run(
        [*words, "--timezone", "America/Toronto", "--now", "2026-03-10T17:00:00Z", "--property", "username=officer"],
        input="\n".join(json.dumps(step) for step in steps),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    said = [json.loads(line) for line in played.stdout.splitlines()]
    assert [line.get("error") for line in said if not line["ok"]] == []
    values = [line["value"] for line in said]
    *answers, _restored, valid = values[: len(script["answers"]) + 2]
    assert answers == [value for _at, value in script["answers"]]
    assert valid is True
    assert dict(zip(wanted, values[len(script["answers"]) + 2 : -1], strict=True)) == wanted
    assert f'id="{name}"' in values[-1]
