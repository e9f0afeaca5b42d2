"""Every verb declares what it reads and writes, and holds every role to it."""

import importlib
import pkgutil

import pytest

import avrr_desktop.services
from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import Refused
from avrr_desktop.domain.ids import OfficerId
from avrr_desktop.domain.sections import Right, Role, Section
from avrr_desktop.services.desk import VERBS

for found in pkgutil.iter_modules(avrr_desktop.services.__path__):
    importlib.import_module(f"avrr_desktop.services.{found.name}")

PAPERWORK = {"papers.log_print", "papers.save_paper", "history.undo"}
"""Verbs on something another verb has already let the officer see; they write through verbs or the audit trail."""


def test_there_are_verbs():
    assert len(VERBS) > 30


@pytest.mark.parametrize("name", sorted(VERBS))
def test_every_verb_names_a_right(name: str):
    assert VERBS[name].rights or name in PAPERWORK


@pytest.mark.parametrize("name", sorted(set(VERBS) - PAPERWORK))
def test_reporting_may_do_nothing_with_cases(name: str):
    need = VERBS[name]
    with pytest.raises(Refused):
        Actor(OfficerId("r"), frozenset({Role.REPORTING})).need(name, *need.rights)


MAY = {
    "referring.new_referral": {Role.INTAKE, Role.CASE, Role.SUPERVISOR},
    "enrolling.enrol": {Role.CASE, Role.SUPERVISOR},
    "enrolling.withdraw": {Role.INTAKE, Role.CASE, Role.SUPERVISOR},
    "planning.write_line": {Role.CASE, Role.REINTEGRATION, Role.SUPERVISOR},
    "travelling.write_leg": {Role.CASE, Role.MOVEMENT, Role.SUPERVISOR},
    "officework.write_officer": {Role.SUPERVISOR, Role.ADMINISTRATOR},
    "planning.confirm_amount": {Role.SUPERVISOR, Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("name", sorted(MAY))
def test_who_may_do_what(name: str):
    allowed = set()
    for role in Role:
        try:
            Actor(OfficerId("x"), frozenset({role})).need(name, *VERBS[name].rights)
        except Refused:
            continue
        allowed.add(role)
    assert allowed == MAY[name]


def test_a_refused_act_is_in_the_audit_trail(office):
    from avrr_desktop.services import enrolling

    before = len(office.desk.store.audit_trail.entries())
    with pytest.raises(Refused):
        enrolling.enrol(office.desk, office.idris, "a" * 26)
    entries = office.desk.store.audit_trail.entries()
    assert len(entries) == before + 1
    assert (entries[-1].event, entries[-1].officer) == ("refused", office.idris.officer)


def test_the_rights_asked_are_those_declared():
    need = VERBS["enrolling.set_group"]
    assert (Right.COLLECT, Section.PROTECTION) in need.rights
