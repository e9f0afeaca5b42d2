"""The plan the person takes along: what is agreed, for whom, by when, whom to call. Source: DOMAIN.md 5.3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from avrr_desktop.documents import blocks as piece
from avrr_desktop.documents import formats, frame
from avrr_desktop.documents.blocks import Align, Block, Cell
from avrr_desktop.documents.pages import Sheet
from avrr_desktop.documents.paper import Audience, Setting, Stamp, check_printable, finish, open_setting
from avrr_desktop.documents.wording import Wording
from avrr_desktop.domain.money import Money, total

AUDIENCE = Audience.CARRIED


class Category(Enum):
    """The nine categories, in the order of print. Source: DOMAIN.md 5.2."""

    LUGGAGE = "C1"
    ONWARD = "C2"
    JOB = "C3"
    LEGAL = "C4"
    MATERIAL = "C5"
    HEALTH = "C6"
    BUSINESS = "C7"
    HOUSING = "C8"
    TRAINING = "C9"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """
    One thing agreed; amount in the currency of the plan, *quantity* as people say it ("2", "3 months").

    *for_whom* is a name; "" prints as the whole family.
    """

    category: Category
    description: str
    for_whom: str
    quantity: str
    needed_by: date | None
    amount: Money


@dataclass(frozen=True, slots=True)
class Contact:
    """
    Whom to call after arrival.

    Attributes:
        office, phone, hours, address: As the directory has them; hours and address may be "".
        call_by, provided_by: Dates once the arrival is known; None before.
        call_within_days, provided_within_months: The programme's lengths, printed while no date is known.
    """

    office: str
    phone: str
    hours: str
    address: str
    call_within_days: int
    provided_within_months: int
    call_by: date | None = None
    provided_by: date | None = None


@dataclass(frozen=True, slots=True)
class PlanValues:
    """
    All that the plan may print.

    Attributes:
        names: Everybody in the plan, as in the travel documents.
        destination: "Miskolc, Hungary".
        goal: In the person's own words.
        currency: Of every amount.
        ceiling: None, except where the office prints it on purpose.
        signers: All adult participants.
        officer: Who signs for the office.
    """

    stamp: Stamp
    names: tuple[str, ...]
    destination: str
    goal: str
    currency: str
    lines: tuple[PlanLine, ...]
    ceiling: Money | None
    contact: Contact
    signers: tuple[str, ...]
    officer: str


def render(
    values: PlanValues,
    *,
    wording: Wording,
    mirror: Wording | None = None,
    guards: Sequence[Wording] = (),
    fonts: Path,
    rehearsal: bool,
    sheet: Sheet = Sheet.A4,
    without_amounts: bool = False,
) -> bytes:
    """
    Make the plan as PDF.

    Args:
        wording: The person's language.
        mirror: English, when that is another language.
        guards: Other languages whose `never_print` counts.
        fonts: Folder of the shipped fonts.
        rehearsal: The office is a rehearsal; every page says so.
        without_amounts: Leave every amount out: sums on the paper may draw extortion.

    Raises:
        NotPrintable: A value has characters no font draws.
        HarmfulWord: A value or a page holds a word of `never_print`.
    """
    setting = open_setting(wording, mirror, guards, fonts, sheet)
    check_printable(values, setting)
    blocks = [
        *frame.title(setting, "plan.title"),
        piece.space(4),
        *frame.names(setting, values.names),
        piece.space(8),
        *frame.facts(
            setting,
            [
                ("plan.destination", values.destination),
                ("plan.case", formats.together(values.stamp.case_short)),
            ],
        ),
    ]
    if values.goal.strip():
        blocks += [
            *setting.heading("plan.goal"),
            *piece.paragraph(values.goal, 0, setting.width, setting.fonts),
        ]
    blocks += [*setting.heading("plan.lines"), *_Table(setting, values, not without_amounts).blocks()]
    blocks += _contact(setting, values.contact)
    blocks += setting.heading("plan.signatures")
    adults = [("sign.participant", signer) for signer in values.signers]
    blocks += frame.signatures(setting, [*adults, ("sign.officer", values.officer)])
    return finish(
        blocks,
        values,
        title=wording.text("plan.title"),
        stamp=values.stamp,
        audience=AUDIENCE,
        setting=setting,
        rehearsal=rehearsal,
    )


class _Table:
    """The lines by category, with sums; its head comes again on every page."""

    def __init__(self, setting: Setting, values: PlanValues, with_amounts: bool) -> None:
        self.setting, self.values, self.with_amounts = setting, values, with_amounts
        width, gap = setting.width, 12.0
        amount = 78.0 if with_amounts else 0.0
        quantity, needed = 48.0, 74.0
        rest = width - quantity - needed - amount - 5 * gap
        self.what = (gap, rest * 0.6)
        self.whom = (self.what[0] + self.what[1] + gap, rest * 0.4)
        self.quantity = (self.whom[0] + self.whom[1] + gap, quantity)
        self.needed = (self.quantity[0] + self.quantity[1] + gap, needed)
        self.amount = (width - amount, amount)

    def blocks(self) -> list[Block]:
        """Return head, categories with their lines, and the total."""
        setting = self.setting
        if not self.values.lines:
            return [*setting.said("plan.empty", piece.SOFT)]
        head = self._head()
        body: list[Block] = []
        for category in Category:
            lines = [line for line in self.values.lines if line.category is category]
            if lines:
                body += self._category(category, lines)
        body += self._total()
        return [*piece.kept(head), *piece.headed(body, head)]

    def _head(self) -> list[Block]:
        cells = []
        for key, (left, width), align in (
            ("item", (0.0, self.what[0] + self.what[1]), Align.START),
            ("for_whom", self.whom, Align.START),
            ("quantity", self.quantity, Align.END),
            ("needed_by", self.needed, Align.START),
            ("amount", self.amount, Align.END),
        ):
            if key != "amount" or self.with_amounts:
                said = "\n".join(
                    dict.fromkeys(
                        voice.text(f"plan.{key}", currency=self.values.currency) for voice in self.setting.voices
                    )
                )
                cells.append(Cell(said, left, width, piece.SMALL, align))
        return [
            *piece.row(cells, self.setting.fonts, keep=True),
            piece.rule(self.setting.width, thickness=piece.THICK, height=6, keep=True),
        ]

    def _category(self, category: Category, lines: Sequence[PlanLine]) -> list[Block]:
        own, *others = (voice.text(f"category.{category.value}") for voice in self.setting.voices)
        left = self.what[0] + self.what[1]
        cells = [Cell(own, 0, left, piece.STRONG)]
        if others and others[0] != own:
            cells.append(Cell(others[0], self.whom[0], self.amount[0] - self.whom[0] - 8, piece.SOFT))
        if self.with_amounts:
            cells.append(self._sum(total((line.amount for line in lines), self.values.currency)))
        made = [piece.space(4, keep=True), *piece.row(cells, self.setting.fonts, keep=True)]
        for line in lines:
            made += [*self._line(line), piece.space(1, keep=True)]
        return [*made, piece.rule(self.setting.width, height=6)]

    def _line(self, line: PlanLine) -> list[Block]:
        own = self.setting.own
        cells = [
            Cell(line.description, *self.what),
            Cell(line.for_whom or own.text("plan.everyone"), *self.whom, piece.SOFT),
            Cell(line.quantity, *self.quantity, piece.SOFT, Align.END),
            Cell(
                formats.short_day(line.needed_by, own) if line.needed_by else "\u2014",
                *self.needed,
                piece.SOFT,
            ),
        ]
        if self.with_amounts:
            cells.append(Cell(formats.number(line.amount, own), *self.amount, piece.BODY, Align.END))
        return piece.row(cells, self.setting.fonts)

    def _sum(self, amount: Money) -> Cell:
        return Cell(formats.number(amount, self.setting.own), *self.amount, piece.STRONG, Align.END)

    def _total(self) -> list[Block]:
        setting = self.setting
        if not self.with_amounts:
            return [piece.space(4), *setting.said("plan.no_amounts", piece.SOFT)]
        sums = [
            (
                "plan.total",
                total((line.amount for line in self.values.lines), self.values.currency),
                piece.LEAD,
            )
        ]
        if self.values.ceiling is not None:
            sums.append(("plan.ceiling", self.values.ceiling, piece.BODY))
        half = setting.width - 170
        made: list[Block] = [piece.space(6)]
        for key, amount, style in sums:
            made += piece.row(
                [
                    Cell(setting.label(key), 0, half, style),
                    Cell(formats.money(amount, setting.own), half, 170, style, Align.END),
                ],
                setting.fonts,
            )
        return made


def _contact(setting: Setting, contact: Contact) -> list[Block]:
    left = [
        *piece.row([Cell(contact.office, 0, setting.width, piece.STRONG)], setting.fonts),
        *piece.row([Cell(formats.together(contact.phone), 0, setting.width, piece.LEAD)], setting.fonts),
    ]
    for words in (contact.hours, contact.address):
        if words:
            left += piece.paragraph(words, 0, setting.width, setting.fonts, piece.SOFT)
    said = [
        *_dated(setting, "call", contact),
        piece.space(3),
        *setting.said("plan.call_why"),
        piece.space(3),
        *_dated(setting, "provided", contact),
        piece.space(3),
        *setting.said("plan.changes"),
    ]
    return piece.kept([*setting.heading("plan.contact"), *left, piece.space(6), *said], last=False)


def _dated(setting: Setting, what: str, contact: Contact) -> list[Block]:
    """Say the date where it is known, the programme's length where it is not, in each language's own way."""
    when, length, gap = (
        (contact.call_by, contact.call_within_days, "days")
        if what == "call"
        else (contact.provided_by, contact.provided_within_months, "months")
    )
    style = piece.STRONG if what == "call" else piece.BODY
    cells = []
    for voice, left, width in setting.columns():
        if when is None:
            said = voice.text(f"plan.{what}_within", **{gap: str(length)})
        else:
            said = voice.text(f"plan.{what}_by", date=formats.day(when, voice))
        cells.append(Cell(said, left, width, style))
    return piece.row(cells, setting.fonts)
