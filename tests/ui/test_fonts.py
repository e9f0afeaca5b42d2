"""What is drawn is drawn with the shipped files."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QTextLayout

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.runs import lay_out

FOLDER = Path(__file__).resolve().parents[2] / "resources/fonts"
WORDS = {
    "Noto Sans Arabic": "عائلة الجبوري",
    "Noto Sans Ethiopic": "አበበ ተስፋዬ",
    "Noto Sans Georgian": "ნინო ბერიძე",
    "Noto Sans Armenian": "Հայերեն",
    "Noto Sans Bengali": "বাংলা",
    "Noto Sans Devanagari": "हिन्दी",
    "Noto Sans SC": "李小梅",
    "Noto Sans": "Олена Коваленко Nguyễn Thị Lan",
}


def drawn(layout: QTextLayout) -> set[tuple[str, int]]:
    return {(run.rawFont().familyName(), run.rawFont().weight()) for run in layout.glyphRuns()}


def test_every_font_file_is_the_one_listed():
    listed = dict(reversed(line.split()) for line in (FOLDER / "SHA256SUMS").read_text().splitlines())
    real = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in FOLDER.glob("*.ttf")}
    assert len(real) > 20
    assert real == listed


def test_fonts_come_with_their_licence_and_origin():
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text()
    readme = (FOLDER / "README.md").read_text()
    assert "fonts-noto-core" in readme
    assert "20201225-1" in readme


def test_every_family_named_has_its_files():
    for family in (fonts.LATIN, fonts.NASTALIQ, *fonts.SCRIPTS):
        for weight in family.weights:
            assert (FOLDER / f"{family.stem}-{weight}.ttf").is_file()


@pytest.mark.parametrize("family", WORDS)
def test_the_family_drawn_is_the_shipped_one(look, family):
    look()
    fonts.ensure(WORDS[family])
    layout = QTextLayout(WORDS[family].replace(" ", ""), theme.current().font("body"))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    assert {name for name, _ in drawn(layout)} == {family}


@pytest.mark.parametrize("family", WORDS)
def test_a_mixed_line_keeps_one_weight(look, family):
    look()
    found = drawn(lay_out(f"Abc {WORDS[family]}", "body", rtl=False))
    assert family in {name for name, _ in found}
    assert {weight for _, weight in found} == {400}


def test_runs_cover_the_text_without_gaps():
    text = "Nino ნინო, 12 عائلة"
    pieces = fonts.runs(text)
    assert [family for family, _, _ in pieces] == ["Noto Sans", "Noto Sans Georgian", "Noto Sans Arabic"]
    assert "".join(text[start:end] for _, start, end in pieces) == text
    assert fonts.runs("") == ()


def test_a_script_is_loaded_when_its_first_text_appears():
    """In a process of its own, as what is loaded stays loaded."""
    program = (
        "import sys; from pathlib import Path; from PySide6.QtWidgets import QApplication\n"
        "from avrr_desktop.ui import fonts, theme\n"
        "app = QApplication([]); theme.start(app, Path(sys.argv[1]), theme.Theme())\n"
        "from avrr_desktop.ui.components.label import Label\n"
        "first = fonts.ready(); label = Label('Toronto'); second = fonts.ready()\n"
        "label.setText('ნინო'); label.setText('ნინო ბერიძე')\n"
        "print(first == second == ('Noto Sans',), fonts.ready())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(FOLDER.parent)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True ('Noto Sans', 'Noto Sans Georgian')"


def test_arabic_of_the_returnee_is_larger_and_urdu_is_nastaliq(look):
    shade = look()
    assert shade.font("question", "ar").pixelSize() == 25
    assert shade.font("question", "en").pixelSize() == 22
    assert shade.font("question", "ur").families()[0] == "Noto Nastaliq Urdu"


def test_a_folder_without_fonts_is_an_error(tmp_path):
    program = (
        "from pathlib import Path; from PySide6.QtGui import QGuiApplication\n"
        "from avrr_desktop.ui import fonts\n"
        "app = QGuiApplication([])\n"
        "try: fonts.load_fonts(Path('.'))\n"
        "except FileNotFoundError as problem: print(problem)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.strip() == "NotoSans-Regular.ttf"
