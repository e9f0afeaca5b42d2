"""One plain row per case for lists, and the words it is found by; both follow the typed tables inside the same work.

A case keeps its key and its empty row when it is trashed, as the numbers of its records hold the key (`store.search`);
a row with `is_open` null is shown nowhere.

Protection and medical are never indexed (DESIGN.md 4, sections): only the fields named here are.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from avrr_desktop.domain.clock import instant_text, milliseconds, read_instant
from avrr_desktop.domain.sections import Section, case_stream, split_stream
from avrr_desktop.domain.stages import Stage, Standing, stage_of
from avrr_desktop.store.folding import fold_latin, fold_native, fold_number, phone_words, skeleton, words
from avrr_desktop.store.ledger import DELETED, Place
from avrr_desktop.store.search import CASE_BITS, PHONE, next_record

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

SUMMARY_TABLES = ("case_summary", "search_row")
"""Tables of this module that stand under the guard; a virtual table cannot carry triggers."""

SUMMARY_DDL = (
    """CREATE TABLE case_summary (
        key INTEGER PRIMARY KEY, case_id TEXT NOT NULL UNIQUE, is_open INTEGER, due_place INTEGER, new_place INTEGER,
        number TEXT, title TEXT, script_name TEXT, people INTEGER, stage TEXT, standing TEXT, officer TEXT,
        received_at TEXT, due_at TEXT, opened_at TEXT, ended TEXT, return_kind TEXT
    )""",
    "CREATE INDEX case_due ON case_summary (is_open, due_at IS NULL, due_at, opened_at DESC, case_id, officer)",
    "CREATE INDEX case_new ON case_summary (is_open, opened_at DESC, case_id, officer)",
    """CREATE TABLE search_row (
        id INTEGER PRIMARY KEY, stream TEXT NOT NULL, section TEXT NOT NULL, case_id TEXT NOT NULL,
        kind TEXT NOT NULL, entity TEXT NOT NULL, name TEXT, skeleton TEXT, born_on TEXT,
        UNIQUE (stream, kind, entity)
    )""",
    "CREATE INDEX search_skeleton ON search_row (skeleton) WHERE skeleton IS NOT NULL",
    """CREATE VIRTUAL TABLE search_text USING fts5 (
        native, latin, number, phone, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
    )""",
    "INSERT INTO search_text (search_text, rank) VALUES ('secure-delete', 1)",
)
"""Statements that make summary and search; a word that is deleted leaves no trace in the index either."""

SUMMARY_COLUMNS = (
    "case_id", "is_open", "due_place", "new_place", "number", "title", "script_name", "people", "stage", "standing",
    "officer", "received_at", "due_at", "opened_at", "ended", "return_kind",
)  # fmt: skip
"""Columns of a case's row that follow from the journal: all but its key."""

_SOONER, _LATER = 10**15, 2 * 10**15
"""What runs a clock stands before what does not; both make places of `search.PLACE_DIGITS` digits."""

_TO_ROW = ", ".join(f"{name} = ?" for name in SUMMARY_COLUMNS)
_COLUMNS = ", ".join(SUMMARY_COLUMNS)

CONTACT_WITHIN = timedelta(hours=24)
"""The clock of the first contact. Source: DOMAIN.md 3 (24-hour service standard)."""

CLOSED = (Standing.NOT_TRAVELLING.value, Standing.CLOSED.value)

FOLLOWED: dict[str, frozenset[str]] = {
    "case": frozenset({"number", "opened", "standing", "officer", DELETED}),
    "person": frozenset({"name", "own_script", "birth", "place", "contact", DELETED}),
    "gate_pass": frozenset({"pass", DELETED}),
    "referral": frozenset({"received", "sender", "first_contact", DELETED}),
    "outcome": frozenset({"outcome", DELETED}),
    "participation": frozenset({"programme", DELETED}),
}
"""Kinds and registers a summary or a search row is made of."""

INDEXED = frozenset({"case", "person", "referral"})
"""Kinds that can be searched for."""

_SHOWN = "stream = ? AND row_state IN (0, 2)"


class Summaries:
    """Note which cases and records changed during a work; write their rows once at its end."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._cases: set[str] = set()
        self._records: set[tuple[str, str, str]] = set()

    def note(self, place: Place) -> None:
        """Remember that a record changed."""
        if place.register not in FOLLOWED.get(place.kind, ()):
            return
        case, _ = split_stream(place.stream)
        if case is not None:
            self._cases.add(case)
            if place.kind in INDEXED:
                self._records.add(place[:3])

    def write(self) -> None:
        """Write what was noted."""
        for case in sorted(self._cases):
            self._summarise(case)
        for stream, kind, entity in sorted(self._records):
            self._index(stream, kind, entity)
        self._records.clear()
        self._cases.clear()

    def _summarise(self, case: str) -> None:
        core, legal = case_stream(case, Section.CORE), case_stream(case, Section.LEGAL)
        record = self._one(
            f'SELECT number, standing, officer, opened_at FROM "case" WHERE {_SHOWN} AND id = ?', core, case
        )
        people = self._db.execute(
            f"SELECT given_names, family_name, script_name FROM person WHERE {_SHOWN}"
            " ORDER BY relation IS NOT 'principal', rowid",
            (core,),
        ).fetchall()
        referral = self._one(f"SELECT received_at, contacted_at FROM referral WHERE {_SHOWN} AND id = ?", legal, case)
        is_trashed = (
            self._one('SELECT 1 FROM "case" WHERE stream = ? AND id = ? AND row_state NOT IN (0, 2)', core, case)
            is not None
        )
        if is_trashed or (record is None and referral is None and not people):
            self._show(case, (case, *(None,) * (len(SUMMARY_COLUMNS) - 1)))
            return
        number, standing, officer, opened_at = record or (None, None, None, None)
        received_at, contacted_at = referral or (None, None)
        gates = self._db.execute(f"SELECT gate FROM gate_pass WHERE {_SHOWN} AND gate IS NOT NULL", (core,)).fetchall()
        stage = stage_of(frozenset(gate for (gate,) in gates))
        ended = self._one(f"SELECT ending FROM outcome WHERE {_SHOWN} AND id = ?", legal, case)
        kind = self._one(f"SELECT return_kind FROM participation WHERE {_SHOWN} AND id = ?", legal, case)
        is_open = standing not in CLOSED
        runs = contacted_at is None and stage is Stage.REFERRED and is_open
        due_at = instant_text(read_instant(received_at) + CONTACT_WITHIN) if received_at and runs else None
        title = " ".join(filter(None, people[0][:2])) if people else None
        opened = milliseconds(read_instant(opened_at)) if opened_at else 0
        newest = _LATER - opened
        due = _SOONER + milliseconds(read_instant(due_at)) if due_at else newest
        self._show(case, (case, int(is_open), due, newest, number, title, people[0][2] if people else None,
                          len(people), stage.value, standing, officer, received_at, due_at, opened_at,
                          ended and ended[0], kind and kind[0]))  # fmt: skip

    def _show(self, case: str, row: tuple[object, ...]) -> None:
        held = self._one(f"SELECT {_COLUMNS} FROM case_summary WHERE case_id = ?", case)
        if held is None:
            self._db.execute(f"INSERT INTO case_summary ({_COLUMNS}) VALUES (?{', ?' * (len(row) - 1)})", row)
        elif held != row:
            self._db.execute(f"UPDATE case_summary SET {_TO_ROW} WHERE case_id = ?", (*row, case))

    def _one(self, sql: str, *parameters: str) -> Any:
        return self._db.execute(sql, parameters).fetchone()

    def _index(self, stream: str, kind: str, entity: str) -> None:
        case, section = split_stream(stream)
        held = self._one(
            "SELECT id, name, skeleton, born_on FROM search_row WHERE stream = ? AND kind = ? AND entity = ?",
            stream,
            kind,
            entity,
        )
        name, born_on, columns = self._texts(stream, kind, entity)
        number: int | None = held and held[0]
        if not any(columns):
            if number is not None:
                self._db.execute("DELETE FROM search_text WHERE rowid IN (?, ?)", (number, number + PHONE))
                self._db.execute("DELETE FROM search_row WHERE id = ?", (number,))
            return
        row = (stream, section.value, case, kind, entity, name, skeleton(name) if name else None, born_on)
        if number is None:
            number = self._next(case or "", section)
            self._db.execute("INSERT INTO search_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *row))
        elif held[1:] != row[5:]:
            self._db.execute("UPDATE search_row SET name = ?, skeleton = ?, born_on = ? WHERE id = ?",
                             (*row[5:], number))  # fmt: skip
        self._say(number, (*columns[:3], ""))
        self._say(number + PHONE, ("", "", "", columns[3]))

    def _next(self, case: str, section: Section) -> int:
        """Return a free number for a record of *case*."""
        (key,) = self._one("SELECT key FROM case_summary WHERE case_id = ?", case)
        (last,) = self._db.execute(
            "SELECT max(id) FROM search_row WHERE id BETWEEN ? AND ?", (key << CASE_BITS, (key + 1 << CASE_BITS) - 1)
        ).fetchone()
        return next_record(key, section, last)

    def _say(self, number: int, words_of: tuple[str, str, str, str]) -> None:
        """Hold the words of a hit to these; one without words is not in the index."""
        before = self._db.execute(
            "SELECT native, latin, number, phone FROM search_text WHERE rowid = ?", (number,)
        ).fetchone()
        if before == words_of or (before is None and not any(words_of)):
            return
        if before is None:
            self._db.execute("INSERT INTO search_text (rowid, native, latin, number, phone) VALUES (?, ?, ?, ?, ?)",
                             (number, *words_of))  # fmt: skip
        elif not any(words_of):
            self._db.execute("DELETE FROM search_text WHERE rowid = ?", (number,))
        else:
            self._db.execute(
                "UPDATE search_text SET native = ?, latin = ?, number = ?, phone = ? WHERE rowid = ?",
                (*words_of, number),
            )

    def _texts(self, stream: str, kind: str, entity: str) -> tuple[str | None, str | None, tuple[str, str, str, str]]:
        """Return (name as written, date of birth, the four columns) of a record; all empty when it is not shown."""
        nothing = (None, None, ("", "", "", ""))
        if kind == "person":
            row = self._one(
                f"SELECT given_names, family_name, script_name, phone, born_on FROM person WHERE {_SHOWN} AND id = ?",
                stream,
                entity,
            )
            if row is None:
                return nothing
            names = " ".join(filter(None, row[:3]))
            written = " ".join(filter(None, row[:2])) or row[2]
            phone = " ".join(phone_words(row[3] or ""))
            return written, row[4], (*_spellings(names), "", phone)
        if kind == "case":
            row = self._one(f'SELECT number FROM "case" WHERE {_SHOWN} AND id = ?', stream, entity)
            return nothing if row is None else (None, None, ("", "", _number_words(row[0]), ""))
        if kind == "referral":
            row = self._one(f"SELECT client_id FROM referral WHERE {_SHOWN} AND id = ?", stream, entity)
            return nothing if row is None else (None, None, ("", "", fold_number(row[0] or ""), ""))
        return nothing


def _spellings(names: str) -> tuple[str, str]:
    native = " ".join(words(fold_native(names)))
    return native, " ".join(words(fold_latin(names)))


def _number_words(number: str | None) -> str:
    """Return a case number as one word, and its spoken part as another."""
    if number is None:
        return ""
    parts = number.split("-")
    return " ".join([fold_number(number), *([fold_number("".join(parts[2:]))] if len(parts) == 4 else [])])
