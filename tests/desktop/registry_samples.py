"""A registry's window on a small workspace, for the tests of its dialogs, and keys pressed in it that are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.parts.themes import THEMES
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.registry.window import RegistryWindow
from subrescue.desktop.window.preferences import Preferences
from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.workspace import Workspace
from tests.store.workspace.samples import MORNING, minutes, small_registry

Opener = Callable[[], Workspace]


def opener(folder: Path, registry: Any = small_registry) -> Opener:
    return lambda: open_workspace(folder / "w.sqlite", now=MORNING, registry=registry)


@contextmanager
def desk_of(qtbot: Any, opened: Opener, look_every_s: float = 0.05) -> Iterator[RegistryDesk]:
    desk = RegistryDesk(opened, who="Anna", desk="north", clock=lambda: minutes(5), look_every_s=look_every_s)
    with qtbot.wait_signal(desk.opened, timeout=20_000):
        desk.start()
    try:
        yield desk
    finally:
        desk.stop()


@contextmanager
def window_of(qtbot: Any, desk: RegistryDesk, folder: Path, dialogs: Dialogs | None = None) -> Iterator[RegistryWindow]:
    window = RegistryWindow(desk, Preferences(folder / "p.ini"), THEMES["day"], dialogs)
    with qtbot.wait_exposed(window):
        window.show()
    window.activateWindow()
    qtbot.wait_until(lambda: QApplication.activeWindow() is window, timeout=5_000)
    try:
        yield window
    finally:
        if window.dialog is not None:
            window.dialog.reject()
        window.close()
        window.deleteLater()


class Hands:
    """Presses keys in whatever has the focus, and counts them: a chord of keys is one action."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1
        QTest.keyClick(focus(), key, modifier)

    def type(self, words: str) -> None:
        for sign in words:
            self.count += 1
            QTest.keyClicks(focus(), sign)

    def click(self, widget: QWidget, place: Any = None) -> None:
        self.count += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place if place is not None else widget.rect().center())


def focus() -> QWidget:
    widget = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    assert widget is not None
    return widget
