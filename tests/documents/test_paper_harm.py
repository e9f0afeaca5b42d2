"""Words that could harm the carrier stop a paper, in every language, however they are written."""

from dataclasses import dataclass, replace

import pytest
from paper_samples import EN, FONTS, FR, ITINERARY, PLAN, plan_line

from avrr_desktop.documents import harm, itinerary, plan
from avrr_desktop.documents.failures import HarmfulWord
from avrr_desktop.documents.paper import Audience

PLANTED = [
    (EN, "asylum", "After my asylum hearing we go home."),
    (FR, "asile", "Après ma demande d’asile."),
]


@pytest.mark.parametrize(("wording", "stem", "goal"), PLANTED)
def test_a_planted_word_stops_the_plan_and_names_the_field(wording, stem: str, goal: str) -> None:
    clean = plan.render(PLAN, wording=wording, mirror=EN, fonts=FONTS, rehearsal=False)
    assert clean.startswith(b"%PDF")
    with pytest.raises(HarmfulWord) as caught:
        plan.render(replace(PLAN, goal=goal), wording=wording, mirror=EN, fonts=FONTS, rehearsal=False)
    assert (stem, "goal") == (caught.value.stem, caught.value.field)
    assert {"stem": stem, "field": "goal"} == caught.value.params


def test_a_word_of_another_language_is_found_through_the_guards() -> None:
    values = replace(PLAN, lines=(plan_line("Frais de renvoi"),))
    plan.render(values, wording=EN, fonts=FONTS, rehearsal=False)
    with pytest.raises(HarmfulWord) as caught:
        plan.render(values, wording=EN, guards=(FR,), fonts=FONTS, rehearsal=False)
    assert caught.value.field == "lines[0].description"


def test_the_finished_page_is_read_too() -> None:
    """A word that stands in the wording, not in the values, is found on the page."""
    texts = {**EN.texts, "itinerary.hand_list": "Passport and removal order."}
    with pytest.raises(HarmfulWord) as caught:
        itinerary.render(ITINERARY, wording=replace(EN, texts=texts), fonts=FONTS, rehearsal=False)
    assert (caught.value.stem, caught.value.field) == ("removal", "page 1")


def test_a_word_parted_between_two_lines_is_found() -> None:
    with pytest.raises(HarmfulWord) as caught:
        harm.check_pdf(_page_of("This is voluntary\nreturn and more."), (EN,))
    assert caught.value.stem == "voluntary return"


def _page_of(goal: str) -> bytes:
    guarded = replace(EN, never_print=("nothing of the kind",))
    return plan.render(replace(PLAN, goal=goal), wording=guarded, fonts=FONTS, rehearsal=False)


@pytest.mark.parametrize(
    "text",
    ["CBSA", "cbsa", "C.B.S.A.", "C B S A", "Deported", "DÉPORTED", "re\u00admoval", "voluntary\u00a0return",
     "voluntary\nreturn", "assisted-return", "as\u200bylum", "the refugee’s"],
)  # fmt: skip
def test_no_way_of_writing_hides_a_word(text: str) -> None:
    assert harm.harmful(text, (EN,)) is not None


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        (EN, "exclaimed"),
        (EN, "Ucilia lives in Miskolc"),
        (FR, "24 avr. 2026"),
        (FR, "appelez le bureau"),
        (EN, "unfailing"),
        (EN, "FAILLA GIUSEPPE"),
        (EN, "tienda de deportes"),
        (FR, "tienda de deportes"),
        (FR, "la traite des vaches"),
    ],
)
def test_other_words_pass(wording, text: str) -> None:
    assert harm.harmful(text, (wording,)) is None


def test_every_stem_of_every_language_finds_itself() -> None:
    for wording in (EN, FR):
        for stem in wording.never_print:
            assert harm.harmful(f"x {stem} y", (wording,)) is not None, stem


def test_words_that_passed_are_counted() -> None:
    content = plan.render(PLAN, wording=EN, fonts=FONTS, rehearsal=False)
    assert harm.check_pdf(content, (EN, FR)) > 80


def test_only_papers_that_leave_the_office_are_checked() -> None:
    assert [audience.is_checked for audience in Audience] == [True, True, False, False]


def test_every_string_of_the_values_is_walked() -> None:
    @dataclass
    class Inner:
        name: str
        count: int

    @dataclass
    class Outer:
        title: str
        parts: tuple[Inner, ...]

    assert list(harm.strings_of(Outer("a", (Inner("b", 1), Inner("c", 2))))) == [
        ("title", "a"),
        ("parts[0].name", "b"),
        ("parts[1].name", "c"),
    ]
