"""The plan: sums by value, the ceiling and why, what is refused, the signature."""

from __future__ import annotations

from datetime import date

import pytest

from avrr_desktop.domain.failures import BadValue, Blocked, Refused
from avrr_desktop.domain.money import Money
from avrr_desktop.domain.reintegration import Category, PlanStatus
from avrr_desktop.services import planning
from avrr_desktop.services.ceilings import explain_ceiling
from avrr_desktop.services.moving import passed_gates
from avrr_desktop.services.planning import LineDraft, PlanView
from tests.family import Family, make_citizen, make_family, sign_plan, write_status
from tests.office import TestOffice


def cad(minor: int) -> Money:
    return Money("CAD", minor)


def add(office: TestOffice, family: Family, words: str, minor: int, **more: object) -> str:
    draft = LineDraft(Category.MATERIAL, words, 1, minor, **more)  # type: ignore[arg-type]
    return planning.write_line(office.desk, office.maya, family.case, draft).value


def view(office: TestOffice, family: Family) -> PlanView:
    return planning.plan(office.desk, office.maya, family.case)


def test_a_single_person_may_plan_one_amount_and_a_family_the_sum(office: TestOffice) -> None:
    """DOMAIN.md 1.3: per person, children included; family of four 8,000."""
    assert view(office, make_family(office, size=1)).limit == cad(200000)
    assert view(office, make_family(office, size=4)).limit == cad(800000)


def test_a_plan_over_its_ceiling_by_fifteen_dollars_is_refused_with_the_fifteen(office: TestOffice) -> None:
    """DOMAIN.md 12: plan 1,990.00 + baggage 25.00 against 2,000 is 15.00 over; nothing is written."""
    family = make_family(office, size=1)
    add(office, family, "Tools", 199000)
    with pytest.raises(Blocked) as refused:
        add(office, family, "Extra baggage", 2500)
    assert refused.value.code == "plan.over_ceiling"
    assert refused.value.params["over"] == cad(1500)
    held = view(office, family)
    assert [line.line.description for line in held.lines] == ["Tools"]
    assert held.free == cad(1000)


def test_a_line_may_use_the_plan_up_to_the_last_cent(office: TestOffice) -> None:
    family = make_family(office, size=1)
    add(office, family, "Tools", 199000)
    add(office, family, "Extra baggage", 1000)
    assert view(office, family).free == cad(0)


def test_weighing_says_the_same_as_writing_and_writes_nothing(office: TestOffice) -> None:
    family = make_family(office, size=1)
    line = add(office, family, "Tools", 199000)
    held = view(office, family)
    weighed = planning.weigh(held, LineDraft(Category.LUGGAGE, "", 1, 2500))
    assert (weighed.amount, weighed.planned, weighed.over) == (cad(2500), cad(201500), cad(1500))
    again = planning.weigh(held, LineDraft(Category.MATERIAL, "Tools", 2, 50000), line)
    assert (again.planned, again.free, again.over) == (cad(100000), cad(100000), None)
    assert view(office, family).planned == cad(199000)


def test_a_foreign_line_is_rounded_half_up_once_at_its_rate(office: TestOffice) -> None:
    """DOMAIN.md 5.3: HUF 310,000 at 0.0038 is CAD 1,178.00; the rate keeps its day and source."""
    family = make_family(office)
    add(office, family, "Cutting table", 31000000, currency="HUF", rate="0.0038", rate_source="Bank of Canada")
    line = view(office, family).lines[0]
    assert line.amount == cad(117800)
    assert (line.line.rate_on, line.line.rate_source) == (date(2026, 11, 24), "Bank of Canada")


def test_a_foreign_line_without_a_rate_is_refused_at_the_rate(office: TestOffice) -> None:
    with pytest.raises(BadValue) as refused:
        add(office, make_family(office), "Cutting table", 31000000, currency="HUF")
    assert (refused.value.code, refused.value.params["field"]) == ("line.no_rate", "rate")


def test_a_rate_left_over_from_another_currency_does_not_count(office: TestOffice) -> None:
    family = make_family(office)
    add(office, family, "Tools", 5000, currency="CAD", rate="0.0038", rate_source="Bank of Canada")
    line = view(office, family).lines[0]
    assert (line.amount, line.line.rate, line.line.rate_source) == (cad(5000), None, None)


@pytest.mark.parametrize(
    ("words", "quantity", "code"), [("  ", 1, "line.no_description"), ("Tools", 0, "line.no_quantity")]
)
def test_a_line_needs_words_and_a_quantity(office: TestOffice, words: str, quantity: int, code: str) -> None:
    family = make_family(office)
    with pytest.raises(BadValue) as refused:
        planning.write_line(office.desk, office.maya, family.case, LineDraft(Category.LEGAL, words, quantity, 1))
    assert refused.value.code == code


def test_a_line_written_anew_keeps_its_place(office: TestOffice) -> None:
    family = make_family(office)
    first = add(office, family, "First", 100)
    add(office, family, "Second", 100)
    planning.write_line(office.desk, office.maya, family.case, LineDraft(Category.MATERIAL, "Changed", 3, 200), first)
    assert [(v.line.description, v.amount.minor) for v in view(office, family).lines] == [
        ("Changed", 600),
        ("Second", 100),
    ]


def test_a_removed_line_gives_its_sum_back(office: TestOffice) -> None:
    family = make_family(office)
    line = add(office, family, "Tools", 100000)
    planning.remove_line(office.desk, office.maya, family.case, line)
    assert view(office, family).free == cad(800000)


def test_a_canadian_child_has_no_ceiling_of_its_own_and_is_named_with_the_rule(office: TestOffice) -> None:
    """DOMAIN.md 12: Canadian-born child travels along, no amount; rule EL09."""
    family = make_family(office)
    make_citizen(office, family, family.people[3])
    why = explain_ceiling(office.desk, office.maya, family.case)
    assert why.total == cad(600000)
    assert [(out.name, out.code, out.rule) for out in why.excluded] == [("Zsófia Horváth", "canadian_citizen", "EL09")]


def test_who_stays_does_not_count(office: TestOffice) -> None:
    family = make_family(office)
    from avrr_desktop.services.people import edit_person

    edit_person(office.desk, office.maya, family.case, family.people[1], relation="spouse", travels=False)
    assert view(office, family).limit == cad(600000)


def test_why_names_rule_source_mark_and_who_confirmed_the_amount(office: TestOffice) -> None:
    family = make_family(office)
    why = explain_ceiling(office.desk, office.maya, family.case)
    reason = why.shares[0].reason
    assert [share.amount for share in why.shares] == [cad(200000)] * 4
    assert (reason.rule, reason.mark, reason.confirmed_by) == ("sample.general", "practice", "Claire Moreau")
    assert reason.confirmed_on == date(2026, 11, 24)
    assert reason.sources
    assert not why.is_published


def test_without_the_offices_word_there_is_no_ceiling_and_no_line(office: TestOffice) -> None:
    family = make_family(office, confirmed=False)
    why = explain_ceiling(office.desk, office.maya, family.case)
    assert (why.total, why.code) == (None, "not_confirmed")
    assert [share.amount for share in why.shares] == [cad(200000)] * 4
    with pytest.raises(Blocked) as refused:
        add(office, family, "Tools", 100)
    assert refused.value.params["why"] == "not_confirmed"


def test_outside_the_programmes_dates_the_dates_are_named(office: TestOffice) -> None:
    family = make_family(office, programme="avrr-2012", applied_on=date(2026, 11, 3))
    why = explain_ceiling(office.desk, office.maya, family.case)
    assert (why.code, why.valid_from, why.valid_to) == ("outside_dates", date(2012, 6, 29), date(2015, 3, 31))


def test_a_missing_fact_is_named_with_its_person(office: TestOffice) -> None:
    family = make_family(office, size=1, programme="avrr-2012", applied_on=date(2013, 11, 3))
    write_status(office, family, family.people[0], group="unsuccessful_asylum_seeker")
    why = explain_ceiling(office.desk, office.maya, family.case)
    assert why.code == "fact_missing"
    assert ("Ilona Horváth", "claim_on") in [(lack.name, lack.fact) for lack in why.lacking]


def test_a_single_from_a_designated_country_has_five_hundred(office: TestOffice) -> None:
    """DOMAIN.md 12: DCO single, claim 2013: 500 CAD."""
    family = make_family(office, size=1, programme="avrr-2012", applied_on=date(2014, 2, 1))
    write_status(
        office,
        family,
        family.people[0],
        group="unsuccessful_asylum_seeker",
        claim_on=date(2013, 2, 1),
        recourse_stage="RPD_NEG",
        designated_country=True,
    )
    assert view(office, family).limit == cad(50000)


def test_the_goal_and_the_answer_of_the_receiving_office_are_kept(office: TestOffice) -> None:
    family = make_family(office)
    with pytest.raises(Blocked) as refused:
        planning.record_feasibility(office.desk, office.maya, family.case, "yes")
    assert refused.value.code == "plan.empty"
    planning.write_goal(office.desk, office.maya, family.case, "A workshop of my own")
    planning.record_feasibility(office.desk, office.maya, family.case, "after_arrival")
    plan = view(office, family).plan
    assert (plan.goal, plan.feasibility, plan.version) == ("A workshop of my own", "after_arrival", 1)


def test_what_stands_before_the_signature_is_said_by_code(office: TestOffice) -> None:
    family = make_family(office)
    assert planning.before_signing(office.desk, office.maya, family.case) == ("plan_has_line", "feasibility_answered")
    add(office, family, "Tools", 100)
    planning.record_feasibility(office.desk, office.maya, family.case, "yes")
    assert planning.before_signing(office.desk, office.maya, family.case) == ()


def test_a_case_not_enrolled_says_which_gate_comes_first(office: TestOffice) -> None:
    family = make_family(office, enrolled=False)
    assert planning.before_signing(office.desk, office.maya, family.case)[-1] == "before_G1"


def test_a_signed_plan_opens_its_gate_and_never_changes_again(office: TestOffice) -> None:
    family = make_family(office)
    line = add(office, family, "Tools", 100)
    planning.record_feasibility(office.desk, office.maya, family.case, "yes")
    sign_plan(office, family)
    held = view(office, family)
    assert held.plan.status is PlanStatus.SIGNED
    assert (held.plan.signed_by, held.plan.officer) == (family.people[0], office.maya.officer)
    assert "G4" in passed_gates(office.desk, family.case)
    acts = (
        lambda: add(office, family, "More", 100),
        lambda: planning.remove_line(office.desk, office.maya, family.case, line),
        lambda: planning.write_goal(office.desk, office.maya, family.case, "Other"),
        lambda: planning.record_feasibility(office.desk, office.maya, family.case, "no"),
        lambda: sign_plan(office, family),
    )
    for act in acts:
        with pytest.raises(Blocked) as refused:
            act()
        assert refused.value.code == "plan.signed"


def test_a_plan_is_not_signed_without_picture_or_the_rule_explained(office: TestOffice) -> None:
    family = make_family(office)
    add(office, family, "Tools", 100)
    planning.record_feasibility(office.desk, office.maya, family.case, "yes")
    with pytest.raises(BadValue) as no_picture:
        sign_plan(office, family, picture=b"")
    assert no_picture.value.code == "plan.no_picture"
    with pytest.raises(Blocked) as unexplained:
        sign_plan(office, family, explained=False)
    assert unexplained.value.params["missing"] == ["contact_rule_explained"]


def test_a_fallen_ceiling_lets_the_plan_be_made_smaller_only(office: TestOffice) -> None:
    family = make_family(office, size=1)
    line = add(office, family, "Tools", 200000)
    planning.confirm_amount(office.desk, office.claire, "office-template", "sample.general", 100000)
    assert view(office, family).free == cad(-100000)
    with pytest.raises(Blocked):
        add(office, family, "More", 100)
    smaller = LineDraft(Category.MATERIAL, "Tools", 1, 150000)
    planning.write_line(office.desk, office.maya, family.case, smaller, line)
    assert view(office, family).free == cad(-50000)


def test_the_ceiling_goes_to_other_offices_as_a_sum_without_its_rule(office: TestOffice) -> None:
    from avrr_desktop.domain.reintegration import Ceiling

    family = make_family(office)
    add(office, family, "Tools", 100)
    planning.record_feasibility(office.desk, office.maya, family.case, "yes")
    assert office.desk.one(Ceiling, family.case) is None
    sign_plan(office, family)
    held = office.desk.one(Ceiling, family.case)
    assert held is not None
    assert (held.amount_minor, held.currency) == (800000, "CAD")


def test_who_may_not_write_plans_is_refused(office: TestOffice) -> None:
    family = make_family(office)
    with pytest.raises(Refused):
        planning.write_line(office.desk, office.idris, family.case, LineDraft(Category.LEGAL, "Tools", 1, 1))


def test_only_rules_of_the_programme_can_be_confirmed(office: TestOffice) -> None:
    with pytest.raises(BadValue) as refused:
        planning.confirm_amount(office.desk, office.claire, "office-template", "sample.unknown", 1)
    assert refused.value.code == "programme.unknown"
