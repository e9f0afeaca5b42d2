"""Papers against the bare reportlab canvas with an embedded font."""

from __future__ import annotations

import io
from datetime import date

from measure import Ratio, in_turn
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from avrr_desktop.app.paths import find_paths
from avrr_desktop.documents import plan, recovery
from avrr_desktop.documents.paper import Stamp
from avrr_desktop.documents.wording import load_wording
from avrr_desktop.domain.money import Money

PATHS = find_paths()
ENGLISH, FRENCH = (load_wording(PATHS.wording, language) for language in ("en", "fr"))
TODAY = date(2026, 11, 24)


def _bare(pages: int, lines: int) -> bytes:
    pdfmetrics.registerFont(TTFont("bare", str(PATHS.fonts / "NotoSans-Regular.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in range(pages):
        canvas.setFont("bare", 10)
        for line in range(lines):
            canvas.drawString(50, 800 - 15 * line, f"A line of plain text on the page, number {line} of page {page}.")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _letter() -> bytes:
    return recovery.render(
        recovery.RecoveryValues("Toronto", "TOR-3", TODAY, tuple("ABCDE" for _ in range(8))),
        wording=ENGLISH,
        fonts=PATHS.fonts,
        rehearsal=False,
    )


def _plan(lines: int) -> bytes:
    rows = tuple(
        plan.PlanLine(
            list(plan.Category)[n % 9], f"Something agreed, number {n}", "Mrs Horváth", "2", TODAY, Money("CAD", 12345)
        )
        for n in range(lines)
    )
    values = plan.PlanValues(
        Stamp("7KM2-QX9R", 1, TODAY),
        ("Lászlóné Horváth",),
        "Miskolc, Hungary",
        "To sew for the shops of Miskolc.",
        "CAD",
        rows,
        None,
        plan.Contact("Budapest", "+36 1 555 0100", "", "", 30, 6),
        ("Lászlóné Horváth",),
        "Maya Tremblay",
    )
    return plan.render(values, wording=FRENCH, mirror=ENGLISH, fonts=PATHS.fonts, rehearsal=False)


def bench_letter() -> Ratio:
    """A one-page letter, warm."""
    ours, bare = in_turn(_letter, lambda: _bare(1, 40))
    return Ratio("one-page letter / bare page with an embedded font", ours, bare, 10, "1 page")


def bench_plan() -> Ratio:
    """A plan of four pages, warm."""
    from avrr_desktop.documents.preview import count_pages

    lines = next(n for n in range(40, 200, 5) if count_pages(_plan(n)) >= 4)
    pages = count_pages(_plan(lines))
    ours, bare = in_turn(lambda: _plan(lines), lambda: _bare(pages, 45))
    return Ratio(
        "four-page plan, French and English / the same pages bare", ours, bare, 6, f"{pages} pages, {lines} lines"
    )
