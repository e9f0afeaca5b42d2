"""The eligibility checklist, line by line, and the two decisions kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from avrr_desktop.domain.legal import Answer3, Decision, Verdict
from avrr_desktop.services.enrolling import CheckLine, Checklist
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.case import words
from avrr_desktop.ui.case.folding import FoldingCard
from avrr_desktop.ui.case.labels import field_label
from avrr_desktop.ui.case.model import RULE_CITIZEN, answered, day_text, read_day
from avrr_desktop.ui.case.page import Fields, clear
from avrr_desktop.ui.components.base import Restyled, column, isolate, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.chip import Chip
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.components.why import Why


@dataclass(frozen=True, slots=True)
class CriterionAct:
    """One line of the checklist as written."""

    code: str
    answer: Answer3
    evidence: str | None
    confirmed_by: str | None
    confirmed_on: date | None


class CriterionLine(Restyled, QWidget):
    """
    One criterion: its words, the answer, what was seen, who confirmed it and when.

    What was answered before the page was opened is one line, until "Change".

    Attributes:
        fields: answer, evidence, confirmed_by, confirmed_on; empty where the people page answers.
        change: Opens a line that is folded.

    Signals:
        written: (CriterionAct)
        asked: The people page is wanted.
    """

    written = Signal(object)
    asked = Signal()

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = code
        self._kept_open = False
        self._all = column(self, 4)
        head = row(None, 8)
        head.addWidget(Chip(code, "outline"))
        head.addWidget(WrapLabel(words.word("criterion", code), "medium"), 1)
        self._state = Label("", "small", "text2")
        head.addWidget(self._state)
        self.change = Button(self.tr("Change"), "link")
        self.change.setAccessibleName(self.tr("Change {code}").format(code=code))
        self.change.clicked.connect(self.unfold)
        head.addWidget(self.change)
        self._why = Why(self.tr("Why {code}?").format(code=code))
        head.addWidget(self._why.take_link())
        self._all.addLayout(head)
        self._all.addWidget(self._why)
        self._seen = WrapLabel("", "small", "text2")
        self._all.addWidget(self._seen)
        self.fields: dict[str, Field] = {}
        if code == RULE_CITIZEN:
            go = Button(self.tr("Answered on the page People"), "link")
            go.clicked.connect(self.asked)
            self._all.addWidget(go, 0, Qt.AlignmentFlag.AlignLeading)
        else:
            self._all.addLayout(self._make_fields())
        self.follow_theme()

    def show_line(self, line: CheckLine) -> None:
        """Show what is recorded."""
        record, fired = line.record, line.state.fired
        values = {
            "answer": record.answer.value if record.answer else "",
            "evidence": record.evidence or "",
            "confirmed_by": record.confirmed_by or "",
            "confirmed_on": day_text(record.confirmed_on),
        }
        for name, field in self.fields.items():
            if not field.editor.hasFocus() and not field.error():
                field.set_value(values[name])
        said, ink = {
            "met": (self.tr("met"), "ok"),
            "unmet": (self.tr("not met"), "bad"),
            "not_answered": (self.tr("open"), "warn"),
        }[line.state.answer.value]
        self._state.setText(said)
        self._state.set_colour("ok" if ink == "ok" else "bad" if ink == "bad" else "warn")
        self._why.set_reason(
            self._effect(line.state.effect.value),
            ((self.tr("Rule"), fired.rule_id), (self.tr("Source"), fired.source_text)),
        )
        self._seen.setText(" \u00b7 ".join(filter(None, (isolate(values["evidence"]), self._confirmed(line)))))
        self._fold(line.state.answer.value == "met" and not self._kept_open)

    def begin(self) -> None:
        """The page is opened anew: what is answered may fold."""
        self._kept_open = False

    def unfold(self) -> None:
        """Open the line at its answer."""
        self._kept_open = True
        self._fold(False)
        self.fields["answer"].setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        """Set spacing and the number of columns."""
        t = theme.current()
        if not self.fields:
            return
        self._grid.setHorizontalSpacing(t.space(12))
        across = 1 if t.roomy else len(self.fields)
        for at, field in enumerate(self.fields.values()):
            self._grid.addWidget(field, at // across, at % across, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(at, (3 if at == 1 else 2) if at < across else 0)

    def _make_fields(self) -> QGridLayout:
        self._grid = QGridLayout()
        self.fields = {
            "answer": Field(field_label("criterion", "answer"), "combo", options=words.options("answer3")),
            "evidence": Field(field_label("criterion", "evidence"), optional=False),
            "confirmed_by": Field(field_label("criterion", "confirmed_by")),
            "confirmed_on": Field(field_label("criterion", "confirmed_on"), "date"),
        }
        for name, field in self.fields.items():
            field.editor.setAccessibleName(f"{self._code}, {field_label('criterion', name)}")
            field.left.connect(lambda _text: self._finish())
        return self._grid

    def _fold(self, folded: bool) -> None:
        for field in self.fields.values():
            field.setVisible(not folded)
        self.change.setVisible(folded and bool(self.fields))
        self._seen.setVisible(folded and bool(self.fields) and bool(self._seen.text()))

    def _confirmed(self, line: CheckLine) -> str:
        who, day = line.record.confirmed_by, line.record.confirmed_on
        if not who:
            return ""
        if day is None:
            return self.tr("confirmed by {who}").format(who=isolate(who))
        return self.tr("confirmed by {who}, {day}").format(who=isolate(who), day=wording.day_short(day))

    def _effect(self, effect: str) -> str:
        if effect == "warn":
            return self.tr("A no does not block; somebody looks at it before going on.")
        return self.tr("A no means that the person cannot take part.")

    def _finish(self) -> None:
        readable, day = read_day(self.fields["confirmed_on"].value())
        self.fields["confirmed_on"].set_error("" if readable else self.tr("Write the day as in 24 11 2026."))
        if not readable:
            return
        self._kept_open = True
        self.written.emit(
            CriterionAct(
                self._code,
                Answer3(self.fields["answer"].value() or Answer3.UNKNOWN.value),
                self.fields["evidence"].value().strip() or None,
                self.fields["confirmed_by"].value().strip() or None,
                day,
            )
        )


class ChecklistCard(Card):
    """
    All criteria of the programme.

    Attributes:
        lines: Code -> line.

    Signals:
        written: (CriterionAct)
        asked: The people page is wanted.
    """

    written = Signal(object)
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Can take part?"), parent=parent)
        self.lines: dict[str, CriterionLine] = {}

    def show_check(self, check: Checklist) -> None:
        """Show *check*; the lines are made anew where the programme asks others."""
        codes = [line.state.code for line in check.lines]
        if codes != list(self.lines):
            clear(self.body)
            self.lines = {code: CriterionLine(code, self) for code in codes}
            for line in self.lines.values():
                line.written.connect(self.written)
                line.asked.connect(self.asked)
                self.body.addWidget(line)
                # A layout shows what it is given only later; the focus may be wanted there at once.
                line.show()
        for held in check.lines:
            self.lines[held.state.code].show_line(held)
        done = self.tr("{done} of {all} answered")
        self.set_fact(done.format(done=answered(check), all=len(codes)))

    def begin(self) -> None:
        """The page is opened anew: what is answered may fold."""
        for line in self.lines.values():
            line.begin()

    def first_open(self) -> QWidget | None:
        """Give the first answer that is missing; None when there is none."""
        lines = [line for line in self.lines.values() if line.fields and not line.fields["answer"].isHidden()]
        return lines[0].fields["answer"] if lines else None

    def show_error(self, code: str, sentence: str) -> None:
        """Show *sentence* at the day of line *code*."""
        self.lines[code].fields["confirmed_on"].set_error(sentence)


@dataclass(frozen=True, slots=True)
class DecisionAct:
    """The authority's decision as written."""

    verdict: Verdict
    officer: str | None
    on: date
    reference: str | None


class DecisionCard(FoldingCard):
    """
    The authority's decision, and apart from it the office's.

    Attributes:
        fields: authority_verdict, authority_officer, authority_on, authority_reference.

    Signals:
        written: (DecisionAct) Verdict and day are there.
    """

    written = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Decisions"), parent=parent)
        self.body.addWidget(
            WrapLabel(
                self.tr("The authority decides who may take part; the office decides apart from it, by enrolling."),
                "small",
                "text2",
            )
        )
        self.fields = {
            "authority_verdict": Field(
                field_label("decision", "authority_verdict"), "combo", options=words.options("verdict")
            ),
            "authority_on": Field(field_label("decision", "authority_on"), "date"),
            "authority_officer": Field(field_label("decision", "authority_officer"), optional=True),
            "authority_reference": Field(field_label("decision", "authority_reference"), optional=True),
        }
        for field in self.fields.values():
            field.left.connect(lambda _text: self._finish())
        self.body.addWidget(Fields(self.fields.values(), 2))
        self.office = WrapLabel("", "body", "text2")
        self.body.addWidget(self.office)

    def show_decision(self, decision: Decision, names: dict[str, str]) -> None:
        """Show both decisions."""
        values = {
            "authority_verdict": decision.authority_verdict.value if decision.authority_verdict else "",
            "authority_on": day_text(decision.authority_on),
            "authority_officer": decision.authority_officer or "",
            "authority_reference": decision.authority_reference or "",
        }
        for name, field in self.fields.items():
            if not field.editor.hasFocus() and not field.error() and (values[name] or decision.authority_verdict):
                field.set_value(values[name])
        if decision.office_verdict and decision.office_on:
            said = self.tr("The office: {verdict}, {day}, {who}.").format(
                verdict=words.word("verdict", decision.office_verdict),
                day=wording.day(decision.office_on),
                who=isolate(names.get(decision.office_by or "", "")),
            )
        else:
            said = self.tr("The office: not decided yet.")
        self.office.setText(said)
        self.settle([self._authority(decision), said] if decision.authority_verdict else ())

    def _authority(self, decision: Decision) -> str:
        facts = [
            words.word("verdict", decision.authority_verdict),
            wording.day(decision.authority_on) if decision.authority_on else "",
            isolate(decision.authority_officer) if decision.authority_officer else "",
            isolate(decision.authority_reference) if decision.authority_reference else "",
        ]
        return self.tr("The authority: {facts}.").format(facts=", ".join(filter(None, facts)))

    def show_error(self, sentence: str) -> None:
        """Show *sentence* at the day."""
        self.fields["authority_on"].set_error(sentence)

    def _finish(self) -> None:
        readable, day = read_day(self.fields["authority_on"].value())
        self.fields["authority_on"].set_error("" if readable else self.tr("Write the day as in 24 11 2026."))
        verdict = self.fields["authority_verdict"].value()
        if verdict and readable and day is not None:
            self.keep_open()
            self.written.emit(
                DecisionAct(
                    Verdict(verdict),
                    self.fields["authority_officer"].value().strip() or None,
                    day,
                    self.fields["authority_reference"].value().strip() or None,
                )
            )
