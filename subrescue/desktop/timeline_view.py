"""The timeline: one row an asset, its phases as bars with a whisker at the end, the survival band behind them."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from subrescue.desktop.phase_look import group_of, paint_group, text_colour
from subrescue.desktop.themes import DAY, Theme
from subrescue.desktop.timeline_layout import Bar, Row, Timeline
from subrescue.desktop.verdict_mark import paint_mark
from subrescue.domain.quantities import Band
from subrescue.exchange import numbers
from subrescue.exchange.wording import label

ROW_PX = 23
AXIS_PX = 33
NAMES_PX = 190


class TimelineView(QWidget):
    """Paints a timeline; a click or the arrow keys choose an asset, the pointer reads hours and UTC.

    Dragging on the axis, or the keys left and right, move the cursor, which stays.
    """

    asset_selected = Signal(str)
    cursor_moved = Signal(float)  # hour to which the user brought the cursor

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None
        self._alert: datetime | None = None
        self._selected: str | None = None
        self._theme = DAY
        self._pointer_h: float | None = None
        self._cursor_h: float | None = None
        self._dragging = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Timeline")
        self.setMinimumWidth(420)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def show_timeline(self, timeline: Timeline | None, alert: datetime, selected: str | None) -> None:
        """Show rows on the axis; hours count from `alert`."""
        self._timeline, self._alert, self._selected = timeline, alert, selected
        rows = len(timeline.rows) if timeline is not None else 0
        self.setMinimumHeight(AXIS_PX + rows * ROW_PX + 2)
        self.setAccessibleDescription(self._in_words())
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def set_cursor(self, hour: float | None) -> None:
        """Mark an hour; None takes the mark away."""
        if hour != self._cursor_h:
            self._cursor_h = hour
            self.update()

    @property
    def _axis_top(self) -> int:
        """The axis stays in sight while the rows are scrolled."""
        return self.visibleRegion().boundingRect().top()

    def sizeHint(self) -> QSize:
        """Room for eight rows."""
        return QSize(900, AXIS_PX + 8 * ROW_PX)

    @property
    def end_h(self) -> float:
        """Hour at which the axis ends."""
        return self._timeline.end_h if self._timeline is not None else 24.0

    def x_of(self, hours: float) -> float:
        """Pixel of an hour on the axis."""
        return NAMES_PX + hours / self.end_h * (self.width() - NAMES_PX - 10)

    def hours_at(self, x: float) -> float | None:
        """Hour at a pixel; None beside the axis."""
        if self._timeline is None or x < NAMES_PX or x > self.width() - 10:
            return None
        return (x - NAMES_PX) / (self.width() - NAMES_PX - 10) * self._timeline.end_h

    def row_at(self, y: float) -> Row | None:
        """The row at a pixel."""
        if self._timeline is None or y < AXIS_PX:
            return None
        place = int((y - AXIS_PX) // ROW_PX)
        return self._timeline.rows[place] if place < len(self._timeline.rows) else None

    def bar_at(self, x: float, y: float) -> Bar | None:
        """The phase at a pixel, the topmost first."""
        row = self.row_at(y)
        if row is None:
            return None
        inside = (y - AXIS_PX) % ROW_PX
        for bar in reversed(row.bars):
            top, high = _lane(bar)
            if self.x_of(bar.start_h) - 1 <= x <= self.x_of(bar.end_h) + 1 and top <= inside <= top + high:
                return bar
        return None

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint survival band and rows; axis and cursor stay in sight while the rows are scrolled."""
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), QColor(theme.field))
        if self._timeline is None or self._alert is None:
            painter.setPen(QColor(theme.quiet))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "The timeline follows with the response")
            painter.end()
            return
        bottom = AXIS_PX + len(self._timeline.rows) * ROW_PX
        self._paint_rows_ground(painter)
        self._paint_survival(painter, bottom)
        self._paint_marks(painter, bottom)
        for place, row in enumerate(self._timeline.rows):
            self._paint_row(painter, row, AXIS_PX + place * ROW_PX)
        top = self._axis_top
        painter.translate(0, top)
        self._paint_axis(painter)
        self._paint_reading(painter, bottom - top, self._cursor_h, Qt.PenStyle.SolidLine)
        if not self._dragging:
            self._paint_reading(painter, bottom - top, self._pointer_h, Qt.PenStyle.DashLine)
        painter.end()

    def _paint_rows_ground(self, painter: QPainter) -> None:
        assert self._timeline is not None
        theme = self._theme
        for place, row in enumerate(self._timeline.rows):
            area = QRectF(0, AXIS_PX + place * ROW_PX, self.width(), ROW_PX)
            if row.asset_id == self._selected:
                painter.fillRect(area, QColor(theme.selection))
            elif place % 2:
                painter.fillRect(area, QColor(theme.row_alternate))

    def _paint_survival(self, painter: QPainter, bottom: float) -> None:
        assert self._timeline is not None
        window = self._timeline.survival
        if window is None:
            return
        theme = self._theme
        left, right = self.x_of(window.p10), self.x_of(window.p90)
        fill = QColor(theme.survival)
        fill.setAlpha(150)
        painter.fillRect(QRectF(left, AXIS_PX, right - left, bottom - AXIS_PX), fill)
        painter.setPen(QPen(QColor(theme.survival_line), 1.4))
        x = self.x_of(window.p50)
        painter.drawLine(QPointF(x, AXIS_PX), QPointF(x, bottom))

    def _paint_marks(self, painter: QPainter, bottom: float) -> None:
        assert self._timeline is not None
        painter.setPen(QPen(QColor(self._theme.line), 1))
        for hour in range(0, int(self._timeline.end_h) + 1, self._timeline.tick_h):
            x = self.x_of(hour)
            painter.drawLine(QPointF(x, AXIS_PX), QPointF(x, bottom))

    def _paint_axis(self, painter: QPainter) -> None:
        assert self._timeline is not None
        assert self._alert is not None
        theme = self._theme
        painter.fillRect(QRectF(0, 0, self.width(), AXIS_PX), QColor(theme.heading))
        metrics = QFontMetrics(self.font())
        tick_h = self._timeline.tick_h
        room = metrics.horizontalAdvance("23 Nov 18:00Z") + 12
        every = next((n for n in range(1, 99) if self.x_of(n * tick_h) - self.x_of(0) >= room), 99)
        for hour in range(0, int(self._timeline.end_h) + 1, tick_h):
            x = self.x_of(hour)
            painter.setPen(QPen(QColor(theme.field_line), 1))
            painter.drawLine(QPointF(x, AXIS_PX - 4), QPointF(x, AXIS_PX))
            when = self._alert + timedelta(hours=hour)
            words = f"T+{hour}"
            utc = when.strftime("%d %b %H:%MZ")
            wide = max(metrics.horizontalAdvance(words), metrics.horizontalAdvance(utc))
            if hour // tick_h % every or x + wide / 2 > self.width():
                continue
            left = x - wide / 2
            painter.setPen(QColor(theme.text))
            painter.drawText(QPointF(left, 12), words)
            painter.setPen(QColor(theme.quiet))
            painter.drawText(QPointF(left, 12 + metrics.height() - 1), utc)
        painter.setPen(QColor(theme.quiet))
        painter.drawText(QPointF(8, 12), "hours from the alert")
        painter.drawText(QPointF(8, 12 + metrics.height() - 1), "UTC")
        window = self._timeline.survival
        if window is not None:
            painter.setPen(QPen(QColor(theme.survival_line), 1.4))
            x = self.x_of(window.p50)
            painter.drawLine(QPointF(x, AXIS_PX - 6), QPointF(x, AXIS_PX))

    def _paint_row(self, painter: QPainter, row: Row, top: float) -> None:
        theme = self._theme
        paint_mark(painter, QPointF(14, top + ROW_PX / 2), 10, row.verdict, theme)
        painter.setPen(QColor(theme.selection_text if row.asset_id == self._selected else theme.text))
        name = QFontMetrics(self.font()).elidedText(row.name, Qt.TextElideMode.ElideRight, NAMES_PX - 34)
        painter.drawText(QRectF(25, top, NAMES_PX - 30, ROW_PX), int(Qt.AlignmentFlag.AlignVCenter), name)
        for bar in row.bars:
            self._paint_bar(painter, bar, top)
        if row.reach is not None:
            y = top + 17.5
            left, middle, right = (self.x_of(value) for value in (row.reach.p10, row.reach.p50, row.reach.p90))
            painter.setPen(QPen(QColor(theme.text), 1.3))
            painter.drawLine(QPointF(left, y), QPointF(right, y))
            for x, half in ((left, 2), (right, 2), (middle, 4)):
                painter.drawLine(QPointF(x, y - half), QPointF(x, y + half))

    def _paint_bar(self, painter: QPainter, bar: Bar, top: float) -> None:
        theme = self._theme
        start, end = self.x_of(bar.start_h), self.x_of(bar.end_h)
        lane_top, high = _lane(bar)
        area = QRectF(start, top + lane_top, max(end - start, 1.0), high)
        group = group_of(bar.phase)
        paint_group(painter, area, group, theme)
        edge = QColor(theme.text) if bar.critical else QColor(theme.field_line)
        painter.setPen(QPen(edge, 0.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        if bar.lane == 0:
            words = label("phase", bar.phase)
            if QFontMetrics(self.font()).horizontalAdvance(words) + 6 < area.width():
                painter.setPen(QColor(text_colour(group, theme)))
                painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), words)

    def _paint_reading(self, painter: QPainter, bottom: float, hour: float | None, line: Qt.PenStyle) -> None:
        if hour is None or self._alert is None:
            return
        theme = self._theme
        x = self.x_of(hour)
        painter.setPen(QPen(QColor(theme.accent), 1 if line == Qt.PenStyle.DashLine else 2, line))
        painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
        when = self._alert + timedelta(hours=hour)
        words = f"T+{hour:.1f} h  {when.strftime('%d %b %H:%MZ')}"
        wide = QFontMetrics(self.font()).horizontalAdvance(words) + 8
        left = min(x + 4, self.width() - wide - 2)
        area = QRectF(left, 1, wide, 15)
        painter.fillRect(area, QColor(theme.accent))
        painter.setPen(QColor(theme.accent_text))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), words)

    # Pointer and keys

    def event(self, event: QEvent) -> bool:
        """Tell what a bar is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._words_at(event.pos().x(), event.pos().y())
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _words_at(self, x: float, y: float) -> str:
        row, bar = self.row_at(y), self.bar_at(x, y)
        if row is None:
            return ""
        if bar is None:
            return f"{row.name}: {label('verdict', row.verdict)}"
        end = Band(p10=bar.whisker_h[0], p50=bar.end_h, p90=bar.whisker_h[1])
        lines = [
            f"{row.name}: {label('phase', bar.phase)}",
            f"T+{numbers.hours(bar.start_h)} to {numbers.median(end)} h (end P10-P90 {numbers.spread(end)} h)",
        ]
        if bar.carrier:
            lines.append(bar.carrier)
        if bar.critical:
            lines.append("on the critical path")
        return "\n".join(lines)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the axis at the pointer."""
        self._pointer_h = self.hours_at(event.position().x())
        if self._dragging:
            self._move_cursor(event.position().x())
        self.update()

    def _move_cursor(self, x: float) -> None:
        """Bring the cursor to a pixel, or to the end of the axis that is nearer."""
        if self._timeline is None:
            return
        self.bring_cursor((x - NAMES_PX) / (self.width() - NAMES_PX - 10) * self._timeline.end_h)

    def bring_cursor(self, hour: float) -> None:
        """Move the cursor as the user does: it stays on the axis, and whoever listens is told."""
        if self._timeline is None:
            return
        hour = max(0.0, min(hour, self._timeline.end_h))
        self.set_cursor(hour)
        self.cursor_moved.emit(hour)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the reading away."""
        self._pointer_h = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the cursor on the axis, or choose the asset of a row."""
        x, y = event.position().x(), event.position().y()
        if y - self._axis_top < AXIS_PX and self.hours_at(x) is not None:
            self._dragging = True
            self._move_cursor(x)
            return
        row = self.row_at(event.position().y())
        if row is not None:
            self.asset_selected.emit(row.asset_id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the cursor go."""
        self._dragging = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the asset above or below; move the cursor by an hour, with Shift by six minutes."""
        turn = {Qt.Key.Key_Left: -1.0, Qt.Key.Key_Right: 1.0}.get(Qt.Key(event.key()))
        if turn is not None and self._timeline is not None:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.bring_cursor((self._cursor_h or 0.0) + turn * (0.1 if fine else 1.0))
            return
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or self._timeline is None or not self._timeline.rows:
            super().keyPressEvent(event)
            return
        ids = [row.asset_id for row in self._timeline.rows]
        place = ids.index(self._selected) + step if self._selected in ids else 0
        self.asset_selected.emit(ids[max(0, min(place, len(ids) - 1))])

    def _in_words(self) -> str:
        if self._timeline is None:
            return ""
        return "; ".join(f"{row.name}: {numbers.band(row.reach)} h" for row in self._timeline.rows)


def _lane(bar: Bar) -> tuple[float, float]:
    """Top and height of a bar in its row: the gear above, the ship in a thin lane below, where the whisker is."""
    return (17.0, 3.0) if bar.lane == 1 else (2.0, 12.0)
