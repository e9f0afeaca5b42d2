"""
Read the translations of an XForm.

Source: ODK XForms specification, "Languages".
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from avrr_desktop.interview.definition import Text, Texts
from avrr_desktop.interview.xpath import Expression, compile_expression

_ITEXT = re.compile(r"\s*jr:itext\(\s*(['\"])(.*)\1\s*\)\s*\Z", re.DOTALL)
_MISSING = Text(("-",))
"""What pyxform writes where a language has no text while another has."""


def mixed_text(element: Element) -> Text:
    """Read text with `<output value="…"/>` inside; surrounding space is pyxform's and goes."""
    parts: list[str | Expression] = [element.text or ""]
    for inner in element:
        if inner.tag == "output":
            parts.append(compile_expression((inner.get("value") or inner.get("ref") or "''").strip()))
        parts.append(inner.tail or "")
    if isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return Text(tuple(part for part in parts if part != ""))


class Translations:
    """
    The texts of a form by language and id.

    Attributes:
        languages: The default first; ("",) when the form has no translations.
        by_language: Plain texts (labels, hints) only; `reference` also finds other forms of a text.
    """

    def __init__(self, itext: Element | None) -> None:
        found: dict[str, dict[tuple[str, str], Text]] = {}
        default = ""
        for translation in itext if itext is not None else ():
            language = translation.get("lang", "")
            default = language if translation.get("default") is not None else default
            texts = found.setdefault(language, {})
            for text in translation:
                for value in text:
                    texts[text.get("id", ""), value.get("form", "")] = mixed_text(value)
        self.languages: tuple[str, ...] = tuple(sorted(found, key=lambda one: one != default)) or ("",)
        self._texts = found
        self._drop_missing()
        self.by_language: Mapping[str, Mapping[str, Text]] = {
            language: {key: text for (key, form), text in texts.items() if not form}
            for language, texts in found.items()
        }

    def _drop_missing(self) -> None:
        keys = {key for texts in self._texts.values() for key in texts}
        for key in keys:
            given = [texts[key] for texts in self._texts.values() if key in texts]
            if any(text != _MISSING for text in given):
                for texts in self._texts.values():
                    if texts.get(key) == _MISSING:
                        del texts[key]

    def reference(self, reference: str, form: str = "") -> Texts:
        """Return the texts a `jr:itext('…')` names, or the given text itself for every language."""
        match = _ITEXT.match(reference)
        if match is None:
            text = Text((reference.strip(),))
            return dict.fromkeys(self.languages, text) if reference.strip() and not form else {}
        key = (match[2], form)
        return {language: texts[key] for language, texts in self._texts.items() if key in texts}
