"""Typed tables: the domain's classes with `table=True`, made by a small metaclass (DESIGN.md 3).

A row is a projection of the registers of one entity in one stream. Its text is the journal's canonical value, so
projection and journal hold the same bytes. Nothing here writes; `projection` does, with plain statements.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter
from sqlalchemy import Dialect, Integer, MetaData, Table, Text
from sqlalchemy.dialects.sqlite import dialect as sqlite
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field
from sqlmodel.main import SQLModelMetaclass

from avrr_desktop.domain.fields import Entity
from avrr_desktop.domain.kinds import KINDS

typed = MetaData()
"""Holds the typed tables and nothing else."""


class RowState(IntEnum):
    """Whether a row is shown. DISPUTED: trashed by someone who had not seen all of it. ERASED: no value is left."""

    PRESENT = 0
    TRASHED = 1
    DISPUTED = 2
    ERASED = 3


SHOWN = (RowState.PRESENT, RowState.DISPUTED)
"""The states in which `get` and `find` return a row."""


class Canonical(TypeDecorator[Any]):
    """Text that is the journal's canonical value of a field."""

    impl = Text
    cache_ok = True

    def __init__(self, annotation: Any) -> None:
        super().__init__()
        self.annotation = annotation

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Write a field value as the journal spells it."""
        if value is None:
            return None
        adapter = _adapter(self.annotation)
        return adapter.dump_python(adapter.validate_python(value), mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Read the journal's spelling."""
        return None if value is None else _adapter(self.annotation).validate_python(value)


@cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)


class RowType(SQLModelMetaclass):
    """Makes a row class of an entity class: every field nullable, texts canonical, truths and numbers as integers."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any], **kw: Any) -> Any:
        """Build the row class from the fields of its first base."""
        entity = bases[0]
        notes = body.setdefault("__annotations__", {})
        for field, info in entity.model_fields.items():  # type: ignore[attr-defined]  # bases[0] is an Entity
            notes[field] = info.annotation
            column = Integer() if _is_number(info.annotation) else Canonical(info.annotation)
            body[field] = Field(default=None, nullable=True, sa_type=column)
        body["model_config"] = {"frozen": False, "validate_assignment": False, "extra": "ignore"}
        return super().__new__(mcs, name, bases, body, **kw)


def _is_number(annotation: Any) -> bool:
    """Tell whether an optional field holds truths or whole numbers; `Annotated` is looked through."""
    parts = {getattr(part, "__origin__", part) for part in get_args(annotation)}
    return bool(parts & {bool, int})


@cache
def row_class(entity: type[Entity]) -> Any:
    """Return the row class of *entity*; its table is called like its kind."""
    body: dict[str, Any] = {
        "__module__": __name__,
        "__qualname__": f"{entity.__name__}Row",
        "__tablename__": entity.kind,
        "__annotations__": {"stream": str, "id": str, "row_state": int},
        "metadata": typed,
        "stream": Field(primary_key=True),
        "id": Field(primary_key=True),
        "row_state": Field(default=0),
    }
    make: Any = RowType
    return make(f"{entity.__name__}Row", (entity,), body, table=True)


def typed_tables() -> dict[str, Table]:
    """Return the table of every kind, by kind."""
    return {kind: row_class(entity).__table__ for kind, entity in KINDS.items()}


def typed_ddl() -> list[str]:
    """Return the statements that make the typed tables, without their guard."""
    return [str(CreateTable(table).compile(dialect=sqlite())) for table in typed_tables().values()]
