"""What every part of `form` that plays one is told: the form, the zone, the clock, and what the device knows."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Playing:
    """How a form is played: the zone of the interview, its clock, and the properties of the device by name."""

    zone: tzinfo
    clock: Callable[[], datetime]
    properties: dict[str, str]


def add_playing_options(parser: ArgumentParser) -> None:
    """Add the form and how it is played."""
    parser.add_argument("form", metavar="FORM", type=Path, help=".md, .xlsx, .xls, .csv or an XForm .xml")
    parser.add_argument("--timezone", default="UTC", help="zone of the interview, as America/Toronto (default UTC)")
    parser.add_argument("--now", default="", help="instant that now() and today() give (default: the clock)")
    parser.add_argument("--property", action="append", default=[], metavar="NAME=VALUE", help="username, deviceid, ...")


def read_playing(asked: Namespace) -> Playing:
    """
    Read the options of `add_playing_options`.

    Raises:
        Expected: As `evaluating.zone_named` and `evaluating.instant_read`.
    """
    from avrr_desktop.services.evaluating import instant_read, zone_named

    zone = zone_named(asked.timezone)
    given = instant_read(asked.now, zone) if asked.now else None
    properties = dict(one.partition("=")[::2] for one in asked.property)
    return Playing(zone, clock if given is None else lambda: given, properties)


def clock() -> datetime:
    """Give the instant of the machine."""
    return datetime.now(UTC)
