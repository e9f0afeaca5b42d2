"""Replicas with one mistake each. A world that lets one of them live proves nothing about the real one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from avrr_desktop.journal.commit import Commit
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.header import Erasure
from avrr_desktop.journal.ledger import Ledger, Place
from avrr_desktop.journal.merge import Entry, current
from avrr_desktop.journal.replica import Image, Opened, Replica


class SequenceReuse(Replica):
    """The writer id belongs to the device and numbers go on from what the disk holds."""

    def _identity(self, stream: str) -> tuple[str, int, str | None]:
        writer = hashlib.sha256(self.laptop.device.encode()).hexdigest()[:16]
        own = [c for c in self.ledger.commits() if (c.header.stream, c.header.writer) == (stream, writer)]
        last = max(own, key=lambda c: c.header.n, default=None)
        return (writer, 1, None) if last is None else (writer, last.header.n + 1, last.cid)


class JoinedContexts(Replica):
    """The context is the join of all contexts seen, not the list of what was applied."""

    def _applied(self, stream: str) -> Context:
        joined = super()._applied(stream)
        for commit in self.ledger.commits():
            if commit.header.stream == stream:
                joined = joined.union(commit.header.context)
        return joined


class LooksAtHeads(Ledger):
    """A late arrival is compared with the heads alone."""

    def _covering(self, place: Place) -> Iterable[Entry]:
        return self._heads.get(place, ())


class SupersededReturns(Replica):
    """As `LooksAtHeads`."""

    ledger_type = LooksAtHeads


class PurgesOnce(Ledger):
    """Values are destroyed when the erasure arrives, not when they arrive after it."""

    def _suppressed(self, commit: Commit) -> Commit:
        return commit


class ForgottenErasure(Replica):
    """As `PurgesOnce`."""

    ledger_type = PurgesOnce


class DropsErasedKeys(Ledger):
    """The register key goes with the erased value, as if it stood in the payload."""

    def _erase(self, erasures: Iterable[Erasure]) -> None:
        super()._erase(erasures)
        for place in self.places():
            kept = {k: e for k, e in self._entries[place].items() if Erasure(*k) not in self.erased()}
            if kept:
                self._entries[place] = kept
                self._heads[place] = current(kept.values())

    def _revalue(self, commit: Commit) -> None:
        for key, entry in zip(commit.header.keys, self._read(commit), strict=True):
            place = (commit.header.stream, key)
            if (entry.cid, entry.index) in self._entries[place]:
                self._entries[place][entry.cid, entry.index] = entry
                self._heads[place] = current(self._entries[place].values())


class KeysInPayload(Replica):
    """As `DropsErasedKeys`."""

    ledger_type = DropsErasedKeys


class NoSealBeforeImport(Replica):
    """Commits of others are applied under an open commit."""

    def _before_import(self) -> None:
        pass


class ContextAtSealing(NoSealBeforeImport):
    """The context is taken when the commit is sealed; while rule 2 holds that is the same, so it is broken too."""

    def _sealing_context(self, stream: str, _opened: Opened) -> Context:
        return self.ledger.context(stream)


@dataclass(frozen=True)
class SignedImage(Image):
    """A disk that also remembers who wrote."""

    writer: str = ""
    own: dict[str, Commit] = field(default_factory=dict)


class CrashedUnderOldWriter(Replica):
    """What a crash left open is sealed as if the old start went on."""

    def image(self) -> Image:
        plain = super().image()
        return SignedImage(plain.commits, plain.opened, plain.last, self.writer, dict(self._own))

    def _seal_leftovers(self, image: Image) -> None:
        if isinstance(image, SignedImage):
            fresh, self.writer, self._own = self.writer, image.writer, dict(image.own)
            self.seal_all()
            self.writer, self._own = fresh, {}


ALL = (
    SequenceReuse,
    JoinedContexts,
    SupersededReturns,
    ForgottenErasure,
    KeysInPayload,
    NoSealBeforeImport,
    ContextAtSealing,
    CrashedUnderOldWriter,
)
