"""A referral being written, without a window: what was typed, what it means, what is wrong, who is known already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from avrr_desktop.domain.dates import read_date
from avrr_desktop.domain.legal import Source
from avrr_desktop.services.referring import NewReferral


@dataclass(frozen=True, slots=True)
class Draft:
    """A referral being written, as typed."""

    family_name: str = ""
    given_names: str = ""
    script_name: str = ""
    day: str = ""
    clock: str = ""
    source: str = Source.AUTHORITY.value


def read_time(text: str) -> time | None:
    """Read "9:05", "0905" or "9.05"; None for no time of day."""
    digits = "".join(c for c in text if c.isdigit())
    if not 3 <= len(digits) <= 4 or any(c not in "0123456789:.h " for c in text.strip().lower()):
        return None
    hour, minute = int(digits[:-2]), int(digits[-2:])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def draft_now(now: datetime, zone: str) -> Draft:
    """Begin a referral received just now."""
    here = now.astimezone(ZoneInfo(zone))
    return Draft(day=f"{here:%d %m %Y}", clock=f"{here:%H:%M}")


def check_draft(draft: Draft, zone: str) -> tuple[NewReferral | None, dict[str, str]]:
    """
    Read a draft.

    Returns:
        The referral, or None and the code of what is wrong by field ("family_name", "day", "clock").
    """
    wrong: dict[str, str] = {}
    if not (draft.family_name.strip() or draft.given_names.strip()):
        wrong["family_name"] = "referral.no_name"
    day, clock = read_date(draft.day), read_time(draft.clock)
    if day is None:
        wrong["day"] = "referral.no_day"
    if clock is None:
        wrong["clock"] = "referral.no_time"
    if wrong or day is None or clock is None:
        return None, wrong
    received = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
    return (
        NewReferral(
            draft.family_name.strip(),
            draft.given_names.strip(),
            received,
            zone,
            Source(draft.source),
            draft.script_name.strip(),
        ),
        {},
    )
