"""Read the texts of the papers: one file for each language in `resources/wording`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from string import Formatter
from typing import Any

from avrr_desktop.documents.failures import BadWording


class Status(Enum):
    """Whether somebody who knows the language and the programme has approved the texts."""

    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """
    The texts of one language.

    Attributes:
        language: ISO 639-1 code.
        approved_by: Who approved; "" for a draft.
        months, short_months: January first; weekdays: Monday first.
        first_day: How the first of a month is written; "" for plain 1.
        group, decimal: Signs inside numbers.
        currency_first: The currency code stands before the number.
        never_print: Stems that must not stand on a paper that leaves the office; one in capitals is a
            whole word. Source: DOMAIN.md 10.3.
        texts: Dotted key to text with `{named}` gaps.
    """

    language: str
    status: Status
    approved_by: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    first_day: str
    group: str
    decimal: str
    currency_first: bool
    never_print: tuple[str, ...]
    texts: Mapping[str, str]

    @property
    def is_approved(self) -> bool:
        """True when the texts may be signed."""
        return self.status is Status.APPROVED

    def text(self, key: str, **values: str) -> str:
        """
        Return the text of *key* with its gaps filled.

        Raises:
            BadWording: The file has no such text, or a gap that nobody fills.
        """
        try:
            return self.texts[key].format(**values)
        except (KeyError, IndexError) as missing:
            raise BadWording(self.language, key) from missing


def load_wording(folder: Path, language: str) -> Wording:
    """
    Read `<language>.toml` from *folder*.

    Raises:
        BadWording: The file is not there (key "file"), is not TOML (key "toml"), or lacks or breaks a key.
    """
    try:
        content = tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise BadWording(language, "file") from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise BadWording(language, "toml") from broken
    return _understand(content, language)


def languages(folder: Path) -> tuple[str, ...]:
    """List the languages that have a wording file, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def _understand(content: dict[str, Any], language: str) -> Wording:
    key = "status"
    try:
        status = Status(content[key])
        key = "approved_by"
        approved_by = str(content[key])
        if (status is Status.APPROVED) != bool(approved_by):
            raise BadWording(language, key)
        lists: dict[str, tuple[str, ...]] = {}
        for key, length in (("months", 12), ("short_months", 12), ("weekdays", 7), ("never_print", None)):
            lists[key] = tuple(str(entry) for entry in content[key])
            if not all(lists[key]) or not lists[key] or len(lists[key]) != (length or len(lists[key])):
                raise BadWording(language, key)
        key = "numbers"
        numbers = content[key]
        group, decimal = str(numbers["group"]), str(numbers["decimal"])
        currency_first, first_day = bool(numbers["currency_first"]), str(numbers["first_day"])
        key = "texts"
        texts = dict(_flat(content[key], ""))
        for key, text in texts.items():  # noqa: B007 - the handler below names the key
            list(Formatter().parse(text))
    except (KeyError, ValueError, TypeError) as broken:
        raise BadWording(language, key) from broken
    return Wording(
        language, status, approved_by, lists["months"], lists["short_months"], lists["weekdays"], first_day,
        group, decimal, currency_first, lists["never_print"], texts,
    )  # fmt: skip


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        elif isinstance(value, str) and value.strip():
            yield f"{prefix}{key}", value
        else:
            raise ValueError(f"{prefix}{key}")
