"""The heading of the timeline: its name, and what the bars, the whisker and the band mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from subrescue.desktop.phase_look import PhaseGroup, paint_group
from subrescue.desktop.themes import DAY, Theme
from subrescue.desktop.words import tr

_HEIGHT_PX = 23


class TimelineLegend(QWidget):
    """Painted in one line; entries that find no room are left out from the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DAY
        self.setAccessibleName(tr("Timeline: legend"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(600, _HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name and the entries."""
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.heading))
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(8, 0, 100, self.height()), int(Qt.AlignmentFlag.AlignVCenter), tr("Timeline"))
        painter.setFont(self.font())
        metrics = QFontMetrics(self.font())
        x, y = 84.0, self.height() / 2
        first = tr("first rescue, P10-P90")
        for words, group in [*((tr(group.value), group) for group in PhaseGroup), (first, None),
                             (tr("survival, P10-P90"), None)]:
            wide = 18 + metrics.horizontalAdvance(words) + 12
            if x + wide > self.width():
                break
            box = QRectF(x, y - 5, 13, 10)
            if group is not None:
                paint_group(painter, box, group, theme)
            elif words == first:
                painter.setPen(QPen(QColor(theme.text), 1.3))
                painter.drawLine(QPointF(x, y), QPointF(x + 13, y))
                for place, half in ((0, 3), (6.5, 5), (13, 3)):
                    painter.drawLine(QPointF(x + place, y - half), QPointF(x + place, y + half))
            else:
                painter.fillRect(box, QColor(theme.survival))
                painter.setPen(QPen(QColor(theme.survival_line), 1.4))
                painter.drawLine(QPointF(x + 6.5, y - 6), QPointF(x + 6.5, y + 6))
            painter.setPen(QColor(theme.quiet))
            painter.drawText(QRectF(x + 18, 0, wide, self.height()), int(Qt.AlignmentFlag.AlignVCenter), words)
            x += wide
        painter.end()
