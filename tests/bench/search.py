"""Search and the rows of the list, against the bare FTS5 query and the bare page of rows on the same file."""

from __future__ import annotations

import statistics
from itertools import cycle
from typing import Any

from measure import CASES, FEW, Ratio, in_turn, p95, samples
from reference import RARE, RARE_HITS, reference
from store import connect

from avrr_desktop.services.lists import case_counts, case_ids, case_rows, similar_to
from avrr_desktop.store.search import match_text
from avrr_desktop.ui.cases.model import CasesModel, Reader
from avrr_desktop.ui.cases.table import CaseTable
from avrr_desktop.ui.components.rows import ROW

TYPED = ("hor", "horvath", "nguyen t", "garcia maria", "shev", "шевч", "حداد", "41655501", "tor26a", "okafor chidi")
"""What is typed: names in three scripts, a telephone number, a case number."""
MOST = 2000


def bench_search() -> list[Ratio]:
    """Words as typed to ids in order and 200 rows; bare: the same FTS5 expression to rowids, and 200 plain rows."""
    office = reference(CASES)
    session = office.open()
    desk, actor = session.sitting.desk, session.sitting.actor
    bare = connect(office.store_path, office.unlocked.key.reveal())
    mine, theirs = cycle(TYPED), cycle([match_text(typed) for typed in TYPED])

    def ours() -> None:
        ids = case_ids(desk, actor, "open", next(mine))
        case_rows(desk, actor, ids[:200])

    def query() -> None:
        found = bare.execute(
            "SELECT rowid FROM search_text WHERE search_text MATCH ? LIMIT ?", (next(theirs), MOST)
        ).fetchall()
        marks = ", ".join("?" * len(found[:200]))
        bare.execute(f"SELECT * FROM search_row WHERE id IN ({marks})", [row for (row,) in found[:200]]).fetchall()

    try:
        fast, plain = samples(ours, query, 20 * len(TYPED), len(TYPED))
    finally:
        bare.close()
        session.close()
    size = f"{CASES:,} cases, {len(TYPED)} queries"
    return [
        Ratio(
            "search, typed to ids and 200 rows / bare FTS5 query",
            statistics.median(fast),
            statistics.median(plain),
            2,
            size,
        ),
        Ratio("the same, p95", p95(fast), p95(plain), 2, size),
    ]


def bench_search_growth() -> Ratio:
    """Words with equal hits in a small and a large store."""
    many = 10_000 if CASES > 10_000 else FEW
    large, small = reference(CASES), reference(many)
    sessions = [office.open() for office in (large, small)]
    words = cycle(RARE)

    def ask(session: Any) -> None:
        sitting = session.sitting
        if not case_ids(sitting.desk, sitting.actor, "open", next(words)):
            raise RuntimeError("the rare names are found in every office")

    try:
        ours, bare = in_turn(lambda: ask(sessions[0]), lambda: ask(sessions[1]), 90, 6)
    finally:
        for session in sessions:
            session.close()
    return Ratio(
        "search, words with equal hits, large / small", ours, bare, 2, f"{CASES:,} / {many:,}, {RARE_HITS} hits"
    )


def bench_rows() -> Ratio:
    """Two hundred rows read and handed out once by the list's Qt model; bare: the statement that reads them."""
    office = reference(CASES)
    session = office.open()
    desk, actor = session.sitting.desk, session.sitting.actor
    bare = connect(office.store_path, office.unlocked.key.reveal())
    model = CasesModel(
        Reader(
            ids=lambda pill, query: case_ids(desk, actor, pill, query),
            rows=lambda ids: case_rows(desk, actor, ids),
            counts=lambda: case_counts(desk, actor),
            similar=lambda query: similar_to(desk, actor, query),
        )
    )
    model.refresh()
    table = CaseTable(model, desk.clock)
    ids = model.state.ids[:200]
    indexes = [table.index(at, 0) for at in range(200)]

    def ours() -> None:
        model._pages.clear()
        for index in indexes:
            table.data(index, ROW)

    def page() -> None:
        marks = ", ".join("?" * len(ids))
        bare.execute(f"SELECT * FROM case_summary WHERE case_id IN ({marks})", ids).fetchall()

    try:
        cells, plain = in_turn(ours, page, 40)
    finally:
        bare.close()
        session.close()
    return Ratio("200 list rows as model cells / bare page of rows", cells, plain, 1.35, f"{CASES:,} cases")
