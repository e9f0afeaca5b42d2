"""Domain values out of the typed tables, one case at a time, through SQLModel. Loaded at the first read.

Reads run on the reading connection and see what is committed; while a work is open they run on the writing one,
so that a verb sees its own values.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine, text
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col, select

from avrr_desktop.domain.fields import Entity
from avrr_desktop.domain.sections import CASE_SECTIONS, OFFICE_SECTIONS, Section, Stream, case_stream, office_stream
from avrr_desktop.store.tables import SHOWN, row_class

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

E = TypeVar("E", bound=Entity)


@dataclass(frozen=True, slots=True)
class Found(Generic[E]):
    """An entity with its id and the stream it lives in."""

    id: str
    stream: Stream
    value: E


class _Borrowed:
    """A connection SQLAlchemy may read through; beginning and ending transactions stays with the store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """Leave the transaction to its owner."""

    def rollback(self) -> None:
        """Leave the transaction to its owner."""

    def close(self) -> None:
        """Leave the connection to its owner."""


class Reader:
    """Read entities through one connection."""

    def __init__(self, connection: Connection) -> None:
        borrowed = _Borrowed(connection)
        # module= makes SQLAlchemy wrap sqlcipher3's errors in its own (TECH.md 2).
        self._engine = create_engine(
            "sqlite://", creator=lambda: borrowed, module=sqlcipher, poolclass=StaticPool, isolation_level="AUTOCOMMIT"
        )

    def get(self, entity_class: type[E], entity_id: str, *, stream: Stream) -> E | None:
        """Return an entity; None when it is unknown or in the trash."""
        with Session(self._engine) as session:
            row = session.get(row_class(entity_class), (stream, entity_id))
            if row is None or row.row_state not in SHOWN:
                return None
            return entity_class.model_validate(row, from_attributes=True)

    def find(
        self,
        entity_class: type[E],
        *,
        case: str | None = None,
        sections: Collection[Section] | None = None,
        **equals: object,
    ) -> list[Found[E]]:
        """
        Return entities in the order in which they came to this laptop.

        Args:
            case: The case; None for a kind of the office.
            sections: Only these; None for the kind's own, for a companion every section of a case.
            equals: Field values to match.
        """
        row = row_class(entity_class)
        question = select(row).where(
            col(row.stream).in_(_streams(entity_class, case, sections)), col(row.row_state).in_(SHOWN)
        )
        for field, value in equals.items():
            question = question.where(getattr(row, field) == value)
        with Session(self._engine) as session:
            rows = session.exec(question.order_by(text(f'"{entity_class.kind}".rowid'))).all()
            return [Found(r.id, Stream(r.stream), entity_class.model_validate(r, from_attributes=True)) for r in rows]

    def close(self) -> None:
        """Forget the engine; the connection stays open."""
        self._engine.dispose()


def _streams(entity_class: type[Entity], case: str | None, sections: Collection[Section] | None) -> list[Stream]:
    if sections is None:
        own = entity_class.section
        sections = CASE_SECTIONS if own is None else (own,)
    if case is None:
        return [office_stream(section) for section in sections if section in OFFICE_SECTIONS]
    return [case_stream(case, section) for section in sections]
