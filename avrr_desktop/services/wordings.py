"""The texts that need an approval, in each language, as the settings show them: consent and declaration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.sections import Section
from avrr_desktop.services.consenting import CONSENT, consent_wording, office_wording
from avrr_desktop.services.declaring import WORDING, declaration_text
from avrr_desktop.services.desk import Desk, verb


@dataclass(frozen=True, slots=True)
class WordingView:
    """
    A text in one language.

    Attributes:
        name: "consent" or "declaration".
        language: Its code.
        text: One sentence a line.
        is_own: The office wrote it; else it is the program's draft.
        approved_by: Who approved it, "" for nobody: then it can be agreed to or signed in a rehearsal only.
        approved_on: When; None for not, and for drafts.
    """

    name: str
    language: str
    text: str
    is_own: bool
    approved_by: str
    approved_on: date | None


@verb(reads=(Section.WORDING,))
def approvable_wordings(desk: Desk, actor: Actor) -> tuple[WordingView, ...]:
    """Return consent and declaration in every language there is a paper in, by language in order of code."""
    return tuple(
        view for language in desk.wordings for view in (_consent(desk, language), _declaration(desk, language))
    )


def _consent(desk: Desk, language: str) -> WordingView:
    own = office_wording(desk, CONSENT, language)
    read = consent_wording(desk, language)
    return WordingView(
        CONSENT, language, read.text, own is not None, read.approved_by, own.approved_on if own else None
    )


def _declaration(desk: Desk, language: str) -> WordingView:
    own = office_wording(desk, WORDING, language)
    text = declaration_text(desk, language, with_interpreter=True)
    elements = "\n".join(text.elements)
    return WordingView(WORDING, language, elements, own is not None, text.approved_by, own.approved_on if own else None)
