"""Names of countries and languages in the languages of people, from Unicode's CLDR."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=16)
def countries(language: str) -> dict[str, str]:
    """Return country codes with their names in *language*, sorted by name; English where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        names = Locale("en").territories
    found = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NOT}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


_NOT = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"})
"""CLDR territories that are no countries."""


def country_name(code: str | None, language: str) -> str:
    """Return the name of a country, its code when it has none, "" for None."""
    return countries(language).get(code, code) if code else ""


@lru_cache(maxsize=16)
def languages(language: str) -> dict[str, str]:
    """Return language codes with their names in *language*, sorted by name."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(language, sep="-").languages
    except (UnknownLocaleError, ValueError):
        names = Locale("en").languages
    found = {code: name for code, name in names.items() if code.isalpha() and len(code) in (2, 3)}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))


def language_name(code: str | None, language: str) -> str:
    """Return the name of a language, its code when it has none, "" for None."""
    return languages(language).get(code, code) if code else ""
