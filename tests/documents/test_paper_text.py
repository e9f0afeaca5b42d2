"""Text on paper: measured as HarfBuzz measures, broken without loss, refused when a font lacks it."""

import unicodedata
from io import BytesIO

import pytest
import uharfbuzz
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_samples import FONTS
from reportlab.pdfgen.canvas import Canvas

from avrr_desktop.documents import blocks, text
from avrr_desktop.documents.failures import NotPrintable
from avrr_desktop.documents.fonts import Weight, load_fonts
from avrr_desktop.documents.pages import Footer, Sheet, write_pdf
from avrr_desktop.documents.preview import page_texts
from avrr_desktop.documents.text import Style

LOADED = load_fonts(FONTS)
STYLE = Style(10, 14)
LETTERS = "abcdefilmnorstuvxyzAVTWÀéïőűčěřžșțñßæøđłŽŁŐабвгджзњћџёієґАВТαβγδωάώπếệữạđĐ0123456789.,-’()"
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=24), min_size=1, max_size=30)


def plain_width(words: str, weight: str, size: float) -> float:
    """Measure with HarfBuzz alone, from the file, in one run."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONTS / f"NotoSans-{weight}.ttf")))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(face), buffer, {"liga": False, "clig": False, "kern": True})
    return sum(place.x_advance for place in buffer.glyph_positions) * size / face.upem


def print_paragraph(words: str, width: float = 400) -> bytes:
    made = blocks.paragraph(words, 0, width, LOADED)
    foot = Footer((), "{page}", (), ())
    return write_pdf(made, title="x", footer=foot, fonts=LOADED, sheet=Sheet.A4, rehearsal=False)


@pytest.mark.parametrize("words", ["AVATAR To Wave", "Nguyễn Thị Hường", "Њујорк ђак", "Άλφα ΑΥΤΟ", "ffi fl 1,686.00"])
@pytest.mark.parametrize("weight", list(Weight))
def test_a_line_is_as_wide_as_harfbuzz_says(words: str, weight: Weight) -> None:
    measured = text.width_of(words, LOADED, Style(11, 15, weight))
    assert measured == pytest.approx(plain_width(words, weight.value, 11))


def test_kerning_counts_in_the_width() -> None:
    apart = sum(text.width_of(letter, LOADED, STYLE) for letter in "AVAT")
    assert text.width_of("AVAT", LOADED, STYLE) < apart


@settings(max_examples=60, deadline=None)
@given(words=WORDS, width=st.floats(30, 500))
def test_no_line_is_wider_than_its_box_and_no_letter_is_lost(words: list[str], width: float) -> None:
    whole = text.clean(" ".join(words))
    lines = text.wrap(whole, LOADED, STYLE, width)
    assert all(text.width_of(line, LOADED, STYLE) <= width for line in lines)
    assert "".join(whole.split()) == "".join("".join(lines).split())


@settings(max_examples=60, deadline=None)
@given(words=WORDS)
def test_words_that_fit_are_never_cut(words: list[str]) -> None:
    width = max(text.width_of(text.clean(word), LOADED, STYLE) for word in words)
    lines = text.wrap(" ".join(words), LOADED, STYLE, width)
    assert text.clean(" ".join(words)).split(" ") == " ".join(lines).split(" ")


def test_a_word_wider_than_the_box_is_cut_and_an_accent_stays_with_its_letter() -> None:
    word = "o\u0323\u0301" * 30
    lines = text.wrap(word, LOADED, STYLE, 40)
    assert len(lines) > 3
    assert all(not unicodedata.combining(line[0]) for line in lines)
    assert unicodedata.normalize("NFC", word) == "".join(lines)


def test_a_no_break_blank_holds_until_nothing_else_is_left() -> None:
    assert text.wrap("Call +36\u00a01\u00a0555", LOADED, STYLE, 60) == ["Call", "+36\u00a01\u00a0555"]
    assert text.wrap("+36\u00a01\u00a0555", LOADED, STYLE, 35) == ["+36\u00a01", "555"]


def test_line_ends_of_the_text_stay() -> None:
    assert text.wrap("one\n\ntwo   three\n", LOADED, STYLE, 400) == ["one", "", "two three"]


@settings(max_examples=25, deadline=None)
@given(words=WORDS)
def test_the_text_copied_from_the_page_is_the_text_given(words: list[str]) -> None:
    given_words = text.clean(" ".join(words))
    lines = text.wrap(given_words, LOADED, blocks.BODY, 400)
    # A hyphen at the end of a printed line is read as a hyphenated word, so it is compared without blanks.
    copied = page_texts(print_paragraph(given_words))[0]
    expected = "".join("".join(lines).split()).replace("-", "")
    assert (expected + "1") == "".join(copied.split()).replace("-", "").replace("\ufffe", "").replace("\x02", "")


def test_glyphs_without_a_letter_of_their_own_still_copy_as_the_text() -> None:
    given_words = "Lithuanian i\u0307\u0301 and o\u0323\u0301"
    run = next(text.itemise("i\u0307\u0301", LOADED, Weight.REGULAR))
    names = [run.face.shaper.glyph_to_string(glyph.number) for glyph in text.shape(run)]
    assert names[0] == "dotlessi"
    copied = page_texts(print_paragraph(given_words))[0]
    assert unicodedata.normalize("NFC", given_words) in unicodedata.normalize("NFC", copied)


def test_spoken_text_is_opened_and_closed() -> None:
    target = BytesIO()
    canvas = Canvas(target, pageCompression=0, invariant=1)
    text.draw(canvas, 50, 500, "plain, i\u0307\u0301, plain", LOADED, STYLE)
    canvas.save()
    assert [target.getvalue().count(mark) for mark in (b" BDC", b"EMC")] == [1, 1]


def test_a_glyph_that_no_character_names_is_embedded_under_a_number_of_its_own() -> None:
    """The number depends on the glyph alone, not on what was printed before."""
    words = "\u012f\u0301"
    run = next(text.itemise(words, LOADED, Weight.REGULAR))
    glyph = text.shape(run)[0].number
    assert glyph not in run.face.characters
    assert run.face.embedded(glyph) == chr(0xE000 + glyph)
    assert words in page_texts(print_paragraph(f"Lithuanian {words}"))[0]


def test_isolates_and_other_invisible_signs_draw_nothing() -> None:
    assert text.width_of("\u2066+36\u2069", LOADED, STYLE) == text.width_of("+36", LOADED, STYLE)
    assert text.not_printable("\u2066+36\u2069 \u2068x\u2069", LOADED) == ""


@pytest.mark.parametrize(
    ("given_text", "lacking"),
    [
        ("زينب", "زينب"),
        ("Zainab (زز)", "ز"),
        ("北 Beijing 京", "北京"),
        ("abc\u202edef", "\u202e"),
        ("bell\x07", "\x07"),
        ("Đặng Thị Ngọc Ánh, Ђорђе, Χαρά, Łukasz", ""),
        ("UTC\u22125", ""),
    ],
)
def test_what_no_font_draws_is_named(given_text: str, lacking: str) -> None:
    assert lacking == text.not_printable(given_text, LOADED)


def test_drawing_refuses_rather_than_printing_a_box() -> None:
    with pytest.raises(NotPrintable) as caught:
        list(text.itemise("a北", LOADED, Weight.REGULAR))
    assert caught.value.characters == "北"


def test_runs_are_cut_by_script() -> None:
    runs = list(text.itemise("Ana, Ђорђе 12 и Χαρά", LOADED, Weight.REGULAR))
    assert [(run.text, run.script) for run in runs] == [
        ("Ana, ", "Latn"),
        ("Ђорђе 12 и ", "Cyrl"),
        ("Χαρά", "Grek"),
    ]


def test_fonts_are_loaded_once_and_a_missing_folder_says_so(tmp_path) -> None:
    assert load_fonts(FONTS) is LOADED
    with pytest.raises(FileNotFoundError):
        load_fonts(tmp_path)
