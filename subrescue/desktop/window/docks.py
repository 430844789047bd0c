"""The panels about the map: which there are, where they lie at first and how large."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from subrescue.desktop.parts.boxes import by_letters
from subrescue.desktop.parts.words import later, tr

_AREA = Qt.DockWidgetArea
PANELS = {
    "casualty": ("Casualty", _AREA.LeftDockWidgetArea),
    "assumptions": ("Assumptions", _AREA.LeftDockWidgetArea),
    "layers": (later("Layers"), _AREA.LeftDockWidgetArea),
    "response": ("Response", _AREA.RightDockWidgetArea),
    "timeline": ("Timeline", _AREA.BottomDockWidgetArea),
    "log": ("Log", _AREA.BottomDockWidgetArea),
}


def add_docks(window: QMainWindow, widgets: Mapping[str, QWidget]) -> dict[str, QDockWidget]:
    """Put a widget for each panel of `PANELS` into a dock of the window; return the docks by name."""
    docks = {name: _dock(window, name, widgets[name]) for name in PANELS}
    window.setTabPosition(_AREA.LeftDockWidgetArea, QTabWidget.TabPosition.North)
    window.setCorner(Qt.Corner.BottomRightCorner, _AREA.RightDockWidgetArea)
    return docks


def _dock(window: QMainWindow, name: str, widget: QWidget) -> QDockWidget:
    title, area = PANELS[name]
    dock = QDockWidget(tr(title), window)
    dock.setObjectName(name)
    dock.setWidget(widget)
    feature = QDockWidget.DockWidgetFeature
    dock.setFeatures(feature.DockWidgetMovable | feature.DockWidgetFloatable)
    window.addDockWidget(area, dock)
    return dock


def dock_of(window: QMainWindow, name: str) -> QDockWidget | None:
    """The dock of a panel of `PANELS`; None in a window that has no panels yet."""
    dock = window.findChild(QDockWidget, name)
    return dock if isinstance(dock, QDockWidget) else None


def bring_panel(window: QMainWindow, name: str) -> None:
    """Show a panel in front of those that share its place."""
    dock = dock_of(window, name)
    if dock is not None:
        dock.show()
        dock.raise_()


def leave_title_to_tab(window: QMainWindow, name: str) -> None:
    """Take the title bar off a panel whose tab says it already."""
    dock = dock_of(window, name)
    if dock is not None:
        dock.setTitleBarWidget(QWidget())


def arrange(window: QMainWindow, docks: Mapping[str, QDockWidget]) -> None:
    """Put the panels where they were at first, in sizes that suit the window's."""
    for name, (_, area) in PANELS.items():
        docks[name].setFloating(False)
        window.addDockWidget(area, docks[name])
        docks[name].show()
    window.tabifyDockWidget(docks["casualty"], docks["assumptions"])
    window.tabifyDockWidget(docks["assumptions"], docks["layers"])
    docks["casualty"].raise_()
    window.tabifyDockWidget(docks["timeline"], docks["log"])
    docks["timeline"].raise_()
    share_window(window)


_OF_WIDE = 27
"""What the response has of a screen on which the map has room enough, in hundredths: limits stand there whole."""


def share_window(window: QMainWindow) -> None:
    """Give the panels sizes that suit the window's, and the map the rest."""
    found = {name: dock_of(window, name) for name in PANELS}
    docks = {name: dock for name, dock in found.items() if dock is not None}
    wide, high = window.width(), window.height()
    horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    share = 47 if by_letters(100) < 150 else 40  # large letters widen the form, and the map needs room too
    left = max(310, min(by_letters(330), wide // 5), wide // 10)
    right = max(440, min(by_letters(680), wide * share // 100), wide * _OF_WIDE // 100)
    window.resizeDocks([docks["casualty"], docks["response"]], [left, right], horizontal)
    # Letters of twice the size get two fifths of the window's height, those of the usual one three tenths.
    most = min(by_letters(330), high * min(by_letters(10) + 20, 40) // 100)
    window.resizeDocks([docks["timeline"]], [max(170, most)], vertical)


def hide_unused_tab_bars(window: QMainWindow) -> None:
    """Hide the tab bars of an arrangement that another has replaced: Qt leaves them painted where they were.

    Those that are in use are shown again by the layout.
    """
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        bar.hide()
    layout = window.layout()
    if layout is not None:
        layout.invalidate()
        layout.activate()
