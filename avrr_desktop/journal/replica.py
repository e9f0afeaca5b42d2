"""One laptop in memory: open commits laid over a ledger. The reference for the store.

State = f(sealed commits), then the open ops over it. The ten rules of open and sealed commits (DESIGN.md 4)
are kept here in the fewest lines that keep them; the names of the rules stand beside the lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from avrr_desktop.journal.canon import Value, encode
from avrr_desktop.journal.commit import Check, Commit, Op, Sign, seal, verify
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.errors import NotHeld, NotSealable
from avrr_desktop.journal.header import Erasure, RegisterKey, is_name
from avrr_desktop.journal.hlc import tick, witness
from avrr_desktop.journal.ledger import Ledger, Rules, always_latest
from avrr_desktop.journal.merge import MostProtective, agrees
from avrr_desktop.journal.payload import Absent, Held, value_text

MAX_OPEN_OPS = 256
"""Registers at which an open commit is sealed by itself (DESIGN.md 4, rule 7)."""

MAX_OPEN_BYTES = 131_072
"""Canonical bytes of keys and values at which it is sealed (as above)."""


@dataclass(frozen=True, slots=True)
class Laptop:
    """
    What a replica is given from outside.

    Attributes:
        device: Its id in the roster.
        sign: The device's key.
        check: Verifies any device's signature.
        wall_ms: The wall clock, however wrong.
        new_writer: 64 fresh random bits as 16 hexadecimal digits, once per start.
        new_seed: 16 fresh random bytes, once per commit.
        rules: How a register shows its provisional winner.
        is_blocking: Whether a register's open conflict blocks; every value of it stays in history.
    """

    device: str
    sign: Sign
    check: Check
    wall_ms: Callable[[], int]
    new_writer: Callable[[], str]
    new_seed: Callable[[], bytes]
    rules: Rules = always_latest
    is_blocking: Callable[[RegisterKey], bool] = field(default=lambda _key: False)


@dataclass(frozen=True, slots=True)
class Opened:
    """
    A commit that is still being written; it has no identity and never leaves the laptop (rule 3).

    Attributes:
        officer: The only one who writes into it (rule 1).
        schema: Version of the declarations it is written with.
        context: Applied at the first value, own writers listed (rule 1).
        t: Stamp of the last value (rule 4).
        ops: Last value per register (rule 5).
    """

    officer: str
    schema: int
    context: Context
    t: int
    ops: dict[RegisterKey, Value]


@dataclass(frozen=True, slots=True)
class Image:
    """What the disk holds: sealed commits in order, open commits by stream, the clock's last stamp."""

    commits: tuple[Commit, ...]
    opened: dict[str, Opened]
    last: int


EMPTY = Image((), {}, 0)


class Replica:
    """
    Write, seal, receive, erase.

    Args:
        laptop: Keys, clock and chance.
        image: The disk at start. A crash, a restored backup and a cloned disk are all just this: leftovers
            are sealed by the new start under its own writer id, n = 1, with the context as stored (rule 3).
    """

    ledger_type: ClassVar[type[Ledger]] = Ledger

    def __init__(self, laptop: Laptop, image: Image = EMPTY) -> None:
        self.laptop = laptop
        self.writer = laptop.new_writer()
        self.ledger = self.ledger_type(laptop.rules)
        self._last = image.last
        self._own: dict[str, Commit] = {}
        for commit in image.commits:
            self.ledger.apply(commit)
        self._opened = {s: replace(o, ops=dict(o.ops)) for s, o in image.opened.items()}
        self._seal_leftovers(image)

    def opened(self) -> dict[str, Opened]:
        """Return the open commits by stream."""
        return dict(self._opened)

    def image(self) -> Image:
        """Return what the disk holds at this instant, nothing sealed for it: what a crash or a clone finds."""
        opened = {s: replace(o, ops=dict(o.ops)) for s, o in self._opened.items()}
        return Image(self.ledger.commits(), opened, self._last)

    def backup(self) -> Image:
        """Seal and return everything (rule 7); restoring is a start from it."""
        self.seal_all()
        return self.image()

    def shown(self, stream: str, key: RegisterKey) -> Held:
        """Return the value on the screen: the open one, else the sealed one."""
        opened = self._opened.get(stream)
        if opened is not None and key in opened.ops:
            return opened.ops[key]
        return self.ledger.value(stream, key)

    def projection(self) -> dict[tuple[str, RegisterKey], Held]:
        """Return the shown value of every register that was written."""
        places = {*self.ledger.places(), *((s, k) for s, o in self._opened.items() for k in o.ops)}
        return {place: self.shown(*place) for place in sorted(places)}

    def write(self, stream: str, key: RegisterKey, value: Value, officer: str, schema: int = 1) -> None:
        """
        Put a value into the open commit of the stream.

        Raises:
            NotHeld: A current value of the register is withheld here; an edit would cover it unseen.
            NotAValue: Canonical JSON cannot hold it, or it is too large.
            NotSealable: A name is empty or too long.
        """
        value_text(value)
        if not all(is_name(part) for part in (stream, officer, *key)):
            raise NotSealable("name")
        self._refuse_unseen(stream, key)
        opened = self._opened.get(stream)
        if opened is not None and (
            (opened.officer, opened.schema) != (officer, schema) or self._keeps_every_value(key)
        ):
            self.seal(stream)  # rules 1 and 5
        self._last = tick(self._last, self.laptop.wall_ms())
        opened = self._opened.get(stream)
        if opened is None:
            opened = Opened(officer, schema, self._applied(stream), self._last, {})
        opened.ops[key] = value
        self._opened[stream] = replace(opened, t=self._last)
        if len(opened.ops) >= MAX_OPEN_OPS or _size(opened) >= MAX_OPEN_BYTES:
            self.seal(stream)  # rule 7

    def seal(self, stream: str) -> Commit | None:
        """
        Seal the open commit of a stream; None when there is none or it says nothing new (rule 6).

        Ops equal to the single current value are dropped; a commit left empty vanishes and uses no n.
        """
        opened = self._opened.pop(stream, None)
        if opened is None:
            return None
        ops = [Op(k, v) for k, v in opened.ops.items() if not agrees(self.ledger.heads(stream, k), v)]
        return self._append(stream, opened, ops) if ops else None

    def seal_all(self) -> tuple[Commit, ...]:
        """Seal every stream, sorted: before export, backup, print, lock, and first of all after a start."""
        return tuple(c for c in [self.seal(s) for s in sorted(self._opened)] if c is not None)

    def settle(self, stream: str, key: RegisterKey, value: Value, officer: str) -> Commit | None:
        """Decide a conflict: a commit of its own that covers all current values; None if it says nothing new."""
        self.seal(stream)  # rule 2
        self._refuse_unseen(stream, key)
        if agrees(self.ledger.heads(stream, key), value):
            return None
        return self._append(stream, self._act(stream, officer), [Op(key, value)], kind="settle")

    def erase(self, stream: str, erasures: Iterable[tuple[str, int]], officer: str) -> Commit:
        """
        Destroy values here and, as the commit travels, everywhere.

        Args:
            stream: Where the erasure is written (the case's `ctl`, or the stream itself).
            erasures: (cid, index); commits that are not held may be named too.
        """
        self.seal_all()  # rules 2 and 6: nothing entered is discarded unsealed
        return self._append(stream, self._act(stream, officer), [], "erase", tuple(erasures))

    def export(self, streams: Iterable[str] | None = None) -> tuple[Commit, ...]:
        """Seal and return the commits of the streams, all of them when None, in local order."""
        self.seal_all()  # rule 7: an open commit never leaves the laptop
        chosen = None if streams is None else frozenset(streams)
        return tuple(c for c in self.ledger.commits() if chosen is None or c.header.stream in chosen)

    def receive(self, commits: Sequence[Commit]) -> tuple[str, ...]:
        """
        Take in commits of others in any order; all or nothing.

        Returns:
            Ids of the commits that were new or brought new values.

        Raises:
            Forged, Altered: One of them is not what its device signed.
        """
        for commit in commits:
            verify(commit, self.laptop.check)
        self._before_import()
        wall = self.laptop.wall_ms()
        for commit in commits:
            self._last = witness(self._last, commit.header.t, wall)
        return tuple(commit.cid for commit in commits if self.ledger.apply(commit))

    def _seal_leftovers(self, _image: Image) -> None:
        self.seal_all()  # rules 3 and 9

    def _applied(self, stream: str) -> Context:
        return self.ledger.context(stream)

    def _before_import(self) -> None:
        self.seal_all()  # rule 2: so the context at opening is the context at sealing

    def _keeps_every_value(self, key: RegisterKey) -> bool:
        return self.laptop.is_blocking(key) or isinstance(self.laptop.rules(key), MostProtective)

    def _refuse_unseen(self, stream: str, key: RegisterKey) -> None:
        if any(head.value is Absent.WITHHELD for head in self.ledger.heads(stream, key)):
            raise NotHeld(stream, *key)

    def _act(self, stream: str, officer: str) -> Opened:
        self._last = tick(self._last, self.laptop.wall_ms())
        return Opened(officer, 1, self._applied(stream), self._last, {})

    def _append(
        self,
        stream: str,
        opened: Opened,
        ops: Sequence[Op],
        kind: str = "edit",
        erases: Sequence[tuple[str, int]] = (),
    ) -> Commit:
        writer, n, previous = self._identity(stream)
        commit = seal(
            stream=stream,
            writer=writer,
            device=self.laptop.device,
            n=n,
            previous=previous,
            context=self._sealing_context(stream, opened),
            t=opened.t,
            officer=opened.officer,
            ops=ops,
            seed=self.laptop.new_seed(),
            sign=self.laptop.sign,
            kind=kind,
            erases=[Erasure(*erasure) for erasure in erases],
            schema=opened.schema,
        )
        self.ledger.apply(commit)
        self._own[stream] = commit
        return commit

    def _identity(self, stream: str) -> tuple[str, int, str | None]:
        before = self._own.get(stream)
        return (self.writer, 1, None) if before is None else (self.writer, before.header.n + 1, before.cid)

    def _sealing_context(self, _stream: str, opened: Opened) -> Context:
        return opened.context


def _size(opened: Opened) -> int:
    return sum(len(encode([*key, value])) for key, value in opened.ops.items())
