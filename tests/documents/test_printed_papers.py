"""The four papers as they come out: same bytes, all words, clean metadata, right marks on every page."""

import subprocess
import sys
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256

import pypdfium2
import pytest
from paper_samples import (
    DECLARATION,
    EN,
    FONTS,
    FR,
    INTERVIEW,
    ITINERARY,
    LONG_NAME,
    PLAN,
    RECOVERY,
    approved,
    cad,
    draw_all,
    plan_line,
)

from avrr_desktop.documents import declaration, harm, itinerary, plan, recovery
from avrr_desktop.documents.failures import BadWording, NotPrintable
from avrr_desktop.documents.pages import MARGIN, Sheet
from avrr_desktop.documents.paper import Audience, Stamp
from avrr_desktop.documents.plan import Category
from avrr_desktop.documents.preview import count_pages, page_texts

VALUES = {
    "plan": PLAN,
    "itinerary": ITINERARY,
    "declaration": DECLARATION,
    "interview": INTERVIEW,
    "recovery": RECOVERY,
}


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    return draw_all(rehearsal=False)


@pytest.fixture(scope="module")
def rehearsals() -> dict[str, bytes]:
    return draw_all(rehearsal=True)


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page_texts(content)).split())


def printed_plan(values: plan.PlanValues = PLAN, **options) -> bytes:
    return plan.render(values, **{"wording": EN, "fonts": FONTS, "rehearsal": False, **options})


def test_the_same_values_make_the_same_bytes(papers: dict[str, bytes]) -> None:
    printed_plan(replace(PLAN, goal="Something else i\u0307\u0301 is printed between."))
    assert papers == draw_all(rehearsal=False)
    assert papers["plan"] != plan.render(replace(PLAN, goal="x"), wording=FR, mirror=EN, fonts=FONTS, rehearsal=False)


def test_another_process_makes_the_same_bytes(papers: dict[str, bytes]) -> None:
    code = (
        "import hashlib, paper_samples;"
        "print(*(hashlib.sha256(c).hexdigest() for c in paper_samples.draw_all(rehearsal=False).values()))"
    )
    made = subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PYTHONPATH": ":".join(sys.path),
            "LANG": "ar_EG.UTF-8",
            "PYTHONHASHSEED": "7",
            "TZ": "Asia/Tokyo",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert [sha256(content).hexdigest() for content in papers.values()] == made.stdout.split()


@pytest.mark.parametrize("name", list(VALUES))
def test_every_word_of_the_values_is_on_the_paper(rehearsals: dict[str, bytes], name: str) -> None:
    printed = words_of(rehearsals[name]).split()
    hidden = {"text", "text_mirror", "country", "language"}  # templates, or words inside a sentence
    for path, text in harm.strings_of(VALUES[name]):
        mirrored = name == "itinerary" and "mirror" in path
        if path.split(".")[0].split("[")[0] in hidden or path == "currency" or mirrored:
            continue
        missing = [word for word in text.split() if not any(word in said for said in printed)]
        assert missing == [], path


@pytest.mark.parametrize("name", list(VALUES))
def test_metadata_holds_a_neutral_title_and_nothing_else(papers: dict[str, bytes], name: str) -> None:
    said = pypdfium2.PdfDocument(papers[name]).get_metadata_dict(skip_empty=True)
    titles = {
        "plan": "Plan personnel",
        "itinerary": "Itinéraire de voyage",
        "declaration": "Déclaration",
        "interview": "Entretien",
        "recovery": "Feuille de secours",
    }
    assert titles[name] == said.pop("Title")
    assert {"CreationDate", "ModDate"} == set(said)
    assert {"D:20000101000000+00'00'"} == set(said.values())
    assert harm.harmful(titles[name], (EN, FR)) is None


def test_rehearsal_stands_on_every_page_of_a_rehearsal_and_nowhere_else(
    papers: dict[str, bytes], rehearsals: dict[str, bytes]
) -> None:
    for content in rehearsals.values():
        assert all("REHEARSAL" in text for text in page_texts(content))
    assert max(count_pages(content) for content in rehearsals.values()) > 1
    for content in papers.values():
        assert not any("REHEARSAL" in text for text in page_texts(content))


def test_the_foot_of_every_page_says_number_version_page_and_date() -> None:
    values = replace(PLAN, lines=tuple(plan_line(f"Thing {at}") for at in range(60)))
    pages = page_texts(printed_plan(values))
    for number, text in enumerate(pages, start=1):
        said = f"7KM2-QX9R · version 3 · page {number} of {len(pages)} · 24 November 2026"
        assert said in " ".join(text.replace("\u00a0", " ").split()), text[-200:]


def test_a_draft_says_in_its_language_that_nobody_reviewed_it(papers: dict[str, bytes]) -> None:
    said = "Traduction pas encore révisée · Translation not yet reviewed"
    assert all(said in " ".join(text.split()) for text in page_texts(papers["plan"]))
    assert "Text not yet reviewed" in words_of(printed_plan())
    both = {"wording": approved(FR), "mirror": approved(EN)}
    assert "review" not in words_of(printed_plan(**both))
    assert "révis" not in words_of(printed_plan(**both))
    assert "not yet reviewed" in words_of(printed_plan(wording=approved(FR), mirror=EN))


def test_english_stands_beside_another_language_but_never_beside_itself(papers: dict[str, bytes]) -> None:
    said = words_of(papers["plan"])
    assert "Plan personnel" in said
    assert "Personal plan" in said
    assert words_of(printed_plan(mirror=EN)).count("Personal plan") == 1


def test_sixty_lines_go_over_pages_and_each_repeats_the_head() -> None:
    values = replace(PLAN, lines=tuple(plan_line(f"Thing number {at}") for at in range(60)))
    pages = page_texts(printed_plan(values))
    with_lines = [text for text in pages if "Thing number" in text]
    assert len(with_lines) > 1
    assert all("Needed by" in text for text in with_lines)
    whole = words_of(printed_plan(values))
    assert all(f"Thing number {at} " in whole for at in range(60))


def test_an_empty_plan_says_so_and_has_no_table() -> None:
    said = words_of(printed_plan(replace(PLAN, lines=(), goal="  ")))
    assert "Nothing is written down yet." in said
    assert "Total" not in said
    assert "Needed by" not in said
    assert "What we want to do" not in said


def test_only_categories_with_lines_are_printed_with_their_sums() -> None:
    said = words_of(printed_plan())
    assert "Small business 4,028.00" in said
    assert "Health-related costs 99.50" in said
    assert "CAD 4,277.50" in said.replace("\u00a0", " ")
    assert "Legal assistance" not in said
    assert "Medical" not in said


def test_amounts_can_be_left_out_altogether() -> None:
    said = words_of(printed_plan(replace(PLAN, ceiling=cad(800_000)), without_amounts=True))
    for amount in ("150.00", "99.50", "2,850.00", "4,028.00", "8,000.00", "CAD", "Total", "Amount,"):
        assert amount not in said
    assert "Amounts are kept at the office." in said
    assert "Industrial sewing machine" in said


def test_the_ceiling_is_printed_only_when_it_is_given() -> None:
    assert "Most the plan may cost" not in words_of(printed_plan())
    assert "Most the plan may cost CAD 8,000.00" in words_of(printed_plan(replace(PLAN, ceiling=cad(800_000))))


def test_lengths_are_said_until_dates_are_known() -> None:
    assert "within 30 days of your arrival" in words_of(printed_plan())
    known = replace(PLAN.contact, call_by=date(2027, 1, 4), provided_by=date(2027, 6, 5))
    said = words_of(printed_plan(replace(PLAN, contact=known)))
    assert "by 4 January 2027" in said
    assert "by 5 June 2027" in said
    assert "30 days" not in said


def test_every_adult_and_the_officer_have_a_line_to_sign() -> None:
    said = words_of(printed_plan())
    assert said.count("Participant") == 2
    assert said.count("Place and date") == 3
    assert said.count("HORVÁTHNÉ KOVÁCS MÁRIA") == 2


def test_a_family_of_two_adults_with_five_lines_has_its_plan_on_one_page() -> None:
    five = replace(PLAN, lines=(*PLAN.lines, plan_line("School books", 9_000, Category.TRAINING)))
    assert len(five.lines) == 5
    assert count_pages(printed_plan(five)) == 1


def test_several_adults_sign_in_two_columns_and_on_one_page() -> None:
    for count in (3, 4, 7):
        values = replace(PLAN, signers=tuple(f"ADULT NUMBER {at}" for at in range(count)), lines=PLAN.lines * 3)
        texts = page_texts(printed_plan(values, wording=FR, mirror=EN))
        assert [count] == [text.count("Participant") for text in texts if "Participant" in text]
        assert f"ADULT NUMBER {count - 1}" in texts[-1]


def test_a_word_no_font_draws_stops_the_paper_and_names_the_field() -> None:
    with pytest.raises(NotPrintable) as caught:
        printed_plan(replace(PLAN, lines=(plan_line("Shop"), plan_line("Shop in 北京"))))
    assert (caught.value.characters, caught.value.field) == ("北京", "lines[1].description")
    assert caught.value.code == "paper.not_printable"


def test_a_wording_no_font_draws_is_named_too() -> None:
    broken = replace(EN, texts={**EN.texts, "plan.title": "خطة"})
    with pytest.raises(NotPrintable) as caught:
        printed_plan(wording=broken)
    assert caught.value.field == "wording.plan.title"


@pytest.mark.parametrize("sheet", list(Sheet))
def test_nothing_is_printed_outside_the_margins_even_with_the_longest_names(sheet: Sheet) -> None:
    values = replace(
        PLAN,
        names=(LONG_NAME, "W" * 80),
        signers=(LONG_NAME, "W" * 80),
        officer=LONG_NAME,
        destination=LONG_NAME,
        lines=(replace(plan_line("M" * 80), for_whom="W" * 80, quantity="12 months and a half"),),
    )
    journey = replace(
        ITINERARY,
        travellers=(itinerary.Traveller("W" * 80, 2, 23),),
        legs=(replace(ITINERARY.legs[0], origin=itinerary.Place("W" * 80, "YYZ", "1"), meet_at=LONG_NAME),),
        phones=(itinerary.Phone(itinerary.Stage.BEFORE, LONG_NAME, "+964 780 555 0132 ext 4444", "every day " * 5),),
    )
    made = [
        printed_plan(values, wording=FR, mirror=EN, sheet=sheet),
        itinerary.render(journey, wording=FR, mirror=EN, fonts=FONTS, rehearsal=False, sheet=sheet),
    ]
    for content in made:
        assert "W" * 160 in words_of(content).replace(" ", "") or "W" * 80 in words_of(content).replace(" ", "")
        for page in pypdfium2.PdfDocument(content):
            seen = page.get_textpage()
            boxes = [seen.get_charbox(at) for at in range(seen.count_chars())]
            assert (sheet.value[0], sheet.value[1]) == pytest.approx(page.get_size(), abs=0.01)
            assert all(box[0] >= MARGIN - 2 and box[2] <= sheet.value[0] - MARGIN + 2 for box in boxes if box[2])


def test_columns_do_not_run_into_each_other() -> None:
    """The right edge of every description stays left of the column beside it."""
    content = printed_plan(replace(PLAN, lines=(plan_line("Ø" * 80),)))
    page = pypdfium2.PdfDocument(content)[0].get_textpage()
    letters = [at for at in range(page.count_chars()) if page.get_text_range(at, 1) == "Ø"]
    column = page.search("Whole").get_next()
    assert len(letters) == 80
    assert max(page.get_charbox(at)[2] for at in letters) <= page.get_charbox(column[0])[0]


def test_the_itinerary_tells_local_times_zones_and_the_connection() -> None:
    said = words_of(itinerary.render(ITINERARY, wording=EN, fonts=FONTS, rehearsal=False))
    for expected in (
        "17:55", "Fri 4 Dec 2026", "UTC–5", "UTC+3", "Be there at 14:55", "Meeting point: door C",
        "The flight takes 9 h 35 min", "Change here. You have 3 h 50 min.", "+964 780 555 0132", "2 × 23 kg",
        "Keep in your hand luggage", "Flight TK 312 · To Basra", "Exit hall", "7 to 23 h",
    ):  # fmt: skip
        assert expected in said.replace("\u00a0", " "), expected


def test_an_itinerary_without_a_leg_or_a_zone_is_refused() -> None:
    naive = replace(ITINERARY.legs[0], departs=ITINERARY.legs[0].departs.replace(tzinfo=None))
    for legs in ((), (naive,)):
        with pytest.raises(ValueError, match="legs"):
            itinerary.render(replace(ITINERARY, legs=legs), wording=EN, fonts=FONTS, rehearsal=False)


def test_a_draft_declaration_has_no_line_to_sign_except_in_a_rehearsal(
    papers: dict[str, bytes], rehearsals: dict[str, bytes]
) -> None:
    said, rehearsed = words_of(papers["declaration"]), words_of(rehearsals["declaration"])
    assert "Place and date" not in said
    assert "cannot be signed" in said
    assert rehearsed.count("Place and date") == 5
    assert "cannot be signed" in rehearsed


def test_an_approved_declaration_can_be_signed_by_everybody_named() -> None:
    values = replace(
        DECLARATION,
        text=replace(DECLARATION.text, approved_by="Claire Moreau"),
        text_mirror=replace(DECLARATION.text_mirror, approved_by="Claire Moreau"),
    )
    said = words_of(declaration.render(values, wording=approved(FR), mirror=approved(EN), fonts=FONTS, rehearsal=False))
    assert said.count("Place and date") == 5
    assert "cannot be signed" not in said
    for name in ("Éva Szabó", "Maya Tremblay", "HORVÁTH BENCE", "thumbprint"):
        assert name in said
    half = replace(values, text_mirror=DECLARATION.text_mirror)
    assert not declaration.is_signable(half, wording=approved(FR), mirror=approved(EN), rehearsal=False)


def test_the_declaration_says_the_office_text_with_its_gaps_filled() -> None:
    text = declaration.DeclarationText("en", ("I go to {country} and call within {days} days.",), "Claire Moreau")
    values = replace(DECLARATION, text=text, text_mirror=None, country="Hungary")
    said = words_of(declaration.render(values, wording=EN, fonts=FONTS, rehearsal=False))
    assert "I go to Hungary and call within 30 days." in said
    for broken in ("I go to {planet}.", "I go to {country", "I {country.upper.x}"):
        wrong = replace(values, text=replace(text, elements=(broken,)))
        with pytest.raises(BadWording):
            declaration.render(wrong, wording=EN, fonts=FONTS, rehearsal=False)


def test_a_declaration_in_a_language_that_is_not_the_papers_is_refused() -> None:
    with pytest.raises(BadWording) as caught:
        declaration.render(DECLARATION, wording=EN, fonts=FONTS, rehearsal=False)
    assert caught.value.language == "en"
    with pytest.raises(BadWording):
        declaration.render(replace(DECLARATION, text_mirror=None), wording=FR, mirror=EN, fonts=FONTS, rehearsal=False)


def test_the_recovery_sheet_shows_the_groups_in_order_and_no_case() -> None:
    said = words_of(recovery.render(RECOVERY, wording=EN, fonts=FONTS, rehearsal=False))
    assert " ".join(RECOVERY.groups) in said
    assert "version" not in said
    assert "TOR-3" in said
    assert "Toronto" in said
    assert {"office", "laptop", "made_on", "groups"} == {field.name for field in fields(recovery.RecoveryValues)}


def test_each_paper_says_whom_it_is_for() -> None:
    assert Audience.CARRIED is plan.AUDIENCE is itinerary.AUDIENCE
    assert Audience.INTERNAL is declaration.AUDIENCE is recovery.AUDIENCE


def test_a_paper_without_a_version_prints_none() -> None:
    said = words_of(printed_plan(replace(PLAN, stamp=Stamp("7KM2-QX9R", None, date(2026, 11, 24)))))
    assert "version" not in said
