"""The timeline under the user's hands: what pointer, wheel and keys do on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from subrescue.desktop.parts.plain_text import plain_tip
from subrescue.desktop.parts.words import tr
from subrescue.desktop.timeline.canvas import TimelineCanvas
from subrescue.domain.quantities import Band
from subrescue.exchange import numbers
from subrescue.exchange.languages import colon
from subrescue.exchange.via import carried_by
from subrescue.exchange.wording import label

ZOOM_STEP = 1.25


class TimelineArea(QScrollArea):
    """Scrolls the rows. They stay where they are when Tab leaves them; Qt would bring their middle in sight."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        """As for a part that is not scrolled."""
        return QWidget.focusNextPrevChild(self, forward)


class TimelineView(TimelineCanvas):
    """Paints a timeline; a click or the arrow keys choose an asset, the pointer reads hours and UTC.

    Dragging on the axis, or the keys left and right, move the cursor, which stays. Ctrl and wheel zoom to the pointer,
    Shift and wheel move along; + - and 0 zoom to the cursor and show all again.
    """

    asset_selected = Signal(str)
    cursor_moved = Signal(float)  # hour to which the user brought the cursor

    def event(self, event: QEvent) -> bool:
        """Tell what a bar is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._words_at(event.pos().x(), event.pos().y())
            if words:
                QToolTip.showText(event.globalPos(), plain_tip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _words_at(self, x: float, y: float) -> str:
        row, bar = self.row_at(y), self.bar_at(x, y)
        if row is None:
            return ""
        if bar is None:
            return f"{row.name}{colon()}{label('verdict', row.verdict)}"
        end = Band(p10=bar.whisker_h[0], p50=bar.end_h, p90=bar.whisker_h[1])
        lines = [
            f"{row.name}{colon()}{label('phase', bar.phase)}",
            tr("T+{start} to {end} h (end P10-P90 {spread} h)", start=numbers.hours(bar.start_h),
               end=numbers.median(end), spread=numbers.spread(end)),
        ]  # fmt: skip
        if bar.carrier:
            lines.append(carried_by(bar.carrier))
        if bar.critical:
            lines.append(tr("on the critical path"))
        return "\n".join(lines)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the axis at the pointer."""
        before, self._pointer_h = self._pointer_h, self.hours_at(event.position().x())
        if self._dragging and event.buttons() & Qt.MouseButton.LeftButton:
            self._move_cursor(event.position().x())
        self._update_readings(before, self._pointer_h)

    def _move_cursor(self, x: float) -> None:
        """Bring the cursor to a pixel, or to the end of the axis that is nearer."""
        self.bring_cursor(self._hour_of(x))

    def bring_cursor(self, hour: float) -> None:
        """Move the cursor as the user does: it stays on the axis, and whoever listens is told."""
        if self._timeline is None:
            return
        hour = max(0.0, min(hour, self._timeline.end_h))
        self.set_cursor(hour)
        self.cursor_moved.emit(hour)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the reading away."""
        before, self._pointer_h = self._pointer_h, None
        self._update_readings(before)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the cursor on the axis, or choose the asset of a row."""
        x, y = event.position().x(), event.position().y()
        if y - self._axis_top < self.axis_px and self.hours_at(x) is not None:
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

    def let_go(self) -> None:
        """Hold the cursor no more."""
        self._dragging = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer with Ctrl, move along with Shift; else the rows are scrolled."""
        steps = (event.angleDelta().y() or event.angleDelta().x()) / 120.0
        keys, at_h = event.modifiers(), self.hours_at(event.position().x())
        if keys & Qt.KeyboardModifier.ControlModifier and steps:
            self.zoom(ZOOM_STEP**steps, at_h)
        elif keys & Qt.KeyboardModifier.ShiftModifier and steps:
            self._shown = self.shown.moved(-steps * self.shown.hours / 10, self.end_h)
            self.update()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the asset above or below; move the cursor by an hour, with Shift by six minutes."""
        turn = {Qt.Key.Key_Left: -1.0, Qt.Key.Key_Right: 1.0}.get(Qt.Key(event.key()))
        if turn is not None and self._timeline is not None:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.bring_cursor((self._cursor_h or 0.0) + turn * (0.1 if fine else 1.0))
            return
        factor = {Qt.Key.Key_Plus: ZOOM_STEP, Qt.Key.Key_Equal: ZOOM_STEP, Qt.Key.Key_Minus: 1 / ZOOM_STEP}.get(
            Qt.Key(event.key())
        )
        if factor is not None:
            self.zoom(factor)
            return
        if event.key() == Qt.Key.Key_0:
            self.show_whole()
            return
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or self._timeline is None or not self._timeline.rows:
            super().keyPressEvent(event)
            return
        ids = [row.asset_id for row in self._timeline.rows]
        place = ids.index(self._selected) + step if self._selected in ids else 0
        self.asset_selected.emit(ids[max(0, min(place, len(ids) - 1))])
