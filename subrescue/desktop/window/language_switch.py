"""Changes the language while the window is open: another window is made on the same desk, in the same place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from subrescue.desktop.parts.words import language, set_language
from subrescue.exchange.languages import LANGUAGES

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.window.preferences import Preferences

_NAME = "words of Qt"
_first: WeakKeyDictionary[MainWindow, MainWindow] = WeakKeyDictionary()
"""By window that took the place of another, the first of all, which the starter of the program holds."""


def remembered(preferences: Preferences) -> str:
    """Code of the language that the user chose last; English at first."""
    return preferences.text("language", "en", tuple(LANGUAGES))


def use_language(code: str) -> None:
    """Speak a language from now on, standard buttons and file dialogs too. Raises KeyError for an unknown one."""
    set_language(code)
    application = QCoreApplication.instance()
    if application is None:
        return
    for old in application.findChildren(QTranslator, _NAME):
        application.removeTranslator(old)
        old.deleteLater()
    if code == "en":
        return
    words = QTranslator(application)
    words.setObjectName(_NAME)
    if words.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)


def change_language(window: MainWindow, code: str) -> MainWindow:
    """Make the window anew in another language and close the old one; desk, response and selection stay.

    Returns the new window, or the old one where it speaks the language already. A window that has given way already
    is asked in vain: the one that stands there now changes, else two would stand there.
    """
    from subrescue.desktop.case.kept_session import hand_over_session
    from subrescue.desktop.window.typed_over import registry_typed_over, typed_over

    while window.successor is not None:
        window = window.successor
    if code == language():
        window.actions_by_id.choose("language", code)
        return window
    window.preferences.set_text("language", code)
    registry, registry_open = window.registry, window.registry is not None and window.registry.is_shown
    place = window.geometry()
    open_again = [feature.opens_again for feature in window.features if feature.opens_again and feature.is_open]
    keep_session, type_over = hand_over_session(window), typed_over(window)
    old_registry = registry.window if registry is not None else None
    type_over_registry = registry_typed_over(old_registry) if old_registry is not None else None
    window.retire()
    use_language(code)
    desk = registry.desk if registry is not None else None
    new = type(window)(window.desk, window.preferences, window.dialogs, desk)
    keep_session(new)
    new.setGeometry(place)
    new.show_what_is_loaded()
    new.show()
    type_over(new)
    if registry_open:
        new.show_registry()
        if type_over_registry is not None and new.registry is not None and new.registry.window is not None:
            type_over_registry(new.registry.window)
    for name in open_again:
        new.actions_by_id.by_id[name].trigger()
    # The starter of the program holds the first window, which keeps the newest alive; those between are let go.
    first = _first[new] = _first.get(window, window)
    window.successor = first.successor = new
    window.hide()
    window.map.canvas.drop_pictures()
    window.destroyed.connect(partial(_empty, vars(window)))
    window.deleteLater()
    return new


def _empty(parts: dict[str, object], *_: object) -> None:
    """Let go what a window held that is gone: the first stays as an object, with a response and all that showed it."""
    for name in parts.keys() - {"successor"}:
        del parts[name]
