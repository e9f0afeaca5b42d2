"""
See that a folder of the demo holds papers and pictures, none of them blank.

Run by the Python of ``.venv`` (it renders the PDFs): ``python packaging/proof.py FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image


def is_blank(picture: Image.Image) -> bool:
    """Tell whether every point has one colour."""
    return all(low == high for low, high in picture.convert("RGB").getextrema())  # type: ignore[misc]


def blank_pages(paper: Path) -> tuple[int, ...]:
    """List the blank pages of a PDF, counted from 1; a PDF without pages has page 0 blank."""
    document = pypdfium2.PdfDocument(paper)
    try:
        if len(document) == 0:
            return (0,)
        pictures = (document[index].render(scale=0.5).to_pil() for index in range(len(document)))
        return tuple(number for number, picture in enumerate(pictures, 1) if is_blank(picture))
    finally:
        document.close()


def complaints(folder: Path) -> tuple[str, ...]:
    """List what is wrong with *folder*, one line each; empty when it holds at least one PDF and one PNG."""
    papers, pictures = sorted(folder.rglob("*.pdf")), sorted(folder.rglob("*.png"))
    said = [f"no {kind} in {folder}" for kind, files in (("PDF", papers), ("PNG", pictures)) if not files]
    for paper in papers:
        said += [f"{paper}: page {number} is blank" for number in blank_pages(paper)]
    for picture in pictures:
        with Image.open(picture) as image:
            if is_blank(image):
                said.append(f"{picture}: blank")
    return tuple(said)


def main(argv: list[str]) -> int:
    """Check one folder; print the complaints or the counts; return 1 or 0."""
    folder = Path(argv[0])
    said = complaints(folder)
    for line in said:
        print(f"failed  {line}")
    if not said:
        counts = [len(list(folder.rglob(f"*.{kind}"))) for kind in ("pdf", "png")]
        print(f"{folder}: {counts[0]} papers and {counts[1]} pictures, none blank")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
