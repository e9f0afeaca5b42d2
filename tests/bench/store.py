"""The store: leaving a field, sealing, opening, each against bare statements on a SQLCipher file of the same shape."""

from __future__ import annotations

import random
import statistics
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from measure import CASES, Ratio, once, p95, samples
from reference import Reference, entity_id, folder, reference

from avrr_desktop.domain.casefile import Person
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


def bench_leave_a_field() -> list[Ratio]:
    """Leave a field that is shown in the list and searched for: one durable transaction of the door."""
    office = reference(CASES)
    session = office.open()
    desk, actor = session.sitting.desk, session.sitting.actor
    bare = bare_file(int(CASES * 2.5))
    chance = random.Random(1)
    count = [10**8]

    def leave() -> None:
        number = chance.randrange(CASES)
        count[0] += 1
        who = entity_id("person", number * 4)
        with desk.work(actor) as work:
            work.put(case_stream(office.cases[number], Section.CORE), Person, who, family_name=f"Kiss{count[0]}")

    def insert() -> None:
        count[0] += 1
        bare.execute("BEGIN IMMEDIATE")
        _insert(bare, count[0])
        bare.execute("COMMIT")

    def ten() -> None:
        number = chance.randrange(CASES)
        stream = case_stream(office.cases[number], Section.CORE)
        with desk.work(actor) as work:
            for place in range(10):
                count[0] += 1
                work.put(stream, Person, entity_id("more", number * 10 + place), family_name=f"Kiss{count[0]}")
        seals.append(once(lambda: seal(stream)))

    def seal(stream: Any) -> None:
        with desk.work(actor) as work:
            work.seal(stream)

    seals: list[float] = []
    try:
        ours, theirs = samples(leave, insert, 150, 10)
        for _ in range(12):
            ten()
    finally:
        session.close()
        bare.close()
    size = f"{CASES:,} cases"
    bare_ms = statistics.median(theirs)
    return [
        Ratio("leave a field, durable / one durable bare insert", statistics.median(ours), bare_ms, 2, size),
        Ratio("the same, p95", p95(ours), p95(theirs), 2, size),
        Ratio("seal a commit of 10 values / the same insert", statistics.median(seals), bare_ms, None, size),
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
