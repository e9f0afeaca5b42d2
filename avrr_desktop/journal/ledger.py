"""The sealed half of a replica: state as a pure function of the commits held.

This is the reference the store's SQL is held to. `rebuilt` plays every commit again, one by one and in another
order; whatever it differs in is a mistake in `apply`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from avrr_desktop.journal.canon import Value, encode
from avrr_desktop.journal.commit import Commit, fill, forget
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.header import Erasure, RegisterKey
from avrr_desktop.journal.merge import LATEST, Entry, Row, Rule, arrive, current, entries_of, row_state, winner
from avrr_desktop.journal.payload import Absent, Held

Place = tuple[str, RegisterKey]
"""A register in its stream."""

Rules = Callable[[RegisterKey], Rule]
"""Returns the rule by which a register shows its provisional winner."""

DELETED = "_del"
"""The register that holds whether a row is in the trash."""


def always_latest(_key: RegisterKey) -> Rule:
    """Return the default rule, whatever the register."""
    return LATEST


@dataclass(frozen=True, slots=True)
class Twins:
    """Two commits with one dot: a machine was reverted while running, or a device lies. Both are kept."""

    stream: str
    writer: str
    n: int
    cids: frozenset[str]


class Ledger:
    """Hold sealed commits and answer what they say."""

    def __init__(self, rules: Rules = always_latest) -> None:
        self.rules = rules
        self._commits: dict[str, Commit] = {}
        self._dots: dict[tuple[str, str, int], set[str]] = {}
        self._contexts: dict[str, Context] = {}
        self._entries: dict[Place, dict[tuple[str, int], Entry]] = {}
        self._heads: dict[Place, tuple[Entry, ...]] = {}
        self._erased: dict[str, set[int]] = {}

    def commits(self) -> tuple[Commit, ...]:
        """Return what is held, in the order of arrival."""
        return tuple(self._commits.values())

    def find(self, cid: str) -> Commit | None:
        """Return a held commit."""
        return self._commits.get(cid)

    def places(self) -> tuple[Place, ...]:
        """Return every register that was ever written, sorted."""
        return tuple(sorted(self._entries))

    def context(self, stream: str) -> Context:
        """Return exactly which commits of the stream are applied."""
        return self._contexts.get(stream, Context())

    def gaps(self, stream: str) -> Context:
        """Return the commits that held ones name and that have not reached this laptop."""
        named = Context()
        for commit in self._commits.values():
            if commit.header.stream == stream:
                named = named.union(commit.header.context)
        return named.minus(self.context(stream))

    def twins(self) -> tuple[Twins, ...]:
        """Return the integrity alarms, sorted by dot."""
        return tuple(Twins(*dot, frozenset(cids)) for dot, cids in sorted(self._dots.items()) if len(cids) > 1)

    def erased(self) -> frozenset[Erasure]:
        """Return the suppression list: values that must never come back, held or not."""
        return frozenset(Erasure(cid, i) for cid, indexes in self._erased.items() for i in indexes)

    def heads(self, stream: str, key: RegisterKey) -> tuple[Entry, ...]:
        """Return the current entries of a register, ascending by (t, cid)."""
        return self._heads.get((stream, key), ())

    def value(self, stream: str, key: RegisterKey) -> Held:
        """Return the sealed value that is shown; None where nothing was ever written."""
        chosen = winner(self.heads(stream, key), self.rules(key))
        return None if chosen is None else chosen.value

    def history(self, stream: str, key: RegisterKey) -> tuple[Entry, ...]:
        """Return all held entries of a register, ascending by (t, cid)."""
        return tuple(sorted(self._entries.get((stream, key), {}).values(), key=lambda e: (e.t, e.cid)))

    def as_of(self, stream: str, key: RegisterKey, t: int) -> tuple[Entry, ...]:
        """Return what was current at the instant *t* according to what is known here today."""
        return current(entry for entry in self.history(stream, key) if entry.t <= t)

    def row(self, stream: str, type_: str, entity: str) -> Row:
        """Tell whether a row is shown."""
        keys = [k for s, k in self._entries if s == stream and k[:2] == (type_, entity) and k[2] != DELETED]
        others = [head for key in keys for head in self.heads(stream, key)]
        return row_state(self.heads(stream, RegisterKey(type_, entity, DELETED)), others)

    def digest(self) -> str:
        """Return a hash over everything that two laptops with the same commits must agree on."""
        state: list[Value] = [
            [stream, list(key), [[head.cid, head.index, _shown(head.value)] for head in heads]]
            for (stream, key), heads in sorted(self._heads.items())
        ]
        kept: list[Value] = [
            [cid, [_shown(entry.value) for entry in self._read(commit)]]
            for cid, commit in sorted(self._commits.items())
        ]
        gone: list[Value] = [list(erasure) for erasure in sorted(self.erased())]
        return hashlib.sha256(encode([state, kept, gone])).hexdigest()

    def rebuilt(self) -> Ledger:
        """Return a ledger made anew from the same commits, last first."""
        fresh = type(self)(self.rules)
        for commit in reversed(self.commits()):
            fresh.apply(commit)
        return fresh

    def apply(self, commit: Commit) -> bool:
        """
        Take in one verified commit, own or foreign; True if anything changed.

        Order and repetition do not matter. A held commit is filled with values a new copy discloses; values
        on the suppression list are destroyed before the commit is kept.
        """
        held = self._commits.get(commit.cid)
        kept = self._suppressed(commit if held is None else fill(held, commit))
        if kept == held:
            return False
        self._commits[commit.cid] = kept
        if held is None:
            self._place(kept)
            self._erase(kept.header.erases)
        else:
            self._revalue(kept)
        return True

    def _place(self, commit: Commit) -> None:
        header = commit.header
        self._dots.setdefault((header.stream, header.writer, header.n), set()).add(commit.cid)
        self._contexts[header.stream] = self.context(header.stream).with_dot(header.writer, header.n)
        for key, entry in zip(header.keys, self._read(commit), strict=True):
            place = (header.stream, key)
            held = self._entries.setdefault(place, {})
            self._heads[place] = arrive(self._heads.get(place, ()), self._covering(place), entry)
            held[entry.cid, entry.index] = entry

    def _revalue(self, commit: Commit) -> None:
        """Exchange the values of a placed commit; what is current does not depend on values."""
        for key, entry in zip(commit.header.keys, self._read(commit), strict=True):
            place = (commit.header.stream, key)
            self._entries[place][entry.cid, entry.index] = entry
            self._heads[place] = tuple(entry if h.cid == entry.cid else h for h in self._heads[place])

    def _erase(self, erasures: Iterable[Erasure]) -> None:
        for cid, index in erasures:
            self._erased.setdefault(cid, set()).add(index)
        for cid in {erasure.cid for erasure in erasures} & self._commits.keys():
            self._commits[cid] = forget(self._commits[cid], self._erased[cid])
            self._revalue(self._commits[cid])

    def _covering(self, place: Place) -> Iterable[Entry]:
        return self._entries[place].values()

    def _suppressed(self, commit: Commit) -> Commit:
        return forget(commit, self._erased.get(commit.cid, frozenset()))

    def _read(self, commit: Commit) -> tuple[Entry, ...]:
        return entries_of(commit, frozenset(self._erased.get(commit.cid, ())))


def _shown(value: Held) -> Value:
    return {"absent": value.value} if isinstance(value, Absent) else [value]
