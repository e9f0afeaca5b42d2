"""Sections: the need-to-know parts of a case, the streams they make, and who may do what in them.

The names are frozen into signed bytes. Source: DESIGN.md 4 (sections and rights).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NewType

Stream = NewType("Stream", str)
"""Identity of a journal: "<case id>/<section>", or "office/<section>"."""


class Section(StrEnum):
    """The eleven sections of a case and the seven of an office."""

    CORE = "core"
    LEGAL = "legal"
    COUNS = "couns"
    PROTECTION = "protection"
    MEDICAL = "medical"
    TRAVEL = "travel"
    REINT = "reint"
    MONEY = "money"
    DOCS = "docs"
    NOTES = "notes"
    CTL = "ctl"
    SETTINGS = "settings"
    PROGRAMME = "programme"
    FORMS = "forms"
    WORDING = "wording"
    DIRECTORY = "directory"
    ROSTER = "roster"
    COMPLAINTS = "complaints"


CASE_SECTIONS = tuple(Section)[:11]
OFFICE_SECTIONS = tuple(Section)[11:]


class Role(StrEnum):
    """What an officer may be; an officer holds a set of them."""

    INTAKE = "intake"
    CASE = "case_officer"
    MOVEMENT = "movement_officer"
    MEDICAL = "medical"
    FINANCE = "finance"
    REINTEGRATION = "reintegration_officer"
    SUPERVISOR = "supervisor"
    PROTECTION = "protection_focal_point"
    REPORTING = "reporting"
    ADMINISTRATOR = "administrator"


def roles_in(words: str) -> frozenset[Role]:
    """Return the roles that blank-separated *words* name; words this version does not know give nothing."""
    known = {role.value for role in Role}
    return frozenset(Role(word) for word in words.split() if word in known)


class Right(StrEnum):
    """
    What a role may do in a section.

    READ all of it. WRITE all of it. COLLECT new answers and records in an interview one conducts, and read one's
    own until completion. OWN: write one's own notes, read all. STAGE: the stage verbs of one's part of the journey.
    NAME: read names only. CONTACT: write contact data. FITNESS: write the fitness record.
    """

    READ = "r"
    WRITE = "w"
    COLLECT = "c"
    OWN = "own"
    STAGE = "stage"
    NAME = "name"
    CONTACT = "contact"
    FITNESS = "fitness"


_COLUMNS = CASE_SECTIONS
_TABLE: dict[Role, str] = {
    Role.INTAKE: "rw rw - - - - - - rw rw -",
    Role.CASE: "rw rw rw c c rw rw r rw rw rw",
    Role.MOVEMENT: "r+stage - - c - rw - - r r+own -",
    Role.MEDICAL: "r - - - rw r+fitness - - - r+own -",
    Role.FINANCE: "name - - - - - r rw r r+own -",
    Role.REINTEGRATION: "r+contact+stage - - c - r rw rw rw rw r",
    Role.SUPERVISOR: "rw rw rw - - rw rw rw rw rw rw",
    Role.PROTECTION: "r - r rw r r r - r r+own r",
    Role.REPORTING: "- - - - - - - - - - -",
    Role.ADMINISTRATOR: "- - - - - - - - - - -",
}
_OFFICE_READERS = frozenset(Role) - {Role.REPORTING}
_OFFICE_WRITERS = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})


def _cell(text: str) -> frozenset[Right]:
    if text == "-":
        return frozenset()
    if text == "rw":
        return frozenset({Right.READ, Right.WRITE})
    return frozenset(Right(part) for part in text.split("+"))


RIGHTS: dict[Role, dict[Section, frozenset[Right]]] = {
    role: dict(zip(_COLUMNS, map(_cell, row.split()), strict=True)) for role, row in _TABLE.items()
}
"""The rights table, role by section of a case."""


def rights(roles: Iterable[Role], section: Section) -> frozenset[Right]:
    """Return the union of what *roles* may do in *section*."""
    held = frozenset(roles)
    if section in OFFICE_SECTIONS:
        if section is Section.COMPLAINTS:
            return _cell("rw") if Role.PROTECTION in held or Role.SUPERVISOR in held else frozenset()
        if held & _OFFICE_WRITERS:
            return _cell("rw")
        return _cell("r") if held & _OFFICE_READERS else frozenset()
    return frozenset[Right]().union(*(RIGHTS[role][section] for role in held))


def readable(roles: Iterable[Role]) -> frozenset[Section]:
    """Return the sections of a case that *roles* may read whole."""
    held = tuple(roles)
    return frozenset(s for s in CASE_SECTIONS if Right.READ in rights(held, s))


def case_stream(case_id: str, section: Section) -> Stream:
    """Return the stream of one section of a case."""
    return Stream(f"{case_id}/{section.value}")


def office_stream(section: Section) -> Stream:
    """Return the stream of one section of the office."""
    return Stream(f"office/{section.value}")


def split_stream(stream: str) -> tuple[str | None, Section]:
    """Return (case id or None for the office, section)."""
    owner, _, section = stream.partition("/")
    return (None if owner == "office" else owner), Section(section)
