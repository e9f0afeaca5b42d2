"""The one door: values go into the open commit of their stream and into what is shown, in one transaction.

DESIGN.md 4. A work is durable when its block ends and did not happen when the block raises. Plain statements on
the writing connection; no sqlmodel session.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.failures import Fault
from avrr_desktop.domain.fields import Entity, check_value, declared, registers, to_journal
from avrr_desktop.domain.ids import BlobId, OfficerId
from avrr_desktop.domain.sections import Stream, split_stream
from avrr_desktop.journal.canon import Value
from avrr_desktop.journal.commit import Commit, Op
from avrr_desktop.journal.errors import NotHeld, NotSealable
from avrr_desktop.journal.header import Erasure, RegisterKey, is_name
from avrr_desktop.journal.merge import agrees
from avrr_desktop.journal.payload import value_text
from avrr_desktop.store.ledger import DELETED, Flag, Ledger, Place, text_of
from avrr_desktop.store.projection import Projection, understood
from avrr_desktop.store.rules import entity_of, is_misplaced, register_of
from avrr_desktop.store.sealing import Openings
from avrr_desktop.store.summary import Summaries

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection


@dataclass(frozen=True, slots=True)
class Before:
    """
    A register as it stood before a work, for undo.

    Attributes:
        fields: Every field of the register as a journal value; None when the record was new. For the register
            `_del` {"deleted": truth}.
        after: What the work left there.
    """

    stream: Stream
    kind: str
    entity: str
    register: str
    fields: dict[str, Value] | None
    after: dict[str, Value]


class Misplaced(Fault):
    """A kind was written into a section that is not its own."""

    def __init__(self, stream: str, kind: str) -> None:
        super().__init__("store.misplaced", stream=stream, kind=kind)


@dataclass(frozen=True, slots=True)
class Tools:
    """What one transaction works with."""

    connection: Connection
    ledger: Ledger
    openings: Openings
    projection: Projection
    summaries: Summaries


class Work:
    """What one officer does in one transaction."""

    def __init__(
        self,
        tools: Tools,
        officer: OfficerId,
        *,
        audit: Callable[[str, Mapping[str, str | int]], None],
        attach: Callable[[bytes, str], BlobId],
    ) -> None:
        self._tools = tools
        self._officer = officer
        self._audit = audit
        self._attach = attach
        self._kinds: set[str] = set()
        self._cases: set[str] = set()
        self._entities: set[str] = set()
        self._before: dict[Place, dict[str, Value] | None] = {}
        self._after: dict[Place, dict[str, Value]] = {}
        self._seen: set[tuple[str, str, str]] = set()
        self._new: set[tuple[str, str, str]] = set()

    @property
    def changes(self) -> Changes:
        """What is different so far."""
        return Changes(frozenset(self._kinds), frozenset(self._cases), frozenset(self._entities))

    @property
    def before(self) -> tuple[Before, ...]:
        """The registers written so far as they stood before this work, in the order of writing."""
        return tuple(
            Before(
                Stream(p.stream),
                p.kind,
                p.entity,
                p.register,
                None if p[:3] in self._new else fields,
                self._after.get(p, {}),
            )
            for p, fields in self._before.items()
        )

    def put(self, stream: Stream, entity_class: type[Entity], entity_id: str, /, **fields: object) -> None:
        """
        Write fields of an entity; None clears one. What is equal to the value shown is not written.

        Raises:
            BadValue: A value does not fit its field; nothing of this call is written.
            NotHeld: The register's current value is withheld here, so an edit would cover it unseen.
            Misplaced, TypeError: The stream is not the entity's, or it has no such field.
        """
        kind = entity_class.kind
        if is_misplaced(stream, kind):
            raise Misplaced(stream, kind)
        known = declared(entity_class)
        groups: dict[str, dict[str, Value]] = {}
        for field, value in fields.items():
            if field not in known:
                raise TypeError(f"{kind} has no field {field}")
            checked = to_journal(entity_class, field, check_value(entity_class, field, value))
            groups.setdefault(known[field].register.name, {})[field] = checked
        for register, values in groups.items():
            self._write(entity_class, Place(stream, kind, entity_id, register), values)

    def remove(self, stream: Stream, entity_class: type[Entity], entity_id: str) -> None:
        """Put an entity into the trash."""
        self._write(entity_class, Place(stream, entity_class.kind, entity_id, DELETED), {"deleted": True})

    def restore(self, stream: Stream, entity_class: type[Entity], entity_id: str) -> None:
        """Take an entity out of the trash."""
        self._write(entity_class, Place(stream, entity_class.kind, entity_id, DELETED), {"deleted": False})

    def stands(self, before: Collection[Before]) -> bool:
        """
        Tell whether nothing was written over what the work that gave *before* left.

        Of a record that was new then every register counts: taking the record back takes all of it away.
        """
        left = {Place(was.stream, was.kind, was.entity, was.register): was.after for was in before}
        for was in before:
            entity = entity_of(was.stream, was.kind)
            if was.fields is None and entity is not None:
                for name in registers(entity):
                    left.setdefault(Place(was.stream, was.kind, was.entity, name), {})
        return all(_said(self._tools.projection.value(place)) == _said(value) for place, value in left.items())

    def settle(
        self, stream: Stream, entity_class: type[Entity], entity_id: str, register: str, **fields: object
    ) -> Commit | None:
        """
        Decide a conflict: a signed commit of its own that covers every current value.

        Args:
            register: Name of the register.
            fields: What it shall say; fields that are left out stay as they are shown.

        Returns:
            The commit; None when it says nothing new.
        """
        place = Place(stream, entity_class.kind, entity_id, register)
        tools = self._tools
        tools.openings.seal(stream)  # rule 2
        number, _, flags = tools.ledger.register(place)
        if flags & Flag.WITHHELD:
            raise NotHeld(*place)
        shown = tools.projection.value(place) or {}
        values = {f: to_journal(entity_class, f, check_value(entity_class, f, v)) for f, v in fields.items()}
        value: dict[str, Value] = {**shown, **values}
        if agrees(tools.ledger.heads(number), value):
            return None
        self._remember(entity_class, place)
        self._after[place] = value
        opened = tools.openings.act(stream, self._officer)
        commit = tools.openings.append(stream, opened, [Op(RegisterKey(*place[1:]), value)], "settle")
        tools.projection.refresh([place])
        self._touch(place)
        return commit

    def erase(
        self, stream: Stream, entity_class: type[Entity], entity_id: str, *, registers: Iterable[str] = ()
    ) -> int:
        """
        Destroy every value ever written into an entity of *stream*, here and wherever the commit travels.

        What is open is sealed first, so nothing entered vanishes without a trace that it was there (rule 6).

        Args:
            registers: Only these; all when none is named.

        Returns:
            The number of values destroyed.
        """
        self._tools.openings.seal_all()
        wanted = frozenset(registers)
        erasures = [
            Erasure(cid, place)
            for name, cid, place in self._tools.connection.execute(
                "SELECT register.name, cid, place FROM op JOIN register ON register.id = op.register"
                " JOIN stream ON stream.id = register.stream JOIN sealed USING (rid)"
                " WHERE stream.name = ? AND kind = ? AND entity = ?",
                (stream, entity_class.kind, entity_id),
            ).fetchall()
            if name != DELETED and (not wanted or name in wanted)
        ]
        self.erase_values(stream, erasures)
        return len(erasures)

    def erase_values(self, stream: Stream, erasures: Iterable[Erasure]) -> None:
        """Destroy the named values; commits that are not held may be named too. The list is kept for ever."""
        tools = self._tools
        tools.openings.seal_all()
        wanted = sorted(set(erasures))
        for start in range(0, len(wanted), _ERASED_AT_ONCE):
            opened = tools.openings.act(stream, self._officer)
            commit = tools.openings.append(stream, opened, [], "erase", wanted[start : start + _ERASED_AT_ONCE])
            places = tools.ledger.places_of(erasure.cid for erasure in commit.header.erases)
            tools.projection.refresh(places)
            for place in places:
                self._touch(place)

    def seal(self, stream: Stream) -> Commit | None:
        """Sign what is open in *stream*."""
        return self._tools.openings.seal(stream)

    def seal_case(self, case_id: str) -> None:
        """Sign what is open in every section of a case."""
        for stream in self._tools.openings.streams():
            if stream.startswith(f"{case_id}/"):
                self._tools.openings.seal(stream)

    def seal_all(self) -> None:
        """Sign everything that is open on this laptop."""
        self._tools.openings.seal_all()

    def audit(self, event: str, **params: str | int) -> None:
        """Append to the hash-chained audit trail."""
        self._audit(event, params)

    def attach(self, data: bytes, media_type: str) -> BlobId:
        """Keep an attachment: its bytes are durable before its key stands in this transaction."""
        return self._attach(data, media_type)

    def _write(self, entity: type[Entity], place: Place, values: Mapping[str, Value]) -> None:
        tools = self._tools
        _, sealed, flags = tools.ledger.register(place)
        text = tools.openings.value(place)
        shown = sealed if text is None else text
        base = json.loads(shown) if shown is not None else {}
        base = base if isinstance(base, dict) else {}
        wanted = {**base, **{f: v for f, v in values.items() if v is not None or base.get(f) is not None}}
        if place.register == DELETED and shown is None and values.get("deleted") is False:
            return
        new = text_of(wanted)
        if new == (shown or "{}"):
            return
        if flags & Flag.WITHHELD:
            raise NotHeld(*place)
        if not all(is_name(part) for part in place):
            raise NotSealable("name")
        value_text(wanted)
        self._remember(entity, place)
        self._after[place] = wanted
        known = register_of(place.kind, place.register)
        seals = known is not None and known[0].seals
        tools.openings.write(place, new, self._officer, seals=seals)
        if place.register != DELETED and known is not None:
            tools.projection.show(place, understood(entity, known[1], wanted))
        if place.register == DELETED or tools.projection.has_bin(place):
            tools.projection.refresh_row(place)
        self._touch(place)

    def _remember(self, entity: type[Entity], place: Place) -> None:
        if place in self._before:
            return
        if place[:3] not in self._seen:
            self._seen.add(place[:3])
            if not self._is_known(place):
                self._new.add(place[:3])
        value = self._tools.projection.value(place) or {}
        if place.register == DELETED:
            self._before[place] = {"deleted": value.get("deleted") is True}
            return
        known = register_of(entity.kind, place.register)
        self._before[place] = {**value, **{f: value.get(f) for f in (known[1] if known else ())}}

    def _is_known(self, place: Place) -> bool:
        row = self._tools.connection.execute(
            f'SELECT 1 FROM "{place.kind}" WHERE stream = ? AND id = ?', (place.stream, place.entity)
        ).fetchone()
        return row is not None

    def _touch(self, place: Place) -> None:
        self._kinds.add(place.kind)
        self._entities.add(place.entity)
        case, _ = split_stream(place.stream)
        if case is not None:
            self._cases.add(case)
        self._tools.summaries.note(place)


def _said(value: Mapping[str, Value] | None) -> dict[str, Value]:
    """Return the fields that say something; a cleared field and one never written say the same."""
    return {field: said for field, said in (value or {}).items() if said is not None}


_ERASED_AT_ONCE = 2000
"""Values one erase commit names; `journal.header.MAX_ERASES` is a little more."""
