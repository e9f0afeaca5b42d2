"""
What every verb works with: the open store, the clock, the rules, and the check of the acting officer.

A verb is a function `verb(desk, actor, …) -> Done`. It is wrapped by `verb`, which refuses by the role table before
anything is read and writes the refusal into the audit trail.

The first list is painted from here, so declarations and programmes are loaded by the first verb that needs them
(DESIGN.md 5.10).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, TypeVar

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.clock import Clock, local_date, system_clock
from avrr_desktop.domain.failures import Expected, Refused
from avrr_desktop.domain.ids import RandomBytes, new_id
from avrr_desktop.domain.sections import CASE_SECTIONS, Right, Section, Stream, case_stream, office_stream, readable
from avrr_desktop.store.store import Store

if TYPE_CHECKING:
    from avrr_desktop.documents.wording import Wording
    from avrr_desktop.domain.fields import Entity
    from avrr_desktop.domain.office import Office
    from avrr_desktop.programme.model import Programme
    from avrr_desktop.store.roster import OfficeRow
    from avrr_desktop.store.store import Before, Found, Work

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound="Entity")
P = ParamSpec("P")

OFFICE_ID = "office"


@dataclass(frozen=True, slots=True)
class Resources:
    """Folders of the program's own files."""

    forms: Path
    fonts: Path
    programmes: Path
    wording: Path


@dataclass(frozen=True, slots=True)
class Done(Generic[T_co]):
    """
    What a verb did.

    Attributes:
        value: What it made, None where nothing.
        changes: Which kinds and cases are different now.
        before: What to write again to undo it; empty where there is nothing to undo.
    """

    value: T_co
    changes: Changes = field(default_factory=Changes)
    before: tuple[Before, ...] = ()


class Desk:
    """The open office of one laptop."""

    def __init__(
        self,
        store: Store,
        resources: Resources,
        *,
        clock: Clock = system_clock,
        random_bytes: RandomBytes | None = None,
    ) -> None:
        self.store = store
        self.resources = resources
        self.clock = clock
        self._random_bytes = random_bytes

    @property
    def shut(self) -> Expected | None:
        """Return why nothing is written now: "store.checking", "store.untrusted"; None: everything is."""
        return self.store.shut

    def new_id(self) -> str:
        """Draw an id."""
        return new_id(self._random_bytes) if self._random_bytes else new_id()

    @cached_property
    def programmes(self) -> Mapping[str, Programme]:
        """Programmes by code, as their files say."""
        from avrr_desktop.programme.load import load_all

        return load_all(self.resources.programmes)

    @cached_property
    def wordings(self) -> Mapping[str, Wording]:
        """Words of the papers by language, as their files say; read once."""
        from avrr_desktop.documents.wording import languages, load_wording

        folder = self.resources.wording
        return {code: load_wording(folder, code) for code in languages(folder)}

    def office(self) -> Office:
        """Return the office's settings; all None before the first run is finished."""
        from avrr_desktop.domain.office import Office

        return self.store.get(Office, OFFICE_ID, stream=office_stream(Section.SETTINGS)) or Office()

    def front(self) -> OfficeRow:
        """Return what stands outside on every page: name, zone, rehearsal; as committed."""
        return self.store.roster.office()

    @property
    def zone(self) -> str:
        """Return the office's time zone."""
        return self.front().zone or "UTC"

    def today(self) -> date:
        """Return the office's calendar date."""
        return local_date(self.clock(), self.zone)

    def one(self, entity: type[E], case: str, entity_id: str | None = None) -> E | None:
        """Return an entity of *case* from its own section; its id is the case's when none is given."""
        if entity.section is None:
            raise TypeError(f"{entity.kind} has no section of its own")
        return self.store.get(entity, entity_id or case, stream=case_stream(case, entity.section))

    def find(
        self, entity: type[E], case: str, *, sections: Collection[Section] | None = None, **equals: object
    ) -> list[Found[E]]:
        """Return the entities of a kind in *case*, in order of creation; *sections* as in `Store.find`."""
        return self.store.find(entity, case=case, sections=sections, **equals)

    @contextmanager
    def work(self, actor: Actor) -> Iterator[Work]:
        """Open one transaction of *actor*."""
        with self.store.work(actor.officer) as work:
            yield work


def own_stream(entity: type[Entity], case: str) -> Stream:
    """Return the stream of *case* that *entity* belongs to."""
    if entity.section is None:
        raise TypeError(f"{entity.kind} has no section of its own")
    return case_stream(case, entity.section)


def streams_of(actor: Actor, case: str) -> list[Stream]:
    """Return the streams of *case* the actor may read."""
    allowed = readable(actor.roles)
    return [case_stream(case, section) for section in CASE_SECTIONS if section in allowed]


@dataclass(frozen=True, slots=True)
class Need:
    """A verb and the rights it declares."""

    name: str
    rights: tuple[tuple[Right, Section], ...]


VERBS: dict[str, Need] = {}
"""Every verb with what it needs; a test walks it against the role table."""


def hold(desk: Desk, actor: Actor, name: str, *rights: tuple[Right, Section]) -> None:
    """
    Hold the caller of the verb *name* to *rights*, also to those that only its arguments tell.

    Raises:
        Refused: One is missing; the refusal stands in the audit trail, unless nothing is written now.
    """
    try:
        actor.need(name, *rights)
    except Refused as refusal:
        note_refusal(desk, actor, name, str(refusal.params["section"]))
        raise


def note_refusal(desk: Desk, actor: Actor, name: str, section: str) -> None:
    """Write into the audit trail that the verb *name* was refused, unless nothing is written now."""
    if desk.shut is None:
        desk.store.note(actor.officer, "refused", verb=name, section=section)


def verb(
    *, reads: tuple[Section, ...] = (), writes: tuple[Section, ...] = (), also: tuple[tuple[Right, Section], ...] = ()
) -> Callable[[Callable[Concatenate[Desk, Actor, P], T]], Callable[Concatenate[Desk, Actor, P], T]]:
    """
    Declare which sections a verb reads and writes, and hold every caller to it.

    Raises:
        Refused: From the wrapped verb, before it does anything; the refusal stands in the audit trail.
    """
    rights = tuple((Right.READ, s) for s in reads) + tuple((Right.WRITE, s) for s in writes) + also

    def wrap(act: Callable[Concatenate[Desk, Actor, P], T]) -> Callable[Concatenate[Desk, Actor, P], T]:
        name = f"{act.__module__.rpartition('.')[2]}.{act.__name__}"
        VERBS[name] = Need(name, rights)

        def held(desk: Desk, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            hold(desk, actor, name, *rights)
            return act(desk, actor, *args, **kwargs)

        update_wrapper(held, act)
        return held

    return wrap


def done(work: Work, value: T) -> Done[T]:
    """Close a verb: what *work* changed, how to undo it, and *value*."""
    return Done(value, work.changes, work.before)
