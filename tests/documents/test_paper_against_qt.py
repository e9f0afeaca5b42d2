"""Qt as the independent witness: same font and text, same glyphs in the same order. Source: DESIGN.md 5.6."""

import pytest
from paper_samples import FONTS
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QTextLayout

from avrr_desktop.documents import text
from avrr_desktop.documents.fonts import Weight, load_fonts
from avrr_desktop.documents.text import Style

SIZE = 1000
TEXTS = [
    "AVATAR To Wave, 17:55",
    "Nguyễn Thị Hường ở Đà Nẵng",
    "Њујорк, Ђорђе, Київ, ґанок",
    "Άλφα ΑΥΤΟ ώρα",
    "Příliš žluťoučký kůň, Győző, Șțefan",
    "o\u0323\u0301 i\u0307\u0301 e\u0328\u0301",
    "office fi ffl 1\u202f686,00\u00a0CAD",
]


@pytest.fixture(scope="module")
def font(qapp: QGuiApplication) -> QFont:
    identity = QFontDatabase.addApplicationFont(str(FONTS / "NotoSans-Regular.ttf"))
    made = QFont(QFontDatabase.applicationFontFamilies(identity)[0])
    made.setPixelSize(SIZE)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in ("liga", "clig"):
        made.setFeature(QFont.Tag(feature), 0)
    return made


@pytest.mark.parametrize("words", TEXTS)
def test_qt_draws_the_same_glyphs_in_the_same_order(font: QFont, words: str) -> None:
    cleaned = text.clean(words)
    layout = QTextLayout(cleaned, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1_000_000)
    layout.endLayout()
    theirs = [glyph for run in line.glyphRuns() for glyph in run.glyphIndexes()]
    fonts = load_fonts(FONTS)
    ours = [glyph.number for run in text.itemise(cleaned, fonts, Weight.REGULAR) for glyph in text.shape(run)]
    assert len(ours) >= len(cleaned) // 2
    assert theirs == ours
    assert text.width_of(cleaned, fonts, Style(SIZE, SIZE)) == pytest.approx(line.naturalTextWidth(), abs=2)
