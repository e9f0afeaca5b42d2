"""The rule behind an answer, as a screen says it: source, mark, dates, who confirmed it for the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.programme.values import Fired


@dataclass(frozen=True, slots=True)
class Reason:
    """
    One rule.

    Attributes:
        rule: Its id in the programme.
        sources: Titles, the weightiest first.
        mark: "sourced", "practice" (of the office) or "recalled" (not official).
        valid_from, valid_to: Inclusive; None is open.
        confirmed_by, confirmed_on: Who confirmed the amount for the office; "" and None for nobody.
    """

    rule: str
    sources: tuple[str, ...]
    mark: str
    valid_from: date | None
    valid_to: date | None
    confirmed_by: str = ""
    confirmed_on: date | None = None


def reason_of(fired: Fired, confirmed_by: str = "", confirmed_on: date | None = None) -> Reason:
    """Return the reason of a rule that fired."""
    return Reason(
        fired.rule_id,
        tuple(source.text for source in fired.sources),
        fired.mark.value,
        fired.valid_from,
        fired.valid_to,
        confirmed_by,
        confirmed_on,
    )
