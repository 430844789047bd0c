"""The timeline as a picture: one row an asset, its phases as bars with a whisker, the survival band behind them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from subrescue.desktop.parts.themes import DAY, Theme
from subrescue.desktop.parts.uninterrupted import uninterrupted
from subrescue.desktop.parts.words import tr
from subrescue.desktop.timeline.axis import Scale, Shown, reading, written
from subrescue.desktop.timeline.layout import Bar, Row, Timeline, tick_hours
from subrescue.desktop.timeline.rows import RowPainter, Ruler, lane
from subrescue.desktop.timeline.words import rows_in_words

# With letters of the usual size; all that is painted grows with them.
ROW_PX = 23
AXIS_PX = 33
NAMES_PX = 190
# Larger names may take this part of a narrow timeline, which is more than the usual ones ever have.
_NAMES_SHARE = 0.4


class TimelineCanvas(QWidget):
    """Paints the hours of a timeline that are shown, a cursor, and the hour under the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None
        self._alert: datetime | None = None
        self._selected: str | None = None
        self._theme = DAY
        self._pointer_h: float | None = None
        self._cursor_h: float | None = None
        self._now: datetime | None = None
        self._dragging = False
        self._shown: Shown | None = None  # the whole axis
        self._scale: Scale = "t_plus"
        self._whole = False  # painted as a picture, not scrolled
        self._letters = 1.0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Timeline"))
        self.setMinimumWidth(420)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def show_timeline(self, timeline: Timeline | None, alert: datetime, selected: str | None) -> None:
        """Show rows on the axis; hours count from `alert`."""
        self._timeline, self._alert, self._selected = timeline, alert, selected
        self._make_room()
        self.setAccessibleDescription(rows_in_words(timeline))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def set_letters(self, share: float) -> None:
        """Make rows and axis as high as letters of another size need them, as a share of the usual."""
        self._letters = share
        self._make_room()
        self.update()

    def _make_room(self) -> None:
        rows = len(self._timeline.rows) if self._timeline is not None else 0
        self.setMinimumHeight(self.axis_px + rows * self.row_px + 2)

    @property
    def row_px(self) -> int:
        """Height of a row."""
        return round(ROW_PX * self._letters)

    @property
    def axis_px(self) -> int:
        """Height of the axis."""
        return round(AXIS_PX * self._letters)

    @property
    def names_px(self) -> int:
        """Width of the names."""
        return round(min(NAMES_PX * self._letters, max(NAMES_PX, _NAMES_SHARE * self.width())))

    def set_cursor(self, hour: float | None) -> None:
        """Mark an hour; None takes the mark away."""
        if hour != self._cursor_h:
            self._update_readings(self._cursor_h, self._pointer_h)  # which gives way to the cursor's
            self._cursor_h = hour
            self._update_readings(hour, self._pointer_h)

    def _update_readings(self, *hours: float | None) -> None:
        """Paint anew only where readings at hours stand or stood: all rows take longer than a frame of the map."""
        for hour in hours:
            box = self._reading_box(hour)
            if hour is not None and box is not None:
                x = self.x_of(hour)
                words = self._words_px + 3  # of a mark of the axis, which gives way to them
                left, right = int(min(box.left(), x)) - words, int(max(box.right(), x)) + words
                self.update(QRect(left, 0, right - left, self.height()))

    def set_now(self, now: datetime | None) -> None:
        """Mark the hour that it is; beyond the axis there is no mark. Paints anew only where the mark moves a pixel."""
        before, self._now = self._now_px(), now
        if before != self._now_px():
            self.update()

    def _now_px(self) -> int | None:
        """Pixel of the hour that it is; None where the axis that is shown does not reach it."""
        if self._now is None or self._alert is None or self._timeline is None or self._whole:
            return None
        hour = (self._now - self._alert).total_seconds() / 3600
        return round(self.x_of(hour)) if self.shown.from_h <= hour <= self.shown.to_h else None

    @property
    def _axis_top(self) -> int:
        """The axis stays in sight while the rows are scrolled."""
        return 0 if self._whole else self.visibleRegion().boundingRect().top()

    def sizeHint(self) -> QSize:
        """Room for eight rows."""
        return QSize(900, self.axis_px + 8 * self.row_px)

    @property
    def end_h(self) -> float:
        """Hour at which the axis ends."""
        return self._timeline.end_h if self._timeline is not None else 24.0

    @property
    def _ruler(self) -> Ruler:
        shown, names_px = self.shown, self.names_px
        return Ruler(names_px, shown.from_h, (self.width() - names_px - 10) / shown.hours)

    def x_of(self, hours: float) -> float:
        """Pixel of an hour on the axis."""
        return self._ruler.x_of(hours)

    @property
    def shown(self) -> Shown:
        """The hours that are shown; all where nobody has zoomed, and never beyond the end of the axis."""
        whole = Shown(0.0, self.end_h)
        if self._shown is None or self._shown.hours >= self.end_h:
            return whole
        return self._shown.moved(0.0, self.end_h)

    def zoom(self, factor: float, at_h: float | None = None) -> None:
        """Show fewer hours by a factor, about an hour: the cursor, or the middle of what is shown."""
        shown = self.shown
        if at_h is None:
            held = self._cursor_h is not None and shown.from_h <= self._cursor_h <= shown.to_h
            at_h = self._cursor_h if held else (shown.from_h + shown.to_h) / 2
        assert at_h is not None
        self._shown = shown.zoomed(factor, at_h, self.end_h)
        self.update()

    def show_whole(self) -> None:
        """Show the whole axis."""
        self._shown = None
        self.update()

    def set_scale(self, scale: Scale) -> None:
        """Write the axis in T+, UTC or local time first."""
        self._scale = scale
        self.update()

    def picture(self) -> QPixmap:
        """All rows with their axis as they would look without scrolling."""
        self._whole = True
        try:
            return self.grab()
        finally:
            self._whole = False

    def hours_at(self, x: float) -> float | None:
        """Hour at a pixel; None beside the axis."""
        if self._timeline is None or x < self.names_px or x > self.width() - 10:
            return None
        return self._hour_of(x)

    def _hour_of(self, x: float) -> float:
        shown = self.shown
        return shown.from_h + (x - self.names_px) / (self.width() - self.names_px - 10) * shown.hours

    def row_at(self, y: float) -> Row | None:
        """The row at a pixel."""
        if self._timeline is None or y < self.axis_px:
            return None
        place = int((y - self.axis_px) // self.row_px)
        return self._timeline.rows[place] if place < len(self._timeline.rows) else None

    def bar_at(self, x: float, y: float) -> Bar | None:
        """The phase at a pixel, the topmost first."""
        row = self.row_at(y)
        if row is None:
            return None
        inside = (y - self.axis_px) % self.row_px
        for bar in reversed(row.bars):
            top, high = (part * self._letters for part in lane(bar))
            if self.x_of(bar.start_h) - 1 <= x <= self.x_of(bar.end_h) + 1 and top <= inside <= top + high:
                return bar
        return None

    # Painting

    @uninterrupted
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint survival band and rows; axis and cursor stay in sight while the rows are scrolled."""
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), QColor(theme.field))
        if self._timeline is None or self._alert is None:
            painter.setPen(QColor(theme.quiet))
            words = tr("The timeline follows with the response")
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), words)
            painter.end()
            return
        bottom = self.axis_px + len(self._timeline.rows) * self.row_px
        rows = self._rows_in(event.rect())
        self._paint_rows_ground(painter, rows)
        painter.setClipRect(self._beside_names(bottom))
        self._paint_survival(painter, bottom)
        self._paint_marks(painter, bottom)
        painter.setClipping(False)
        part = event.rect().left(), event.rect().right() + 1
        of_rows = RowPainter(painter, self._ruler, theme, self.row_px, self.width(), self._letters, part)
        for place, row in rows:
            of_rows.paint(row, self.axis_px + place * self.row_px, row.asset_id == self._selected)
        top = self._axis_top
        painter.translate(0, top)
        self._paint_axis(painter)
        self._paint_now(painter, bottom - top)
        self._paint_reading(painter, bottom - top, self._cursor_h, Qt.PenStyle.SolidLine)
        if not self._dragging:
            self._paint_reading(painter, bottom - top, self._pointer_h, Qt.PenStyle.DashLine)
        if self.hasFocus() and not self._whole:
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRect(self.visibleRegion().boundingRect().translated(0, -top).adjusted(0, 0, -1, -1))
        painter.end()

    def _beside_names(self, bottom: float) -> QRectF:
        return QRectF(self.names_px - 1, 0, self.width() - self.names_px + 1, max(bottom, self.height()))

    def _marks_h(self) -> range:
        shown = self.shown
        tick_h = tick_hours(shown.hours)
        return range(-int(-shown.from_h // tick_h) * tick_h, int(shown.to_h) + 1, tick_h)

    def _rows_in(self, area: QRect) -> list[tuple[int, Row]]:
        """The rows that an area of the timeline shows, with their places; most are scrolled out of sight."""
        assert self._timeline is not None
        first = max(0, (area.top() - self.axis_px) // self.row_px)
        end = max(0, (area.bottom() - self.axis_px) // self.row_px + 1)
        return list(enumerate(self._timeline.rows[first:end], first))

    def _paint_rows_ground(self, painter: QPainter, rows: list[tuple[int, Row]]) -> None:
        theme = self._theme
        for place, row in rows:
            area = QRectF(0, self.axis_px + place * self.row_px, self.width(), self.row_px)
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
        painter.fillRect(QRectF(left, self.axis_px, right - left, bottom - self.axis_px), fill)
        painter.setPen(QPen(QColor(theme.survival_line), 1.4))
        x = self.x_of(window.p50)
        painter.drawLine(QPointF(x, self.axis_px), QPointF(x, bottom))

    def _paint_marks(self, painter: QPainter, bottom: float) -> None:
        assert self._timeline is not None
        painter.setPen(QPen(QColor(self._theme.line), 1))
        for hour in self._marks_h():
            x = self.x_of(hour)
            painter.drawLine(QPointF(x, self.axis_px), QPointF(x, bottom))

    def _paint_axis(self, painter: QPainter) -> None:
        assert self._timeline is not None
        theme = self._theme
        painter.fillRect(QRectF(0, 0, self.width(), self.axis_px), QColor(theme.heading))
        names = {"t_plus": tr("hours from the alert"), "utc": tr("UTC"), "local": tr("local time")}
        heads = names[self._scale], names["utc" if self._scale == "t_plus" else "t_plus"]
        metrics = QFontMetrics(self.font())
        self._paint_axis_marks(painter, 8 + max(metrics.horizontalAdvance(words) for words in heads) + 8)
        painter.setPen(QColor(theme.quiet))
        for line, words in enumerate(heads):
            painter.drawText(QPointF(8, self._baseline(line)), words)
        window = self._timeline.survival
        if window is not None:
            painter.setPen(QPen(QColor(theme.survival_line), 1.4))
            x = self.x_of(window.p50)
            if x >= self.names_px:
                painter.drawLine(QPointF(x, self.axis_px - 6), QPointF(x, self.axis_px))

    def _paint_axis_marks(self, painter: QPainter, heads_end: float) -> None:
        """Marks with their words, where these have room. heads_end: pixel at which the words before them end."""
        assert self._alert is not None
        theme, metrics, marks = self._theme, QFontMetrics(self.font()), self._marks_h()
        readings = [box for hour in (self._cursor_h, self._pointer_h) if (box := self._reading_box(hour)) is not None]
        now = self._now_tag()
        room = self._words_px + 12
        every = next((n for n in range(1, 99) if self.x_of(n * marks.step) - self.x_of(0) >= room), 99)
        for hour in marks:
            x = self.x_of(hour)
            painter.setPen(QPen(QColor(theme.field_line), 1))
            painter.drawLine(QPointF(x, self.axis_px - 4), QPointF(x, self.axis_px))
            lines = written(hour, self._alert, self._scale)
            wide = max(metrics.horizontalAdvance(words) for words in lines)
            left = max(x - wide / 2, heads_end)  # the first one may have to give way to the heads
            if hour // marks.step % every or left > x or left + wide > self.width():
                continue
            if any(box.left() < left + wide and left < box.right() for box in readings):
                continue
            for line, (words, colour) in enumerate(zip(lines, (theme.text, theme.quiet), strict=True)):
                if line and now is not None and now.left() < left + wide + 4 and left - 4 < now.right():
                    continue  # the second line gives way to the mark of now
                painter.setPen(QColor(colour))
                painter.drawText(QPointF(left, self._baseline(line)), words)

    def _baseline(self, line: int) -> float:
        """Where the letters of the first or second line of the axis stand."""
        return 12 * self._letters + line * (QFontMetrics(self.font()).height() - 1)

    @property
    def _words_px(self) -> int:
        """Width of the words of a mark of the axis."""
        if self._alert is None:
            return 0
        return QFontMetrics(self.font()).horizontalAdvance(max(written(88, self._alert, self._scale), key=len))

    def _reading_box(self, hour: float | None) -> QRectF | None:
        """Where the words of a reading stand on the axis: right of its line, or over it at the end of the axis.

        Those of the pointer stand left of it where they would hide those of the cursor.
        """
        if hour is None or self._alert is None or not self.names_px - 1 <= self.x_of(hour) <= self.width():
            return None
        wide = QFontMetrics(self.font()).horizontalAdvance(reading(hour, self._alert, self._scale)) + 8
        x = self.x_of(hour)
        box = QRectF(min(x + 4, self.width() - wide - 2), 1, wide, 15 * self._letters)
        held = self._reading_box(self._cursor_h) if hour != self._cursor_h else None
        if held is not None and box.intersects(held) and x - 4 - wide >= self.names_px:
            box.moveRight(x - 4)
        return box

    def _paint_reading(self, painter: QPainter, bottom: float, hour: float | None, line: Qt.PenStyle) -> None:
        area = self._reading_box(hour)
        if hour is None or self._alert is None or area is None:
            return
        theme = self._theme
        x = self.x_of(hour)
        painter.setPen(QPen(QColor(theme.accent), 1 if line == Qt.PenStyle.DashLine else 2, line))
        painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
        words = reading(hour, self._alert, self._scale)
        painter.fillRect(area, QColor(theme.accent))
        painter.setPen(QColor(theme.accent_text))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), words)

    def _now_tag(self) -> QRectF | None:
        """Where the word of the mark stands: in the second line of the axis, right of the mark where there is room."""
        x = self._now_px()
        if x is None:
            return None
        metrics = QFontMetrics(self.font())
        wide, high = metrics.horizontalAdvance(tr("now")) + 8, metrics.height() - 1
        left = min(max(x - wide / 2, self.names_px), self.width() - wide - 1)
        return QRectF(left, self.axis_px - high - 2 * self._letters, wide, high)

    def _paint_now(self, painter: QPainter, bottom: float) -> None:
        x, tag = self._now_px(), self._now_tag()
        if x is None or tag is None:
            return
        painter.setPen(QPen(QColor(self._theme.text), 1.2))
        painter.drawLine(QPointF(x, tag.bottom()), QPointF(x, bottom))
        painter.fillRect(tag, QColor(self._theme.text))
        painter.setPen(QColor(self._theme.field))
        painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), tr("now"))
