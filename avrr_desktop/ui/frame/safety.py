"""What the checks of the records say: a banner over every page that stays until there is nothing to say."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal

from avrr_desktop.domain.failures import Failure
from avrr_desktop.ui.frame.board import Board
from avrr_desktop.ui.notices import sentence

MOST_PAGES = 12
"""Numbers of damaged pages that are named; they are for whoever helps, not for the officer."""


class Safety(Board):
    """
    The state of the records after an unclean stop; hidden where all is well.

    Signals:
        again: The officer wants the check made again.
    """

    again = Signal()

    def show_checking(self, step: int) -> None:
        """Say that check *step* (from 1) runs; what is written meanwhile is refused."""
        words = (
            self.tr("Step 1 of 2: every page is read."),
            self.tr("Step 2 of 2: how the pages hang together."),
        )
        detail = self.tr("{step} You can read and search; nothing is written yet.").format(step=words[step - 1])
        said = self.tr("Checking the records after the last stop\u2026")
        if step > 1 and self.banner is not None:
            self.banner.set_text(said, detail)  # not spoken again
            return
        self.put_up("info", said, detail)

    def show_damage(self, pages: Collection[int]) -> None:
        """Say that the records are damaged, what was kept and what to do."""
        said = self.tr("The records on this laptop are damaged.")
        kept = self.tr(
            "Nothing was deleted or written over. You can still read and search; nothing is written any more. Copy the "
            "office's folder to another disk, then put the last checked backup in its place."
        )
        if pages:
            first = [str(page) for page in sorted(pages)[:MOST_PAGES]]
            listed = ", ".join(first if len(first) == len(pages) else [*first, "\u2026"])
            kept = self.tr("{words} Damaged pages: {pages}.").format(words=kept, pages=listed)
        self.put_up("bad", said, kept)

    def show_unchecked(self, failure: Failure) -> None:
        """Say that the check did not come to its end; it can be made again."""
        said = self.tr("The records could not be checked, so nothing is written yet.")
        banner = self.put_up("bad", said, sentence(failure), action=self.tr("Check again"))
        banner.acted.connect(self.again)
