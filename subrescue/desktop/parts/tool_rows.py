"""The buttons at the top of a window: beside the banner where there is room for all, else in rows of their own, so that
with large letters none is hidden behind an arrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QToolBar, QToolButton, QWidget

_MOST_ROWS = 4
_GAP_PX = 12
"""What separator and margins take beside the buttons of a group."""
_BANNER_PX = 60
"""What a banner needs beside its words for the beginning of a title."""

Group = Sequence[QAction]


class ToolRows(QObject):
    """Keeps the rows of a window; lives as long as it."""

    def __init__(self, window: QMainWindow, name: str, title: str, banner: QWidget | None = None) -> None:
        super().__init__(window)
        self._window, self._banner = window, banner
        self._groups: list[list[QAction]] = []
        self._shown: list[list[list[QAction]]] = []
        self._wide: dict[str, int] = {}
        self.bars = [self._bar(f"{name}_{number}" if number else name, title) for number in range(_MOST_ROWS)]
        for bar in self.bars[1:]:
            bar.hide()
        if banner is not None:
            self.bars[0].addWidget(banner)
            banner.installEventFilter(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.fit)
        window.installEventFilter(self)

    def _bar(self, name: str, title: str) -> QToolBar:
        bar = QToolBar(title)
        bar.setObjectName(name)
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._window.addToolBar(bar)
        return bar

    def fill(self, groups: Sequence[Group]) -> None:
        """Show these groups of actions."""
        self._groups = [list(group) for group in groups]
        self.fit()

    def fit(self) -> None:
        """Share the groups out over as few rows as the width of the window allows."""
        rows = self._rows(self._window.width())
        if rows != self._shown:
            self._shown = rows
            for number, bar in enumerate(self.bars):
                self._fill(bar, rows[number] if number < len(rows) else [])
        for number, bar in enumerate(self.bars):
            if bar.isHidden() == (number < len(rows)):  # or an arrangement that was restored says otherwise
                bar.setVisible(number < len(rows))
            if 0 < number < len(rows) and not self._window.toolBarBreak(bar):
                self._window.insertToolBarBreak(bar)

    def _rows(self, width: int) -> list[list[list[QAction]]]:
        needed = [sum(map(self._wide_of, group)) + _GAP_PX for group in self._groups]
        banner = self._banner.minimumSizeHint().width() + _BANNER_PX if self._banner is not None else 0
        if banner + sum(needed) <= width:
            return [list(map(list, self._groups))]
        rows: list[list[list[QAction]]] = [[]] if self._banner is not None else []
        free = 0
        for group in (part for whole in self._groups for part in self._parts(whole, width)):
            wide = sum(map(self._wide_of, group)) + _GAP_PX
            if wide > free and len(rows) < _MOST_ROWS:
                rows.append([])
                free = width
            rows[-1].append(group)
            free -= wide
        return rows

    def _parts(self, group: Group, width: int) -> list[list[QAction]]:
        """A group, or, where it is wider than a row, as many of its actions as fit and then the next."""
        parts: list[list[QAction]] = [[]]
        free = width - _GAP_PX
        for action in group:
            wide = self._wide_of(action)
            if wide > free and parts[-1]:
                parts.append([])
                free = width - _GAP_PX
            parts[-1].append(action)
            free -= wide
        return parts

    def _wide_of(self, action: QAction) -> int:
        words = action.iconText()
        if words not in self._wide:
            button = QToolButton(self.bars[0])
            button.setText(words)
            button.ensurePolished()
            self._wide[words] = button.sizeHint().width() + 2
            button.deleteLater()
        return self._wide[words]

    def _fill(self, bar: QToolBar, groups: Sequence[Group]) -> None:
        for action in bar.actions():
            if action.isSeparator():
                bar.removeAction(action)
                action.deleteLater()
            elif self._banner is None or bar.widgetForAction(action) is not self._banner:
                bar.removeAction(action)
        for number, group in enumerate(groups):
            if number:
                bar.addSeparator()
            bar.addActions(list(group))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share them out anew where the window, the letters or the words of the banner are others."""
        kind = event.type()
        if kind in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._wide.clear()
            self._soon.start()
        elif kind in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._soon.start()
        return False
