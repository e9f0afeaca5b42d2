"""The list of cases without a window: which list, what is searched, which ids, rows by pages of 200."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from avrr_desktop.services.lists import PAGE, PILLS, CaseRow, Pill, Similar

KEPT_PAGES = 12
"""Pages of rows kept in memory; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How the model asks the office: each returns plain values and may raise `Refused`."""

    ids: Callable[[Pill, str], tuple[str, ...]]
    rows: Callable[[Sequence[str]], tuple[CaseRow, ...]]
    counts: Callable[[], dict[Pill, int]]
    similar: Callable[[str], tuple[Similar, ...]]


@dataclass(frozen=True, slots=True)
class State:
    """
    What the list shows.

    Attributes:
        ids: Cases of the list, in order.
        similar: Where nothing was found, who is called nearly so.
        is_empty_store: There is no case at all yet.
    """

    pill: Pill = "open"
    query: str = ""
    ids: tuple[str, ...] = ()
    counts: dict[Pill, int] = field(default_factory=dict)
    similar: tuple[Similar, ...] = ()

    @property
    def is_empty_store(self) -> bool:
        """Tell whether there is no case at all yet."""
        return not any(self.counts.get(pill, 0) for pill in ("open", "ended"))


class CasesModel:
    """The list's verbs; rows are read when they are drawn."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._pages: OrderedDict[int, Sequence[CaseRow | None]] = OrderedDict()
        self._whole: dict[Pill, tuple[str, ...]] = {}
        self.state = State()

    def refresh(self) -> None:
        """Read ids and counts anew; pages are read again when they are drawn."""
        self._whole.clear()
        self.state = replace(self.state, counts=self._reader.counts())
        self._find()

    def choose(self, pill: str) -> None:
        """Show another working list; what is searched stays."""
        self.state = replace(self.state, pill=next(known for known in PILLS if known == pill))
        self._find()

    def search(self, query: str) -> None:
        """Search as one types."""
        self.state = replace(self.state, query=" ".join(query.split()))
        self._find()

    def row(self, at: int) -> CaseRow | None:
        """Return row *at*, reading its page of 200 if it is not held; None for a case gone since."""
        number = at // PAGE
        page: Sequence[CaseRow | None] | None = self._pages.get(number)
        if page is None:
            wanted = self.state.ids[number * PAGE : (number + 1) * PAGE]
            page = self._reader.rows(wanted)
            if len(page) < len(wanted):
                known = {row.id: row for row in page}
                page = tuple(known.get(case) for case in wanted)
            self._pages[number] = page
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[at - number * PAGE]

    def position(self, case: str) -> int:
        """Return where *case* stands in the list, -1 if it does not."""
        return self.state.ids.index(case) if case in self.state.ids else -1

    def _find(self) -> None:
        self._pages.clear()
        ids = self._ids(self.state.pill, self.state.query)
        similar = self._reader.similar(self.state.query) if self.state.query and not ids else ()
        self.state = replace(self.state, ids=ids, similar=similar)

    def _ids(self, pill: Pill, query: str) -> tuple[str, ...]:
        """Read ids; a whole list is kept until `refresh`, so that taking a search away costs what typing it did."""
        if query:
            return self._reader.ids(pill, query)
        if pill not in self._whole:
            self._whole[pill] = self._reader.ids(pill, "")
        return self._whole[pill]


def share_left(received: datetime | None, due: datetime | None, now: datetime) -> float | None:
    """Return the share of a clock that is left, 0-1, below 0 when late; None where none runs."""
    if received is None or due is None or due <= received:
        return None
    return (due - now) / (due - received)
