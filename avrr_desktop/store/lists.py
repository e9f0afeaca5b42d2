"""Working lists of cases as plain rows: count first, ids on demand, 200 rows at a time. No sqlmodel here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from avrr_desktop.domain.sections import Section
from avrr_desktop.store.search import CASE_BITS, PLACE_DIGITS, Candidate, in_sections, marks, match_text, similar

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

Pill = Literal["open", "mine", "clock", "ended"]
Order = Literal["due", "newest"]

MOST_FOUND = 2000
"""Cases a search returns: more than anyone reads, few enough to order while one types (TECH.md 3)."""

_AT_ONCE = 500
_COLUMNS = {"case": "case_id"}
_LEGAL = frozenset({"received_at", "due_at", "ended", "return_kind"})


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """
    Which cases.

    Attributes:
        pill: "open", "mine" (open and this officer's), "clock" (the first contact is due), "ended".
        officer: For "mine".
        sections: What the caller may read; without core nothing is listed, without legal no clock is known.
    """

    pill: Pill = "open"
    officer: str = ""
    sections: frozenset[Section] = frozenset()


class CaseRow(NamedTuple):
    """
    A case as a list shows it; a plain tuple, as 200 are made at each key typed.

    Attributes:
        title: Given and family name of the principal person; None where no name is held.
        stage: Word of `domain.stages.Stage`.
        due_at: End of the 24-hour clock while it runs. Like received_at, ended (how the case ended early) and
            return_kind None without section legal. Both instants as text (`domain.clock.instant_text`): few rows
            have a clock, and few of those are drawn.
    """

    case: str
    number: str | None
    title: str | None
    script_name: str | None
    people: int
    stage: str
    standing: str | None
    officer: str | None
    received_at: str | None
    due_at: str | None
    ended: str | None
    return_kind: str | None


class CaseLists:
    """Read the summary through the reading connection."""

    def __init__(self, reader: Connection) -> None:
        self._db = reader

    def count(self, wanted: CaseFilter, query: str = "") -> int:
        """Return how many cases *wanted* has; with a query at most `MOST_FOUND`."""
        if query.strip():
            return len(self.ids(wanted, query))
        where, parameters = _where(wanted)
        found = self._db.execute(f"SELECT count(*) FROM case_summary s WHERE {where}", parameters).fetchone()
        return int(found[0])

    def ids(
        self, wanted: CaseFilter, query: str = "", order: Order = "due", *, limit: int = -1, offset: int = 0
    ) -> list[str]:
        """
        Return case ids in order: "due" (running clocks first and soonest, then the newest), "newest".

        Args:
            query: Words as typed (`search.match_text`); blank for all. One that says nothing finds nothing.
            limit: At most so many; -1 for all.
        """
        where, parameters = _where(wanted)
        sorting = _sorting(wanted, order)
        if not query.strip():
            rows = self._db.execute(
                f"SELECT s.case_id FROM case_summary s WHERE {where} ORDER BY {sorting} LIMIT ? OFFSET ?",
                (*parameters, limit, offset),
            )
            return [case for (case,) in rows.fetchall()]
        expression = match_text(query)
        if expression is None:
            return []
        (found,) = self._db.execute(
            f"SELECT group_concat(hit, ' ') FROM (SELECT {_place(wanted, order)} || s.case_id AS hit FROM search_text"
            f" CROSS JOIN case_summary s ON s.key = search_text.rowid >> {CASE_BITS}"
            f" WHERE search_text MATCH ? AND {in_sections('search_text.rowid', wanted.sections)} AND {where} LIMIT ?)",
            (expression, *parameters, MOST_FOUND),
        ).fetchone()
        # One text, cut and sorted here: rows of values cost as much as finding them (measured: 1.0 for 1.9 ms).
        hits = sorted(dict.fromkeys(found.split(" "))) if found else []
        cases = [hit[PLACE_DIGITS:] for hit in hits]
        return cases[offset:] if limit < 0 else cases[offset : offset + limit]

    def rows(self, ids: Sequence[str], *, sections: Collection[Section]) -> list[CaseRow]:
        """Return the rows of *ids* in their order; one that is not known any more is left out."""
        return [CaseRow._make(cells) for cells in self.cells(ids, CaseRow._fields, sections=sections)]

    def cells(
        self, ids: Sequence[str], names: Sequence[str], *, sections: Collection[Section]
    ) -> list[tuple[Any, ...]]:
        """
        Return some fields of `rows` as plain tuples: each column read is a twentieth of the time of a list.

        Args:
            ids: Cases, in the order wanted.
            names: Fields of `CaseRow`, "case" first.
            sections: What the caller may read.
        """
        if Section.CORE not in sections:
            return []
        hidden = () if Section.LEGAL in sections else _LEGAL
        columns = ", ".join("NULL" if name in hidden else _COLUMNS.get(name, name) for name in names)
        found: dict[str, tuple[Any, ...]] = {}
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            rows = self._db.execute(
                f"SELECT {columns} FROM case_summary WHERE case_id IN ({marks(part)}) AND is_open IS NOT NULL",
                tuple(part),
            ).fetchall()
            found |= {row[0]: row for row in rows}
        return [found[case] for case in ids if case in found]

    def similar(
        self,
        names: str,
        *,
        born_on: date | None = None,
        sections: Collection[Section] = frozenset({Section.CORE}),
    ) -> list[Candidate]:
        """Return people already known whose names are like these (`search.similar`)."""
        return similar(self._db, names, born_on=born_on, sections=sections)

    def officer_names(self) -> dict[str, str]:
        """Return officer ids with their names."""
        rows = self._db.execute("SELECT id, coalesce(name, '') FROM officer WHERE row_state IN (0, 2)").fetchall()
        return dict(rows)

    def interviews_by_form(self) -> dict[str, int]:
        """Return how many interviews of all cases began with each version of a form, by its sha256."""
        rows = self._db.execute(
            "SELECT form_sha256, count(*) FROM interview WHERE row_state IN (0, 2) AND form_sha256 IS NOT NULL"
            " GROUP BY form_sha256"
        ).fetchall()
        return dict(rows)


def _where(wanted: CaseFilter) -> tuple[str, tuple[object, ...]]:
    if Section.CORE not in wanted.sections:
        return "0", ()
    if wanted.pill == "ended":
        return "s.is_open = 0", ()
    if wanted.pill == "mine":
        return "s.is_open = 1 AND s.officer = ?", (wanted.officer,)
    if wanted.pill == "clock":
        return ("s.is_open = 1 AND s.due_at IS NULL = 0", ()) if Section.LEGAL in wanted.sections else ("0", ())
    return "s.is_open = 1", ()


def _sorting(wanted: CaseFilter, order: Order) -> str:
    if order == "due" and Section.LEGAL in wanted.sections:
        return "s.due_at IS NULL, s.due_at, s.opened_at DESC, s.case_id"
    return "s.opened_at DESC, s.case_id"


def _place(wanted: CaseFilter, order: Order) -> str:
    """Return the place of a found case in *order*: as `_sorting`, in `PLACE_DIGITS` digits."""
    return "s.due_place" if order == "due" and Section.LEGAL in wanted.sections else "s.new_place"
