"""The declaration's text in each language, as the settings show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.documents.wording import languages
from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.sections import Section
from avrr_desktop.services.declaring import WORDING, declaration_text, office_wording
from avrr_desktop.services.desk import Desk, verb


@dataclass(frozen=True, slots=True)
class WordingView:
    """
    A declaration in one language.

    Attributes:
        language: Its code.
        text: One sentence a line.
        is_own: The office wrote it; else it is the program's draft.
        approved_by: Who approved it, "" for nobody: then it can be signed in a rehearsal only.
        approved_on: When; None for not, and for drafts.
    """

    language: str
    text: str
    is_own: bool
    approved_by: str
    approved_on: date | None


@verb(reads=(Section.WORDING,))
def declaration_wordings(desk: Desk, actor: Actor) -> tuple[WordingView, ...]:
    """Return the declaration in every language there is a paper in, sorted by code."""
    found = []
    for language in languages(desk.resources.wording):
        own = office_wording(desk, WORDING, language)
        text = declaration_text(desk, language, with_interpreter=True)
        approved_on = own.approved_on if own is not None else None
        found.append(WordingView(language, "\n".join(text.elements), own is not None, text.approved_by, approved_on))
    return tuple(found)
