"""The shipped fonts as the papers use them: one HarfBuzz font and one embeddable font for each weight."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PRIVATE = 0xE000
"""Glyphs without a character of their own are embedded under PRIVATE + glyph number: a fixed number, so that
bytes do not depend on what the process printed before. The private use area holds 6,400."""


class Weight(Enum):
    """The three weights of the papers; the value is the end of the file's name. Source: LOOK.md 2."""

    REGULAR = "Regular"
    MEDIUM = "Medium"
    STRONG = "SemiBold"


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """
    One font file, ready to shape and to embed.

    Attributes:
        name: Name under which reportlab knows it; derived from the file's bytes, never from its path.
        shaper: HarfBuzz font at its own units.
        units: Units per em.
        glyphs: Character to glyph number.
        characters: Glyph number to the smallest character that has it.
    """

    name: str
    shaper: uharfbuzz.Font
    units: int
    glyphs: dict[int, int]
    characters: dict[int, int]

    def covers(self, character: str) -> bool:
        """Tell whether the font draws *character*."""
        return ord(character) in self.glyphs

    def embedded(self, glyph: int) -> str:
        """Return the character under which *glyph* is embedded."""
        known = self.characters.get(glyph)
        if known is not None:
            return chr(known)
        embedding = pdfmetrics.getFont(self.name).face
        code = PRIVATE + glyph
        if code not in embedding.charToGlyph:
            embedding.charToGlyph[code] = glyph
            embedding.charWidths[code] = 1000 * self.shaper.get_glyph_h_advance(glyph) / self.units
        return chr(code)

    def ratio(self, advance: float) -> float:
        """Turn font units into ems."""
        return advance / self.units


@dataclass(frozen=True, slots=True, eq=False)
class Fonts:
    """
    The faces of the papers, by weight; each a chain in order of preference.

    A script is added by adding its face to the chains; the text then finds it by coverage.
    """

    chains: dict[Weight, tuple[Face, ...]]

    def face(self, character: str, weight: Weight) -> Face | None:
        """Return the first face of *weight* that draws *character*; None when none does."""
        return next((face for face in self.chains[weight] if face.covers(character)), None)


@lru_cache(maxsize=4)
def load_fonts(folder: Path) -> Fonts:
    """
    Load the fonts of the papers from *folder*, once for each folder.

    Raises:
        FileNotFoundError: A font is not there.
    """
    return Fonts({weight: (_load(folder / f"NotoSans-{weight.value}.ttf"),) for weight in Weight})


def _load(path: Path) -> Face:
    content = path.read_bytes()
    name = f"{path.stem}-{sha256(content).hexdigest()[:8]}"
    pdfmetrics.registerFont(TTFont(name, str(path)))
    face = uharfbuzz.Face(uharfbuzz.Blob(content))
    shaper = uharfbuzz.Font(face)
    glyphs: dict[int, int] = {}
    for character in face.unicodes:
        glyph = shaper.get_nominal_glyph(character)
        if glyph is not None:
            glyphs[character] = glyph
    characters: dict[int, int] = {}
    for character in sorted(glyphs, reverse=True):
        characters[glyphs[character]] = character
    return Face(name, shaper, face.upem, glyphs, characters)
