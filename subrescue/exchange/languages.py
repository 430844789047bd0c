"""The three languages of the screen: catalogues of texts, plural forms, and numbers as each language writes them.

Texts are found by their English words, plural forms by gettext's rules; the catalogues are
`resources/languages/CODE.po`, compiled to `CODE.mo` beside it. Files for other programs never depend on a language.
"""

from __future__ import annotations

import gettext
import re
import string
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from subrescue.store.paths import resources_dir

LANGUAGES: dict[str, str] = {"en": "English", "fr": "Français", "ru": "Русский"}
"""Name of each language in itself, by its ISO 639 code; the first needs no catalogue."""

# Group sign and decimal mark, as the Unicode CLDR 46 gives them.
_MARKS = {"en": (",", "."), "fr": ("\u202f", ","), "ru": ("\u00a0", ",")}

# What stands between two parts of a line; French has a space before it that no line is broken at.
_COLONS = {"en": ": ", "fr": "\u00a0: ", "ru": ": "}
_SEMICOLONS = {"en": "; ", "fr": "\u00a0; ", "ru": "; "}

# Each thread speaks English until it is told otherwise, so that work beside the window writes the same files.
_SPOKEN: ContextVar[str] = ContextVar("spoken", default="en")
# No line is broken before the sign of a share; English texts are piped to other programs and keep a plain space.
_PERCENTS = {"en": " %", "fr": "\u00a0%", "ru": "\u00a0%"}


def spoken() -> str:
    """Code of the language in which reasons, names and numbers are put into words here; English unless changed."""
    return _SPOKEN.get()


def speak(language: str) -> None:
    """Put words of this thread into another language from now on. Raises KeyError for one that there is not."""
    LANGUAGES[language]
    _SPOKEN.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Put words into a language for a while: `with speaking("en")` around all that writes files."""
    LANGUAGES[language]
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def told(text: str, /, **values: Any) -> str:
    """A text of the exchange in the language that is spoken, values filled in; the catalogues find it by its name."""
    found = catalogue(spoken()).gettext(text) if text else ""  # the text of nothing is the head of a catalogue
    return Phrases(spoken()).vformat(found, (), values) if values else found


def colon() -> str:
    """A colon with its spaces, as the language that is spoken writes it."""
    return _COLONS[spoken()]


def semicolon() -> str:
    """A semicolon with its spaces, as the language that is spoken writes it."""
    return _SEMICOLONS[spoken()]


def percent() -> str:
    """The sign of a share with its space, as the language that is spoken writes it."""
    return _PERCENTS[spoken()]


def marked(number: str) -> str:
    """A number as Python's format writes it, in the marks of the language that is spoken."""
    return localised(number, spoken())


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Texts of a language by their English words; those of English are themselves.

    Raises KeyError for a language that there is not.
    """
    LANGUAGES[language]
    path = resources_dir() / "languages" / f"{language}.mo"
    if language == "en" or not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def localised(number: str, language: str) -> str:
    """A number as Python's format writes it ("1,234.5"), in the marks of a language ("1 234,5")."""
    group, decimal = _MARKS[language]
    return number.translate({ord(","): group, ord("."): decimal})


_MILES = re.compile(r"\b(\d+)((?:,\d+)?[ \u00a0])мил[ьи]\b")


def _counted_miles(found: re.Match[str]) -> str:
    """104 мили, 1 миля, 11 миль, and 0,3 мили as any fraction; the text before it is written for one of these."""
    whole, between = int(found[1][-2:]), found[2]
    if "," in between or (whole % 10 in (2, 3, 4) and not 11 <= whole <= 14):
        word = "мили"
    else:
        word = "миля" if whole % 10 == 1 and whole != 11 else "миль"
    return f"{found[1]}{between}{word}"


class Phrases(string.Formatter):
    """Fills values into texts; numbers come out in the marks of a language, whatever has no number in it as it is."""

    def __init__(self, language: str) -> None:
        self._language = language

    def vformat(self, format_string: str, args: Any, kwargs: Any) -> str:
        """The text with its values; Russian miles in the case and number of the figure before them."""
        words = super().vformat(format_string, args, kwargs)
        return _MILES.sub(_counted_miles, words) if self._language == "ru" else words

    def format_field(self, value: Any, format_spec: str) -> str:
        """One value; a number in the language's marks."""
        words: str = super().format_field(value, format_spec)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return localised(words, self._language)
        return words
