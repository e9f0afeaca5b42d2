"""All kinds of entity of this version; their names are for ever once a commit that holds one is signed."""

from __future__ import annotations

from avrr_desktop.domain.casefile import Case, Citizenship, Consent, GatePass, Person
from avrr_desktop.domain.counselling import (
    Amendment,
    Answer,
    ConsentText,
    Declaration,
    Flag,
    Interview,
    RepeatRow,
    SheetHanded,
    Sitting,
    StopRecord,
)
from avrr_desktop.domain.fields import Entity
from avrr_desktop.domain.legal import (
    AuthorityConsent,
    Criterion,
    Decision,
    Outcome,
    Participation,
    ProtectionStatus,
    Referral,
    Status,
)
from avrr_desktop.domain.office import (
    CountrySheet,
    Device,
    FormVersion,
    Office,
    Officer,
    ProgrammeConfirmation,
    Wording,
)
from avrr_desktop.domain.reintegration import Ceiling, Plan, PlanLine
from avrr_desktop.domain.sections import Section
from avrr_desktop.domain.travel import Journey, Leg

KINDS: dict[str, type[Entity]] = {
    entity.kind: entity
    for entity in (
        Case, Person, Citizenship, Consent, GatePass,
        Referral, Participation, Status, Criterion, Decision, Outcome, AuthorityConsent, ProtectionStatus,
        Interview, Sitting, Answer, Amendment, RepeatRow, StopRecord, Declaration, ConsentText, Flag, SheetHanded,
        Plan, PlanLine, Ceiling,
        Journey, Leg,
        Office, Officer, Device, FormVersion, Wording, CountrySheet, ProgrammeConfirmation,
    )
}  # fmt: skip
"""Kind name to class."""


def belongs(kind: str, section: Section) -> bool:
    """Tell whether a known *kind* may stand in *section*; a companion may stand in any section of a case."""
    entity = KINDS[kind]
    return entity.section is None or entity.section is section
