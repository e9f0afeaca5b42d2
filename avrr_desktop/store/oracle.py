"""Hold what is shown against the commits: make it anew, compare, take it back (DESIGN.md 4: one journal, one way)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from avrr_desktop.store.search import PHONE
from avrr_desktop.store.summary import SUMMARY_COLUMNS, SUMMARY_TABLES
from avrr_desktop.store.tables import typed_tables

if TYPE_CHECKING:
    from avrr_desktop.store.file import Connection

_REGISTER = """SELECT stream.name, kind, entity, register.name, value, flags FROM register
    JOIN stream ON stream.id = register.stream ORDER BY 1, 2, 3, 4"""
_SUMMARY = f"""SELECT {", ".join(SUMMARY_COLUMNS)} FROM {SUMMARY_TABLES[0]}
    WHERE is_open IS NOT NULL ORDER BY case_id"""
_SEARCH = f"""SELECT r.stream, r.section, r.case_id, r.kind, r.entity, r.name, r.skeleton, r.born_on,
    t.native, t.latin, t.number, p.phone FROM search_row r LEFT JOIN search_text t ON t.rowid = r.id
    LEFT JOIN search_text p ON p.rowid = r.id + {PHONE} ORDER BY r.stream, r.kind, r.entity"""


def differing(connection: Connection, make_anew: Callable[[], object]) -> tuple[str, ...]:
    """
    Return the names of what is not the same after *make_anew*; no local numbers are compared.

    Args:
        connection: The writer, inside the transaction that *make_anew* writes in.
    """
    before = _image(connection)
    make_anew()
    after = _image(connection)
    return tuple(name for name in before if before[name] != after[name])


def _image(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    questions = {table: f'SELECT * FROM "{table}" ORDER BY stream, id' for table in typed_tables()}
    questions[SUMMARY_TABLES[0]] = _SUMMARY
    questions |= {"search": _SEARCH, "register": _REGISTER}
    return {name: connection.execute(question).fetchall() for name, question in questions.items()}
