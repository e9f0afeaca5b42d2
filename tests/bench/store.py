"""The store: leaving a field, sealing, opening, each against bare statements on a SQLCipher file of the same shape."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from measure import CASES, Ratio, once, p95, samples
from reference import Reference, entity_id, folder, reference

from avrr_desktop.domain.casefile import Citizenship, Person
from avrr_desktop.domain.sections import Section, case_stream
from avrr_desktop.services.laptop import read_laptop
from avrr_desktop.store.store import Store

KEY = bytes(range(32))

ONE_TABLE = (
    """CREATE TABLE person (stream TEXT NOT NULL, id TEXT NOT NULL, family_name TEXT, given_names TEXT,
    script_name TEXT, born_on TEXT, phone TEXT, at INTEGER, PRIMARY KEY (stream, id))""",
    "CREATE INDEX person_name ON person (family_name, given_names)",
    "CREATE INDEX person_born ON person (born_on)",
    """CREATE VIRTUAL TABLE words USING fts5 (native, latin, number, phone,
    tokenize = "unicode61 remove_diacritics 2", prefix = '2 3')""",
    "INSERT INTO words (words, rank) VALUES ('secure-delete', 1)",
)


def connect(path: Path, key: bytes) -> Any:
    """Open a bare keyed connection, durable as the store's own."""
    made = sqlcipher.connect(str(path), isolation_level=None)
    made.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    made.execute("PRAGMA journal_mode=WAL")
    made.execute("PRAGMA synchronous=FULL")
    return made


def bare_file(rows: int) -> Any:
    """Make one table with its indexes and its words, as full as the store's."""
    made = connect(folder() / "bare.db", KEY)
    for statement in ONE_TABLE:
        made.execute(statement)
    made.execute("BEGIN")
    for number in range(rows):
        _insert(made, number)
    made.execute("COMMIT")
    return made


def _insert(bare: Any, number: int) -> None:
    who = entity_id("bare", number)
    names = f"{who[:6]} {who[6:12]}"
    bare.execute(
        "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (f"{who}/core", who, who[:6], who[6:12], None, f"19{number % 90 + 10}-01-01", "+14165550109", number),
    )
    bare.execute("INSERT INTO words VALUES (?, ?, ?, ?)", (names, names, "", "14165550109 4165550109 0109"))


FIELDS: tuple[tuple[str, Callable[[int], object]], ...] = (
    ("family_name", lambda n: f"Kiss{n}"),
    ("birth_place", lambda n: f"Place {n}"),
    ("sex", lambda n: "FMX"[n % 3]),
    ("travels", lambda n: bool(n % 2)),
    ("language", lambda n: ("hu", "fr", "en", "de")[n % 4]),
    ("phone", lambda n: f"+36{n:09}"),
    ("call_note", lambda n: f"after {n}"),
)
"""The fields of the page of a person, in its order; the name and the phone are searched for."""


def bench_leave_a_field() -> list[Ratio]:
    """Leave the fields of a person one after another, each a durable transaction of the door; seal ten values."""
    office = reference(CASES)
    session = office.open()
    desk, actor = session.sitting.desk, session.sitting.actor
    bare = bare_file(int(CASES * 2.5))
    chance = random.Random(1)
    count = [0]

    def put(field: str, value: Callable[[int], object]) -> None:
        number = chance.randrange(CASES)
        with desk.work(actor) as work:
            stream, who = case_stream(office.cases[number], Section.CORE), entity_id("person", number * 4)
            work.put(stream, Person, who, **{field: value(count[0])})

    def leave() -> None:
        count[0] += 1
        put(*FIELDS[count[0] % len(FIELDS)])

    def leave_name() -> None:
        count[0] += 1
        put(*FIELDS[0])

    def insert() -> None:
        count[0] += 1
        bare.execute("BEGIN IMMEDIATE")
        _insert(bare, 10**8 + count[0])
        bare.execute("COMMIT")

    def replace() -> None:
        count[0] += 1
        row, name = chance.randrange(CASES) + 1, f"Kiss{count[0]}"
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("UPDATE person SET family_name = ? WHERE rowid = ?", (name, row))
        bare.execute("UPDATE words SET native = ?, latin = ? WHERE rowid = ?", (f"{name} x", f"{name} x", row))
        bare.execute("COMMIT")

    def seal_ten() -> float:
        stream = case_stream(office.cases[chance.randrange(CASES)], Section.CORE)
        with desk.work(actor) as work:
            for _ in range(10):
                count[0] += 1
                work.put(stream, Citizenship, entity_id("citizenship", count[0]), country="HU")

        def seal() -> None:
            with desk.work(actor) as work:
                work.seal(stream)

        return once(seal)

    try:
        ours, theirs = samples(leave, insert, 20 * len(FIELDS), len(FIELDS))
        names, words = samples(leave_name, replace, 80, 5)
        sealing = statistics.median(seal_ten() for _ in range(15))
    finally:
        session.close()
        bare.close()
    size, median = f"{CASES:,} cases", statistics.median
    return [
        Ratio("leave a field, durable / one durable bare insert", median(ours), median(theirs), 2, size),
        Ratio("the same, p95", p95(ours), p95(theirs), 2, size),
        Ratio("leave a name, searched / the same change of a bare row", median(names), median(words), 2, size),
        Ratio("seal a commit of 10 values / one durable bare insert", sealing, median(theirs), None, size),
    ]


def bench_open() -> Ratio:
    """Open the store, key in hand, and read the first 200 rows of the list; bare: connect and read as many."""
    office = reference(CASES)
    key = office.unlocked.key
    laptop = read_laptop(office.store_path, key)
    if laptop is None:
        raise RuntimeError("the reference office has no laptop")
    bare_path = folder() / "bare.db"
    _copy(office, bare_path)

    def ours() -> None:
        store = Store.open(office.store_path, key.reveal(), device=laptop.device, sign=laptop.keys.sign)
        store.lists.rows(office.cases[:200], sections={Section.CORE, Section.LEGAL})
        store.close()

    def bare() -> None:
        made = connect(bare_path, key.reveal())
        made.execute("SELECT * FROM case_summary LIMIT 200").fetchall()
        made.close()

    mine, theirs = samples(ours, bare, 15)
    median = statistics.median
    return Ratio("open the store and first read / bare SQLCipher", median(mine), median(theirs), 4, f"{CASES:,} cases")


def _copy(office: Reference, target: Path) -> None:
    target.write_bytes(office.store_path.read_bytes())
