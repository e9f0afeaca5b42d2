"""
The one place of colours, type, spacing and sizes: tokens -> palette, one short style sheet, fonts, icons.

A component asks ``theme.current()`` each time it paints or is re-styled. :func:`apply` changes theme,
text size or direction at run time: Qt sends ``StyleChange`` to every widget, and components lay
themselves out anew (`components/base.py`).

Source: LOOK.md 2 (tokens, type, spacing), 9 (why palette and painting, not style sheets per widget).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from avrr_desktop.ui import fonts, icons
from avrr_desktop.ui.tokens import (
    EDGES,
    FOLD_SCALE,
    HEIGHTS,
    LOOKS,
    RADII,
    ROLES,
    SHEET,
    SPACE_GROWTH,
    SPACES,
    TOKENS,
    WIDTHS,
    Look,
    Role,
    Token,
)

_ARABIC_SCRIPT = {"ar", "fa", "ps", "prs", "ur", "ckb", "ug", "sd"}
_RETURNEE_GROWTH = 1.12


@dataclass(frozen=True, slots=True)
class Theme:
    """
    What the window looks like.

    Attributes:
        look: Which token table.
        scale: Text size, 0.8-2.0.
        rtl: Whether the window runs right to left.
        motion: Whether panels may move; False when the system or the office says so.
    """

    look: Look = "light"
    scale: float = 1.0
    rtl: bool = False
    motion: bool = True

    def __post_init__(self) -> None:
        if not 0.8 <= self.scale <= 2.0:
            raise ValueError(self.scale)

    @property
    def high_contrast(self) -> bool:
        """Say whether every card, chip and disabled button gets an outline."""
        return self.look in ("black", "white")

    @property
    def roomy(self) -> bool:
        """Say whether the text is so large that navigation folds and asides go below."""
        return self.scale > FOLD_SCALE

    @property
    def direction(self) -> Qt.LayoutDirection:
        """Give the direction as Qt wants it."""
        return Qt.LayoutDirection.RightToLeft if self.rtl else Qt.LayoutDirection.LeftToRight

    def colour(self, token: Token) -> QColor:
        """Give the colour of *token* in this look."""
        return QColor(TOKENS[token][LOOKS.index(self.look)])

    def font(self, role: Role, language: str = "") -> QFont:
        """
        Give the font of *role*.

        Args:
            role: Row of LOOK.md's type table.
            language: Language of the returnee's text: Arabic script is 12 % larger, Urdu in Nastaliq.
        """
        base = language.split("-")[0]
        nastaliq = base == "ur"
        if nastaliq:
            fonts.ensure_nastaliq()
        size, weight, _ = ROLES[role]
        growth = _RETURNEE_GROWTH if base in _ARABIC_SCRIPT else 1.0
        names = (fonts.NASTALIQ.name, *fonts.ready()) if nastaliq else fonts.ready()
        return QFont(_font(max(1, round(size * self.scale * growth)), weight, names))

    def line(self, role: Role) -> int:
        """Give the line height of *role*: rows take it, never a label's own height."""
        return round(ROLES[role][2] * self.scale)

    def space(self, step: int) -> int:
        """Give a step of the spacing scale. ValueError for a number that is no step."""
        if step not in SPACES:
            raise ValueError(step)
        return self._grown(step)

    def edge(self, name: str) -> int:
        """Give a named length of :data:`EDGES`, grown like spacing."""
        return self._grown(EDGES[name])

    def height(self, name: str) -> int:
        """Give the height of a control or row of :data:`HEIGHTS`."""
        lines, air = HEIGHTS[name]
        return round(lines * self.scale) + air

    def width(self, name: str) -> int:
        """Give a column's width of :data:`WIDTHS`."""
        return round(WIDTHS[name] * self.scale)

    def em(self, count: float) -> int:
        """Give *count* em of the body font."""
        return round(count * ROLES["body"][0] * self.scale)

    def radius(self, name: str) -> int:
        """Give a corner radius of :data:`RADII`."""
        return RADII[name]

    def icon_px(self, size: int) -> int:
        """Give the drawn edge of an icon of *size* at 100 % (14, 16, 18, 20, 28)."""
        return round(size * self.scale)

    def icon(self, name: str, size: int, colour: Token = "text2", dpr: float = 1.0) -> QPixmap:
        """Draw icon *name*; *size* is 14, 16, 18, 20 or 28 at 100 % text."""
        return icons.render(name, self.icon_px(size), self.colour(colour), dpr, self.rtl)

    def ring(self) -> int:
        """Give the width of the focus ring."""
        return 3 if self.high_contrast else 2

    def palette(self) -> QPalette:
        """Give the application palette; placeholder and disabled colours are set, as Qt would halve them."""
        return _palette(self)

    def sheet(self) -> str:
        """Give the one style sheet: only what Qt paints itself, and no font rule (it would beat setFont)."""
        return _sheet(self)

    def _grown(self, length: int) -> int:
        return round(length * (1 + SPACE_GROWTH * (self.scale - 1)))


class _State:
    """The theme in use: one per process, as Qt's palette and style sheet are."""

    theme = Theme()


def current() -> Theme:
    """Give the theme in use."""
    return _State.theme


def start(app: QApplication, resources: Path, theme: Theme) -> None:
    """
    Prepare *app* before its first window: style Fusion, fonts and icons from *resources*, then *theme*.

    Raises:
        FileNotFoundError: *resources* has no fonts.
    """
    app.setStyle("Fusion")
    fonts.load_fonts(resources / "fonts")
    icons.load_icons(resources / "icons")
    apply(app, theme)


def apply(app: QApplication, theme: Theme) -> None:
    """Use *theme* from now on; every open window follows at once."""
    _State.theme = theme
    app.setLayoutDirection(theme.direction)
    app.setPalette(theme.palette())
    app.setFont(theme.font("body"))
    # Last, as it makes every component lay itself out anew.
    app.setStyleSheet(theme.sheet())


def direction_of(language: str) -> Qt.LayoutDirection:
    """Give the writing direction of *language* (a code such as ``ar`` or ``en-CA``)."""
    return QLocale(language).textDirection() if language else Qt.LayoutDirection.LeftToRight


@lru_cache(maxsize=128)
def _font(pixels: int, weight: int, names: tuple[str, ...]) -> QFont:
    font = QFont()
    font.setFamilies(list(names))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    pairs: dict[QPalette.ColorRole, Token] = {
        role.Window: "canvas",
        role.Base: "surface",
        role.AlternateBase: "sunken",
        role.Button: "surface",
        role.Text: "text",
        role.WindowText: "text",
        role.ButtonText: "text",
        role.BrightText: "text",
        role.PlaceholderText: "text3",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.Light: "surface",
        role.Midlight: "line",
        role.Mid: "line",
        role.Dark: "border",
        role.Shadow: "border",
    }
    palette = QPalette()
    for name, token in pairs.items():
        palette.setColor(name, theme.colour(token))
    for name in (role.Text, role.WindowText, role.ButtonText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, theme.colour("disabled"))
    return palette


def _sheet(theme: Theme) -> str:
    values: dict[str, str] = {token: theme.colour(token).name() for token in TOKENS}
    values["w"] = str(theme.edge("scroll"))
    values["r"] = str(theme.edge("scroll") // 2 - 1)
    values["y"] = str(theme.space(6))
    values["x"] = str(theme.space(12))
    values["card"] = str(theme.radius("card"))
    values["chip"] = str(theme.radius("chip"))
    # The first line makes the sheet differ with every theme: Qt re-polishes nothing for the same text.
    return SHEET % (values | {"key": f"{theme.look} {theme.scale} {theme.rtl}"})
