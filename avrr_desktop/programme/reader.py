"""Read the tables of a programme file key by key; whatever is wrong is refused with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path as FilePath
from typing import NoReturn

from avrr_desktop.programme.lines import Path, line_index, line_of
from avrr_desktop.programme.values import ProgrammeRefused, Refusal

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]*")


@dataclass(frozen=True, slots=True)
class _Decimal:
    """A number with a point, kept only to be refused with its line."""

    text: str


@dataclass(slots=True)
class Table:
    """
    One table being read. Each getter takes its key off; `end` refuses what is left.

    Raises (every getter): ProgrammeRefused, with the line of the key, or of its table when it is missing.
    """

    file: str
    index: Mapping[Path, int]
    path: Path
    values: dict[str, object] = field(repr=False)

    def refuse(self, reason: Refusal, detail: str, *below: str | int) -> NoReturn:
        """Refuse the file because of the key at *below* this table, or of the table itself."""
        raise ProgrammeRefused(self.file, line_of(self.index, (*self.path, *below)), reason, detail)

    def end(self) -> None:
        """Refuse keys nobody asked for."""
        for key in self.values:
            self.refuse(Refusal.UNKNOWN_KEY, key, key)

    def has(self, key: str) -> bool:
        """Tell whether *key* is there and not yet read."""
        return key in self.values

    def text(self, key: str) -> str:
        """Take a text that is not blank."""
        value = self._take(key)
        if not isinstance(value, str):
            self.refuse(Refusal.BAD_TYPE, key, key)
        if not value.strip():
            self.refuse(Refusal.BAD_VALUE, key, key)
        return value

    def code(self, key: str, known: Collection[str] | None = None) -> str:
        """Take a code: a letter, then letters, digits, "_", "." or "-"; one of *known* when given."""
        value = self.text(key)
        self._check_code(key, value, known)
        return value

    def codes(self, key: str, known: Collection[str] | None = None, *, needed: bool = True) -> tuple[str, ...]:
        """Take a list of distinct codes, in order; an absent list that is not *needed* is empty."""
        if not needed and key not in self.values:
            return ()
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.refuse(Refusal.BAD_TYPE, key, key)
        if not value:
            self.refuse(Refusal.BAD_VALUE, key, key)
        for word in value:
            self._check_code(key, word, known)
        if len(set(value)) != len(value):
            self.refuse(Refusal.DUPLICATE, key, key)
        return tuple(value)

    def whole(self, key: str) -> int:
        """Take a whole number that is not negative."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(Refusal.BAD_TYPE, key, key)
        if value < 0:
            self.refuse(Refusal.NEGATIVE, key, key)
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Take true or false; *default* stands in for an absent key, None demands it."""
        if default is not None and key not in self.values:
            return default
        value = self._take(key)
        if not isinstance(value, bool):
            self.refuse(Refusal.BAD_TYPE, key, key)
        return value

    def day(self, key: str) -> date | None:
        """Take a date; None when it is absent (open)."""
        if key not in self.values:
            return None
        value = self._take(key)
        if isinstance(value, datetime) or not isinstance(value, date):
            self.refuse(Refusal.BAD_DATE, key, key)
        return value

    def days(self, first: str, last: str) -> tuple[date | None, date | None]:
        """Take two dates that may be equal but not reversed."""
        start, end = self.day(first), self.day(last)
        if start is not None and end is not None and end < start:
            self.refuse(Refusal.DATES_REVERSED, last, last)
        return start, end

    def table(self, key: str, *, needed: bool = True) -> Table:
        """Take a table; an absent one that is not *needed* is empty."""
        value = self._take(key) if needed or key in self.values else {}
        if not isinstance(value, dict):
            self.refuse(Refusal.BAD_TYPE, key, key)
        return Table(self.file, self.index, (*self.path, key), value)

    def tables(self, key: str, *, needed: bool = True) -> Iterator[Table]:
        """Take an array of tables, in order; each is ended after its turn."""
        value = self._take(key) if needed or key in self.values else []
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.refuse(Refusal.BAD_TYPE, key, key)
        for position, entry in enumerate(value):
            child = Table(self.file, self.index, (*self.path, key, position), entry)
            yield child
            child.end()

    def _take(self, key: str) -> object:
        if key not in self.values:
            self.refuse(Refusal.MISSING_KEY, key)
        return self.values.pop(key)

    def _check_code(self, key: str, value: str, known: Collection[str] | None) -> None:
        if not _CODE.fullmatch(value):
            self.refuse(Refusal.BAD_VALUE, value, key)
        if known is not None and value not in known:
            self.refuse(Refusal.UNKNOWN_CODE, value, key)


def _first_float(value: object, path: Path) -> tuple[Path, str] | None:
    """Find a number with a point anywhere under *value*."""
    if isinstance(value, _Decimal):
        return path, value.text
    children: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(value, dict):
        children = iter(value.items())
    elif isinstance(value, list):
        children = iter(enumerate(value))
    for key, child in children:
        if found := _first_float(child, (*path, key)):
            return found
    return None


def open_table(path: FilePath) -> Table:
    """Parse the file at *path* and return its top table; a number with a point is refused."""
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as broken:
        raise ProgrammeRefused(file, 0, Refusal.UNREADABLE, type(broken).__name__) from broken
    try:
        values = tomllib.loads(text, parse_float=_Decimal)
    except tomllib.TOMLDecodeError as broken:
        place = re.search(r"at line (\d+)", str(broken))
        line = int(place[1]) if place else text.count("\n") + 1
        reason = Refusal.BAD_DATE if "date" in str(broken).lower() else Refusal.SYNTAX
        raise ProgrammeRefused(file, line, reason, str(broken)) from broken
    index = line_index(text)
    if found := _first_float(values, ()):
        raise ProgrammeRefused(file, line_of(index, found[0]), Refusal.FLOAT, found[1])
    return Table(file, index, (), values)
