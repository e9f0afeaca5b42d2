"""The words of papers: names, whom they are for, languages, where a refused value is written."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from avrr_desktop.domain.fields import Paper
from avrr_desktop.services.interview_paper import Printable
from avrr_desktop.services.papers import Printed
from avrr_desktop.services.places import language_name
from avrr_desktop.ui import wording
from avrr_desktop.ui.papers.model import CARRIED, Place

ICONS = {
    Paper.ITINERARY: "plane",
    Paper.PLAN: "file-text",
    Paper.DECLARATION: "pen-line",
    Paper.INTERVIEW: "message-square-text",
}


def name(paper: Paper) -> str:
    """Name a paper."""
    return {
        Paper.ITINERARY: QCoreApplication.translate("Papers", "Travel itinerary"),
        Paper.PLAN: QCoreApplication.translate("Papers", "Plan"),
        Paper.DECLARATION: QCoreApplication.translate("Papers", "Declaration"),
        Paper.INTERVIEW: QCoreApplication.translate("Papers", "Interview"),
    }.get(paper, paper.value)


def interview(one: Printable) -> str:
    """Name the paper of an interview by its number in the case."""
    return QCoreApplication.translate("Papers", "Interview {number}").format(number=one.number)


def begun(one: Printable) -> str:
    """Write the day an interview began; where it stays when that is not known."""
    return wording.day(one.begun_on) if one.begun_on else short_audience(Paper.INTERVIEW)


def audience(paper: Paper) -> str:
    """Say who holds the paper."""
    if paper in CARRIED:
        return QCoreApplication.translate("Papers", "Carried by the traveller")
    return QCoreApplication.translate("Papers", "Stays in the office")


def short_audience(paper: Paper) -> str:
    """Say who holds the paper, in a list."""
    if paper in CARRIED:
        return QCoreApplication.translate("Papers", "carried")
    return QCoreApplication.translate("Papers", "stays in the office")


def language(code: str, *, alone: bool = False) -> str:
    """Name the languages a paper has: English stands beside every other, unless it speaks *alone*."""
    window = QLocale().name().partition("_")[0]
    shown = "en" if window == "C" else window
    own = language_name(code, shown)
    if code == "en" or alone:
        return own
    return QCoreApplication.translate("Papers", "{language} and English").format(language=own)


def place(where: Place) -> str:
    """Say which field holds what keeps a paper from being made; "" where the sentence says it."""
    return {
        "answers": QCoreApplication.translate("Papers", "It stands in a question or an answer of the interview."),
        "line": QCoreApplication.translate("Papers", "It stands in line {number} of the plan."),
        "goal": QCoreApplication.translate("Papers", "It stands in the goal of the plan."),
        "leg": QCoreApplication.translate("Papers", "It stands in flight {number} of the journey."),
        "arrival": QCoreApplication.translate("Papers", "It stands in what happens on arrival."),
        "name": QCoreApplication.translate("Papers", "It stands in the name of person {number}."),
        "destination": QCoreApplication.translate("Papers", "It stands in the destination."),
        "office": QCoreApplication.translate("Papers", "It stands in the name, phone or address of the office."),
        "officer": QCoreApplication.translate("Papers", "It stands in the name of the officer."),
        "wording": QCoreApplication.translate("Papers", "It stands in the wording of this language."),
        "page": QCoreApplication.translate("Papers", "It stands on page {number}."),
    }.get(where.code, "").format(number=where.number)


def way(where: Place) -> str:
    """Name the way to the field; "" where there is none."""
    return {
        "plan": QCoreApplication.translate("Papers", "Open Plan"),
        "interview": QCoreApplication.translate("Papers", "Open Interview"),
        "travel": QCoreApplication.translate("Papers", "Open Travel"),
        "people": QCoreApplication.translate("Papers", "Open People"),
        "overview": QCoreApplication.translate("Papers", "Open Overview"),
        "enrolment": QCoreApplication.translate("Papers", "Open Enrolment"),
        "settings": QCoreApplication.translate("Papers", "Open Settings"),
    }.get(where.page, "")


def printed(before: tuple[Printed, ...], zone: str) -> str:
    """Say when a paper was printed or saved last."""
    if not before:
        return QCoreApplication.translate("Papers", "not yet")
    last = before[0]
    words = QCoreApplication.translate("Papers", "{day}, printed")
    if last.how == "saved":
        words = QCoreApplication.translate("Papers", "{day}, saved")
    return words.format(day=wording.day_time(last.at, zone))
