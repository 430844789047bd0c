"""The heading of the timeline: its name, and what the bars, the whisker and the band mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from subrescue.desktop.parts.themes import DAY, Theme
from subrescue.desktop.parts.words import tr
from subrescue.desktop.timeline.phase_look import PhaseGroup, paint_group

_HEIGHT_PX = 19
"""Height of a line with letters of the usual size."""
_MOST_PX = 80
"""A legend that would be higher leaves the timeline too little, and is folded until somebody wants to see it."""


class TimelineLegend(QWidget):
    """Painted in as many lines as the entries need in the width that there is. A click, or Enter or the space bar,
    unfolds one that is folded, and folds it again.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DAY
        self._letters = 1.0
        self._is_open = self._unfolds = False
        self._counted: tuple[tuple[int, float, str, QFont], int] | None = None
        self.setAccessibleName(tr("Timeline: legend"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._entries: tuple[tuple[str, PhaseGroup | None], ...] = (
            *((tr(group.value), group) for group in PhaseGroup),
            (tr("first rescue, P10-P90"), None),
            (tr("survival, P10-P90"), None),
        )
        self.setAccessibleDescription(", ".join(words for words, _ in self._entries))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def set_letters(self, share: float) -> None:
        """Make the lines as high as letters of another size need them, as a share of the usual."""
        self._letters = share
        self._fit()

    @property
    def is_folded(self) -> bool:
        """Whether only the name and how to see the rest is shown."""
        return self._is_long and not self._is_open

    @property
    def _is_long(self) -> bool:
        return self._lines() * self._line_px > _MOST_PX

    @property
    def _line_px(self) -> int:
        return round(_HEIGHT_PX * self._letters)

    def sizeHint(self) -> QSize:
        """As many lines as are shown."""
        return QSize(600, (1 if self.is_folded else self._lines()) * self._line_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more or fewer lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._unfolds = self._is_long
        self._is_open &= self._unfolds
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._is_long else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._is_long else Qt.CursorShape.ArrowCursor)
        self.setToolTip(tr("Click to show or hide what the bars mean") if self._is_long else "")
        if self.height() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())
        self.update()

    def _turn_over(self) -> None:
        self._is_open = not self._is_open
        self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold."""
        is_inside = self.rect().contains(event.position().toPoint())
        if self._is_long and event.button() == Qt.MouseButton.LeftButton and is_inside:
            self._turn_over()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold or unfold."""
        if self._is_long and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._turn_over()
        else:
            super().keyPressEvent(event)

    def _lines(self) -> int:
        """How many lines the entries take; kept, as it is asked some hundred times while a window is laid out."""
        asked = (self.width(), self._letters, self._title, self.font())
        if self._counted is None or self._counted[0] != asked:
            self._counted = (asked, round(self._places()[-1].y()) // self._line_px + 1)
        return self._counted[1]

    def _places(self) -> list[QPointF]:
        """Where each entry stands: left end and top of its line."""
        metrics, box_px = QFontMetrics(self.font()), 18 * self._letters
        begin = 8.0 + QFontMetrics(self._bold()).horizontalAdvance(self._title) + 18
        x, y = begin, 0
        places = []
        for words, _ in self._entries:
            wide = box_px + metrics.horizontalAdvance(words) + 12
            if x + wide > self.width() and x > begin:
                x, y = begin, y + self._line_px
            places.append(QPointF(x, y))
            x += wide
        return places

    @property
    def _title(self) -> str:
        return tr("Timeline") + (" ▾" if self._is_open else " ▸" if self._unfolds else "")

    def _bold(self) -> QFont:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        return bold

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name and the entries."""
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.heading))
        painter.setFont(self._bold())
        painter.setPen(QColor(theme.text))
        middle, line_px, share = int(Qt.AlignmentFlag.AlignVCenter), self._line_px, self._letters
        painter.drawText(QRectF(8, 0, self.width(), line_px), middle, self._title)
        painter.setFont(self.font())
        if self.is_folded:
            painter.setPen(QColor(theme.accent))
            left = self._places()[0].x()
            painter.drawText(QRectF(left, 0, self.width() - left, line_px), middle, tr("what the bars mean"))
        for number, ((words, group), place) in enumerate(zip(self._entries, self._places(), strict=True)):
            if self.is_folded:
                break
            x, y = place.x(), place.y() + line_px / 2
            box = QRectF(x, y - 5 * share, 13 * share, 10 * share)
            if group is not None:
                paint_group(painter, box, group, theme)
            elif number < len(self._entries) - 1:
                painter.setPen(QPen(QColor(theme.text), 1.3))
                painter.drawLine(QPointF(x, y), QPointF(box.right(), y))
                for along, half in ((0, 3), (6.5, 5), (13, 3)):
                    at = x + along * share
                    painter.drawLine(QPointF(at, y - half * share), QPointF(at, y + half * share))
            else:
                painter.fillRect(box, QColor(theme.survival))
                painter.setPen(QPen(QColor(theme.survival_line), 1.4))
                at = x + 6.5 * share
                painter.drawLine(QPointF(at, y - 6 * share), QPointF(at, y + 6 * share))
            painter.setPen(QColor(theme.quiet))
            painter.drawText(QRectF(x + 18 * share, place.y(), self.width(), line_px), middle, words)
        if self.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
