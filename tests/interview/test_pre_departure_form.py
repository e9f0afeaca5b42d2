"""The shipped pre-departure form: compiles, is clean, is bilingual and kind, and plays its cases."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest
from interview_support import FRENCH, play_case, start

from avrr_desktop.domain.kinds import KINDS
from avrr_desktop.interview.convert import compile_markdown
from avrr_desktop.interview.definition import Definition
from avrr_desktop.interview.xform import load

FOLDER = Path(__file__).parents[2] / "forms" / "pre_departure"
CASES = tomllib.loads((FOLDER / "cases.toml").read_text(encoding="utf-8"))["case"]
HARMFUL = re.compile(
    r"asyl|asile|refus|fail|échou|debout|débout|remov|renvo|expuls|éloign|deport|cbsa|asfc|\bclaim|reject|rejet"
    r"|asilo|rechaz|deneg|menedék|menekült|elutasít|kiutasít|kitoloncol|لجوء|لاجئ|رفض|ترحيل|طرد",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def definition() -> Definition:
    return load(compile_markdown((FOLDER / "form.md").read_text(encoding="utf-8"), name="pre_departure").xform_xml)


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


def test_the_form_asks_between_eighty_and_a_hundred_and_twenty_questions():
    asked = [one for one in definition().questions.values() if one.is_asked]
    assert 80 <= len(asked) <= 120


def test_few_questions_must_be_answered_and_no_new_page_is_long():
    asked = [one for one in definition().questions.values() if one.is_asked and one.binding.relevant is None]
    assert len([one for one in asked if one.binding.required is not None]) <= 35
    for page in definition().pages:
        # Names, contact and wishes keep their paths, so their pages stay as long as they were.
        at_once = [one for one in page.questions() if one.is_asked]
        assert len(at_once) <= (19 if page.name in ("identity", "wellbeing", "wishes_page") else 9), page.name


def test_no_text_of_the_form_could_harm_its_reader():
    found = texts()
    assert len(found) > 200
    for harmful in ("your claim was refused", "la solicitud fue rechazada", "elutasították", "طلب لجوء"):
        assert HARMFUL.search(harmful)
    assert [text for _language, text in found if HARMFUL.search(text)] == []


def test_every_language_has_every_text():
    form = definition()
    assert form.languages == ("English (en)", FRENCH, "Español (es)", "Magyar (hu)", "العربية (ar)")
    assert {frozenset(texts) for texts in form.itext.values()} == {frozenset(form.itext["English (en)"])}
    assert len(form.itext["English (en)"]) > 380
    for item in (*form.questions.values(), *form.groups.values()):
        by_language = [item.labels, item.binding.constraint_messages, item.binding.required_messages]
        by_language += [item.hints, item.guidance] if hasattr(item, "hints") else []
        assert {frozenset(one) for one in by_language if one} <= {frozenset(form.languages)}, item.path
    assert [(language, text) for language, text in texts() if text.strip() in ("", "-")] == []


def test_no_language_is_the_english_text_again():
    form = definition()
    english = form.itext["English (en)"]
    for language in form.languages[1:]:
        texts_here = form.itext[language]
        same = {english[key].plain() for key in english if english[key] == texts_here[key]}
        assert same <= {"X", "No", "Dari", "Hindi", "Somali", "Tamil", "Tigrinya", "Urdu"}, language


def test_the_values_a_text_speaks_of_are_the_same_in_every_language():
    form = definition()
    for item in (*form.questions.values(), *form.groups.values()):
        for by_language in (item.labels, getattr(item, "hints", {})):
            spoken = {
                language: sorted({part.source for part in text.parts if not isinstance(part, str)})
                for language, text in by_language.items()
            }
            assert len({tuple(one) for one in spoken.values()}) <= 1, item.path


def test_the_choices_of_a_list_differ_within_a_language():
    form = definition()
    lists = {name: [field.text for item in root.children for field in item.children if field.name == "itextId"]
             for name, document in form.instances.items() for root in document.children}  # fmt: skip
    assert len(lists) > 30
    for language, known in form.itext.items():
        for name, ids in lists.items():
            labels = [known[one].plain() for one in ids]
            assert len(set(labels)) == len(labels) > 1, (language, name)


def test_the_languages_nobody_has_reviewed_are_named():
    assert definition().unreviewed == ("Español (es)", "Magyar (hu)", "العربية (ar)")


def test_every_stop_the_talk_can_find_and_every_flag_has_a_case():
    found = " ".join(str(value) for case in CASES for value in case.get("values", {}).values()).split()
    assert {f"V{number:02}" for number in range(1, 19)} <= set(found)
    assert {"S1", "S2", "S3", "S4", "S5", "S6", "S7", "S12"} <= set(found)


def test_consent_is_not_asked_inside():
    assert not [text for _language, text in texts() if re.search(r"\bconsent|beleegyez", text, re.IGNORECASE)]


def test_health_and_safety_answers_stay_in_their_own_sections():
    sections = {one.name: one.section for one in definition().questions.values() if one.is_asked}
    assert {sections[name] for name in ("well_ill", "well_medicine", "well_weeks", "wish_medical")} == {"medical"}
    for page in ("health", "fitness"):
        assert {one.section for one in definition().groups[f"/data/{page}"].questions()} == {"medical"}
    assert {sections[name] for name in ("well_fear", "well_life", "well_kept", "well_dark")} == {"protection"}
    for page in ("safety", "risks"):
        assert {one.section for one in definition().groups[f"/data/{page}"].questions()} == {"protection"}
    assert {sections[name] for name in ("home_people", "home_kind", "sk_trade", "sk_wish")} == {"reint"}
    assert {sections[name] for name in ("home_conflict", "sk_debt")} == {"couns"}
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
