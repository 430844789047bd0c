"""Everything is reached by keys, shows that it has them, and has a name and a role for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
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
from subrescue.desktop.response.headline import Headline
from subrescue.desktop.timeline.view import TimelineView
from tests.desktop.driving import MakeWindow
from tests.pictures.laws import visible
from tests.pictures.states import BOXES, MAIN, Stage, tidy

STATES = ("plan", "form", "assumptions", "layers", "compare", "guide", "preferences", "palette", "history", "place")
_CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QTextEdit, QTabBar, MapWidget, TimelineView, Headline,
)  # fmt: skip
LEAST_CONTRAST, LEAST_PX = 3.0, 40
"""WCAG 2.2, focus appearance: so many pixels differ by so much."""
MOST_STOPS = 200


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
    within = light_of(widget)
    elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
    without = light_of(widget)
    lighter, darker = np.maximum(within, without), np.minimum(within, without)
    return int(((lighter + 0.05) / (darker + 0.05) >= LEAST_CONTRAST).sum()) >= LEAST_PX


def light_of(widget: QWidget) -> np.ndarray:
    """Relative luminance of each pixel, by WCAG 2.2."""
    top = widget.window()
    image = top.grab(QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, : image.width(), :3] / 255.0
    linear = np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ [0.0722, 0.7152, 0.2126])


def test_tab_walks_through_all_that_is_seen_and_back(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    window.activateWindow()
    window.map.setFocus()
    qtbot.wait_until(window.map.hasFocus, timeout=5_000)
    walked: list[QWidget] = []
    while len(walked) < MOST_STOPS and window.map not in walked:
        before = QApplication.focusWidget()
        assert before is not None
        qtbot.keyClick(before, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        assert not now.visibleRegion().isEmpty(), told(now)
        walked.append(now)
    assert walked[-1] is window.map
    names = [widget.accessibleName() for widget in walked]
    in_order = ["Position", "Options, ranked", "State of the offer", "Details of the option", "Timeline", "Time slider"]
    assert [name for name in names if name in in_order] == in_order
    assert "Search the log" not in names  # it lies behind the timeline
