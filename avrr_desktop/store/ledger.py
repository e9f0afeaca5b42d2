"""The sealed half of a store, in SQL: which commits are held, which ops are current, what a register says.

The same rules as `journal.ledger`, which is the reference the tests hold this to. Everything runs inside the
caller's transaction on the writer connection; an instance lives as long as that transaction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import TYPE_CHECKING, Any, NamedTuple

from avrr_desktop.journal.canon import Value, encode
from avrr_desktop.journal.commit import Commit, fill, forget, parse
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.header import Erasure
from avrr_desktop.journal.merge import Entry, in_conflict
from avrr_desktop.journal.payload import Absent, Held

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

DELETED = "_del"
"""The register of the trash: {"deleted": true}."""


class Flag(IntFlag):
    """What is particular about a register's current values. ABSENT: the one that is shown is not here."""

    CONFLICT = 1
    WITHHELD = 2
    ERASED = 4
    ABSENT = 8


_FLAGS = tuple(Flag(value) for value in range(16))
"""Made once: an import looks at one for every value."""


class Place(NamedTuple):
    """A register in its stream."""

    stream: str
    kind: str
    entity: str
    register: str


@dataclass(slots=True)
class StreamState:
    """A stream's row: *held* is what is applied, *named* what held commits name."""

    id: int
    held: Context
    named: Context


class Ledger:
    """Take in commits, tell what they say."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._streams: dict[str, StreamState] = {}
        self._changed: set[str] = set()
        self.has_erased = False

    def stream(self, name: str) -> StreamState:
        """Return a stream's state; it is numbered when it is seen first."""
        known = self._streams.get(name)
        if known is None:
            row = self._db.execute("SELECT id, held, named FROM stream WHERE name = ?", (name,)).fetchone()
            if row is None:
                cursor = self._db.execute("INSERT INTO stream (name) VALUES (?)", (name,))
                row = (cursor.lastrowid, "{}", "{}")
            known = StreamState(row[0], read_context(row[1]), read_context(row[2]))
            self._streams[name] = known
        return known

    def register(self, place: Place) -> tuple[int, str | None, Flag]:
        """Return (number, shown sealed value as canonical text, flags); (0, None, 0) when it was never written."""
        row = self._db.execute(
            "SELECT id, value, flags FROM register WHERE stream = ? AND kind = ? AND entity = ? AND name = ?",
            (self.stream(place.stream).id, *place[1:]),
        ).fetchone()
        return (0, None, _FLAGS[0]) if row is None else (row[0], row[1], _FLAGS[row[2]])

    def number(self, place: Place) -> int:
        """Return a register's number; it is given when the register is written first."""
        cursor = self._db.execute(
            "INSERT INTO register (stream, kind, entity, name) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET kind = kind RETURNING id",
            (self.stream(place.stream).id, *place[1:]),
        )
        return int(cursor.fetchone()[0])

    def find(self, cid: str) -> Commit | None:
        """Return a held commit."""
        row = self._db.execute("SELECT header, payload, signature FROM sealed WHERE cid = ?", (cid,)).fetchone()
        return None if row is None else parse(*row)

    def holds(self, commit: Commit) -> bool:
        """Tell whether these very bytes are held, values and signature included: they were verified when they came."""
        row = self._db.execute("SELECT payload, signature FROM sealed WHERE cid = ?", (commit.cid,)).fetchone()
        return row is not None and tuple(row) == (commit.payload_bytes, commit.signature)

    def last_of(self, stream: str, writer: str) -> tuple[int, str | None]:
        """Return number and id of a writer's last commit in *stream*; (0, None) before the first."""
        row = self._db.execute(
            "SELECT n, cid FROM sealed WHERE stream = ? AND writer = ? ORDER BY n DESC LIMIT 1",
            (self.stream(stream).id, writer),
        ).fetchone()
        return (0, None) if row is None else (row[0], row[1])

    def apply(self, commit: Commit) -> set[Place] | None:
        """
        Take in one verified commit, own or foreign; order and repetition do not matter.

        Returns:
            Registers whose current ops or values may be different now; None when nothing was new.
        """
        held = self.find(commit.cid)
        erased = self._erased(commit.cid)
        kept = forget(commit if held is None else fill(held, commit), erased)
        if held is None:
            return self._place(kept, self._keep(kept), erased) | self._erase(kept.header.erases)
        if kept.payload_bytes == held.payload_bytes:
            return None
        return self._revalue(kept)

    def replay(self, commit: Commit) -> None:
        """Place a held commit again, after everything that follows from commits was emptied."""
        (rid,) = self._db.execute("SELECT rid FROM sealed WHERE cid = ?", (commit.cid,)).fetchone()
        erased = self._erased(commit.cid)
        self._place(forget(commit, erased), rid, erased)
        self._erase(commit.header.erases)

    def forget_streams(self) -> None:
        """Read the contexts of streams anew at the next use."""
        self._streams.clear()

    def commits(self, streams: Collection[str] | None) -> list[Commit]:
        """Return the commits of *streams* (None: all) in local order."""
        rows = self._db.execute(
            "SELECT stream.name, header, payload, signature FROM sealed JOIN stream ON stream.id = sealed.stream"
            " ORDER BY rid"
        )
        return [parse(*row[1:]) for row in rows.fetchall() if streams is None or row[0] in streams]

    def registers(self, stream: str, flag: Flag | None = None) -> list[tuple[Place, int]]:
        """Return the registers of *stream* with their numbers, in the order of arrival; only those with *flag*."""
        where = "" if flag is None else f" AND flags & {int(flag)}"
        rows = self._db.execute(
            "SELECT stream.name, kind, entity, register.name, register.id FROM register"
            f" JOIN stream ON stream.id = register.stream WHERE stream.name = ?{where} ORDER BY register.id",
            (stream,),
        ).fetchall()
        return [(Place(*row[:4]), row[4]) for row in rows]

    def twins(self) -> Sequence[tuple[str, str, int, str]]:
        """Return (stream, writer, n, ids separated by blanks) of numbers that two commits share."""
        rows: Sequence[tuple[str, str, int, str]] = self._db.execute(
            "SELECT stream.name, writer, n, group_concat(cid, ' ') FROM sealed"
            " JOIN stream ON stream.id = sealed.stream GROUP BY 1, 2, 3 HAVING count(*) > 1 ORDER BY 1, 2, 3"
        ).fetchall()
        return rows

    def device_of(self, cid: str) -> str:
        """Return the device that signed a held commit."""
        row = self._db.execute("SELECT header FROM sealed WHERE cid = ?", (cid,)).fetchone()
        return str(json.loads(row[0])["d"])

    def entities(self) -> Sequence[tuple[str, str, str]]:
        """Return (stream, kind, entity) of everything ever written, in the order of arrival."""
        rows: Sequence[tuple[str, str, str]] = self._db.execute(
            "SELECT stream.name, kind, entity FROM register JOIN stream ON stream.id = register.stream"
            " GROUP BY register.stream, kind, entity ORDER BY min(register.id)"
        ).fetchall()
        return rows

    def heads(self, register: int) -> tuple[Entry, ...]:
        """Return the current entries of a register, ascending by (t, cid)."""
        return self._entries(register, "AND op.head")

    def entries(self, register: int) -> tuple[Entry, ...]:
        """Return all held entries of a register, ascending by (t, cid)."""
        return self._entries(register, "")

    def places_of(self, cids: Iterable[str]) -> set[Place]:
        """Return the registers that held commits among *cids* wrote."""
        return {
            Place(commit.header.stream, *key)
            for commit in filter(None, map(self.find, sorted(set(cids))))
            for key in commit.header.keys
        }

    def save(self) -> None:
        """Write back the contexts of the streams that took in a commit."""
        for name in sorted(self._changed):
            state = self._streams[name]
            self._db.execute(
                "UPDATE stream SET held = ?, named = ? WHERE name = ?",
                (write_context(state.held), write_context(state.named), name),
            )
        self._changed.clear()

    def digest(self) -> str:
        """Return a hash over heads, values and erasures; byte for byte that of `journal.ledger.Ledger.digest`."""
        state: list[Value] = []
        for *place, register in self._db.execute(
            "SELECT stream.name, kind, entity, register.name, register.id FROM register"
            " JOIN stream ON stream.id = register.stream"
            " WHERE EXISTS (SELECT 1 FROM op WHERE op.register = register.id) ORDER BY 1, 2, 3, 4"
        ).fetchall():
            heads: list[Value] = [[h.cid, h.index, _shown(h.value)] for h in self.heads(register)]
            state.append([place[0], place[1:], heads])
        kept: list[Value] = [
            [commit.cid, [_shown(value) for value in commit.values(self._erased(commit.cid))]]
            for commit in sorted(self.commits(None), key=lambda commit: commit.cid)
        ]
        gone: list[Value] = [list(row) for row in self._db.execute("SELECT cid, place FROM erased ORDER BY 1, 2")]
        return hashlib.sha256(encode([state, kept, gone])).hexdigest()

    def resolve(self, place: Place) -> None:
        """Work out anew what a register shows."""
        register, _, _ = self.register(place)
        heads = self.heads(register)
        chosen = choose(place, heads)
        flags = Flag(0)
        if in_conflict(heads):
            flags |= Flag.CONFLICT
        for head in heads:
            if isinstance(head.value, Absent):
                flags |= Flag.WITHHELD if head.value is Absent.WITHHELD else Flag.ERASED
        value: str | None = None
        shown = None if chosen is None else chosen.value
        if isinstance(shown, Absent):
            flags |= Flag.ABSENT
        elif chosen is not None:
            value = text_of(shown)
        self._db.execute("UPDATE register SET value = ?, flags = ? WHERE id = ?", (value, int(flags), register))

    def _keep(self, commit: Commit) -> int:
        """Write a commit's bytes; return its local number."""
        header = commit.header
        cursor = self._db.execute(
            "INSERT INTO sealed (cid, stream, writer, n, t, officer, header, payload, signature)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (commit.cid, self.stream(header.stream).id, header.writer, header.n, header.t, header.officer,
             commit.header_bytes, commit.payload_bytes, commit.signature),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def _place(self, commit: Commit, rid: int, erased: frozenset[int]) -> set[Place]:
        header = commit.header
        state = self.stream(header.stream)
        # Only a commit that a held one names can be covered already; all others skip the look at the register.
        is_named = state.named.has(header.writer, header.n)
        self._changed.add(header.stream)
        state.held = state.held.with_dot(header.writer, header.n)
        state.named = state.named.union(header.context)
        places: set[Place] = set()
        for index, (key, value) in enumerate(zip(header.keys, commit.values(erased), strict=True)):
            place = Place(header.stream, *key)
            places.add(place)
            register, _, _ = self.register(place)
            left = self._cover(register, header.context) if register else 0
            register = register or self.number(place)
            is_head = not (is_named and self._is_covered(register, header.writer, header.n))
            self._db.execute("INSERT INTO op VALUES (?, ?, ?, ?)", (register, rid, index, int(is_head)))
            if is_head and not left and not isinstance(value, Absent):
                self._db.execute("UPDATE register SET value = ?, flags = 0 WHERE id = ?", (text_of(value), register))
            else:
                self.resolve(place)
        return places

    def _cover(self, register: int, context: Context) -> int:
        """Take the head from ops that *context* lists; return how many heads are left."""
        left = 0
        for rid, writer, n in self._db.execute(
            "SELECT op.rid, writer, n FROM op JOIN sealed USING (rid) WHERE register = ? AND head", (register,)
        ).fetchall():
            if context.has(writer, n):
                self._db.execute("UPDATE op SET head = 0 WHERE register = ? AND rid = ?", (register, rid))
            else:
                left += 1
        return left

    def _is_covered(self, register: int, writer: str, n: int) -> bool:
        rows = self._db.execute("SELECT header FROM op JOIN sealed USING (rid) WHERE register = ?", (register,))
        return any(header_context(header).has(writer, n) for (header,) in rows.fetchall())

    def _revalue(self, commit: Commit) -> set[Place]:
        """Exchange the values of a held commit; what is current does not depend on values."""
        self._db.execute("UPDATE sealed SET payload = ? WHERE cid = ?", (commit.payload_bytes, commit.cid))
        places = {Place(commit.header.stream, *key) for key in commit.header.keys}
        for place in places:
            self.resolve(place)
        return places

    def _erase(self, erasures: Iterable[Erasure]) -> set[Place]:
        for erasure in erasures:
            self.has_erased = True
            self._db.execute("INSERT OR IGNORE INTO erased VALUES (?, ?)", tuple(erasure))
        places: set[Place] = set()
        for cid in sorted({erasure.cid for erasure in erasures}):
            held = self.find(cid)
            if held is not None:
                places |= self._revalue(forget(held, self._erased(cid)))
        return places

    def _erased(self, cid: str) -> frozenset[int]:
        return frozenset(i for (i,) in self._db.execute("SELECT place FROM erased WHERE cid = ?", (cid,)).fetchall())

    def _entries(self, register: int, which: str) -> tuple[Entry, ...]:
        rows = self._db.execute(
            "SELECT cid, writer, n, t, officer, place, header, payload,"
            " EXISTS (SELECT 1 FROM erased WHERE erased.cid = sealed.cid AND erased.place = op.place)"
            f" FROM op JOIN sealed USING (rid) WHERE register = ? {which} ORDER BY t, cid",
            (register,),
        ).fetchall()
        return tuple(
            Entry(cid, writer, n, t, officer, place, value_in(payload, place, bool(gone)), header_context(header))
            for cid, writer, n, t, officer, place, header, payload, gone in rows
        )


def value_in(payload: bytes, place: int, is_erased: bool = False) -> Held:
    """Return one value of a payload that this store holds, so verified before."""
    body: Any = json.loads(payload)
    if "v" in body:
        found: Held = body["v"][place]
        return found
    pair = body["d"].get(str(place))
    if pair is None or is_erased:
        return Absent.ERASED if is_erased else Absent.WITHHELD
    shown: Held = pair[1]
    return shown


def header_context(header: bytes) -> Context:
    """Return the context of a header that this store holds."""
    return Context.from_json(json.loads(header)["c"])


def read_context(text: str) -> Context:
    """Read a context as this store keeps it."""
    return Context.from_json(json.loads(text))


def write_context(context: Context) -> str:
    """Write a context as this store keeps it."""
    return encode(dict(context.to_json())).decode()


def text_of(value: Value) -> str:
    """Return the canonical text of a value."""
    return encode(value).decode()


def choose(place: Place, heads: tuple[Entry, ...]) -> Entry | None:
    """Return the entry that is shown first, by the rule of its register's declaration; None without heads."""
    if len(heads) < 2:
        return heads[0] if heads else None
    # Several current values are rare; only they need the declarations, which load sqlmodel.
    from avrr_desktop.store.rules import choose_declared

    return choose_declared(place.kind, place.register, heads)


def _shown(value: Held) -> Value:
    return {"absent": value.value} if isinstance(value, Absent) else [value]
