"""Section legal: the referral, programme, kind and group, eligibility, both decisions and how a case ended early."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from avrr_desktop.domain.casefile import CONSENT, CONSENT_OF, ConsentState, Purpose
from avrr_desktop.domain.fields import (
    Code,
    Day,
    Entity,
    Id,
    Instant,
    Language,
    Line,
    Register,
    Sensitivity,
    Text,
    Zone,
)
from avrr_desktop.domain.sections import Section

RECEIVED = Register("received")
SENDER = Register("sender")
FIRST_CONTACT = Register("first_contact")


class Source(StrEnum):
    """Who told us of the person."""

    AUTHORITY = "authority"
    SELF = "self"
    PARTNER = "partner"
    OTHER_OFFICE = "other_office"


class Referral(Entity):
    """The referral that opened the case; the 24-hour clock runs from *received_at*. Its id is the case id."""

    kind: ClassVar[str] = "referral"
    section: ClassVar[Section] = Section.LEGAL

    received_at: Annotated[Instant | None, RECEIVED] = None
    received_zone: Annotated[Zone | None, RECEIVED] = None
    source: Annotated[Source | None, RECEIVED] = None
    sender_officer: Annotated[Line | None, SENDER] = None
    sender_unit: Annotated[Line | None, SENDER] = None
    client_id: Annotated[Line | None, SENDER, Sensitivity.RESTRICTED] = None
    contacted_at: Annotated[Instant | None, FIRST_CONTACT] = None
    contacted_how: Annotated[Code | None, FIRST_CONTACT] = None


class ReturnKind(StrEnum):
    """The three kinds of programme."""

    GENERAL = "general"
    TAILORED = "tailored"
    STRANDED = "stranded"


class Group(StrEnum):
    """Participant groups; a protected group is named only in section protection and reads TAILORED here."""

    IRREGULAR_MIGRANT = "irregular_migrant"
    UNSUCCESSFUL_ASYLUM_SEEKER = "unsuccessful_asylum_seeker"
    REFUGEE = "refugee"
    STRANDED_MIGRANT = "stranded_migrant"
    TAILORED = "tailored"
    OTHER = "other"


PROGRAMME = Register("programme", blocking=True)


class Participation(Entity):
    """Under which programme and in which kind of return a case runs. Its id is the case id."""

    kind: ClassVar[str] = "participation"
    section: ClassVar[Section] = Section.LEGAL

    programme: Annotated[Code | None, PROGRAMME] = None
    return_kind: Annotated[ReturnKind | None, PROGRAMME] = None
    applied_on: Annotated[Day | None, PROGRAMME] = None


GROUP = Register("group", blocking=True)
CLAIM = Register("claim")


class Status(Entity):
    """A person's group and the dated facts an entitlement rests on. Its id is the person's id."""

    kind: ClassVar[str] = "status"
    section: ClassVar[Section] = Section.LEGAL

    group: Annotated[Group | None, GROUP] = None
    claim_on: Annotated[Day | None, CLAIM] = None
    decision_on: Annotated[Day | None, CLAIM] = None
    recourse_stage: Annotated[Code | None, CLAIM] = None
    designated_country: Annotated[bool | None, CLAIM] = None


class ProtectedGroup(StrEnum):
    """Groups whose name alone could harm."""

    VICTIM_OF_TRAFFICKING = "victim_of_trafficking"
    UNACCOMPANIED_CHILD = "unaccompanied_child"


class ProtectionStatus(Entity):
    """The true group of a person who reads TAILORED in section legal. Its id is the person's id."""

    kind: ClassVar[str] = "protection_status"
    section: ClassVar[Section] = Section.PROTECTION

    group: Annotated[ProtectedGroup | None, GROUP, Sensitivity.PROTECTION] = None


class Answer3(StrEnum):
    """Yes, no, not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


CRITERION_OF = Register("of")
CRITERION = Register("answer")


class Criterion(Entity):
    """One line of the eligibility checklist: answer, evidence seen, who confirmed it and when."""

    kind: ClassVar[str] = "criterion"
    section: ClassVar[Section] = Section.LEGAL

    code: Annotated[Code | None, CRITERION_OF] = None
    answer: Annotated[Answer3 | None, CRITERION] = None
    evidence: Annotated[Line | None, CRITERION] = None
    confirmed_by: Annotated[Line | None, CRITERION] = None
    confirmed_on: Annotated[Day | None, CRITERION] = None


class Verdict(StrEnum):
    """A decision on taking part."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"


AUTHORITY = Register("authority", blocking=True)
OFFICE = Register("office", blocking=True)


class Decision(Entity):
    """The authority's decision and, apart from it, the office's. Its id is the case id."""

    kind: ClassVar[str] = "decision"
    section: ClassVar[Section] = Section.LEGAL

    authority_verdict: Annotated[Verdict | None, AUTHORITY] = None
    authority_officer: Annotated[Line | None, AUTHORITY] = None
    authority_on: Annotated[Day | None, AUTHORITY] = None
    authority_reference: Annotated[Line | None, AUTHORITY, Sensitivity.RESTRICTED] = None
    office_verdict: Annotated[Verdict | None, OFFICE] = None
    office_by: Annotated[Id | None, OFFICE] = None
    office_on: Annotated[Day | None, OFFICE] = None


class Ending(StrEnum):
    """How a case leaves the path early."""

    INELIGIBLE = "ineligible"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OUTCOME = Register("outcome", blocking=True)


class Outcome(Entity):
    """An early end, with its reason; the neutral word for other offices stands in `Case.standing`. Id: the case id."""

    kind: ClassVar[str] = "outcome"
    section: ClassVar[Section] = Section.LEGAL

    ending: Annotated[Ending | None, OUTCOME] = None
    at: Annotated[Instant | None, OUTCOME] = None
    by: Annotated[Id | None, OUTCOME] = None
    reason: Annotated[Text | None, OUTCOME, Sensitivity.RESTRICTED] = None


class AuthorityConsent(Entity):
    """One person's consent to share with the host country's authorities, kept where those offices' data are."""

    kind: ClassVar[str] = "authority_consent"
    section: ClassVar[Section] = Section.LEGAL

    person: Annotated[Id | None, CONSENT_OF] = None
    purpose: Annotated[Purpose | None, CONSENT_OF] = None
    state: Annotated[ConsentState | None, CONSENT] = None
    on: Annotated[Day | None, CONSENT] = None
    language: Annotated[Language | None, CONSENT] = None
    interpreter: Annotated[Line | None, CONSENT] = None
