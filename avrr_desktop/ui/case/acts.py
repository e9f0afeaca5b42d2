"""What was done lately, in plain words: one line for what one officer did in one go, however many fields it wrote."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QCoreApplication

from avrr_desktop.ui.case.labels import kind_label
from avrr_desktop.ui.notices import QT_TRANSLATE_NOOP

ACTS: tuple[tuple[str, str, str], ...] = (
    ("outcome", "", QT_TRANSLATE_NOOP("Acts", "Case ended early")),
    ("referral", "received_at", QT_TRANSLATE_NOOP("Acts", "Referral taken")),
    ("referral", "contacted_at", QT_TRANSLATE_NOOP("Acts", "First contact noted")),
    ("plan", "signed_on", QT_TRANSLATE_NOOP("Acts", "Plan signed")),
    ("amendment", "node", QT_TRANSLATE_NOOP("Acts", "Answer changed after the interview")),
    ("amendment", "", QT_TRANSLATE_NOOP("Acts", "Interview taken over")),
    ("stop", "reason", QT_TRANSLATE_NOOP("Acts", "What held the case up was settled")),
    ("flag", "outcome", QT_TRANSLATE_NOOP("Acts", "Follow-up closed")),
    ("declaration", "", QT_TRANSLATE_NOOP("Acts", "Declaration signed")),
    ("decision", "office_verdict", QT_TRANSLATE_NOOP("Acts", "Enrolled")),
    ("decision", "", QT_TRANSLATE_NOOP("Acts", "Decision of the authority written down")),
    ("consent", "", QT_TRANSLATE_NOOP("Acts", "Consent asked")),
    ("answer", "", QT_TRANSLATE_NOOP("Acts", "Answers written in the interview")),
    ("interview", "", QT_TRANSLATE_NOOP("Acts", "Interview held")),
    ("sitting", "", QT_TRANSLATE_NOOP("Acts", "Interview held")),
    ("criterion", "", QT_TRANSLATE_NOOP("Acts", "Checklist answered")),
    ("leg", "", QT_TRANSLATE_NOOP("Acts", "Flights written")),
    ("journey", "", QT_TRANSLATE_NOOP("Acts", "Journey written")),
    ("plan_line", "", QT_TRANSLATE_NOOP("Acts", "Lines of the plan written")),
    ("plan", "feasibility", QT_TRANSLATE_NOOP("Acts", "Answer of the receiving office written")),
    ("plan", "", QT_TRANSLATE_NOOP("Acts", "Plan written")),
    ("ceiling", "", QT_TRANSLATE_NOOP("Acts", "Ceiling of the plan set")),
    ("participation", "", QT_TRANSLATE_NOOP("Acts", "Programme chosen")),
    ("status", "", QT_TRANSLATE_NOOP("Acts", "Group and claim written")),
    ("case", "destination_country", QT_TRANSLATE_NOOP("Acts", "Country of return written")),
    ("case", "destination_place", QT_TRANSLATE_NOOP("Acts", "Place of return written")),
    ("referral", "", QT_TRANSLATE_NOOP("Acts", "Sender of the referral written")),
    ("citizenship", "", QT_TRANSLATE_NOOP("Acts", "Citizenships asked")),
    ("person", "", QT_TRANSLATE_NOOP("Acts", "Facts about a person written")),
    ("gate_pass", "", QT_TRANSLATE_NOOP("Acts", "Next stage reached")),
)
"""Kind of record, field ("" for any) and the act it tells of; of what one act wrote, the first here names it."""


def act_words(written: AbstractSet[tuple[str, str]]) -> str:
    """Name the act that wrote these (kind, field) pairs; the kind of record where no act is known."""
    kinds = {kind for kind, _field in written}
    for kind, field, text in ACTS:
        if (kind, field) in written or (not field and kind in kinds):
            return QCoreApplication.translate("Acts", text)
    return kind_label(min(kinds, default=""))
