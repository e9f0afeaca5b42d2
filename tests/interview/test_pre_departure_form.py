"""The shipped pre-departure form: compiles, is clean, is bilingual and kind, and plays its cases."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest
from interview_support import FRENCH, play_case, start

from avrr_desktop.domain.kinds import KINDS
from avrr_desktop.interview import lint
from avrr_desktop.interview.convert import CompiledForm, compile_markdown
from avrr_desktop.interview.definition import Definition
from avrr_desktop.interview.xform import load

FOLDER = Path(__file__).parents[2] / "forms" / "pre_departure"
CASES = tomllib.loads((FOLDER / "cases.toml").read_text(encoding="utf-8"))["case"]
HARMFUL = re.compile(
    r"asyl|asile|refus|fail|échou|debout|débout|remov|renvo|expuls|éloign|deport|cbsa|asfc|\bclaim|reject|rejet",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def compiled() -> CompiledForm:
    return compile_markdown((FOLDER / "form.md").read_text(encoding="utf-8"), name="pre_departure")


@lru_cache(maxsize=1)
def definition() -> Definition:
    return load(compiled().xform_xml)


def texts() -> list[tuple[str, str]]:
    """Return every text of the form with its language, messages, hints and choices included."""
    form = definition()
    found = []
    for item in (*form.questions.values(), *form.groups.values()):
        by_language = [item.labels, item.binding.constraint_messages, item.binding.required_messages]
        by_language += [item.hints, item.guidance] if hasattr(item, "hints") else []
        found += [(language, text.plain()) for one in by_language for language, text in one.items()]
    found += [(language, text.plain()) for language, one in form.itext.items() for text in one.values()]
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_scripted_interview_comes_out_as_written(case):
    play_case(definition(), case)


def test_the_form_compiles_without_a_warning_and_lint_has_nothing_to_say():
    targets = {
        f"{kind}.{field}": str(entity.section)
        for kind, entity in KINDS.items()
        if entity.section is not None
        for field in entity.model_fields
    }
    assert "person.born_on" in targets
    assert compiled().warnings == ()
    assert lint.check(compiled(), targets=targets) == []


def test_the_form_asks_between_thirty_and_forty_questions_of_everybody():
    asked = [one for one in definition().questions.values() if one.is_asked and one.binding.relevant is None]
    assert 30 <= len(asked) <= 40


def test_no_text_of_the_form_could_harm_its_reader():
    found = texts()
    assert len(found) > 200
    assert HARMFUL.search("your claim was refused")
    assert [text for _language, text in found if HARMFUL.search(text)] == []


def test_french_is_complete_and_not_the_english_text_again():
    form = definition()
    assert form.languages == ("English (en)", FRENCH)
    english, french = form.itext["English (en)"], form.itext[FRENCH]
    assert set(english) == set(french)
    same = {english[key].plain() for key in english if english[key] == french[key]}
    assert same <= {"X", "Dari", "Hindi", "Somali"}


def test_consent_is_not_asked_inside():
    assert not [text for _language, text in texts() if re.search(r"\bconsent", text, re.IGNORECASE)]


def test_health_and_safety_answers_stay_in_their_own_sections():
    sections = {one.name: one.section for one in definition().questions.values() if one.is_asked}
    assert {sections[name] for name in ("well_ill", "well_medicine", "well_weeks", "wish_medical")} == {"medical"}
    assert {sections[name] for name in ("well_fear", "well_life", "well_kept", "well_dark")} == {"protection"}
    assert sections["free_push"] == "couns"
    sensitive = [one for one in definition().questions.values() if one.section in ("medical", "protection")]
    assert [one.name for one in sensitive if one.save_to] == []


def test_choices_agree_with_the_case_fields_they_are_saved_to():
    running = start(definition())
    for name, field in (
        ("sex", "sex"),
        ("born_precision", "born_precision"),
        ("safe_to_call", "safe_to_call"),
    ):
        question = definition().questions[definition().path_of(name)]
        assert question.save_to == f"person.{field}"
        offered = [choice.value for choice in running.choices(question.path)]
        assert offered
        for value in offered:
            KINDS["person"].model_validate({field: value})
