"""What actions do to the timeline: zoom, its scale of time, and its picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

from subrescue.desktop.features import Feature
from subrescue.desktop.paper.product_file import write_product
from subrescue.desktop.paper.window_picture import write_png
from subrescue.desktop.parts.words import tr
from subrescue.desktop.timeline.axis import SCALES
from subrescue.desktop.timeline.view import ZOOM_STEP
from subrescue.domain.case import CaseKind

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

_HEAD_PX = 30


class TimelineFeature(Feature):
    """Actions of the timeline; the scale is remembered."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Zoom, scale, picture."""
        timeline = self.window.timeline
        handlers: dict[str, Callable[[], object]] = {
            "timeline_zoom_in": lambda: timeline.zoom(ZOOM_STEP),
            "timeline_zoom_out": lambda: timeline.zoom(1 / ZOOM_STEP),
            "timeline_whole": timeline.show_whole,
            "timeline_picture": self.write_picture,
        }
        for scale in SCALES:
            handlers[f"scale_{scale}"] = partial(self.set_scale, scale)
        return handlers

    def connect(self) -> None:
        """Show the scale that is remembered."""
        self.set_scale(self.window.preferences.text("time_scale", "t_plus", SCALES))

    def set_scale(self, name: str) -> None:
        """Write the axis in T+, UTC or local time first, from now on."""
        scale = next(scale for scale in SCALES if scale == name)
        self.window.timeline.set_scale(scale)
        self.window.actions_by_id.choose("time_scale", scale)
        self.window.preferences.set_text("time_scale", scale)

    def write_picture(self) -> bool:
        """Ask for a name and write the timeline with its title, in the colours of the window."""
        files = tr("Pictures (*.png)")
        title = tr("Picture of the timeline")
        return write_product(
            self.window, title, "timeline", ".png", files, lambda path: write_png(timeline_image(self.window), path)
        )


def timeline_image(window: MainWindow) -> QImage:
    """All rows of the timeline under a head that tells exercise from real, the case, its alert and the colours."""
    rows, legend = window.timeline.picture(), window.legend.grab()
    case, theme, ratio = window.desk.case, window.theme, rows.devicePixelRatio()
    wide = max(rows.width(), legend.width()) / ratio
    high = _HEAD_PX + (legend.height() + rows.height()) / ratio
    image = QImage(round(wide * ratio), round(high * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.heading))
    painter = QPainter(image)
    font = QFont(window.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    metrics, middle = QFontMetrics(font), int(Qt.AlignmentFlag.AlignCenter)
    real = case.kind is CaseKind.REAL
    kind = tr("REAL") if real else tr("EXERCISE")
    badge = QRectF(0, 0, metrics.horizontalAdvance(kind) + 24, _HEAD_PX)
    painter.fillRect(badge, QColor(theme.real if real else theme.exercise))
    painter.setPen(QColor(theme.real_text if real else theme.exercise_text))
    painter.drawText(badge, middle, kind)
    alert = tr("Alert {alert:%Y-%m-%d %H:%MZ}", alert=case.alert)
    alert_px = metrics.horizontalAdvance(alert) + 12
    painter.setPen(QColor(theme.text))
    painter.drawText(QRectF(wide - alert_px, 0, alert_px, _HEAD_PX), middle, alert)
    room = wide - badge.width() - alert_px - 20
    name = metrics.elidedText(case.title, Qt.TextElideMode.ElideRight, round(room))
    left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(QRectF(badge.width() + 10, 0, room, _HEAD_PX), left, name)
    painter.drawPixmap(QPointF(0, _HEAD_PX), legend)
    painter.drawPixmap(QPointF(0, _HEAD_PX + legend.height() / ratio), rows)
    painter.end()
    return image
