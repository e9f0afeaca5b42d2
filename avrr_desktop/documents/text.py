"""Text on paper: what can be printed, how it is cut into runs, shaped, broken into lines and drawn.

Left-to-right scripts only: a character of a right-to-left script, or one that no font of the chain has, is
refused before anything is drawn. `itemise` is the place where runs get their face, script and direction.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr
from reportlab.pdfgen.canvas import Canvas

from avrr_desktop.documents.failures import NotPrintable
from avrr_desktop.documents.fonts import Face, Fonts, Weight

INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u2060\u2066\u2068\u2069\ufeff")
"""Characters that steer the text and draw nothing; kept in values, left out of the page."""

LOOKALIKE = str.maketrans({"\u2212": "\u2013"})
"""Noto Sans has no minus sign; the en dash has its width and height."""

NO_BREAK = "\u00a0"

FEATURES = {"kern": True, "liga": False, "clig": False}
"""Ligatures are off: a letter that has no character of its own is lost to search and copy."""

SCRIPTS = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek"}
"""First word of a letter's Unicode name to its ISO 15924 code; all else takes the script before it."""

RIGHT_TO_LEFT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI", "LRO", "LRE", "PDF"))


@dataclass(frozen=True, slots=True)
class Style:
    """Size and line height in points, weight, and grey from 0 (black) to 1."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    grey: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one face and one script, in logical order; always left to right in this version."""

    text: str
    face: Face
    script: str


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a shaped run; advance and offsets in ems, cluster counted in characters of the run."""

    number: int
    cluster: int
    advance: float
    x_offset: float
    y_offset: float


def clean(text: str) -> str:
    """Compose the letters (NFC) and make one blank of tabs and blanks; line ends and no-break blanks stay."""
    lines = unicodedata.normalize("NFC", text).translate(LOOKALIKE).splitlines()
    return "\n".join(" ".join(word for word in line.replace("\t", " ").split(" ") if word) for line in lines).strip(
        "\n"
    )


def not_printable(text: str, fonts: Fonts) -> str:
    """Return each character of *text* that cannot be printed, once, in order; "" when all can."""
    lacking = [character for character in clean(text) if _is_lacking(character, fonts)]
    return "".join(dict.fromkeys(lacking))


@lru_cache(maxsize=4096)
def _is_lacking(character: str, fonts: Fonts) -> bool:
    if character == "\n" or character in INVISIBLE:
        return False
    return (
        unicodedata.bidirectional(character) in RIGHT_TO_LEFT
        or unicodedata.category(character) == "Cc"
        or any(fonts.face(character, weight) is None for weight in Weight)
    )


def itemise(text: str, fonts: Fonts, weight: Weight) -> Iterator[Run]:
    """
    Cut one line of *text* into runs of one face and one script.

    Raises:
        NotPrintable: No face of the chain has a character; *field* is empty.
    """
    start, current, script = 0, None, ""
    for at, character in enumerate(text):
        found, said = _place(character, fonts, weight)
        if found is None:
            raise NotPrintable(character, "")
        same_script = not said or not script or said == script
        if current is not None and (found is not current or not same_script):
            yield Run(text[start:at], current, script or "Latn")
            start, script = at, ""
        current, script = found, said or script
    if current is not None:
        yield Run(text[start:], current, script or "Latn")


def shape(run: Run) -> list[Glyph]:
    """Shape *run* with HarfBuzz; direction, script and language are given, never guessed from the machine."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(run.text)
    buffer.direction, buffer.script, buffer.language = "ltr", run.script, "en"
    uharfbuzz.shape(run.face.shaper, buffer, FEATURES)
    em = run.face.ratio
    return [
        Glyph(info.codepoint, info.cluster, em(place.x_advance), em(place.x_offset), em(place.y_offset))
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


@lru_cache(maxsize=4096)
def _place(character: str, fonts: Fonts, weight: Weight) -> tuple[Face | None, str]:
    """Return the face and the script of a character, "" where it has none of its own."""
    return fonts.face(character, weight), _script(character)


@lru_cache(maxsize=2048)
def _shaped(text: str, fonts: Fonts, weight: Weight) -> tuple[tuple[Run, list[Glyph]], ...]:
    """Return the runs of one line with their glyphs; a line is measured first and drawn a little later."""
    return tuple((run, shape(run)) for run in itemise(visible(text), fonts, weight))


@lru_cache(maxsize=20_000)
def _ems(text: str, fonts: Fonts, weight: Weight) -> float:
    return sum(glyph.advance for _, glyphs in _shaped(text, fonts, weight) for glyph in glyphs)


def width_of(text: str, fonts: Fonts, style: Style) -> float:
    """Return the width in points of one line of *text*."""
    return _ems(text, fonts, style.weight) * style.size


def visible(text: str) -> str:
    """Leave out the characters that draw nothing."""
    return "".join(character for character in text if character not in INVISIBLE)


def wrap(text: str, fonts: Fonts, style: Style, width: float) -> list[str]:
    """
    Break *text* into lines no wider than *width* points; at least one line.

    Breaks stand at line ends of the text and at blanks. A word wider than the box is cut at its no-break
    blanks, and a piece still wider between letters, so that nothing is ever clipped.
    """
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width_of(longer, fonts, style) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _cut(word, fonts, style, width)
            lines.extend(full)
        lines.append(line)
    return lines


def draw(canvas: Canvas, x: float, baseline: float, text: str, fonts: Fonts, style: Style) -> None:
    """Draw one line of *text* from *x* on; glyphs that would read as other letters carry it as ActualText."""
    canvas.setFillGray(style.grey)
    for run, glyphs in _shaped(text, fonts, style.weight):
        shaped = _embeddable(run, glyphs)
        spoken = unicodedata.normalize("NFC", str(shaped)) != run.text
        if spoken:
            code = ("\ufeff" + run.text).encode("utf-16-be").hex().upper()
            canvas.addLiteral(f"/Span <</ActualText <{code}>>> BDC")
        line = canvas.beginText(x, baseline)
        line.setFont(run.face.name, style.size, style.leading)
        line.textOut(shaped)
        canvas.drawText(line)
        if spoken:
            canvas.addLiteral("EMC")
        x += sum(glyph.advance for glyph in glyphs) * style.size


def _embeddable(run: Run, glyphs: list[Glyph]) -> ShapedStr:
    """Name each glyph by a character: the text's own where it has that glyph, else the font's."""
    characters, places = [], []
    for glyph in glyphs:
        own = run.text[glyph.cluster]
        if run.face.glyphs.get(ord(own)) != glyph.number:
            own = run.face.embedded(glyph.number)
        characters.append(own)
        natural = run.face.ratio(run.face.shaper.get_glyph_h_advance(glyph.number))
        places.append(
            ShapeData(
                glyph.cluster,
                1000 * glyph.advance,
                0,
                1000 * glyph.x_offset,
                1000 * glyph.y_offset,
                1000 * natural,
            )
        )
    return ShapedStr("".join(characters), shapeData=places)


def _cut(word: str, fonts: Fonts, style: Style, width: float) -> Iterator[str]:
    """Cut *word* into pieces that fit; a mark has no width and so stays with its letter."""
    piece = ""
    if NO_BREAK in word:
        for part in word.split(NO_BREAK):
            longer = f"{piece}{NO_BREAK}{part}" if piece else part
            if width_of(longer, fonts, style) <= width:
                piece = longer
                continue
            if piece:
                yield piece
            *full, piece = _cut(part, fonts, style, width)
            yield from full
        yield piece
        return
    for character in word:
        if piece and width_of(piece + character, fonts, style) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def _script(character: str) -> str:
    if not character.isalpha():
        return ""
    return SCRIPTS.get(unicodedata.name(character, "").split(" ")[0], "")
