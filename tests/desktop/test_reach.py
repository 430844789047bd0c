"""Everything is reached by keys, shows that it has them, and has a name and a role for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from subrescue.desktop.map.widget import MapWidget
from tests.desktop.driving import MakeWindow
from tests.pictures.laws import visible
from tests.pictures.states import BOXES, MAIN, Stage, tidy

STATES = ("plan", "form", "assumptions", "layers", "compare", "guide", "preferences", "palette", "history", "place")
_CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QTextEdit, QTabBar, MapWidget,
)  # fmt: skip


def controls(top: QWidget) -> Iterator[QWidget]:
    """What a person can use in a window: not the parts that another control is made of, nor bars that only scroll."""
    for widget in visible(top):
        inside = isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit | QTabBar | QAbstractItemView)
        inside = inside or isinstance(widget, QHeaderView)
        # Qt gives the buttons in the title of a panel to the mouse alone.
        inside = inside or isinstance(widget.parent(), QDockWidget)
        if isinstance(widget, _CONTROLS) and not inside and not isinstance(widget, QScrollBar) and widget.isEnabled():
            yield widget


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName() or widget.accessibleName() or widget.toolTip()[:40]!r}"


@pytest.fixture(params=STATES)
def shown(make_window: MakeWindow, tmp_path: Path, qtbot: Any, request: Any) -> Iterator[QWidget]:
    window = make_window()
    stage = Stage(window, tmp_path)
    top = (MAIN | BOXES)[request.param](stage)
    top.activateWindow()
    qtbot.wait_until(lambda: QApplication.activeWindow() is top, timeout=5_000)
    yield top
    tidy(stage)


def test_every_control_has_a_name_a_role_and_the_keys(shown: QWidget) -> None:
    nameless, beyond_keys, blind = [], [], []
    for widget in controls(shown):
        face = QAccessible.queryAccessibleInterface(widget)
        if face is None or face.role() == QAccessible.Role.NoRole:
            nameless.append(f"{told(widget)} has no role")
        elif not face.text(QAccessible.Text.Name).strip() and not isinstance(widget, QTabBar):
            nameless.append(told(widget))
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not has_keys_of_its_own(widget):
            beyond_keys.append(told(widget))
        elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not shows_focus(widget, shown):
            blind.append(told(widget))
    assert "\n".join([*nameless, "beyond keys:", *beyond_keys, "unseen:", *blind]) == "beyond keys:\nunseen:"


def has_keys_of_its_own(widget: QWidget) -> bool:
    """A button of an action that has a shortcut or stands in a menu, or a list that another control leads."""
    action = getattr(widget, "defaultAction", lambda: None)()
    return action is not None or widget.focusProxy() is not None or widget.property("led") is True


def shows_focus(widget: QWidget, top: QWidget) -> bool:
    """Whether a person sees that a control has the keys."""
    elsewhere = next((other for other in controls(top) if other is not widget), None)
    if elsewhere is None:
        return True  # a window of one control
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if not widget.hasFocus() and not widget.isAncestorOf(QApplication.focusWidget() or widget):
        return True  # it hands the keys on
    within = widget.grab().toImage()
    elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
    without = widget.grab().toImage()
    return bool(within != without)
