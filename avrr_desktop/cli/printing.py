"""The verb `print`: make a paper of a case and save it as PDF; each print stands in the audit trail."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from avrr_desktop.cli.command import Line
from avrr_desktop.cli.entering import FindOffice, add_entry_options, entered
from avrr_desktop.domain.failures import Expected

PAPERS = ("plan", "itinerary", "declaration")


def add_print_options(parser: ArgumentParser) -> None:
    """Add the options of `print`."""
    parser.add_argument("case", metavar="CASE", help="number of the case, in any spelling, whole or as on its papers")
    parser.add_argument("--paper", required=True, choices=PAPERS, help="what to make")
    parser.add_argument("--language", default="en", metavar="CODE", help="language of the reader: en, fr (default en)")
    parser.add_argument("--output", type=Path, default=Path(), metavar="FOLDER", help="where to (default: here)")
    parser.add_argument("--without-amounts", action="store_true", help="leave all sums out of a plan")
    add_entry_options(parser)


def run_print(asked: Namespace, find_office: FindOffice) -> tuple[Line, ...]:
    """
    Make the paper and save it under a name that says nothing about the person.

    Raises:
        Expected: "usage.without_amounts"; what `entered`, `lists.case_numbered`, `papers.make_paper` and
            `papers.save_paper` refuse.
    """
    if asked.without_amounts and asked.paper != "plan":
        raise Expected("usage.without_amounts")
    with entered(asked, find_office) as sitting:
        from avrr_desktop.domain.fields import Paper
        from avrr_desktop.services import lists, papers

        desk, actor = sitting.desk, sitting.actor
        case = lists.case_numbered(desk, actor, asked.case)
        made = papers.make_paper(
            desk, actor, case, Paper(asked.paper), language=asked.language, without_amounts=asked.without_amounts
        )
        _make_folder(asked.output)
        target = papers.save_paper(desk, actor, case, made, asked.output / papers.file_name(desk, made))
    values = {"file": str(target), "paper": asked.paper, "language": made.language, "pages": made.pages}
    lines = [Line("print.made", {**values, "version": made.version, "is_reviewed": made.is_reviewed})]
    if not made.is_reviewed:
        lines.append(Line("print.not_reviewed", {"language": made.language}))
    return tuple(lines)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as broken:
        raise Expected("file.not_written", why=broken.strerror or "", errno=broken.errno or 0) from broken
