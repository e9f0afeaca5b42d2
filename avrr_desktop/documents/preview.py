"""Look into a finished PDF: pages as pictures for the screen, and the text a reader would copy."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True, slots=True)
class Picture:
    """
    One page in pixels.

    Attributes:
        width, height: Pixels.
        pixels: Rows from the top, four bytes a pixel (blue, green, red, 255), no padding: width * height * 4
            bytes, a 32-bit RGB picture on every machine the program runs on.
    """

    width: int
    height: int
    pixels: bytes


def count_pages(content: bytes) -> int:
    """Count the pages of a PDF."""
    with pypdfium2.PdfDocument(content) as document:
        return len(document)


def draw_page(content: bytes, page: int, scale: float) -> Picture:
    """
    Draw *page* (0 is the first) on white at *scale* pixels a point.

    Raises:
        IndexError: There is no such page.
        ValueError: The scale is not between 0.05 and 8; larger would fill the memory.
    """
    if not 0.05 <= scale <= 8:
        raise ValueError("scale")
    with pypdfium2.PdfDocument(content) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        bitmap = document[page].render(scale=scale, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx)
        raw, row = bytes(bitmap.buffer), bitmap.width * 4
        rows = (raw[at * bitmap.stride : at * bitmap.stride + row] for at in range(bitmap.height))
        return Picture(bitmap.width, bitmap.height, b"".join(rows))


def page_texts(content: bytes) -> list[str]:
    """Return the text of every page as a reader would copy it."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]
