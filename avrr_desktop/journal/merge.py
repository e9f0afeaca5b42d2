"""Merge: which of the values written into one register stand.

An op is **current** when no other held op on its register was written by someone who had it: no context of
them lists its dot (SYNC.md 1.3). Everything here is a function of a set: order, repetition and loss of
deliveries cannot matter. Clocks only choose which of several current values is shown first.

Two commits with one dot (a reverted machine, a hostile device) both stand until a context lists the dot;
the reader of commits raises the alarm, the rule here stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from typing import TypeAlias

from avrr_desktop.journal.canon import Value, encode
from avrr_desktop.journal.commit import Commit
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.payload import Absent, Held


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One op on one register in a held commit.

    Attributes:
        cid: Its commit.
        writer: With *n*, the dot.
        n: See *writer*.
        t: Stamp; order of display only.
        officer: Who wrote.
        index: Its place among the keys of the commit.
        value: The value, or why it is not here.
        context: What its author had applied.
    """

    cid: str
    writer: str
    n: int
    t: int
    officer: str
    index: int
    value: Held
    context: Context


class Latest(Enum):
    """The rule by which the value with the latest stamp is shown first."""

    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class MostProtective:
    """The rule by which the value that stands first in *order* is shown; one that is not listed comes last."""

    order: tuple[Value, ...]


Rule: TypeAlias = Latest | MostProtective

LATEST = Latest.LATEST


class Row(Enum):
    """What the register `_del` says about a row. DISPUTED: trashed by someone who had not seen all of it."""

    PRESENT = "present"
    TRASHED = "trashed"
    DISPUTED = "disputed"


def entries_of(commit: Commit, erased: frozenset[int] = frozenset()) -> tuple[Entry, ...]:
    """Return the ops of a commit in the order of its keys; *erased* as in `Commit.values`."""
    header = commit.header
    return tuple(
        Entry(commit.cid, header.writer, header.n, header.t, header.officer, index, value, header.context)
        for index, value in enumerate(commit.values(erased))
    )


def current(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """
    Return the entries that no other one covers.

    Args:
        entries: **All** held ops on one register. Heads alone are not enough: a value that was superseded
            may itself be what covers a late arrival.

    Returns:
        Ascending by (t, cid); empty only if *entries* is.
    """
    held = tuple(entries)
    # No commit lists its own dot (the reader refuses it), so one union serves for all "other" ops.
    covered = reduce(Context.union, (entry.context for entry in held), Context())
    return _ordered(entry for entry in held if not covered.has(entry.writer, entry.n))


def arrive(heads: Sequence[Entry], held: Iterable[Entry], entry: Entry) -> tuple[Entry, ...]:
    """
    Return the current entries after one more arrived: `current` without looking at every pair again.

    Args:
        heads: Current among *held*.
        held: All ops on the register before the arrival.
        entry: Not among *held*.
    """
    left = [head for head in heads if not entry.context.has(head.writer, head.n)]
    if not any(other.context.has(entry.writer, entry.n) for other in held):
        left.append(entry)
    return _ordered(left)


def winner(heads: Sequence[Entry], rule: Rule = LATEST) -> Entry | None:
    """
    Choose the value that is shown until the officers settle; None without heads.

    A value that is here goes before one that is withheld or erased. Ties fall to the later (t, cid), so
    every laptop chooses the same.
    """
    if not heads:
        return None
    return max(heads, key=lambda head: (_strength(head.value, rule), head.t, head.cid))


def in_conflict(heads: Iterable[Entry]) -> bool:
    """
    Tell whether officers disagree: current values that differ.

    Equal values are agreement. An erased value is nobody's opinion any more; withheld ones count as one
    value of their own, for it is not known here what they say.
    """
    return len(distinct(heads)) > 1


def distinct(heads: Iterable[Entry]) -> frozenset[bytes | None]:
    """Return the canonical bytes of the different current values; None for withheld, nothing for erased."""
    return frozenset(
        None if isinstance(head.value, Absent) else encode(head.value)
        for head in heads
        if head.value is not Absent.ERASED
    )


def agrees(heads: Sequence[Entry], value: Value) -> bool:
    """Tell whether *value* is the single current value, so that writing it again would say nothing."""
    return bool(heads) and all(
        not isinstance(head.value, Absent) and encode(head.value) == encode(value) for head in heads
    )


def row_state(deletes: Sequence[Entry], others: Iterable[Entry]) -> Row:
    """
    Tell whether a row is shown.

    Args:
        deletes: Current entries of its register `_del`; True trashes, False and None bring back.
        others: Current entries of all its other registers.

    Returns:
        PRESENT and DISPUTED rows are shown, the latter flagged: an edit the deleter had not seen stays
        visible, and so does a row that one officer trashed while another brought it back.
    """
    trashing = [entry for entry in deletes if entry.value is True]
    if not trashing:
        return Row.PRESENT
    if len(trashing) < len(deletes):
        return Row.DISPUTED
    seen = all(
        any(entry.cid == bin_.cid or bin_.context.has(entry.writer, entry.n) for bin_ in trashing) for entry in others
    )
    return Row.TRASHED if seen else Row.DISPUTED


def _strength(value: Held, rule: Rule) -> tuple[bool, int]:
    if isinstance(value, Absent):
        return (False, 0)
    if isinstance(rule, Latest):
        return (True, 0)
    text = encode(value)
    place = next((i for i, item in enumerate(rule.order) if encode(item) == text), len(rule.order))
    return (True, -place)


def _ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.t, entry.cid)))
