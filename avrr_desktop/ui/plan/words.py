"""The words of the plan: categories with their icons, what is missing, marks of rules, rates."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from avrr_desktop.domain.reintegration import Category
from avrr_desktop.ui import wording
from avrr_desktop.ui.components.base import isolate, ltr
from avrr_desktop.ui.plan.typed import quote

ICONS: dict[Category, str] = {
    Category.LUGGAGE: "luggage",
    Category.ONWARD: "bus",
    Category.JOB_SEARCH: "search-check",
    Category.LEGAL: "scale",
    Category.MATERIAL: "package",
    Category.MEDICAL: "heart-pulse",
    Category.BUSINESS: "briefcase",
    Category.HOUSING: "house",
    Category.TRAINING: "graduation-cap",
}


def category(value: Category) -> str:
    """Name a category. Source: DOMAIN.md 5.2."""
    return {
        Category.LUGGAGE: QCoreApplication.translate("Plan", "Additional luggage"),
        Category.ONWARD: QCoreApplication.translate("Plan", "Onward transportation"),
        Category.JOB_SEARCH: QCoreApplication.translate("Plan", "Job search"),
        Category.LEGAL: QCoreApplication.translate("Plan", "Legal assistance"),
        Category.MATERIAL: QCoreApplication.translate("Plan", "Material assistance"),
        Category.MEDICAL: QCoreApplication.translate("Plan", "Medical assistance"),
        Category.BUSINESS: QCoreApplication.translate("Plan", "Small business support"),
        Category.HOUSING: QCoreApplication.translate("Plan", "Temporary accommodation"),
        Category.TRAINING: QCoreApplication.translate("Plan", "Training and schooling"),
    }[value]


def condition(code: str) -> str:
    """Say what a code of gate G4 asks for; an earlier gate is named by the page that opens it."""
    return {
        "plan_has_line": QCoreApplication.translate("Plan", "The plan has at least one line"),
        "plan_within_ceiling": QCoreApplication.translate("Plan", "The plan stays within its ceiling"),
        "feasibility_answered": QCoreApplication.translate("Plan", "The receiving office has answered"),
        "plan_signed": QCoreApplication.translate("Plan", "The participant and the officer sign"),
        "contact_rule_explained": QCoreApplication.translate("Plan", "The rule of first contact is explained"),
        "no_open_stop": QCoreApplication.translate("Plan", "No stop is open"),
        "before_G1": QCoreApplication.translate("Plan", "The referral is complete and first contact was made"),
        "before_G2": QCoreApplication.translate("Plan", "Consent is given and the interview is done"),
        "before_G3": QCoreApplication.translate("Plan", "The declaration is signed and the person enrolled"),
    }.get(code, QCoreApplication.translate("Plan", "An earlier step is complete"))


def way(code: str) -> tuple[str, str]:
    """Return the page where a condition is met ("" for this one) and the words of its link."""
    return {
        "no_open_stop": ("overview", QCoreApplication.translate("Plan", "Open Overview")),
        "before_G1": ("overview", QCoreApplication.translate("Plan", "Open Overview")),
        "before_G2": ("interview", QCoreApplication.translate("Plan", "Open Interview")),
        "before_G3": ("enrolment", QCoreApplication.translate("Plan", "Open Enrolment")),
        "feasibility_answered": ("feasibility", QCoreApplication.translate("Plan", "Answer it")),
    }.get(code, ("", ""))


def fact(code: str) -> str:
    """Name a fact of a person that the ceiling needs."""
    return {
        "claim_on": QCoreApplication.translate("Plan", "the day of the protection claim"),
        "stage": QCoreApplication.translate("Plan", "how far the legal remedies went"),
        "dco": QCoreApplication.translate("Plan", "whether the country of origin is a designated one"),
        "group": QCoreApplication.translate("Plan", "the group of participants"),
        "kind": QCoreApplication.translate("Plan", "the kind of return"),
        "canadian_citizen": QCoreApplication.translate("Plan", "whether the person is a Canadian citizen"),
    }.get(code, code)


def mark(value: str) -> str:
    """Say how far a rule can be trusted."""
    return {
        "sourced": QCoreApplication.translate("Plan", "published"),
        "practice": QCoreApplication.translate("Plan", "practice of the office, not published"),
        "recalled": QCoreApplication.translate("Plan", "recalled, not official"),
    }.get(value, value)


def validity(first: date | None, last: date | None) -> str:
    """Say when a rule holds."""
    if first and last:
        return QCoreApplication.translate("Plan", "{first} to {last}").format(
            first=wording.day(first), last=wording.day(last)
        )
    if first:
        return QCoreApplication.translate("Plan", "from {first}").format(first=wording.day(first))
    if last:
        return QCoreApplication.translate("Plan", "until {last}").format(last=wording.day(last))
    return QCoreApplication.translate("Plan", "without an end")


def rate(stored: str, plan_currency: str, currency: str) -> str:
    """Write "1 CAD = 263.158 HUF"."""
    return ltr(f"1 {plan_currency} = {quote(stored)} {currency}")


def rate_source(on: date | None, source: str) -> str:
    """Write the day of a rate and who gave it."""
    parts = [wording.day(on)] if on else []
    if source:
        parts.append(isolate(source))
    return QCoreApplication.translate("Plan", ", ", "between parts of a line").join(parts)


def for_whom(name: str) -> str:
    """Name whom a line is for."""
    return isolate(name) if name else QCoreApplication.translate("Plan", "Whole family")


def needed_by(day: date) -> str:
    """Say when a line is needed."""
    return QCoreApplication.translate("Plan", "needed by {day}").format(day=wording.day(day))
