"""Each field is declared once, with everything the other layers derive from it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Case, ConsentState, Person, Sex
from avrr_desktop.domain.failures import BadValue, Refused
from avrr_desktop.domain.fields import Paper, Sensitivity, check_value, declared, from_journal, registers, to_journal
from avrr_desktop.domain.ids import OfficerId
from avrr_desktop.domain.kinds import KINDS, belongs
from avrr_desktop.domain.sections import (
    CASE_SECTIONS,
    OFFICE_SECTIONS,
    RIGHTS,
    Right,
    Role,
    Section,
    case_stream,
    readable,
    rights,
    split_stream,
)
from avrr_desktop.domain.stages import GATES, Stage, stage_of

FROZEN = {
    "case", "person", "citizenship", "consent", "gate_pass", "referral", "participation", "status", "criterion",
    "decision", "outcome", "authority_consent", "protection_status", "interview", "sitting", "answer", "repeat_row",
    "stop", "declaration", "consent_text", "plan", "plan_line", "ceiling", "journey", "leg", "office", "officer",
    "device", "form_version", "wording", "programme_confirmation", "country_sheet", "amendment", "flag", "sheet_handed",
}  # fmt: skip


def test_the_kinds_are_those_once_signed():
    """A name that was ever signed may not vanish or change."""
    assert set(KINDS) == FROZEN


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_has_exactly_one_register_and_may_be_unknown(kind: str):
    entity = KINDS[kind]
    assert set(declared(entity)) == set(entity.model_fields)
    assert all(info.default is None for info in entity.model_fields.values())
    covered = [name for _register, names in registers(entity).values() for name in names]
    assert sorted(covered) == sorted(entity.model_fields)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_protective_order_speaks_of_a_field_of_its_register(kind: str):
    for register, names in registers(KINDS[kind]).values():
        assert not register.protective or register.protective in names
        assert bool(register.protective) == bool(register.order)


def test_sections_are_those_of_the_map():
    assert (len(CASE_SECTIONS), len(OFFICE_SECTIONS)) == (11, 7)
    assert belongs("referral", Section.LEGAL)
    assert not belongs("referral", Section.CORE)
    assert belongs("answer", Section.PROTECTION)
    assert split_stream("office/roster") == (None, Section.ROSTER)
    assert split_stream(case_stream("abc", Section.MEDICAL)) == ("abc", Section.MEDICAL)


def test_core_holds_no_word_of_the_legal_side():
    """Every office gets section core; a claim, decision, group or status has no field there."""
    fields = {f"{k}.{f}" for k, e in KINDS.items() if e.section is Section.CORE for f in e.model_fields}
    harmful = ("claim", "decision", "group", "status", "recourse", "removal", "programme", "refus", "reason")
    assert fields
    assert not [f for f in fields if any(word in f for word in harmful)]


def test_nothing_of_protection_medical_or_legal_prints_on_a_carried_paper():
    carried = {Paper.PLAN, Paper.ITINERARY}
    for entity in KINDS.values():
        for info in declared(entity).values():
            if info.sensitivity is not Sensitivity.NORMAL or entity.section in (
                Section.LEGAL,
                Section.PROTECTION,
                Section.MEDICAL,
                Section.COUNS,
            ):
                assert not info.papers & carried, (entity.kind, info.name)


CELLS = [
    (Role.CASE, Section.MONEY, {Right.READ}),
    (Role.CASE, Section.PROTECTION, {Right.COLLECT}),
    (Role.SUPERVISOR, Section.PROTECTION, set()),
    (Role.SUPERVISOR, Section.MEDICAL, set()),
    (Role.MOVEMENT, Section.CORE, {Right.READ, Right.STAGE}),
    (Role.MOVEMENT, Section.LEGAL, set()),
    (Role.FINANCE, Section.CORE, {Right.NAME}),
    (Role.FINANCE, Section.MONEY, {Right.READ, Right.WRITE}),
    (Role.REINTEGRATION, Section.CORE, {Right.READ, Right.CONTACT, Right.STAGE}),
    (Role.REINTEGRATION, Section.CTL, {Right.READ}),
    (Role.MEDICAL, Section.TRAVEL, {Right.READ, Right.FITNESS}),
    (Role.PROTECTION, Section.PROTECTION, {Right.READ, Right.WRITE}),
    (Role.PROTECTION, Section.LEGAL, set()),
    (Role.INTAKE, Section.COUNS, set()),
    (Role.REPORTING, Section.CORE, set()),
    (Role.ADMINISTRATOR, Section.CORE, set()),
    (Role.ADMINISTRATOR, Section.ROSTER, {Right.READ, Right.WRITE}),
    (Role.CASE, Section.ROSTER, {Right.READ}),
]


@pytest.mark.parametrize(("role", "section", "expected"), CELLS)
def test_the_rights_table_says_what_the_design_says(role: Role, section: Section, expected: set[Right]):
    assert expected == set(rights([role], section))


def test_every_role_has_a_cell_for_every_section_of_a_case():
    assert set(RIGHTS) == set(Role)
    assert all(set(row) == set(CASE_SECTIONS) for row in RIGHTS.values())


def test_roles_add_up():
    assert readable([Role.FINANCE]) < readable([Role.FINANCE, Role.CASE])


def test_an_act_beyond_the_role_is_refused_with_what_was_missing():
    idris = Actor(OfficerId("i"), frozenset({Role.MOVEMENT}))
    with pytest.raises(Refused) as refusal:
        idris.need("enrol", (Right.READ, Section.CORE), (Right.WRITE, Section.LEGAL))
    assert refusal.value.params == {"verb": "enrol", "section": "legal", "right": "w"}


def test_writing_includes_collecting():
    assert Actor(OfficerId("c"), frozenset({Role.CASE})).may(Right.COLLECT, Section.COUNS)
    assert not Actor(OfficerId("c"), frozenset({Role.CASE})).may(Right.READ, Section.PROTECTION)


@pytest.mark.parametrize(
    ("entity", "field", "value", "journal"),
    [
        (Person, "born_on", date(1990, 2, 3), "1990-02-03"),
        (Person, "sex", Sex.FEMALE, "F"),
        (Person, "travels", True, True),
        (Case, "opened_at", datetime(2026, 1, 2, 3, 4, 5, 678901, UTC), "2026-01-02T03:04:05.678Z"),
        (Person, "family_name", "  Horváth ", "Horváth"),
        (Person, "family_name", None, None),
    ],
)
def test_values_go_to_the_journal_and_come_back(entity: type, field: str, value: object, journal: object):
    checked = check_value(entity, field, value)
    assert journal == to_journal(entity, field, checked)
    assert checked == from_journal(entity, field, journal)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("family_name", "two\nlines"),
        ("family_name", "over\u202eride"),
        ("family_name", "isolate\u2066d"),
        ("family_name", "nul\x00"),
        ("family_name", "x" * 201),
        ("born_on", "1990-02-30"),
        ("sex", "female"),
        ("language", "english!"),
        ("participates", "perhaps"),
    ],
)
def test_a_bad_value_is_refused_at_its_field(field: str, value: object):
    with pytest.raises(BadValue) as refusal:
        check_value(Person, field, value)
    assert ("value.refused", "person", field) == (
        refusal.value.code,
        refusal.value.params["entity"],
        refusal.value.params["field"],
    )


@given(st.text(max_size=220))
def test_no_text_ever_raises_anything_but_a_refusal(text: str):
    try:
        value = check_value(Person, "family_name", text)
    except BadValue:
        return
    assert value == check_value(Person, "family_name", value)
    assert "\n" not in value


def test_refused_values_are_not_in_the_message():
    with pytest.raises(BadValue) as refusal:
        check_value(Person, "phone", "secret\u202e")
    assert "secret" not in str(refusal.value)
    assert "secret" not in repr(refusal.value.params)


def test_the_stage_is_the_furthest_gate_without_a_hole():
    assert Stage.REFERRED is stage_of(frozenset())
    assert Stage.CONTACTED is stage_of(frozenset({"G1", "G3"}))
    assert Stage.PLAN_AGREED is stage_of(frozenset(gate for gate, _stage in GATES))


def test_withdrawn_consent_is_the_most_protective():
    assert ConsentState.WITHDRAWN is next(iter(ConsentState))
