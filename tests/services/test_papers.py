"""The papers of a case: what stands on them, what keeps them from being made, what is logged."""

from __future__ import annotations

from pathlib import Path

import pytest

from avrr_desktop.documents.preview import page_texts
from avrr_desktop.domain.failures import Blocked, Expected, Refused
from avrr_desktop.domain.fields import Paper
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.services import papers, planning, travelling
from avrr_desktop.services.papers import Made
from avrr_desktop.services.planning import LineDraft
from avrr_desktop.services.travelling import LegDraft
from tests.family import Family, make_family
from tests.office import TestOffice


@pytest.fixture
def family(office: TestOffice) -> Family:
    """A family with one line and one flight."""
    made = make_family(office)
    line = LineDraft(Category.BUSINESS, "Sewing machine", 1, 285000, made.people[0])
    planning.write_line(office.desk, office.maya, made.case, line)
    leg = LegDraft("LH 471", "YYZ", "2026-12-02T17:55", "FRA", "2026-12-03T07:40")
    travelling.write_leg(office.desk, office.maya, made.case, leg)
    return made


def make(office: TestOffice, family: Family, paper: Paper, language: str = "en", **more: bool) -> Made:
    return papers.make_paper(office.desk, office.maya, family.case, paper, language=language, **more)


def text(made: Made) -> str:
    return "\n".join(page_texts(made.pdf))


def test_the_plan_prints_its_lines_and_can_leave_the_sums_out(office: TestOffice, family: Family) -> None:
    with_sums = text(make(office, family, Paper.PLAN))
    without = text(make(office, family, Paper.PLAN, without_amounts=True))
    assert "Sewing machine" in with_sums
    assert "2,850.00" in with_sums
    assert "Sewing machine" in without
    assert "2,850.00" not in without


def test_a_line_for_nobody_in_particular_is_for_the_whole_family(office: TestOffice, family: Family) -> None:
    assert "Whole family" not in text(make(office, family, Paper.PLAN))
    planning.write_line(office.desk, office.maya, family.case, LineDraft(Category.HOUSING, "Rent", 1, 100))
    assert "Whole family" in text(make(office, family, Paper.PLAN))
    assert "Toute la famille" in text(make(office, family, Paper.PLAN, "fr"))


def test_in_the_plan_of_one_person_it_is_for_that_person(office: TestOffice) -> None:
    alone = make_family(office, size=1)
    before = LineDraft(Category.HOUSING, "Rent", 1, 100, alone.people[0])
    line = planning.write_line(office.desk, office.maya, alone.case, before).value
    named = text(make(office, alone, Paper.PLAN))
    planning.write_line(office.desk, office.maya, alone.case, LineDraft(Category.HOUSING, "Rent", 1, 100), line)
    assert text(make(office, alone, Paper.PLAN)) == named


def test_the_itinerary_says_when_to_be_there_and_the_number_as_on_the_ticket(
    office: TestOffice, family: Family
) -> None:
    shown = text(make(office, family, Paper.ITINERARY))
    assert "LH 471" in shown
    assert "14:55" in shown
    assert "YYZ" in shown


def test_a_paper_counts_the_words_it_was_searched_for(office: TestOffice, family: Family) -> None:
    made = make(office, family, Paper.PLAN)
    assert made.words_checked == len(text(made).split())
    assert made.pages >= 1


def test_the_same_case_gives_the_same_bytes(office: TestOffice, family: Family) -> None:
    assert make(office, family, Paper.PLAN).pdf == make(office, family, Paper.PLAN).pdf


def test_a_word_that_could_harm_keeps_the_paper_from_being_made_and_names_the_field(
    office: TestOffice, family: Family
) -> None:
    planning.write_goal(office.desk, office.maya, family.case, "After my asylum claim")
    with pytest.raises(Expected) as refused:
        make(office, family, Paper.PLAN)
    assert (refused.value.code, refused.value.params["field"]) == ("paper.harmful_word", "goal")


def test_a_letter_no_font_draws_is_named_with_its_field(office: TestOffice, family: Family) -> None:
    planning.write_goal(office.desk, office.maya, family.case, "A bakery \U00013000")
    with pytest.raises(Expected) as refused:
        make(office, family, Paper.PLAN)
    assert (refused.value.code, refused.value.params["field"]) == ("paper.not_printable", "goal")


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        (Paper.PLAN, "plan.empty"),
        (Paper.ITINERARY, "journey.unfinished"),
        (Paper.DECLARATION, "declaration.no_consent"),
    ],
)
def test_a_paper_without_its_content_is_blocked(office: TestOffice, paper: Paper, code: str) -> None:
    with pytest.raises(Blocked) as refused:
        make(office, make_family(office), paper)
    assert refused.value.code == code


def test_only_papers_of_a_case_in_known_languages_are_made(office: TestOffice, family: Family) -> None:
    with pytest.raises(Expected) as wrong_paper:
        make(office, family, Paper.RECOVERY)
    assert wrong_paper.value.code == "paper.not_of_a_case"
    with pytest.raises(Expected) as wrong_language:
        make(office, family, Paper.PLAN, "tlh")
    assert wrong_language.value.code == "paper.no_wording"
    assert set(papers.paper_languages(office.desk)) >= {"en", "fr"}


def test_who_may_not_read_the_content_gets_no_paper(office: TestOffice, family: Family) -> None:
    with pytest.raises(Refused):
        papers.make_paper(office.desk, office.idris, family.case, Paper.PLAN, language="en")
    made = papers.make_paper(office.desk, office.idris, family.case, Paper.ITINERARY, language="en")
    assert made.pages == 1


def test_prints_and_saves_are_logged_and_found_again_newest_first(
    office: TestOffice, family: Family, tmp_path: Path
) -> None:
    made = make(office, family, Paper.PLAN)
    assert papers.printed_before(office.desk, office.maya, family.case, Paper.PLAN) == ()
    papers.log_print(office.desk, office.maya, family.case, made, "printed")
    target = tmp_path / papers.file_name(office.desk, made)
    papers.save_paper(office.desk, office.maya, family.case, made, target)
    assert target.read_bytes() == made.pdf
    before = papers.printed_before(office.desk, office.maya, family.case, Paper.PLAN)
    assert [(one.how, one.language, one.version) for one in before] == [("saved", "en", 1), ("printed", "en", 1)]
    assert papers.printed_before(office.desk, office.maya, family.case, Paper.ITINERARY) == ()


def test_the_name_of_a_file_says_nothing_of_the_person(office: TestOffice, family: Family) -> None:
    made = make(office, family, Paper.PLAN)
    first, second = papers.file_name(office.desk, made), papers.file_name(office.desk, made)
    assert first != second
    assert "horv" not in first.lower()


def test_a_folder_that_takes_nothing_leaves_no_half_file_and_no_log(
    office: TestOffice, family: Family, tmp_path: Path
) -> None:
    made = make(office, family, Paper.PLAN)
    with pytest.raises(Expected) as refused:
        papers.save_paper(office.desk, office.maya, family.case, made, tmp_path / "gone" / "plan.pdf")
    assert refused.value.code == "file.not_written"
    assert papers.printed_before(office.desk, office.maya, family.case, Paper.PLAN) == ()


def test_a_page_is_drawn_as_pixels(office: TestOffice, family: Family) -> None:
    picture = papers.draw_page(make(office, family, Paper.PLAN), 0, 0.5)
    assert len(picture.pixels) == picture.width * picture.height * 4
    assert len(set(picture.pixels)) > 2
