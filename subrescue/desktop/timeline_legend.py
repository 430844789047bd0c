"""The heading of the timeline: its name, and what the bars, the whisker and the band mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from subrescue.desktop.phase_look import PhaseGroup, paint_group
from subrescue.desktop.themes import DAY, Theme
from subrescue.desktop.words import tr

_HEIGHT_PX = 19


class TimelineLegend(QWidget):
    """Painted in as many lines as the entries need in the width that there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DAY
        self.setAccessibleName(tr("Timeline: legend"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._entries: tuple[tuple[str, PhaseGroup | None], ...] = (
            *((tr(group.value), group) for group in PhaseGroup),
            (tr("first rescue, P10-P90"), None),
            (tr("survival, P10-P90"), None),
        )

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """As many lines as the entries need."""
        return QSize(600, self._lines() * _HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more or fewer lines."""
        super().resizeEvent(event)
        if self.height() != self._lines() * _HEIGHT_PX:
            self.setFixedHeight(self._lines() * _HEIGHT_PX)

    def _lines(self) -> int:
        return round(self._places()[-1].y()) // _HEIGHT_PX + 1

    def _places(self) -> list[QPointF]:
        """Where each entry stands: left end and top of its line."""
        metrics = QFontMetrics(self.font())
        begin = 8.0 + QFontMetrics(self._bold()).horizontalAdvance(tr("Timeline")) + 18
        x, y = begin, 0
        places = []
        for words, _ in self._entries:
            wide = 18 + metrics.horizontalAdvance(words) + 12
            if x + wide > self.width() and x > begin:
                x, y = begin, y + _HEIGHT_PX
            places.append(QPointF(x, y))
            x += wide
        return places

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
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(8, 0, self.width(), _HEIGHT_PX), middle, tr("Timeline"))
        painter.setFont(self.font())
        last = len(self._entries) - 1
        for number, ((words, group), place) in enumerate(zip(self._entries, self._places(), strict=True)):
            x, y = place.x(), place.y() + _HEIGHT_PX / 2
            box = QRectF(x, y - 5, 13, 10)
            if group is not None:
                paint_group(painter, box, group, theme)
            elif number < last:
                painter.setPen(QPen(QColor(theme.text), 1.3))
                painter.drawLine(QPointF(x, y), QPointF(x + 13, y))
                for along, half in ((0, 3), (6.5, 5), (13, 3)):
                    painter.drawLine(QPointF(x + along, y - half), QPointF(x + along, y + half))
            else:
                painter.fillRect(box, QColor(theme.survival))
                painter.setPen(QPen(QColor(theme.survival_line), 1.4))
                painter.drawLine(QPointF(x + 6.5, y - 6), QPointF(x + 6.5, y + 6))
            painter.setPen(QColor(theme.quiet))
            painter.drawText(QRectF(x + 18, place.y(), self.width(), _HEIGHT_PX), middle, words)
        painter.end()
