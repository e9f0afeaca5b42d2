"""Causal contexts: exactly which commits of a stream were applied, as intervals per writer.

A context lists what *was applied*, never the join of the contexts seen: the join claims knowledge of values
nobody here has read, and an edit would then cover them (SYNC.md 1.3). Nothing loops over a range, so a number
near 2**53 costs as little as 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from avrr_desktop.journal.canon import INT_MAX, Value
from avrr_desktop.journal.errors import Malformed, TooLarge

Span = tuple[int, int]
"""An interval of commit numbers, both ends included."""

MAX_WRITERS = 4096
"""Writers in one context (SYNC.md 2.5)."""

_HEX = frozenset("0123456789abcdef")


def is_writer(text: object) -> bool:
    """Tell whether *text* is a writer id: 64 bits as 16 lower-case hexadecimal digits."""
    return type(text) is str and len(text) == 16 and _HEX.issuperset(text)


@dataclass(frozen=True, slots=True)
class Context:
    """
    A set of dots (writer, n).

    Attributes:
        spans: Per writer, intervals ascending, disjoint and not adjacent; never empty.
    """

    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(frozenset(self.spans.items()))

    def __bool__(self) -> bool:
        return bool(self.spans)

    def has(self, writer: str, n: int) -> bool:
        """Tell whether the dot is in the set."""
        spans = self.spans.get(writer)
        if spans is None:
            return False
        at = bisect_right(spans, (n, INT_MAX)) - 1
        return at >= 0 and spans[at][1] >= n

    def with_dot(self, writer: str, n: int) -> Context:
        """Return the set with one dot more."""
        if self.has(writer, n):
            return self
        return Context({**self.spans, writer: _joined((*self.spans.get(writer, ()), (n, n)))})

    def union(self, other: Context) -> Context:
        """Return all dots of both."""
        if not other.spans:
            return self
        spans = dict(self.spans)
        for writer, theirs in other.spans.items():
            ours = spans.get(writer)
            spans[writer] = theirs if ours is None or ours == theirs else _joined((*ours, *theirs))
        return Context(spans)

    def minus(self, other: Context) -> Context:
        """Return the dots of this set that *other* lacks; with a held set as *other*, these are the gaps."""
        spans = {w: _left(ours, other.spans.get(w, ())) for w, ours in self.spans.items()}
        return Context({w: left for w, left in spans.items() if left})

    def covers(self, other: Context) -> bool:
        """Tell whether every dot of *other* is here."""
        return not other.minus(self)

    def count(self) -> int:
        """Return the number of dots."""
        return sum(b - a + 1 for spans in self.spans.values() for a, b in spans)

    def to_json(self) -> dict[str, Value]:
        """Return {writer: n} where 1..n is held, {writer: [[a, b], ...]} otherwise (SYNC.md 1.3, field c)."""
        return {
            writer: spans[0][1] if len(spans) == 1 and spans[0][0] == 1 else [[a, b] for a, b in spans]
            for writer, spans in self.spans.items()
        }

    @staticmethod
    def from_json(value: Value) -> Context:
        """
        Read what `to_json` wrote.

        Raises:
            Malformed: A wrong shape, a bad writer, or intervals that are not ascending, disjoint, apart
                and within 1..2**53-1; a shape with a shorter spelling counts as wrong.
            TooLarge: More writers than `MAX_WRITERS`.
        """
        if type(value) is not dict:
            raise Malformed("context")
        if len(value) > MAX_WRITERS:
            raise TooLarge("writers", MAX_WRITERS)
        spans: dict[str, tuple[Span, ...]] = {}
        for writer, item in value.items():
            if not is_writer(writer):
                raise Malformed("context writer")
            spans[writer] = _read(item)
        return Context(spans)


def _read(item: Value) -> tuple[Span, ...]:
    if type(item) is int and 1 <= item <= INT_MAX:
        return ((1, item),)
    if type(item) is not list or not item:
        raise Malformed("context spans")
    spans: list[Span] = []
    least = 1
    for pair in item:
        if type(pair) is not list or len(pair) != 2:
            raise Malformed("context span")
        a, b = pair
        if type(a) is not int or type(b) is not int or not least <= a <= b <= INT_MAX:
            raise Malformed("context span")
        spans.append((a, b))
        least = b + 2
    if len(spans) == 1 and spans[0][0] == 1:
        raise Malformed("context spelling")
    return tuple(spans)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    done: list[Span] = []
    for a, b in sorted(spans):
        if done and a <= done[-1][1] + 1:
            done[-1] = (done[-1][0], max(done[-1][1], b))
        else:
            done.append((a, b))
    return tuple(done)


def _left(ours: tuple[Span, ...], theirs: tuple[Span, ...]) -> tuple[Span, ...]:
    """Take intervals from intervals by walking the ends once."""
    left: list[Span] = []
    at = 0
    for a, b in ours:
        start = a
        while at < len(theirs) and theirs[at][1] < start:
            at += 1
        k = at
        while k < len(theirs) and theirs[k][0] <= b:
            if start < theirs[k][0]:
                left.append((start, theirs[k][0] - 1))
            start = theirs[k][1] + 1
            k += 1
        if start <= b:
            left.append((start, b))
    return tuple(left)
