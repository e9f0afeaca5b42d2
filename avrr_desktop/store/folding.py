"""One spelling for what is searched: letters folded in their own script and in Latin, numbers, consonants.

Tested findings of TECH.md 3: SQLite's own folding misses vocalised Arabic, the yehs and kafs, Ё, Đ, Ł, ß and ı,
so the columns are folded here, and the typed words go through the same functions.
"""

from __future__ import annotations

import re
import unicodedata

_UNIFIED = str.maketrans(
    {
        "\u064a": "\u06cc", "\u0649": "\u06cc", "\u0626": "\u06cc",
        "\u0643": "\u06a9",
        "\u0623": "\u0627", "\u0625": "\u0627", "\u0622": "\u0627", "\u0671": "\u0627",
        "\u0629": "\u0647", "\u06c0": "\u0647", "\u06c1": "\u0647",
        "\u0624": "\u0648",
        "\u0451": "\u0435", "\u0401": "\u0415",
        "\u0640": "", "\u200c": "", "\u200d": "", "\u00ad": "",
    }
)  # fmt: skip
"""Arabic yehs, kafs, alefs, teh marbuta, waw with hamza; Cyrillic Ё; tatweel and joiners vanish."""

_CONSONANTS = (
    ("sch", "s"), ("tch", "s"), ("kh", "k"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("th", "t"),
    ("dh", "d"), ("zh", "z"), ("ts", "t"), ("tz", "t"), ("ck", "k"), ("q", "k"), ("c", "k"), ("x", "ks"),
    ("j", "y"), ("i", "y"), ("w", "v"), ("b", "b"), ("p", "p"),
)  # fmt: skip
"""Spellings of one sound in transliterated names, longest first."""


def fold_native(text: str) -> str:
    """Return *text* in its own script: no marks, one letter for each family, lower case."""
    text = unicodedata.normalize("NFKC", text).translate(_UNIFIED).casefold()
    bare = unicodedata.normalize("NFD", text)
    marks_gone = "".join(letter for letter in bare if unicodedata.category(letter) != "Mn" or _is_letter_mark(letter))
    return unicodedata.normalize("NFC", marks_gone).translate(_UNIFIED)


def _is_letter_mark(letter: str) -> bool:
    """Keep the marks of scripts in which they are vowels (Brahmic and its kin); drop Latin, Greek, Arabic, Hebrew."""
    return not ("\u0300" <= letter <= "\u036f" or "\u0590" <= letter <= "\u06ff" or "\u08d0" <= letter <= "\u08ff")


def fold_latin(text: str) -> str:
    """Return *text* in Latin letters, lower case, without apostrophes: "Шевченко" gives "shevchenko"."""
    if text.isascii():
        return text.lower().replace("'", "")
    # The tables of anyascii are read from disk at the first use; plain Latin names need none of them.
    from anyascii import anyascii

    latin: str = anyascii(fold_native(text))
    return latin.lower().replace("'", "").replace("`", "")


def words(text: str) -> list[str]:
    """Return the words of a folded text: runs of letters, digits and marks."""
    return [word for word in re.split(r"[^\w\u0300-\u036f]+|_+", text) if word]


def fold_number(text: str) -> str:
    """Return a case number or a part of it without signs, look-alikes unified: "TOR-26-7KM2QX9-R", "tor267km2qx9r"."""
    bare = re.sub(r"[^0-9A-Z]", "", text.upper())
    return bare.replace("O", "0").replace("I", "1").replace("L", "1").lower()


def digits(text: str) -> str:
    """Return the digits of a telephone number, in any script, as ASCII."""
    return "".join(str(unicodedata.digit(letter)) for letter in text if letter.isdigit() and letter.isdecimal())


def phone_words(text: str) -> list[str]:
    """Return a telephone number and its endings of at least four digits, so that any part of it is a beginning."""
    number = digits(text)[:20]
    return [number[start:] for start in range(max(len(number) - 3, 0))]


def skeleton(text: str) -> str:
    """Return the consonants of the words of a name, one spelling for one sound: "Mohammed" and "محمد" give "md"."""
    return " ".join(filter(None, (_consonants(word) for word in words(fold_latin(text)))))


def _consonants(word: str) -> str:
    for spelling, sound in _CONSONANTS:
        word = word.replace(spelling, sound)
    word = re.sub(r"[aeiouyh]", "", word)
    word = re.sub(r"(.)\1+", r"\1", word)
    return re.sub(r"^m+(?=m)", "", word)
