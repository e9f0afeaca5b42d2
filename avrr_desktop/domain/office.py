"""The office's own sections: its settings, officers, laptops, form versions, wordings and programme confirmations."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from avrr_desktop.domain.fields import (
    Code,
    Country,
    Currency,
    Day,
    Entity,
    Id,
    Instant,
    Language,
    Line,
    Minor,
    Paper,
    Register,
    Text,
    Zone,
    prints,
)
from avrr_desktop.domain.sections import Section

NAME = Register("name")
REACH = Register("reach")
HABITS = Register("habits")


class Office(Entity):
    """The office this store belongs to. Its id is "office"."""

    kind: ClassVar[str] = "office"
    section: ClassVar[Section] = Section.SETTINGS

    name: Annotated[Line | None, NAME, prints(Paper.PLAN, Paper.ITINERARY, Paper.RECOVERY)] = None
    code: Annotated[Code | None, NAME] = None
    rehearsal: Annotated[bool | None, NAME] = None
    address: Annotated[Line | None, REACH, prints(Paper.PLAN)] = None
    phone: Annotated[Line | None, REACH, prints(Paper.PLAN, Paper.ITINERARY)] = None
    night_phone: Annotated[Line | None, REACH, prints(Paper.PLAN, Paper.ITINERARY)] = None
    zone: Annotated[Zone | None, HABITS] = None
    languages: Annotated[Line | None, HABITS] = None
    currency: Annotated[Currency | None, HABITS] = None


OFFICER_NAME = Register("name")
ROLES = Register("roles", blocking=True)


class Officer(Entity):
    """Someone who works with this store; roles are words of `domain.sections.Role`, blank-separated and sorted."""

    kind: ClassVar[str] = "officer"
    section: ClassVar[Section] = Section.ROSTER

    name: Annotated[Line | None, OFFICER_NAME, prints(Paper.PLAN)] = None
    roles: Annotated[Line | None, ROLES] = None
    active: Annotated[bool | None, ROLES] = None


CERTIFICATE = Register("certificate", blocking=True)


class Device(Entity):
    """A laptop and its self-signed certificate."""

    kind: ClassVar[str] = "device"
    section: ClassVar[Section] = Section.ROSTER

    name: Annotated[Line | None, CERTIFICATE] = None
    certificate: Annotated[Text | None, CERTIFICATE] = None


FORM_VERSION = Register("form_version", blocking=True)
FORM_RETIRED = Register("retired", blocking=True)


class FormVersion(Entity):
    """
    An immutable version of a questionnaire, with its source as a blob. Its id is the checksum of that source.

    Only the register "retired" changes: no new interview begins with a retired version, those begun go on.
    """

    kind: ClassVar[str] = "form_version"
    section: ClassVar[Section] = Section.FORMS

    form_id: Annotated[Code | None, FORM_VERSION] = None
    version: Annotated[Code | None, FORM_VERSION] = None
    title: Annotated[Line | None, FORM_VERSION] = None
    sha256: Annotated[Code | None, FORM_VERSION] = None
    blob: Annotated[Id | None, FORM_VERSION] = None
    source: Annotated[Code | None, FORM_VERSION] = None
    added_at: Annotated[Instant | None, FORM_VERSION] = None
    added_by: Annotated[Id | None, FORM_VERSION] = None
    retired_on: Annotated[Day | None, FORM_RETIRED] = None
    retired_by: Annotated[Id | None, FORM_RETIRED] = None


class SheetTopic(StrEnum):
    """What a country sheet tells about. Source: DOMAIN.md 4.3."""

    SITUATION = "situation"
    SECURITY = "security"
    HOUSING = "housing"
    HEALTH = "health"
    SCHOOL = "school"
    WORK = "work"
    SERVICES = "services"
    CONTACTS = "contacts"


COUNTRY_SHEET = Register("sheet", blocking=True)


class CountrySheet(Entity):
    """What the office tells about one place and one topic, with source and date, in one language."""

    kind: ClassVar[str] = "country_sheet"
    section: ClassVar[Section] = Section.DIRECTORY

    country: Annotated[Country | None, COUNTRY_SHEET] = None
    place: Annotated[Line | None, COUNTRY_SHEET] = None
    topic: Annotated[SheetTopic | None, COUNTRY_SHEET] = None
    language: Annotated[Language | None, COUNTRY_SHEET] = None
    text: Annotated[Text | None, COUNTRY_SHEET] = None
    source: Annotated[Line | None, COUNTRY_SHEET] = None
    as_of: Annotated[Day | None, COUNTRY_SHEET] = None


WORDING = Register("wording", blocking=True)


class Wording(Entity):
    """An office's text of a paper in one language, with who approved it. Its id is "<name>.<language>"."""

    kind: ClassVar[str] = "wording"
    section: ClassVar[Section] = Section.WORDING

    name: Annotated[Code | None, WORDING] = None
    language: Annotated[Language | None, WORDING] = None
    text: Annotated[Text | None, WORDING] = None
    approved_by: Annotated[Line | None, WORDING] = None
    approved_on: Annotated[Day | None, WORDING] = None


CONFIRMED = Register("confirmed", blocking=True)


class ProgrammeConfirmation(Entity):
    """The office's word that an amount of a programme is its own. Its id is "<programme>.<rule>"."""

    kind: ClassVar[str] = "programme_confirmation"
    section: ClassVar[Section] = Section.PROGRAMME

    programme: Annotated[Code | None, CONFIRMED] = None
    rule: Annotated[Code | None, CONFIRMED] = None
    amount_minor: Annotated[Minor | None, CONFIRMED] = None
    by: Annotated[Id | None, CONFIRMED] = None
    at: Annotated[Instant | None, CONFIRMED] = None
