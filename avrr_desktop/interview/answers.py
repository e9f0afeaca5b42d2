"""
Hold answers in ODK's canonical text form, the way the journal keeps them.

A repeat row is stored like an answer: its node is the repeat's path, its `rep` the row id, its value
the order and the parent row's id ("2" or "2 parent"); an empty value is a removed row.

Source: FORMS.md 6, "Answers"; ODK XForms specification, "Data types".
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Context, Decimal, InvalidOperation
from enum import StrEnum

from avrr_desktop.interview import limits
from avrr_desktop.interview.errors import AnswerError
from avrr_desktop.interview.tree import Place
from avrr_desktop.interview.values import parse_instant


class State(StrEnum):
    """What became of a question (DOMAIN.md 4)."""

    ANSWERED = "answered"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Stored:
    """
    One stored answer or repeat row.

    Attributes:
        node: Template path.
        rep: Innermost row id, '' outside repeats.
        value: Canonical text; '' with state answered means cleared.
        note: The officer's remark, '' for none.
    """

    node: str
    rep: str = ""
    value: str = ""
    state: State = State.ANSWERED
    note: str = ""

    def __post_init__(self) -> None:
        # Stores give plain text; comparisons below are by identity.
        object.__setattr__(self, "state", State(self.state))

    @property
    def place(self) -> Place:
        """Return where it belongs."""
        return Place(self.node, self.rep)


class Kept(dict[Place, Stored]):
    """
    The stored entries of a running form, which remember what they were.

    Attributes:
        was: The entry before the first write since `forget`; None where there was none.
    """

    def __init__(self, entries: Iterable[Stored] = ()) -> None:
        super().__init__((one.place, one) for one in entries)
        self.was: dict[Place, Stored | None] = {}

    def __setitem__(self, place: Place, entry: Stored) -> None:
        self.was.setdefault(place, self.get(place))
        super().__setitem__(place, entry)

    def forget(self) -> None:
        """Begin to remember anew."""
        self.was.clear()

    def changed(self) -> list[Stored]:
        """Return the entries that are not what they were, in the order written."""
        return [self[place] for place, old in self.was.items() if self[place] != old]


def row_value(order: int, parent: str) -> str:
    """Write a row's stored value."""
    return f"{order} {parent}".strip()


def read_row(value: str) -> tuple[Decimal, str] | None:
    """Read order and parent row of a stored row; None when removed or not a row."""
    order, _space, parent = value.partition(" ")
    try:
        number = Decimal(order)
    except InvalidOperation:
        return None
    return (number, parent) if number.is_finite() else None


_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?\Z", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,18}\Z", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,40}(\.\d{1,40})?\Z", re.ASCII)
_EXACT = Context(prec=200)
"""The usual 28 digits round such numbers, or fail, when one is divided by another."""
_POINT = re.compile(r"-?\d+(\.\d+)?( -?\d+(\.\d+)?){1,3}\Z", re.ASCII)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_instant(text: str) -> bool:
    return "T" in text and parse_instant(text, UTC) is not None


def _places(text: str) -> list[tuple[float, float]] | None:
    """Read places with ; between them, a last ; allowed; None when one is none at all."""
    written = [part.strip() for part in text.strip().removesuffix(";").split(";")]
    if not all(_POINT.match(part) for part in written):
        return None
    pairs = [part.split()[:2] for part in written]
    found = [(float(latitude), float(longitude)) for latitude, longitude in pairs]
    if any(abs(latitude) > 90 or abs(longitude) > 180 for latitude, longitude in found):
        raise AnswerError("not_on_earth")
    return found


def _is_point(text: str) -> bool:
    return ";" not in text and _places(text) is not None


def _is_trace(text: str) -> bool:
    places = _places(text)
    return places is not None and len(places) >= 2


def _is_shape(text: str) -> bool:
    places = _places(text)
    return places is not None and len(places) >= 4 and places[0] == places[-1]


_FORMS: Mapping[str, Callable[[str], object]] = {
    "int": _INTEGER.match,
    "decimal": _DECIMAL.match,
    "date": _is_date,
    "time": _TIME.match,
    "dateTime": _is_instant,
    "geopoint": _is_point,
    "geotrace": _is_trace,
    "geoshape": _is_shape,
}


def canonical(value: str, data_type: str, *, is_choice: bool) -> str:
    """
    Check a value against its data type and return its canonical text.

    Raises:
        AnswerError: Code `not_<type>`, `not_on_earth`, `spaces_in_choice`, `control_characters`.
        LimitError: The text is too long.
    """
    limits.require(len(value), limits.TEXT_LENGTH, "text_length")
    if CONTROL.search(value):
        raise AnswerError("control_characters")
    if value == "":
        return ""
    if is_choice:
        # A typed choice ("1", a date) still is a list of names.
        return " ".join(dict.fromkeys(value.split()))
    form = _FORMS.get(data_type)
    if form is not None and not form(value):
        raise AnswerError(f"not_{data_type}")
    return value


def check_range(value: str, parameters: Mapping[str, str]) -> None:
    """
    Check a number against the start, end and step of a range; '' and parameters that are no numbers pass.

    Raises:
        AnswerError: Code `not_in_range` with *start*, *end* and *step*.
    """
    start, end, step = (_number(parameters.get(name, "")) for name in ("start", "end", "step"))
    number = _number(value)
    if number is None or start is None or end is None:
        return
    low, high = min(start, end), max(start, end)
    on_step = not step or _EXACT.remainder(_EXACT.subtract(number, start), step) == 0
    if not low <= number <= high or not on_step:
        raise AnswerError("not_in_range", start=parameters["start"], end=parameters["end"], step=str(step or "-"))


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _DECIMAL.match(text) else None
