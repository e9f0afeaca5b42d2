"""Pages as pictures for the screen."""

import pytest
from paper_samples import EN, FONTS, RECOVERY

from avrr_desktop.documents import preview, recovery


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return recovery.render(RECOVERY, wording=EN, fonts=FONTS, rehearsal=False)


def test_a_page_is_drawn_at_its_scale_in_four_bytes_a_pixel(sheet: bytes) -> None:
    picture = preview.draw_page(sheet, 0, 1.0)
    assert (picture.width, picture.height) == (596, 842)
    assert picture.width * picture.height * 4 == len(picture.pixels)
    assert set(picture.pixels[3::4]) == {255}


def test_a_page_is_black_on_white(sheet: bytes) -> None:
    pixels = preview.draw_page(sheet, 0, 1.5).pixels
    assert pixels[:3] == b"\xff\xff\xff"
    assert min(pixels[0::4]) < 30
    assert all(pixels[at] == pixels[at + 2] for at in range(0, len(pixels), 4 * 997))


def test_pages_are_counted_and_a_missing_one_is_refused(sheet: bytes) -> None:
    assert preview.count_pages(sheet) == 1
    with pytest.raises(IndexError):
        preview.draw_page(sheet, 1, 1.0)


@pytest.mark.parametrize("scale", [0.0, 9.0])
def test_a_scale_that_would_fill_the_memory_is_refused(sheet: bytes, scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        preview.draw_page(sheet, 0, scale)
