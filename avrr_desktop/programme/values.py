"""What every answer carries: the rule that fired, its source, its mark; and how wrong ones are refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from avrr_desktop.domain.failures import Expected, Fault


class Mark(StrEnum):
    """
    How far a rule can be trusted. Only SOURCED may be shown as published.

    Source: DOMAIN.md 0 ([S:key], [P], [R]); PRACTICE and RECALLED are defaults the office can change.
    """

    SOURCED = "sourced"
    PRACTICE = "practice"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from; *address* is empty when nothing is published."""

    key: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Fired:
    """
    The rule behind an answer.

    *sources* has at least one entry, the weightiest first. *valid_from* and *valid_to* are inclusive, None is
    open. *confirmed* is False when the file says that the office must confirm the rule before it counts;
    whether anything is published is the *mark*'s business.
    """

    rule_id: str
    sources: tuple[Source, ...]
    mark: Mark
    valid_from: date | None = None
    valid_to: date | None = None
    confirmed: bool = True

    @property
    def source_key(self) -> str:
        """Return the key of the first source."""
        return self.sources[0].key

    @property
    def source_text(self) -> str:
        """Return the title of the first source."""
        return self.sources[0].text

    @property
    def source_address(self) -> str:
        """Return the address of the first source, empty when nothing is published."""
        return self.sources[0].address

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the rule holds on *day*, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Refusal(StrEnum):
    """Why a programme file was refused."""

    UNREADABLE = "unreadable"
    SYNTAX = "syntax"
    NEWER_FORMAT = "newer_format"
    FLOAT = "float"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    MISSING_SOURCE = "missing_source"
    UNKNOWN_SOURCE = "unknown_source"
    BAD_TYPE = "bad_type"
    BAD_VALUE = "bad_value"
    BAD_DATE = "bad_date"
    DATES_REVERSED = "dates_reversed"
    NEGATIVE = "negative"
    UNKNOWN_CURRENCY = "unknown_currency"
    CURRENCY_MISMATCH = "currency_mismatch"
    DUPLICATE = "duplicate"
    OVERLAP = "overlap"
    UNKNOWN_CODE = "unknown_code"


class ProgrammeRefused(Expected):
    """
    A programme file is wrong; nothing of it is used.

    Attributes:
        file: Its path as given.
        line: 1-based line of the key or table at fault, 0 when the file as a whole is.
        reason: Why.
        detail: The key, id or code concerned.
    """

    def __init__(self, file: str, line: int, reason: Refusal, detail: str) -> None:
        super().__init__("programme.refused", file=file, line=line, reason=reason.value, detail=detail)
        self.file = file
        self.line = line
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}: {self.detail}"


class RuleUnknown(Fault):
    """The programme has no rule of that kind and id (or none valid at that time); params: kind, rule."""

    def __init__(self, kind: str, rule: str) -> None:
        super().__init__("programme.rule_unknown", kind=kind, rule=rule)


class QuestionRefused(Expected):
    """A question was put with values no answer can be given for; params: why, detail."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__("programme.question_refused", why=why, detail=detail)
        self.why = why
        self.detail = detail
