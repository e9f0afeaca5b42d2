"""Where the value is written that keeps a paper from being made; no QApplication."""

import pytest

from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.fields import Paper
from avrr_desktop.ui.papers.model import PapersModel, Place, place_of
from tests.family import make_family
from tests.office import TestOffice


@pytest.mark.parametrize(
    ("code", "field", "place"),
    [
        ("paper.harmful_word", "lines[3].description", Place("plan", "line", 4)),
        ("paper.not_printable", "goal", Place("plan", "goal")),
        ("paper.harmful_word", "legs[0].meet_at", Place("travel", "leg", 1)),
        ("paper.harmful_word", "arrival.meet_at", Place("travel", "arrival")),
        ("paper.not_printable", "names[1]", Place("people", "name", 2)),
        ("paper.not_printable", "travellers[0].name", Place("people", "name", 1)),
        ("paper.not_printable", "wording.plan.title", Place("settings", "wording")),
        ("paper.harmful_word", "contact.address", Place("settings", "office")),
        ("paper.harmful_word", "page 2", Place("", "page", 2)),
        ("plan.empty", "", Place("plan", "")),
        ("journey.unfinished", "", Place("travel", "")),
        ("declaration.no_consent", "", Place("enrolment", "")),
    ],
)
def test_a_refused_paper_leads_to_the_page_of_its_field(code: str, field: str, place: Place) -> None:
    assert place_of(Expected(code, field=field)) == place


def test_the_model_keeps_what_was_chosen(office: TestOffice) -> None:
    model = PapersModel(office.desk, office.maya, make_family(office).case)
    assert (model.state.paper, model.state.language) == (Paper.ITINERARY, "en")
    state = model.choose(paper=Paper.PLAN, language="fr", without_amounts=True)
    assert (state.paper, state.language, state.without_amounts) == (Paper.PLAN, "fr", True)
    assert state.name == "Ilona Horváth"
    assert state.number.startswith("TOR-26-")
