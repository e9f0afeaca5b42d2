"""
What the office tells about the country of return: sheets by place and topic, and who was given which of them.

A sheet is never changed: a new one takes its place, the older stays and can still be read by its id.
Source: DOMAIN.md 4.3 (situation at the destination, with source and date).
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.counselling import HandedHow, Interview, SheetHanded
from avrr_desktop.domain.failures import BadValue, Expected
from avrr_desktop.domain.fields import check_value
from avrr_desktop.domain.office import CountrySheet, SheetTopic
from avrr_desktop.domain.sections import Section, office_stream
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import need_running
from avrr_desktop.store.store import Found

STREAM = office_stream(Section.DIRECTORY)
OLD_AFTER_MONTHS = 6
"""A sheet older than this says so: what was safe or open then may not be now. Practice, no rule."""
NEEDED = ("country", "topic", "language", "text", "source", "as_of")


@dataclass(frozen=True, slots=True)
class SheetView:
    """
    A sheet as screens need it.

    Attributes:
        place: "" for the whole country.
        is_old: The day it speaks of is more than `OLD_AFTER_MONTHS` ago.
        is_behind: A newer one on the same topic and place is there in another language.
        sha256: Of all it says; what was handed over is known by it.
        earlier: Sheets it has taken the place of, newest first.
    """

    id: str
    country: str
    place: str
    topic: SheetTopic
    language: str
    text: str
    source: str
    as_of: date
    is_old: bool = False
    is_behind: bool = False
    sha256: str = ""
    earlier: tuple[SheetView, ...] = ()


@verb(reads=(Section.DIRECTORY,))
def sheets(desk: Desk, actor: Actor, country: str, place: str, language: str) -> tuple[SheetView, ...]:
    """
    Return what there is to tell about a destination: one sheet a topic and place, in the order of the topics.

    Args:
        country, place: Where one returns to; sheets of the whole country are for every place of it.
        language: Of the reader; another language stands where there is none in it.
    """
    here = [one for one in _current(desk) if one.country == country and _is_for(one.place, place)]
    found: dict[tuple[SheetTopic, str], SheetView] = {}
    for one in sorted(here, key=lambda sheet: (sheet.language == language, sheet.as_of)):
        found[one.topic, one.place.casefold()] = one
    order = list(SheetTopic)
    return tuple(sorted(found.values(), key=lambda one: (order.index(one.topic), not one.place)))


@verb(reads=(Section.DIRECTORY,))
def all_sheets(desk: Desk, actor: Actor) -> tuple[SheetView, ...]:
    """Return every sheet that holds now, with those before it; by country, place, topic and language."""
    order = list(SheetTopic)
    return tuple(sorted(_current(desk), key=lambda one: (one.country, one.place, order.index(one.topic), one.language)))


@verb(reads=(Section.DIRECTORY,), writes=(Section.DIRECTORY,))
def write_sheet(
    desk: Desk,
    actor: Actor,
    *,
    country: str,
    place: str,
    topic: SheetTopic | None,
    language: str,
    text: str,
    source: str,
    as_of: date | None,
) -> Done[str]:
    """
    Write a sheet; it takes the place of the one before on the same topic, place and language.

    Raises:
        BadValue: "sheet.missing" with the field that is empty (place may be); "sheet.in_future"; "sheet.older" when
            the one that holds speaks of a later day; a field's own refusal.
    """
    values: dict[str, object] = {
        "country": country,
        "place": place.strip() or None,
        "topic": topic,
        "language": language,
        "text": text.strip(),
        "source": source.strip(),
        "as_of": as_of,
    }
    for name in NEEDED:
        if not values[name]:
            raise BadValue("sheet.missing", entity="country_sheet", field=name, why="missing")
    if as_of is None or as_of > desk.today():
        raise BadValue("sheet.in_future", entity="country_sheet", field="as_of", why="future")
    for name, value in values.items():
        check_value(CountrySheet, name, value)
    before = next((one for one in _current(desk) if _key(one) == (country, _fold(place), topic, language)), None)
    if before is not None and before.as_of > as_of:
        raise BadValue("sheet.older", entity="country_sheet", field="as_of", why="older")
    sheet = desk.new_id()
    with desk.work(actor) as work:
        work.put(STREAM, CountrySheet, sheet, **values)
        work.seal(STREAM)
        return done(work, sheet)


@verb(reads=(Section.CORE, Section.COUNS, Section.DIRECTORY), writes=(Section.COUNS,))
def hand_sheet(
    desk: Desk, actor: Actor, case: str, interview: str, person: str, sheet: str, how: HandedHow, language: str
) -> Done[str]:
    """
    Write that a sheet was read aloud, shown or printed for *person*, in what words and when.

    Args:
        language: In which it reached the person: the sheet's own, or the interpreter's.

    Raises:
        Blocked: "case.ended".
        Expected: "interview.missing"; "sheet.unknown".
    """
    need_running(desk, case)
    record = desk.one(Interview, case, interview)
    if record is None or record.person != person:
        raise Expected("interview.missing", interview=interview)
    held = desk.store.get(CountrySheet, sheet, stream=STREAM)
    view = _view(desk, sheet, held) if held is not None else None
    if view is None:
        raise Expected("sheet.unknown", sheet=sheet)
    handed = desk.new_id()
    with desk.work(actor) as work:
        work.put(
            own_stream(SheetHanded, case),
            SheetHanded,
            handed,
            person=person,
            interview=interview,
            sheet=sheet,
            sheet_sha256=view.sha256,
            language=language,
            how=how,
            at=desk.clock(),
            by=actor.officer,
        )
        work.seal_case(case)
        return done(work, handed)


@verb(reads=(Section.COUNS,))
def handed_sheets(desk: Desk, actor: Actor, case: str, interview: str) -> tuple[SheetHanded, ...]:
    """Return what was handed over in an interview, oldest first."""
    return tuple(found.value for found in desk.find(SheetHanded, case, interview=interview))


def is_old(as_of: date, today: date) -> bool:
    """Tell whether *as_of* is more than `OLD_AFTER_MONTHS` calendar months before *today*."""
    years, month = divmod(as_of.month - 1 + OLD_AFTER_MONTHS, 12)
    year = as_of.year + years
    return today > date(year, month + 1, min(as_of.day, monthrange(year, month + 1)[1]))


def _current(desk: Desk) -> list[SheetView]:
    """Return the newest sheet of each country, place, topic and language, the others behind it."""
    found = desk.store.find(CountrySheet, sections=(Section.DIRECTORY,))
    groups: dict[tuple[str, str, SheetTopic | None, str], list[SheetView]] = {}
    for one in _views(desk, found):
        groups.setdefault(_key(one), []).append(one)
    newest = []
    for group in groups.values():
        # Written later wins among those of one day: it was put right.
        group.reverse()
        first, *earlier = sorted(group, key=lambda one: one.as_of, reverse=True)
        newest.append((first, tuple(earlier)))
    latest: dict[tuple[object, ...], date] = {}
    for first, _earlier in newest:
        place = _key(first)[:3]
        latest[place] = max(latest.get(place, first.as_of), first.as_of)
    return [
        replace(first, earlier=earlier, is_behind=first.as_of < latest[_key(first)[:3]]) for first, earlier in newest
    ]


def _views(desk: Desk, found: Iterable[Found[CountrySheet]]) -> list[SheetView]:
    views = (_view(desk, one.id, one.value) for one in found)
    return [view for view in views if view is not None]


def _view(desk: Desk, sheet: str, held: CountrySheet) -> SheetView | None:
    """Return a sheet that is whole; None for one of which a part is not held here."""
    if held.topic is None or held.as_of is None or not held.country or not held.language or not held.text:
        return None
    parts = (held.country, held.place or "", held.topic.value, held.language, held.as_of.isoformat(),
             held.source or "", held.text)  # fmt: skip
    return SheetView(
        sheet,
        held.country,
        held.place or "",
        held.topic,
        held.language,
        held.text,
        held.source or "",
        held.as_of,
        is_old(held.as_of, desk.today()),
        sha256=hashlib.sha256("\n".join(parts).encode()).hexdigest(),
    )


def _key(one: SheetView) -> tuple[str, str, SheetTopic | None, str]:
    return one.country, _fold(one.place), one.topic, one.language


def _fold(place: str) -> str:
    return place.strip().casefold()


def _is_for(sheet_place: str, place: str) -> bool:
    return not sheet_place or _fold(sheet_place) == _fold(place)
