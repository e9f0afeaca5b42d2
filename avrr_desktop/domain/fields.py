"""How a field is declared: its register, its sensitivity and the papers it may stand on.

A field reads `name: Annotated[X | None, REGISTER, …] = None`. None means not known, cleared or not held here.
A class checks values, never completeness. One value is checked with `check_value`.

Trap: `Annotated[str, Register()] | None` silently loses the marker; a test demands a register on every field.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, TypeAdapter, ValidationError
from sqlmodel import SQLModel

from avrr_desktop.domain.clock import instant_text, read_instant
from avrr_desktop.domain.failures import BadValue
from avrr_desktop.domain.sections import Section


@dataclass(frozen=True, slots=True)
class Register:
    """
    A group of fields that change together: one journal value holds all of them.

    Args:
        name: Frozen into signed bytes.
        blocking: An open conflict on it blocks printing, paying and closing; each value is sealed at once.
        protective: Name of the field whose value decides a provisional winner; empty for the latest.
        order: Values of that field, most protective first.
    """

    name: str
    blocking: bool = False
    protective: str = ""
    order: tuple[str, ...] = ()

    @property
    def seals(self) -> bool:
        """Tell whether a new value seals what is open before it (DESIGN.md 4, rule 5)."""
        return self.blocking or bool(self.protective)


class Sensitivity(StrEnum):
    """Classes of DOMAIN.md 10.2: normal, restricted, protection."""

    NORMAL = "N"
    RESTRICTED = "R"
    PROTECTION = "P"


class Paper(StrEnum):
    """The papers of this version."""

    PLAN = "plan"
    ITINERARY = "itinerary"
    DECLARATION = "declaration"
    INTERVIEW = "interview"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Prints:
    """The papers a field may stand on; a field without this marker stands on none."""

    papers: frozenset[Paper]


def prints(*papers: Paper) -> Prints:
    """Return the marker for *papers*."""
    return Prints(frozenset(papers))


def _clean(text: str) -> str:
    """Normalise to NFC and refuse control and direction characters (U+0009 and U+000A stay)."""
    text = unicodedata.normalize("NFC", text)
    for letter in text:
        kind = unicodedata.category(letter)
        if (kind == "Cc" and letter not in "\t\n") or kind in ("Cs", "Co", "Cn") or letter in _DIRECTION:
            raise ValueError("character")
    return text


_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Embeddings, overrides, isolates and the byte order mark; they come from pasting and reorder other people's text."""


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("line")
    return text.strip()


def _read_instant(value: object) -> object:
    return read_instant(value) if isinstance(value, str) else value


def _utc(value: datetime) -> datetime:
    return read_instant(instant_text(value))


Line = Annotated[str, Field(max_length=200), AfterValidator(_clean), AfterValidator(_one_line)]
"""One line for people, at most 200 characters."""
Text = Annotated[str, Field(max_length=8000), AfterValidator(_clean)]
"""Running text of several lines."""
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,79}$")]
"""A word of a code list."""
Id = Annotated[str, Field(pattern=r"^[a-z2-7]{26}$")]
"""An id made by `domain.ids.new_id`."""
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2, and XK for Kosovo."""
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""ISO 4217."""
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""BCP 47."""
Zone = Annotated[str, Field(pattern=r"^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$", max_length=64)]
"""IANA time zone name."""
Airport = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""IATA location identifier."""
FlightNumber = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,3} ?[0-9]{1,4}[A-Z]?$")]
"""Carrier and number as on the ticket: "TK 18", "LH1336"."""
Minor = Annotated[int, Field(ge=0, le=10**13)]
"""Money in minor units."""
Count = Annotated[int, Field(ge=0, le=10**6)]
"""A small whole number."""
Decimal = Annotated[str, Field(pattern=r"^\d{1,12}(\.\d{1,10})?$")]
"""A decimal number as text: a rate, a quantity."""
LocalTime = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$")]
"""A wall-clock time at a place whose zone stands beside it."""
Instant = Annotated[
    datetime,
    BeforeValidator(_read_instant),
    AfterValidator(_utc),
    PlainSerializer(instant_text, return_type=str, when_used="json"),
]
"""An aware instant in UTC, milliseconds."""
Day = date
"""A calendar date."""


class Entity(SQLModel):
    """
    A kind of record. Its class variables place it; its annotations declare each field once.

    Attributes:
        kind: Name in the journal, frozen into signed bytes.
        section: The one section it belongs to; None for a companion, which lives with the record it belongs to.
    """

    kind: ClassVar[str] = ""
    section: ClassVar[Section | None] = None


DELETED = Register("_del")
"""The register of the trash: {"deleted": true}; every kind has it."""


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One declared field: name, its register, how sensitive it is, where it may be printed."""

    name: str
    register: Register
    sensitivity: Sensitivity
    papers: frozenset[Paper]


@cache
def declared(entity: type[Entity]) -> dict[str, FieldInfo]:
    """Return the fields of *entity* by name, in the order of declaration."""
    found: dict[str, FieldInfo] = {}
    for name, info in entity.model_fields.items():
        registers = [m for m in info.metadata if isinstance(m, Register)]
        if len(registers) != 1:
            raise TypeError(f"{entity.__name__}.{name} needs exactly one register")
        sensitivity = [m for m in info.metadata if isinstance(m, Sensitivity)]
        papers = [m for m in info.metadata if isinstance(m, Prints)]
        found[name] = FieldInfo(
            name,
            registers[0],
            sensitivity[0] if sensitivity else Sensitivity.NORMAL,
            papers[0].papers if papers else frozenset(),
        )
    return found


@cache
def registers(entity: type[Entity]) -> dict[str, tuple[Register, tuple[str, ...]]]:
    """Return the registers of *entity* by name, each with its fields in the order of declaration."""
    found: dict[str, tuple[Register, tuple[str, ...]]] = {}
    for info in declared(entity).values():
        register, names = found.get(info.register.name, (info.register, ()))
        if register != info.register:
            raise TypeError(f"{entity.__name__}: two registers are called {register.name}")
        found[register.name] = (register, (*names, info.name))
    return found


@cache
def field_type(entity: type[Entity], field: str) -> TypeAdapter[Any]:
    """Return what reads and writes one field's value."""
    info = entity.model_fields[field]
    kept = [m for m in info.metadata if not isinstance(m, (Register, Sensitivity, Prints))]
    annotation: Any = info.annotation
    for marker in kept:
        annotation = Annotated[annotation, marker]
    return TypeAdapter(annotation)


def check_value(entity: type[Entity], field: str, value: object) -> Any:
    """
    Return *value* as the field holds it, or refuse it.

    Raises:
        BadValue: "value.refused" with entity, field and pydantic's word for the reason.
    """
    try:
        return field_type(entity, field).validate_python(value)
    except ValidationError as broken:
        why = broken.errors()[0]
        raise BadValue(
            "value.refused", entity=entity.kind, field=field, why=why["type"], detail=str(why.get("ctx", ""))
        ) from broken


def to_journal(entity: type[Entity], field: str, value: object) -> bool | int | str | None:
    """Return the journal's canonical value of a checked field value: None, a truth, a whole number or text."""
    if value is None:
        return None
    plain = field_type(entity, field).dump_python(value, mode="json")
    if not isinstance(plain, (bool, int, str)):
        raise TypeError(f"{entity.__name__}.{field} is no scalar")
    return plain


def from_journal(entity: type[Entity], field: str, value: object) -> Any:
    """Return the field value of a journal's value; `BadValue` when it is not understood."""
    return check_value(entity, field, value)
