"""Section core: the case, its people, their consents and the gates passed. Nothing here about claim or status."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from avrr_desktop.domain.fields import (
    Code,
    Country,
    Day,
    Entity,
    Id,
    Instant,
    Language,
    Line,
    Paper,
    Register,
    Sensitivity,
    Zone,
    prints,
)
from avrr_desktop.domain.sections import Section
from avrr_desktop.domain.stages import Standing

NUMBER = Register("number")
OPENED = Register("opened")
STANDING = Register("standing", blocking=True, protective="standing", order=tuple(Standing))
OFFICER = Register("officer")
DESTINATION = Register("destination")


class Case(Entity):
    """A file: one person, or a family travelling together. Its id is the case id."""

    kind: ClassVar[str] = "case"
    section: ClassVar[Section] = Section.CORE

    number: Annotated[Line | None, NUMBER, prints(Paper.PLAN, Paper.ITINERARY, Paper.DECLARATION)] = None
    opened_at: Annotated[Instant | None, OPENED] = None
    opened_zone: Annotated[Zone | None, OPENED] = None
    standing: Annotated[Standing | None, STANDING] = None
    officer: Annotated[Id | None, OFFICER] = None
    destination_country: Annotated[Country | None, DESTINATION, prints(Paper.PLAN, Paper.DECLARATION)] = None
    destination_place: Annotated[Line | None, DESTINATION, prints(Paper.PLAN, Paper.DECLARATION)] = None


class Sex(StrEnum):
    """As in the document; X and unknown are answers."""

    FEMALE = "F"
    MALE = "M"
    X = "X"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How exactly a date of birth is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ESTIMATED = "estimated"


class Relation(StrEnum):
    """To the principal person of the case."""

    PRINCIPAL = "principal"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    OTHER = "other"


class Reads(StrEnum):
    """Literacy in the preferred language."""

    YES = "yes"
    LITTLE = "little"
    NO = "no"


class SafeToCall(StrEnum):
    """Whether a call may be overheard."""

    YES = "yes"
    NO = "no"
    ONLY_TIMES = "only_times"


NAME = Register("name")
OWN_SCRIPT = Register("own_script")
BIRTH = Register("birth")
SEX = Register("sex")
PLACE = Register("place")
PARTICIPATION = Register("participation", blocking=True, protective="participates", order=("false", "true"))
LANGUAGE = Register("language")
CONTACT = Register("contact", protective="safe_to_call", order=("no", "only_times", "yes"))
CITIZENSHIPS_ASKED = Register("citizenships_asked")


class Person(Entity):
    """Someone in the case; a Canadian-born child is a person and no participant."""

    kind: ClassVar[str] = "person"
    section: ClassVar[Section] = Section.CORE

    family_name: Annotated[Line | None, NAME, prints(Paper.PLAN, Paper.ITINERARY, Paper.DECLARATION)] = None
    given_names: Annotated[Line | None, NAME, prints(Paper.PLAN, Paper.ITINERARY, Paper.DECLARATION)] = None
    script_name: Annotated[Line | None, OWN_SCRIPT, prints(Paper.PLAN, Paper.ITINERARY)] = None
    born_on: Annotated[Day | None, BIRTH, prints(Paper.DECLARATION)] = None
    born_precision: Annotated[Precision | None, BIRTH] = None
    birth_place: Annotated[Line | None, BIRTH] = None
    sex: Annotated[Sex | None, SEX] = None
    relation: Annotated[Relation | None, PLACE] = None
    travels: Annotated[bool | None, PLACE] = None
    participates: Annotated[bool | None, PARTICIPATION] = None
    language: Annotated[Language | None, LANGUAGE] = None
    reads: Annotated[Reads | None, LANGUAGE] = None
    interpreter: Annotated[bool | None, LANGUAGE] = None
    phone: Annotated[Line | None, CONTACT, Sensitivity.RESTRICTED] = None
    safe_to_call: Annotated[SafeToCall | None, CONTACT] = None
    call_note: Annotated[Line | None, CONTACT] = None
    other_citizenships_asked_on: Annotated[Day | None, CITIZENSHIPS_ASKED] = None


CITIZENSHIP = Register("citizenship")


class Citizenship(Entity):
    """One citizenship of one person; a dual national has two of these records."""

    kind: ClassVar[str] = "citizenship"
    section: ClassVar[Section] = Section.CORE

    person: Annotated[Id | None, CITIZENSHIP] = None
    country: Annotated[Country | None, CITIZENSHIP] = None


class Purpose(StrEnum):
    """What data are used for. Source: DOMAIN.md 10.1, principle 4."""

    ASSISTANCE = "assistance"
    RECEIVING_OFFICE = "receiving_office"
    CONSULATE = "consulate"
    SERVICE_PROVIDER = "service_provider"
    HEALTH_PROVIDER = "health_provider"
    RESEARCH = "research"
    AUTHORITY = "authority"


class ConsentState(StrEnum):
    """Most protective first."""

    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    GIVEN = "given"


CONSENT_OF = Register("of")
CONSENT = Register("state", blocking=True, protective="state", order=tuple(ConsentState))


class Consent(Entity):
    """One person's answer for one purpose; toward the host country's authorities it is an `AuthorityConsent`."""

    kind: ClassVar[str] = "consent"
    section: ClassVar[Section] = Section.CORE

    person: Annotated[Id | None, CONSENT_OF] = None
    purpose: Annotated[Purpose | None, CONSENT_OF] = None
    state: Annotated[ConsentState | None, CONSENT] = None
    on: Annotated[Day | None, CONSENT] = None
    language: Annotated[Language | None, CONSENT] = None
    interpreter: Annotated[Line | None, CONSENT] = None


GATE_PASS = Register("pass", blocking=True)


class GatePass(Entity):
    """A gate of the programme passed: which, when, by whom; never why."""

    kind: ClassVar[str] = "gate_pass"
    section: ClassVar[Section] = Section.CORE

    gate: Annotated[Code | None, GATE_PASS] = None
    at: Annotated[Instant | None, GATE_PASS] = None
    by: Annotated[Id | None, GATE_PASS] = None
