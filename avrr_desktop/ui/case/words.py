"""The words of the codes a case is written in: one table a code list, and the value of any field in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLocale

from avrr_desktop.domain.clock import read_instant
from avrr_desktop.services.places import country_name, language_name
from avrr_desktop.ui import wording
from avrr_desktop.ui.components.base import isolate, ltr
from avrr_desktop.ui.notices import QT_TRANSLATE_NOOP

CODES: dict[str, dict[str, str]] = {
    "sex": {
        "F": QT_TRANSLATE_NOOP("Words", "Female"),
        "M": QT_TRANSLATE_NOOP("Words", "Male"),
        "X": QT_TRANSLATE_NOOP("Words", "X, as in the document"),
        "unknown": QT_TRANSLATE_NOOP("Words", "Not known"),
    },
    "born_precision": {
        "day": QT_TRANSLATE_NOOP("Words", "Exact day"),
        "month": QT_TRANSLATE_NOOP("Words", "Month and year only"),
        "year": QT_TRANSLATE_NOOP("Words", "Year only"),
        "estimated": QT_TRANSLATE_NOOP("Words", "Estimated"),
    },
    "relation": {
        "principal": QT_TRANSLATE_NOOP("Words", "Main person"),
        "spouse": QT_TRANSLATE_NOOP("Words", "Spouse or partner"),
        "child": QT_TRANSLATE_NOOP("Words", "Child"),
        "parent": QT_TRANSLATE_NOOP("Words", "Parent"),
        "sibling": QT_TRANSLATE_NOOP("Words", "Brother or sister"),
        "other": QT_TRANSLATE_NOOP("Words", "Other relation"),
    },
    "reads": {
        "yes": QT_TRANSLATE_NOOP("Words", "Yes"),
        "little": QT_TRANSLATE_NOOP("Words", "A little"),
        "no": QT_TRANSLATE_NOOP("Words", "No"),
    },
    "safe_to_call": {
        "yes": QT_TRANSLATE_NOOP("Words", "Yes"),
        "no": QT_TRANSLATE_NOOP("Words", "No, never call"),
        "only_times": QT_TRANSLATE_NOOP("Words", "Only at certain times"),
    },
    "purpose": {
        "assistance": QT_TRANSLATE_NOOP("Words", "Use of data for this return"),
        "receiving_office": QT_TRANSLATE_NOOP("Words", "The office in the country of return"),
        "consulate": QT_TRANSLATE_NOOP("Words", "The consulate, for travel documents"),
        "service_provider": QT_TRANSLATE_NOOP("Words", "Who supplies goods and services"),
        "health_provider": QT_TRANSLATE_NOOP("Words", "Doctors and the airline, about health"),
        "research": QT_TRANSLATE_NOOP("Words", "Research, without names"),
        "authority": QT_TRANSLATE_NOOP("Words", "The authority that sent the referral"),
    },
    "consent_state": {
        "given": QT_TRANSLATE_NOOP("Words", "Given"),
        "refused": QT_TRANSLATE_NOOP("Words", "Refused"),
        "withdrawn": QT_TRANSLATE_NOOP("Words", "Withdrawn"),
    },
    "return_kind": {
        "general": QT_TRANSLATE_NOOP("Words", "General return"),
        "tailored": QT_TRANSLATE_NOOP("Words", "Tailored return"),
        "stranded": QT_TRANSLATE_NOOP("Words", "Return of somebody stranded"),
    },
    "group": {
        "irregular_migrant": QT_TRANSLATE_NOOP("Words", "Irregular migrant"),
        "unsuccessful_asylum_seeker": QT_TRANSLATE_NOOP("Words", "Unsuccessful asylum seeker"),
        "refugee": QT_TRANSLATE_NOOP("Words", "Refugee"),
        "stranded_migrant": QT_TRANSLATE_NOOP("Words", "Stranded migrant"),
        "tailored": QT_TRANSLATE_NOOP("Words", "Tailored"),
        "other": QT_TRANSLATE_NOOP("Words", "Other"),
        "victim_of_trafficking": QT_TRANSLATE_NOOP("Words", "Victim of trafficking"),
        "unaccompanied_child": QT_TRANSLATE_NOOP("Words", "Unaccompanied child"),
    },
    "recourse_stage": {
        "RPD_NEG": QT_TRANSLATE_NOOP("Words", "Refugee claim refused, no recourse used"),
        "RAD_PENDING_WITHDRAWN": QT_TRANSLATE_NOOP("Words", "Appeal made, then withdrawn"),
        "RAD_NEG": QT_TRANSLATE_NOOP("Words", "Appeal refused"),
        "JR_PENDING_WITHDRAWN": QT_TRANSLATE_NOOP("Words", "Federal Court asked, then withdrawn"),
        "JR_NEG": QT_TRANSLATE_NOOP("Words", "Federal Court refused"),
        "PRRA_PENDING_WITHDRAWN": QT_TRANSLATE_NOOP("Words", "Risk assessment asked, then withdrawn"),
        "PRRA_NEG": QT_TRANSLATE_NOOP("Words", "Risk assessment refused"),
    },
    "answer3": {
        "yes": QT_TRANSLATE_NOOP("Words", "Yes"),
        "no": QT_TRANSLATE_NOOP("Words", "No"),
        "unknown": QT_TRANSLATE_NOOP("Words", "Not known"),
    },
    "verdict": {
        "eligible": QT_TRANSLATE_NOOP("Words", "Can take part"),
        "not_eligible": QT_TRANSLATE_NOOP("Words", "Cannot take part"),
    },
    "ending": {
        "ineligible": QT_TRANSLATE_NOOP("Words", "Cannot take part"),
        "declined": QT_TRANSLATE_NOOP("Words", "Does not want to take part"),
        "withdrawn": QT_TRANSLATE_NOOP("Words", "Changed their mind"),
    },
    "source": {
        "authority": QT_TRANSLATE_NOOP("Words", "The authority"),
        "self": QT_TRANSLATE_NOOP("Words", "The person"),
        "partner": QT_TRANSLATE_NOOP("Words", "A partner organisation"),
        "other_office": QT_TRANSLATE_NOOP("Words", "Another office"),
    },
    "contacted_how": {
        "phone": QT_TRANSLATE_NOOP("Words", "By phone"),
        "visit": QT_TRANSLATE_NOOP("Words", "At the office"),
        "message": QT_TRANSLATE_NOOP("Words", "By message or mail"),
        "detention": QT_TRANSLATE_NOOP("Words", "Visit in detention"),
    },
    "gate": {
        "G1": QT_TRANSLATE_NOOP("Words", "Contacted"),
        "G2": QT_TRANSLATE_NOOP("Words", "Interviewed"),
        "G3": QT_TRANSLATE_NOOP("Words", "Enrolled"),
        "G4": QT_TRANSLATE_NOOP("Words", "Plan agreed"),
    },
    "standing": {
        "not_travelling": QT_TRANSLATE_NOOP("Words", "Not travelling"),
        "preparing": QT_TRANSLATE_NOOP("Words", "Preparing"),
        "ready": QT_TRANSLATE_NOOP("Words", "Ready"),
        "departed": QT_TRANSLATE_NOOP("Words", "Departed"),
        "arrived": QT_TRANSLATE_NOOP("Words", "Arrived"),
        "active": QT_TRANSLATE_NOOP("Words", "Active"),
        "monitored": QT_TRANSLATE_NOOP("Words", "Monitored"),
        "closed": QT_TRANSLATE_NOOP("Words", "Closed"),
    },
    "mode": {
        "office": QT_TRANSLATE_NOOP("Words", "At the office"),
        "phone": QT_TRANSLATE_NOOP("Words", "By phone"),
        "video": QT_TRANSLATE_NOOP("Words", "By video"),
        "detention_visit": QT_TRANSLATE_NOOP("Words", "Visit in detention"),
    },
    "interview_state": {
        "draft": QT_TRANSLATE_NOOP("Words", "Not complete"),
        "complete": QT_TRANSLATE_NOOP("Words", "Complete"),
    },
    "answer_state": {
        "answered": QT_TRANSLATE_NOOP("Words", "Answered"),
        "declined": QT_TRANSLATE_NOOP("Words", "Declined"),
        "not_asked": QT_TRANSLATE_NOOP("Words", "Not asked"),
    },
    "signed_how": {
        "screen": QT_TRANSLATE_NOOP("Words", "On the screen"),
        "scan": QT_TRANSLATE_NOOP("Words", "On paper, scanned"),
    },
    "status": {
        "draft": QT_TRANSLATE_NOOP("Words", "Draft"),
        "signed": QT_TRANSLATE_NOOP("Words", "Signed"),
    },
    "section": {
        "core": QT_TRANSLATE_NOOP("Words", "Core"),
        "legal": QT_TRANSLATE_NOOP("Words", "Legal"),
        "couns": QT_TRANSLATE_NOOP("Words", "Counselling"),
        "protection": QT_TRANSLATE_NOOP("Words", "Protection"),
        "medical": QT_TRANSLATE_NOOP("Words", "Health"),
        "travel": QT_TRANSLATE_NOOP("Words", "Travel"),
        "reint": QT_TRANSLATE_NOOP("Words", "Reintegration"),
        "money": QT_TRANSLATE_NOOP("Words", "Money"),
        "docs": QT_TRANSLATE_NOOP("Words", "Scans"),
        "notes": QT_TRANSLATE_NOOP("Words", "Notes"),
        "ctl": QT_TRANSLATE_NOOP("Words", "Control"),
    },
    "criterion": {
        "EL01": QT_TRANSLATE_NOOP("Words", "A refugee claim was refused; nobody waits for a decision"),
        "EL02": QT_TRANSLATE_NOOP("Words", "The claim was not withdrawn or abandoned"),
        "EL03": QT_TRANSLATE_NOOP("Words", "Lives in the region of the programme"),
        "EL04": QT_TRANSLATE_NOOP("Words", "Ready to leave, as the authority sees it"),
        "EL05": QT_TRANSLATE_NOOP("Words", "Kept all conditions so far, low risk"),
        "EL06": QT_TRANSLATE_NOOP("Words", "Agrees to give up further recourse"),
        "EL07": QT_TRANSLATE_NOOP("Words", "The grounds of the decision do not exclude the person"),
        "EL08": QT_TRANSLATE_NOOP("Words", "No charges, warrants or security grounds"),
        "EL09": QT_TRANSLATE_NOOP("Words", "Not a citizen of Canada"),
        "EL10": QT_TRANSLATE_NOOP("Words", "Was not helped by this programme before"),
        "EL11": QT_TRANSLATE_NOOP("Words", "May enter the country of return"),
    },
}
"""Code list -> code -> its words."""

_LISTS: dict[tuple[str, str], str] = {
    ("consent", "state"): "consent_state",
    ("authority_consent", "state"): "consent_state",
    ("criterion", "answer"): "answer3",
    ("criterion", "code"): "criterion",
    ("decision", "authority_verdict"): "verdict",
    ("decision", "office_verdict"): "verdict",
    ("interview", "state"): "interview_state",
    ("answer", "state"): "answer_state",
    ("declaration", "how"): "signed_how",
    ("sitting", "interpreter_mode"): "mode",
}
"""Fields whose code list is not called as the field is."""
_COUNTRIES = frozenset({"destination_country", "country"})
_LANGUAGES = frozenset({"language", "interpreter_language"})


def word(table: str, code: StrEnum | str | None) -> str:
    """Return the words of a code; "" for None, the code itself where this version does not know it."""
    if code is None:
        return ""
    text = CODES[table].get(str(code))
    return QCoreApplication.translate("Words", text) if text is not None else str(code)


def options(table: str) -> tuple[tuple[str, str], ...]:
    """Return a code list as rows of a combo, in its order."""
    return tuple((code, word(table, code)) for code in CODES[table])


def window_language() -> str:
    """Return the language of the window, for the names of countries and languages."""
    return QLocale().name().replace("_", "-") if QLocale().language() != QLocale.Language.C else "en"


def country(code: str | None) -> str:
    """Name a country in the window's language; "" for None."""
    return country_name(code, window_language())


def language(code: str | None) -> str:
    """Name a language in the window's language; "" for None."""
    return language_name(code, window_language())


def value_words(kind: str, field: str, value: object, names: Mapping[str, str], zone: str) -> str:
    """
    Write a journal value as people read it.

    Args:
        names: Ids of people and officers with their names.
        zone: The office's time zone, for instants.
    """
    if value is None or value == "":
        return QCoreApplication.translate("Words", "not yet")
    if isinstance(value, bool):
        return word("answer3", "yes" if value else "no")
    if isinstance(value, int):
        return ltr(wording.number(value))
    text = str(value)
    if text in names:
        return isolate(names[text])
    table = _LISTS.get((kind, field), field)
    if table in CODES and text in CODES[table]:
        return word(table, text)
    if field in _COUNTRIES:
        return country(text)
    if field in _LANGUAGES:
        return language(text)
    return _day_or_text(text, zone)


def _day_or_text(text: str, zone: str) -> str:
    try:
        return wording.day(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return wording.day_time(read_instant(text), zone)
    except ValueError:
        pass
    # Local time of an airport, without a zone.
    day, mark, clock = text.partition("T")
    try:
        return f"{wording.day(date.fromisoformat(day))}, {ltr(clock[:5])}" if mark else isolate(text)
    except ValueError:
        return isolate(text)
