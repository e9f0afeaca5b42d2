"""The verb `check`: is the file whole, the audit trail unbroken, and does what is shown follow from the journal."""

from argparse import Namespace

from avrr_desktop.cli.command import Line
from avrr_desktop.cli.entering import FindOffice, entered


def run_check(asked: Namespace, find_office: FindOffice) -> tuple[Line, ...]:
    """
    Run every check, one line each: page seals, structure, audit trail, rebuild.

    Raises:
        Expected: What `entered` and `checking.check_office` refuse; a store too damaged to open says so there.
    """
    with entered(asked, find_office) as sitting:
        from avrr_desktop.services.checking import check_office

        found = check_office(sitting.desk, sitting.actor)
    lines = [
        _said("check.seals", bool(found.cipher), pages=list(found.pages), lines=list(found.cipher)),
        _said("check.structure", bool(found.structure), lines=list(found.structure)),
        _said("check.trail", found.broken_row is not None, rows=found.rows, broken_row=found.broken_row),
    ]
    if found.differing is None:
        lines.append(Line("check.not_compared", failed=True))
    else:
        lines.append(_said("check.rebuild", bool(found.differing), tables=list(found.differing)))
    return tuple(lines)


def _said(code: str, is_bad: bool, **values: object) -> Line:
    return Line(f"{code}_broken" if is_bad else code, values, failed=is_bad)
