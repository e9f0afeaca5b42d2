"""The wording files: complete, alike in every language, typeset by the rules of the language."""

import re
from dataclasses import replace
from datetime import date
from string import Formatter

import pytest
from paper_samples import (
    DECLARATION,
    EN,
    FONTS,
    FR,
    INTERVIEW,
    ITINERARY,
    PLAN,
    RECOVERY,
    WORDINGS,
    approved,
    cad,
    plan_line,
)

from avrr_desktop.documents import declaration, interview, itinerary, plan, recovery
from avrr_desktop.documents.failures import BadWording
from avrr_desktop.documents.fonts import load_fonts
from avrr_desktop.documents.plan import Category
from avrr_desktop.documents.text import not_printable
from avrr_desktop.documents.wording import Wording, languages, load_wording

ALL = [load_wording(WORDINGS, language) for language in languages(WORDINGS)]


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_english_and_french_are_shipped() -> None:
    assert languages(WORDINGS) == ("en", "fr")


@pytest.mark.parametrize("wording", ALL, ids=lambda wording: wording.language)
def test_every_language_says_the_same_things_with_the_same_gaps(wording: Wording) -> None:
    assert set(EN.texts) == set(wording.texts)
    assert {key: gaps(text) for key, text in EN.texts.items()} == {
        key: gaps(text) for key, text in wording.texts.items()
    }


@pytest.mark.parametrize("wording", ALL, ids=lambda wording: wording.language)
def test_nobody_has_approved_a_shipped_text_yet(wording: Wording) -> None:
    assert not wording.is_approved
    assert approved(wording).is_approved


@pytest.mark.parametrize("wording", ALL, ids=lambda wording: wording.language)
def test_every_shipped_text_can_be_printed(wording: Wording) -> None:
    assert {key: text for key, text in wording.texts.items() if not_printable(text, load_fonts(FONTS))} == {}


def test_french_double_signs_stand_after_no_break_blanks() -> None:
    wrong = re.compile(r"(?<![\u202f])[;!?]|(?<!\u00a0):|«(?!\u00a0)|(?<!\u00a0)»|'")
    assert wrong.search("Lieu : ici")
    assert wrong.search("l'ami")
    assert not wrong.search("Lieu\u00a0: l’ami\u202f?")
    assert {key: text for key, text in FR.texts.items() if wrong.search(text)} == {}


def test_english_apostrophes_and_quotes_are_typographic() -> None:
    assert {key: text for key, text in EN.texts.items() if re.search("['\"]", text)} == {}


def test_the_health_category_names_no_medicine() -> None:
    assert EN.text("category.C6") == "Health-related costs"


GOOD = (WORDINGS / "en.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("[numbers]", "[numbers"), "toml"),
        (('status = "draft"', 'status = "final"'), "status"),
        (('status = "draft"', 'status = "approved"'), "approved_by"),
        (('approved_by = ""', 'approved_by = "Claire"'), "approved_by"),
        (('"January", ', ""), "months"),
        (('group = ","', ""), "numbers"),
        (('title = "Personal plan"', 'title = "Personal {plan"'), "plan.title"),
        (('title = "Personal plan"', 'title = ""'), "texts"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(tmp_path, change: tuple[str, str], key: str) -> None:
    assert change[0] in GOOD
    (tmp_path / "en.toml").write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(BadWording) as caught:
        load_wording(tmp_path, "en")
    assert ("en", key) == (caught.value.language, caught.value.key)


def test_a_language_without_a_file_is_refused(tmp_path) -> None:
    with pytest.raises(BadWording) as caught:
        load_wording(tmp_path, "xx")
    assert caught.value.key == "file"


def test_a_missing_text_or_an_unfilled_gap_is_refused() -> None:
    for ask in (lambda: EN.text("plan.nothing"), lambda: EN.text("plan.call_by")):
        with pytest.raises(BadWording):
            ask()


class Asked(dict):
    """Texts that remember which keys were read."""

    def __init__(self, texts) -> None:
        super().__init__(texts)
        self.keys_read: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.keys_read.add(key)
        return super().__getitem__(key)


def test_no_text_is_carried_that_no_paper_says() -> None:
    asked = Asked(EN.texts)
    wording = replace(EN, texts=asked)
    fixed = replace(PLAN.contact, call_by=date(2027, 1, 4), provided_by=date(2027, 6, 5))
    every = tuple(replace(plan_line("x", 1, category), for_whom="") for category in Category)
    rest = {"fonts": FONTS, "rehearsal": True}
    for values in (replace(PLAN, lines=every, ceiling=cad(1)), replace(PLAN, lines=(), contact=fixed)):
        plan.render(values, wording=wording, **rest)
    plan.render(PLAN, wording=wording, without_amounts=True, **rest)
    itinerary.render(ITINERARY, wording=wording, **rest)
    for spoken in (True, False):
        english = declaration.draft_text(wording, with_interpreter=spoken)
        values = replace(DECLARATION, text=english, text_mirror=None)
        declaration.render(values, wording=wording, **rest)
    recovery.render(RECOVERY, wording=wording, **rest)
    plan.render(PLAN, wording=approved(FR), mirror=wording, **rest)
    plan.render(PLAN, wording=FR, mirror=wording, **rest)
    empty = replace(INTERVIEW, parts=(), completed_on=None, lacks_sections=True)
    for values in (INTERVIEW, empty, replace(empty, reader=interview.Reader.INTERNAL)):
        interview.render(values, wording=wording, **rest)
    read_aloud = {"consent.text"}
    filled_in_before = {f"interview.{key}" for key in ("row", "bare_row", "confirmed", "attached")}
    assert set(EN.texts) == asked.keys_read | read_aloud | filled_in_before
