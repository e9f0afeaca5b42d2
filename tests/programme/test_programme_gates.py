"""Gates answer met, unmet or not held; stops block the gates they name."""

import pytest

from avrr_desktop.domain.stages import GATES
from avrr_desktop.programme.gates import Met, blocking_stops, gate
from avrr_desktop.programme.model import Programme
from avrr_desktop.programme.values import Mark, RuleUnknown

CONDITIONS = {
    "G1": ["referral_complete", "first_contact_logged", "language_known"],
    "G2": ["consent_before_data", "interview_complete", "vulnerability_screened", "interpreter_recorded"],
    "G3": [
        "eligibility_recorded",
        "declarations_signed",
        "minors_agreed",
        "unaccompanied_represented",
        "no_open_stop",
    ],
    "G4": [
        "plan_has_line",
        "plan_within_ceiling",
        "feasibility_answered",
        "plan_signed",
        "contact_rule_explained",
        "no_open_stop",
    ],
}


@pytest.mark.parametrize("gate_id", CONDITIONS)
def test_a_gate_lists_its_conditions_in_order(pilot: Programme, template: Programme, gate_id: str) -> None:
    for programme in (pilot, template):
        assert [code for code, _ in gate(programme, gate_id, {}).conditions] == CONDITIONS[gate_id]


def test_the_gates_open_the_stages_of_the_domain(pilot: Programme) -> None:
    assert [(gate_id, stage.value) for gate_id, stage in GATES] == [
        (rule.id, rule.to) for rule in pilot.gates.values() if rule.id in dict(GATES)
    ]


@pytest.mark.parametrize("gate_id", CONDITIONS)
def test_a_gate_passes_only_when_every_fact_is_true(pilot: Programme, gate_id: str) -> None:
    names = pilot.gates[gate_id].facts
    everything: dict[str, bool | None] = dict.fromkeys(names, True)
    assert gate(pilot, gate_id, everything).passed
    for name in names:
        unmet = gate(pilot, gate_id, everything | {name: False})
        absent = gate(pilot, gate_id, everything | {name: None})
        assert (unmet.passed, absent.passed) == (False, False)
        assert [state.facts for state in unmet.states if state.met is Met.UNMET] == [(name,)]
        assert [state.facts for state in absent.states if state.met is Met.NOT_HELD] == [(name,)]
        assert (unmet.of(Met.NOT_HELD), absent.of(Met.UNMET)) == ((), ())


def test_what_is_not_held_is_neither_met_nor_unmet(pilot: Programme) -> None:
    answer = gate(pilot, "G3", {"eligibility_recorded": True, "declarations_signed": False})
    assert answer.conditions == (
        ("eligibility_recorded", Met.MET),
        ("declarations_signed", Met.UNMET),
        ("minors_agreed", Met.NOT_HELD),
        ("unaccompanied_represented", Met.NOT_HELD),
        ("no_open_stop", Met.NOT_HELD),
    )
    assert not answer.passed


def test_one_false_fact_decides_even_when_its_partner_is_not_held(pilot: Programme) -> None:
    answer = gate(pilot, "G4", {"plan_signed_by_officer": False})
    (state,) = [state for state in answer.states if state.code == "plan_signed"]
    assert (state.met, state.facts) == (Met.UNMET, ("plan_signed_by_officer",))


def test_a_condition_carries_its_own_source_where_it_has_one(pilot: Programme) -> None:
    consent, interview, *_ = gate(pilot, "G2", {}).states
    assert (consent.fired.rule_id, consent.fired.source_key, consent.fired.mark) == (
        "G2.consent_before_data",
        "dp3",
        Mark.SOURCED,
    )
    assert (interview.fired.source_key, interview.fired.mark) == ("practice", Mark.PRACTICE)


def test_an_unknown_gate_is_a_fault(pilot: Programme) -> None:
    with pytest.raises(RuleUnknown):
        gate(pilot, "G99", {})


def test_the_twelve_stops_block_enrolment_to_clearance(pilot: Programme) -> None:
    codes = [f"S{number}" for number in range(1, 13)]
    for gate_id in ("G3", "G4", "G5", "G6"):
        assert [stop.code for stop in blocking_stops(pilot, gate_id, codes)] == codes
    for gate_id in ("G1", "G2"):
        assert blocking_stops(pilot, gate_id, codes) == ()


def test_every_stop_names_who_may_lift_it(pilot: Programme) -> None:
    who = {code: stop.lifted_by for code, stop in pilot.stops.items()}
    assert who["S3"] == who["S4"] == ("supervisor", "protection_focal_point")
    assert who["S5"] == ("medical",)
    assert [code for code, stop in pilot.stops.items() if stop.raiser_may_lift] == ["S9", "S10", "S12"]
    assert all(who.values())


def test_only_open_stops_block(pilot: Programme) -> None:
    (stop,) = blocking_stops(pilot, "G3", ["S6"])
    assert (stop.code, stop.name, stop.fired.mark) == ("S6", "custody_dispute", Mark.PRACTICE)
    assert blocking_stops(pilot, "G3", []) == ()


def test_unknown_stops_and_gates_are_faults(pilot: Programme) -> None:
    with pytest.raises(RuleUnknown):
        blocking_stops(pilot, "G3", ["S13"])
    with pytest.raises(RuleUnknown):
        blocking_stops(pilot, "G99", ["S1"])
