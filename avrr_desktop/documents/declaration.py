"""What a person declares and signs before leaving; kept at the office. Source: DOMAIN.md 4.14."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from avrr_desktop.documents import blocks as piece
from avrr_desktop.documents import formats, frame
from avrr_desktop.documents.blocks import Block, Cell
from avrr_desktop.documents.failures import BadWording
from avrr_desktop.documents.pages import Sheet
from avrr_desktop.documents.paper import Audience, Setting, Stamp, check_printable, finish, open_setting
from avrr_desktop.documents.wording import Wording

AUDIENCE = Audience.INTERNAL

GAPS = frozenset(("country", "language", "interpreter", "days", "months", "consent_date"))
"""What an office's text may ask to be filled in."""

NUMBER = 22.0
"""Width of the column of numbers, in points."""


@dataclass(frozen=True, slots=True)
class DeclarationText:
    """
    What is declared, in one language; an office setting.

    Attributes:
        elements: Sentences in order, with the gaps of GAPS in braces.
        approved_by: Who approved the text; "" while it is a draft, which cannot be signed.
    """

    language: str
    elements: tuple[str, ...]
    approved_by: str


@dataclass(frozen=True, slots=True)
class Declarant:
    """A person who declares; name and document as on the travel document, *born* None when not known."""

    name: str
    born: date | None
    document: str


@dataclass(frozen=True, slots=True)
class Child:
    """A child for whom a parent or guardian signs; *guardian* "" when the name is written by hand."""

    name: str
    guardian: str


@dataclass(frozen=True, slots=True)
class DeclarationValues:
    """
    All that the declaration may print.

    Attributes:
        adults: Everybody who declares.
        country, language, interpreter: In the paper's language; *interpreter* "" when none took part.
        country_mirror, language_mirror: The same in English.
        text, text_mirror: What is declared, in the paper's language and in English.
        has_thumbprint: Somebody cannot write; a witness signs too.
    """

    stamp: Stamp
    adults: tuple[Declarant, ...]
    children: tuple[Child, ...]
    country: str
    country_mirror: str
    language: str
    language_mirror: str
    interpreter: str
    call_within_days: int
    provided_within_months: int
    consent_on: date
    officer: str
    has_thumbprint: bool
    text: DeclarationText
    text_mirror: DeclarationText | None


def draft_text(wording: Wording, *, with_interpreter: bool) -> DeclarationText:
    """Return the text of the wording file, approved only when the file is. Source: DOMAIN.md 4.14."""
    keys = [f"e{number:02d}" for number in range(1, 13)]
    if with_interpreter:
        keys[2] = "e03_interpreter"
    # The gaps stay for `render`, so the texts are taken as they stand.
    elements = tuple(wording.texts[f"declaration.element.{key}"] for key in keys)
    return DeclarationText(wording.language, elements, wording.approved_by)


def is_signable(values: DeclarationValues, *, wording: Wording, mirror: Wording | None, rehearsal: bool) -> bool:
    """Tell whether lines for signatures are printed: every text and wording approved, or a rehearsal."""
    texts = [values.text, *([values.text_mirror] if values.text_mirror else [])]
    voices = [wording, *([mirror] if mirror else [])]
    return rehearsal or (all(text.approved_by for text in texts) and all(voice.is_approved for voice in voices))


def render(
    values: DeclarationValues,
    *,
    wording: Wording,
    mirror: Wording | None = None,
    guards: Sequence[Wording] = (),
    fonts: Path,
    rehearsal: bool,
    sheet: Sheet = Sheet.A4,
) -> bytes:
    """
    Make the declaration as PDF; arguments as in `plan.render`.

    While a text or wording is a draft the paper says so and, outside a rehearsal, has no signature lines.

    Raises:
        BadWording: A text is not of the paper's languages, or has a gap that nothing fills.
        NotPrintable: A value has characters no font draws.
    """
    setting = open_setting(wording, mirror, guards, fonts, sheet)
    check_printable(values, setting)
    signable = is_signable(values, wording=wording, mirror=setting.mirror, rehearsal=rehearsal)
    approved = is_signable(values, wording=wording, mirror=setting.mirror, rehearsal=False)
    blocks = [*frame.title(setting, "declaration.title"), piece.space(6)]
    if not approved:
        blocks += [*setting.said("declaration.draft", piece.STRONG), piece.space(8)]
    blocks += [
        *_people(setting, values),
        piece.space(12),
        *piece.kept(setting.said("declaration.identity", piece.LEAD)),
        piece.space(2, keep=True),
        *_elements(setting, values),
    ]
    if signable:
        blocks += _signatures(setting, values)
    return finish(
        blocks,
        values,
        title=wording.text("declaration.file_title"),
        stamp=values.stamp,
        audience=AUDIENCE,
        setting=setting,
        rehearsal=rehearsal,
    )


def _people(setting: Setting, values: DeclarationValues) -> list[Block]:
    blocks: list[Block] = []
    for adult in values.adults:
        pairs = [
            ("declaration.name", adult.name),
            ("declaration.born", formats.day(adult.born, setting.own) if adult.born else ""),
            ("declaration.document", adult.document),
        ]
        blocks += [*frame.facts(setting, pairs), piece.space(4)]
    for child in values.children:
        blocks += frame.facts(setting, [("declaration.child", child.name)])
    return [*blocks, *frame.facts(setting, [("declaration.case", formats.together(values.stamp.case_short))])]


def _elements(setting: Setting, values: DeclarationValues) -> list[Block]:
    columns = []
    for voice, left, width in setting.columns():
        text = values.text if voice is setting.own else values.text_mirror
        if text is None or text.language != voice.language:
            raise BadWording(voice.language, "declaration")
        columns.append(([_fill(element, voice, values, setting) for element in text.elements], left, width))
    blocks: list[Block] = []
    for at in range(max(len(elements) for elements, _, _ in columns)):
        cells = []
        for elements, left, width in columns:
            if at < len(elements):
                cells.append(Cell(f"{at + 1}", left, NUMBER, piece.SOFT))
                cells.append(Cell(elements[at], left + NUMBER, width - NUMBER))
        blocks += [*piece.row(cells, setting.fonts), piece.space(4)]
    return blocks


def _fill(element: str, voice: Wording, values: DeclarationValues, setting: Setting) -> str:
    mine = voice is setting.own
    filled = {
        "country": values.country if mine else values.country_mirror,
        "language": values.language if mine else values.language_mirror,
        "interpreter": values.interpreter,
        "days": str(values.call_within_days),
        "months": str(values.provided_within_months),
        "consent_date": formats.day(values.consent_on, voice),
    }
    try:
        return element.format_map(filled)
    except (KeyError, ValueError, IndexError, AttributeError) as broken:
        raise BadWording(voice.language, "declaration") from broken


def _signatures(setting: Setting, values: DeclarationValues) -> list[Block]:
    blocks = setting.heading("declaration.signature")
    for adult in values.adults:
        blocks += frame.signature(setting, "sign.participant", adult.name)
    for child in values.children:
        blocks += frame.signature(setting, "sign.guardian", child.guardian, child=child.name)
    if values.interpreter:
        blocks += frame.signature(setting, "sign.interpreter", values.interpreter)
    if values.has_thumbprint:
        blocks += frame.signature(setting, "sign.witness", "")
    return blocks + frame.signature(setting, "sign.officer", values.officer)
