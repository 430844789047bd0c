"""The language of what people read and print - reports, the response and the log as text: the window's, or one chosen.

Files for other programs (JSON, CSV, GeoJSON, case files) are English whatever is chosen here.
"""

from __future__ import annotations

from subrescue.desktop.parts.words import language, later, tr
from subrescue.desktop.window.preferences import Preferences
from subrescue.exchange.languages import LANGUAGES, catalogue

AS_WINDOW = "window"
"""What is remembered where the language follows that of the window; so it is until something else is chosen."""

_KEY = "paper_language"


def chosen(preferences: Preferences) -> str:
    """Code of the language that was chosen for paper, or `AS_WINDOW`."""
    return preferences.text(_KEY, AS_WINDOW, (AS_WINDOW, *LANGUAGES))


def choose(preferences: Preferences, code: str) -> None:
    """Remember a language for paper, or `AS_WINDOW`. Raises KeyError for a language that there is not."""
    if code != AS_WINDOW:
        LANGUAGES[code]
    preferences.set_text(_KEY, code)


def paper_language(preferences: Preferences) -> str:
    """Code of the language in which paper is to be written now. To be asked on the thread of the window."""
    return spoken_by(chosen(preferences))


def spoken_by(choice: str) -> str:
    """Code of the language that a choice means now: that of the window for `AS_WINDOW`."""
    return language() if choice == AS_WINDOW else choice


def choices() -> list[tuple[str, str]]:
    """What can be chosen, each with its words: the window's language by its name, then each by its own name."""
    here = tr("as the window ({language})", language=LANGUAGES[language()])
    return [(AS_WINDOW, here), *LANGUAGES.items()]


MARKING = later("UNCLASSIFIED")
ORIGINATOR = later("Subrescue, public registry")
"""What stands on paper until the user writes something else, in English."""


def in_paper(words: str, own: str, code: str) -> str:
    """Words of a field in the language of paper where they are still `own` in any language; else what a user wrote."""
    untouched = {catalogue(each).gettext(own) for each in LANGUAGES}
    return catalogue(code).gettext(own) if words.strip() in untouched else words
