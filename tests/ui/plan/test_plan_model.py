"""What is typed into a line of the plan, and the state the page draws; no QApplication."""

from datetime import date

import pytest

from avrr_desktop.domain.failures import BadValue
from avrr_desktop.domain.money import Money
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.ui.plan.model import PlanModel
from avrr_desktop.ui.plan.typed import Typed, quote, read_line, turn, typed_of
from tests.family import make_family, make_plan, sign_plan
from tests.office import TestOffice


def test_a_typed_line_is_read_as_people_write_it() -> None:
    typed = Typed(" Rent ", "", "3", "1,250.50", "24 nov 2026", "cad")
    draft = read_line(typed, Category.HOUSING, "CAD")
    assert (draft.description, draft.quantity, draft.unit_price_minor) == ("Rent", 3, 125050)
    assert (draft.needed_by, draft.currency, draft.rate) == (date(2026, 11, 24), "CAD", None)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"quantity": "0"}, "line.no_quantity", "quantity"),
        ({"quantity": "two"}, "line.no_quantity", "quantity"),
        ({"price": "12.3456"}, "line.no_price", "price"),
        ({"price": "cheap"}, "line.no_price", "price"),
        ({"needed_by": "31 2 2026"}, "line.no_date", "needed_by"),
        ({"currency": "Forint"}, "line.no_currency", "currency"),
        ({"currency": "HUF"}, "line.no_rate", "rate"),
        ({"currency": "HUF", "rate": "0"}, "line.no_rate", "rate"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(changed: dict[str, str], code: str, field: str) -> None:
    typed = Typed(**({"description": "Rent", "price": "1", "currency": "CAD"} | changed))
    with pytest.raises(BadValue) as refused:
        read_line(typed, Category.HOUSING, "CAD")
    assert (refused.value.code, refused.value.params["field"]) == (code, field)


def test_a_rate_is_quoted_and_stored_the_two_ways_round() -> None:
    """LOOK.md 6: 1 CAD = 263.158 HUF on the screen, 0.0038 CAD for 1 HUF in the store."""
    assert turn("263.158") == "0.0037999985"
    assert turn("263,158") == turn("263.158")
    assert quote("0.0038") == "263.158"
    assert quote(turn("263.158") or "") == "263.158"
    assert turn("0") is None
    assert turn("-1") is None


def test_pages_listen_to_kinds_that_exist() -> None:
    from avrr_desktop.domain.kinds import KINDS
    from avrr_desktop.ui.papers import model as papers_model
    from avrr_desktop.ui.plan import model as plan_model
    from avrr_desktop.ui.travel import model as travel_model

    for parts in (plan_model.PARTS, travel_model.PARTS, papers_model.PARTS):
        assert parts
        assert parts <= set(KINDS)


def test_the_model_shows_nine_categories_and_what_a_typed_line_would_do(office: TestOffice) -> None:
    family = make_family(office, size=1)
    model = PlanModel(office.desk, office.maya, family.case)
    assert [group.category for group in model.state.groups] == list(Category)
    model.write(Typed("Tools", price="1,990.00"), Category.MATERIAL, None)
    model.load()
    weighed = model.weigh(Typed("Baggage", price="25.00"), Category.LUGGAGE, None)
    assert weighed is not None
    assert weighed.over == Money("CAD", 1500)
    assert model.weigh(Typed("Baggage", price="much"), Category.LUGGAGE, None) is None
    line = model.state.plan.lines[0]
    assert typed_of(line, "CAD") == Typed("Tools", "", "1", "1990.00", "", "CAD")


def test_who_does_not_hold_legal_sees_the_sum_and_no_why(office: TestOffice) -> None:
    from avrr_desktop.domain.acting import Actor
    from avrr_desktop.domain.sections import Role

    family = make_plan(office, size=4)
    sign_plan(office, family)
    abroad = Actor(office.maya.officer, frozenset({Role.REINTEGRATION}))
    state = PlanModel(office.desk, abroad, family.case).state
    assert state.plan.limit == Money("CAD", 800000)
    assert (state.why, state.missing) == (None, None)
