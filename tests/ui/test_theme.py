"""Contrast limits, sizes, and one place for colours and pixels."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette

from avrr_desktop.ui import icons, theme
from avrr_desktop.ui.tokens import LOOKS, TOKENS

ROOT = Path(__file__).resolve().parents[2]
GROUNDS = ("surface", "canvas", "sunken", "hover", "tint")
TEXTS = {
    "text": GROUNDS,
    "text2": GROUNDS,
    "text3": GROUNDS,
    "accent": GROUNDS,
    "ok": ("surface", "canvas", "sunken", "ok_tint"),
    "warn": ("surface", "canvas", "sunken", "warn_tint"),
    "bad": ("surface", "canvas", "sunken", "bad_tint"),
    "on_accent": ("accent", "accent_hover", "accent_press"),
    "on_tint": ("tint", "surface"),
    "on_bad": ("bad",),
    "on_deep": ("deep",),
    "on_deep2": ("deep",),
}


def luminance(colour: QColor) -> float:
    """WCAG 2.2 relative luminance."""
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(first: QColor, second: QColor) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_formula_is_the_known_one():
    assert round(contrast(QColor("black"), QColor("white")), 2) == 21.0
    assert round(contrast(QColor("#777777"), QColor("white")), 2) == 4.48


@pytest.mark.parametrize("name", LOOKS)
def test_text_can_be_read_on_every_ground_it_may_stand_on(name):
    shade = theme.Theme(name)
    least = 7.0 if shade.high_contrast else 4.5
    weak = {
        (ink, ground): round(contrast(shade.colour(ink), shade.colour(ground)), 2)
        for ink, grounds in TEXTS.items()
        for ground in grounds
        if contrast(shade.colour(ink), shade.colour(ground)) < least
    }
    assert weak == {}


@pytest.mark.parametrize("name", LOOKS)
def test_outlines_and_the_focus_ring_are_seen(name):
    shade = theme.Theme(name)
    least = 7.0 if shade.high_contrast else 3.0
    for part in ("border", "focus"):
        for ground in ("surface", "canvas", "sunken"):
            assert contrast(shade.colour(part), shade.colour(ground)) >= least, (part, ground)


def test_every_token_has_a_colour_in_every_look():
    for token, colours in TOKENS.items():
        assert len(colours) == len(LOOKS), token
        assert all(QColor(colour).isValid() for colour in colours), token


def test_text_doubles_and_spacing_grows_by_a_third():
    small, large = theme.Theme(), theme.Theme(scale=2.0)
    assert large.line("body") == 2 * small.line("body")
    assert large.space(20) == 27
    assert large.height("field") > small.height("field")


@pytest.mark.parametrize("scale", [0.79, 2.01])
def test_a_text_size_outside_the_limits_is_refused(scale):
    with pytest.raises(ValueError, match=str(scale)):
        theme.Theme(scale=scale)


def test_a_space_that_is_no_step_is_refused():
    with pytest.raises(ValueError, match="7"):
        theme.Theme().space(7)


def test_placeholders_and_disabled_text_have_their_own_colours(look):
    shade = look("dark")
    palette = shade.palette()
    assert palette.color(QPalette.ColorRole.PlaceholderText) == shade.colour("text3")
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == shade.colour("disabled")


def test_the_sheet_is_short_and_says_nothing_of_fonts(look):
    sheet = look().sheet()
    assert sheet.count("{") <= 40
    assert "font" not in sheet
    assert not re.search(r"border-(left|right)|(padding|margin)-(left|right)", sheet)


def test_only_the_theme_knows_colours_and_pixels():
    wrong = re.compile(
        r"""QColor\(\s*["'#]|["']\#[0-9A-Fa-f]{6}["']|setStyleSheet|setPixelSize|setPointSize"""
        r"""|set(?:Fixed|Minimum|Maximum)(?:Width|Height|Size)\(\s*[1-9]"""
        r"""|setContentsMargins\([^)]*[1-9]\d*\s*[,)]|set\w*Spacing\(\s*[1-9]"""
    )
    assert wrong.search("x.setContentsMargins(0, 8, 0, 0)")
    assert wrong.search('QColor("#123456")')
    known = {"theme.py", "tokens.py"}
    files = [f for f in (ROOT / "avrr_desktop/ui").rglob("*.py") if f.name not in known]
    assert len(files) > 20
    found = {
        f"{file.relative_to(ROOT)}: {hit.group()}"
        for file in files
        for hit in wrong.finditer(re.sub(r"t\.\w+\([^)]*\)", "t", file.read_text(encoding="utf-8")))
    }
    assert found == set()


def test_mirrored_icons_exist_and_turn_only_right_to_left(look):
    names = {file.stem for file in (ROOT / "resources/icons").glob("*.svg")}
    assert names >= icons.MIRRORED
    plain, turned = look(), look(rtl=True)
    arrow = plain.icon("arrow-left", 20).toImage()
    assert arrow.flipped() != arrow
    assert turned.icon("arrow-left", 20).toImage() != arrow
    assert turned.icon("check", 20).toImage() == plain.icon("check", 20).toImage()


def test_an_icon_is_drawn_in_its_colour_and_ratio(look):
    pixmap = look().icon("check", 16, "ok", 2.0)
    image = pixmap.toImage()
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)
    inked = [image.pixelColor(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255]
    assert inked
    assert {colour.name() for colour in inked} == {theme.current().colour("ok").name()}


def test_an_unknown_icon_is_an_error(look):
    look()
    with pytest.raises(FileNotFoundError):
        theme.current().icon("no-such-sign", 16)


def test_every_icon_named_in_the_window_is_shipped():
    names = {file.stem for file in (ROOT / "resources/icons").glob("*.svg")}
    used = set()
    for file in (ROOT / "avrr_desktop/ui").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r"""(?:icon=|Icon\()["']([a-z0-9-]+)["']""", text))
    assert used
    assert used <= names
