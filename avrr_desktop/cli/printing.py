"""The verb `print`: make a paper of a case and save it as PDF; each print stands in the audit trail."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop.cli.command import Line
from avrr_desktop.cli.entering import FindOffice, add_entry_options, entered
from avrr_desktop.domain.failures import Expected

if TYPE_CHECKING:
    from avrr_desktop.domain.acting import Actor
    from avrr_desktop.services.desk import Desk
    from avrr_desktop.services.papers import Made

PAPERS = ("plan", "itinerary", "declaration", "interview")
APART = ("protection", "medical")


def add_print_options(parser: ArgumentParser) -> None:
    """Add the options of `print`."""
    parser.add_argument("case", metavar="CASE", help="number of the case, in any spelling, whole or as on its papers")
    parser.add_argument("--paper", required=True, choices=PAPERS, help="what to make")
    parser.add_argument("--language", default="en", metavar="CODE", help="language of the reader: en, fr (default en)")
    parser.add_argument("--output", type=Path, default=Path(), metavar="FOLDER", help="where to (default: here)")
    parser.add_argument("--without-amounts", action="store_true", help="leave all sums out of a plan")
    of_interview = parser.add_argument_group("only for --paper interview")
    of_interview.add_argument("--number", type=int, metavar="N", help="which one, counted from 1 (default: the latest)")
    of_interview.add_argument("--read-back", action="store_true", help="for the person, to be read out and signed")
    of_interview.add_argument("--notes", action="store_true", help="print also what is only read out")
    of_interview.add_argument(
        "--with", dest="apart", action="append", default=[], choices=APART, help="print this section too, if allowed"
    )
    add_entry_options(parser)


def run_print(asked: Namespace, find_office: FindOffice) -> tuple[Line, ...]:
    """
    Make the paper and save it under a name that says nothing about the person.

    Raises:
        Expected: "usage.without_amounts", "usage.only_interview", "usage.no_interview"; what `entered`,
            `lists.case_numbered`, `papers.make_paper`, `interview_paper.make_interview` and `papers.save_paper`
            refuse.
    """
    if asked.without_amounts and asked.paper != "plan":
        raise Expected("usage.without_amounts")
    if asked.paper != "interview" and (asked.number is not None or asked.read_back or asked.notes or asked.apart):
        raise Expected("usage.only_interview")
    with entered(asked, find_office) as sitting:
        from avrr_desktop.domain.fields import Paper
        from avrr_desktop.services import lists, papers

        desk, actor = sitting.desk, sitting.actor
        case = lists.case_numbered(desk, actor, asked.case)
        if asked.paper == "interview":
            made = _interview(desk, actor, case, asked)
        else:
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


def _interview(desk: "Desk", actor: "Actor", case: str, asked: Namespace) -> "Made":
    from avrr_desktop.domain.sections import Section
    from avrr_desktop.services import interview_paper

    held = {one.number: one.interview for one in interview_paper.printable_interviews(desk, actor, case)}
    number = asked.number if asked.number is not None else max(held, default=0)
    if number not in held:
        raise Expected("usage.no_interview", numbers=", ".join(map(str, held)) or "-")
    reader = interview_paper.Reader.RETURNEE if asked.read_back else interview_paper.Reader.INTERNAL
    return interview_paper.make_interview(
        desk,
        actor,
        case,
        held[number],
        language=asked.language,
        reader=reader,
        sections=[Section(one) for one in asked.apart],
        with_notes=asked.notes,
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as broken:
        raise Expected("file.not_written", why=broken.strerror or "", errno=broken.errno or 0) from broken
