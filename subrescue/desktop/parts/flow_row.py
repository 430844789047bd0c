"""Parts in a row that goes on in further lines where its panel is too narrow for all, and words that take the lines
they need: with large letters in a small window nothing is cut or moved sideways."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from subrescue.desktop.parts.plain_text import PlainLabel

_GAP_PX = 6


class FlowRow(QWidget):
    """The parts from left to right, in as many lines as they need; those that may grow take what is left of a line.

    to_right: the lines end at the right edge.
    """

    def __init__(self, parts: Sequence[QWidget], growing: Sequence[QWidget] = (), *, to_right: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._parts, self._growing, self._to_right = tuple(parts), tuple(growing), to_right
        for part in self._parts:
            part.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as all parts beside each other, and as high as they are in the width that there is."""
        shown = self._shown()
        wide = sum(part.sizeHint().width() for part in shown) + _GAP_PX * max(len(shown) - 1, 0)
        return QSize(wide, self._arranged(self.width() or wide, apply=False))

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest part."""
        widest = max((self._least(part) for part in self._shown()), default=0)
        return QSize(widest, self._arranged(max(self.width(), widest), apply=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts out in the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def event(self, event: QEvent) -> bool:
        """A part that came, went or has other words needs another room."""
        taken = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange, QEvent.Type.Show):
            self._lay_out()
        return taken

    def _lay_out(self) -> None:
        high = self._arranged(self.width(), apply=True)
        if high != self.minimumHeight() or high != self.maximumHeight():
            self.setFixedHeight(high)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _least(self, part: QWidget) -> int:
        return part.minimumSizeHint().width() if part in self._growing else part.sizeHint().width()

    def _arranged(self, width: int, *, apply: bool) -> int:
        """Lay the parts into lines of a width; return the height of all."""
        lines: list[list[QWidget]] = [[]]
        used = 0
        for part in self._shown():
            wide = self._least(part)
            if lines[-1] and used + _GAP_PX + wide > width:
                lines.append([])
                used = 0
            used += wide + (_GAP_PX if lines[-1] else 0)
            lines[-1].append(part)
        y = 0
        for line in filter(None, lines):
            high = max(part.sizeHint().height() for part in line)
            if apply:
                self._place(line, width, y, high)
            y += high + _GAP_PX // 2
        return max(y - _GAP_PX // 2, 0)

    def _place(self, line: list[QWidget], width: int, y: int, high: int) -> None:
        free = width - sum(map(self._least, line)) - _GAP_PX * (len(line) - 1)
        growing = [part for part in line if part in self._growing]
        x = max(free, 0) if self._to_right and not growing else 0
        for part in line:
            wide = self._least(part) + (max(free, 0) // len(growing) if part in growing else 0)
            left = width - x - wide if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else x
            part.setGeometry(QRect(left, y, min(wide, width), high))
            x += wide + _GAP_PX


class WrappedLabel(PlainLabel):
    """Words that wrap and are as high as they need: Qt forgets that where a panel is laid out before it has a width."""

    _fitted: tuple[object, ...] = ()

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Letters of another size need another height."""
        taken = super().event(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.Polish):
            self._fitted = ()
            self._fit()
        return taken

    def _fit(self) -> None:
        key = self.text(), self.width(), self.font().key()
        if key == self._fitted:
            return
        self._fitted = key
        self.setMinimumHeight(0)  # Qt would find it in the height that it gives for a width, and never less
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))


class FieldLabel(PlainLabel):
    """The name of a field: in one line where there is room, else in as many as its words need."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        """One line."""
        letters = self.fontMetrics()
        return QSize(letters.horizontalAdvance(self.text()) + 2, letters.height() + 1)
