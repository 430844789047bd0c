"""What windows and boxes share: their sizes, coming to the front, and a list that is led by keys while one types."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTableView, QWidget

from subrescue.desktop.parts.letters import FONT_POINTS

_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
SMALLEST = QSize(1000, 640)
"""A window in pixels that still shows all panels."""
_TITLE_PX = 32
"""What a window manager puts above a window; the lowest line of one as high as the screen would be out of sight."""


def by_letters(pixels: int) -> int:
    """Pixels that hold as much in letters of the chosen size as so many do in letters of the usual one."""
    return round(pixels * max(QApplication.font().pointSizeF() / FONT_POINTS, 1.0))


def first_size(widget: QWidget, wide: int, high: int) -> QSize:
    """The size of a window at its first start: no larger than what the screen leaves it.

    A screen that no desk fits on is none: the one that Qt makes up where there is no screen is 800 pixels wide.
    """
    screen = widget.screen().availableSize()
    if screen.width() < SMALLEST.width() or screen.height() < SMALLEST.height():
        return QSize(wide, high)
    return QSize(min(wide, screen.width()), min(high, screen.height() - _TITLE_PX))


def make_room(box: QWidget, wide: int, high: int) -> None:
    """Give a box a size in pixels of usual letters; with larger ones it is larger, as far as the screen goes."""
    screen = box.screen().availableSize() - QSize(0, _TITLE_PX)
    box.resize(min(by_letters(wide), max(screen.width(), wide)), min(by_letters(high), max(screen.height(), high)))
    if box.isVisible():  # letters of another size were chosen in it
        seen, frame = box.screen().availableGeometry(), box.frameGeometry()
        left = max(seen.left(), min(frame.left(), seen.right() - frame.width()))
        box.move(left, max(seen.top(), min(frame.top(), seen.bottom() - frame.height())))


class _Rows(QObject):
    """Gives the rows of a table the height of their letters; lives as long as the table."""

    def __init__(self, view: QTableView, pixels: int, fitted: Callable[[], object] | None) -> None:
        super().__init__(view)
        self._view, self._pixels, self._fitted = view, pixels, fitted
        self.fit()
        view.installEventFilter(self)

    def fit(self) -> None:
        """Set the height."""
        self._view.verticalHeader().setDefaultSectionSize(by_letters(self._pixels))
        if self._fitted is not None:
            self._fitted()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters have another size."""
        if event.type() == QEvent.Type.FontChange:
            self.fit()
        return super().eventFilter(watched, event)


def fit_rows_to_letters(view: QTableView, pixels: int, fitted: Callable[[], object] | None = None) -> None:
    """Make rows so many pixels high with usual letters, and higher with larger ones; `fitted` is called after each."""
    _Rows(view, pixels, fitted)


def fixed_font() -> QFont:
    """Letters of one width, of the size that the user chose for all."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QApplication.font().pointSizeF())
    return font


def repolish(widget: QWidget) -> None:
    """Have the style sheet look anew at a widget of which a property has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def bring_to_front(box: QWidget) -> None:
    """Show a box above the others and give it the keys."""
    box.show()
    box.raise_()
    box.activateWindow()


class KeysToList(QObject):
    """Hands the keys that choose in a list to it while the text keeps the focus; lives as long as the line."""

    def __init__(self, line: QLineEdit, view: QAbstractItemView) -> None:
        super().__init__(line)
        self._view = view
        view.setProperty("led", True)  # it needs no keys of its own
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand a key on, or leave it to the line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _LIST_KEYS:
            self._view.event(event)
            return True
        return super().eventFilter(watched, event)
