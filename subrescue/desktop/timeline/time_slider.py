"""The time slider under the timeline: it and the timeline's cursor are one hour, for which the map shows carriers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from subrescue.desktop.features import Feature
from subrescue.desktop.map.carriers_layer import CarriersLayer
from subrescue.desktop.parts.direct_slider import DirectSlider
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import moment, tr
from subrescue.desktop.timeline.view import TimelineView
from subrescue.desktop.window.docks import bring_panel, dock_of
from subrescue.exchange.elapsed import t_plus
from subrescue.exchange.languages import colon
from subrescue.exchange.whereabouts import carriers

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

STEP_MIN, PAGE_MIN = 10, 180


class TimeSlider(DirectSlider):
    """Minutes from the alert. Arrows move by ten minutes, page keys by three hours; Escape leaves it."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, 24 * 60)
        self.setSingleStep(STEP_MIN)
        self.setPageStep(PAGE_MIN)
        self.setAccessibleName(tr("Time slider"))
        self.setToolTip(tr("Moves the carriers of the chosen option along their routes; Esc takes them away"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the slider; all other keys move it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class _Reading(PlainLabel):
    """The hour of the slider: it continues the column of the names above it, in two lines where one is too long."""

    def __init__(self, timeline: TimelineView) -> None:
        super().__init__()
        self._timeline = timeline
        self.setWordWrap(True)
        timeline.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as wide as the names."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.FontChange):
            self.setFixedWidth(self._timeline.names_px - 14)
        return False


class TimeSliderFeature(Feature):
    """Holds the one hour at which the window stands; None until the user moves through time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.hour: float | None = None
        self.listeners: list[Callable[[], object]] = []  # told when the hour or what it counts from has changed
        self.slider = TimeSlider()
        self.reading = _Reading(window.timeline)
        self.layer = CarriersLayer(window.map)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Go to the slider."""
        return {"time_slider": self.go}

    def connect(self) -> None:
        """Put the slider under the timeline, and listen to both, the desk and each other."""
        dock = dock_of(self.window, "timeline")
        if dock is not None:
            dock.setWidget(self._under(dock.widget()))
            QWidget.setTabOrder(self.window.response.details, self.window.timeline)
            QWidget.setTabOrder(self.window.timeline, self.slider)
        self.slider.valueChanged.connect(lambda minutes: self.set_hour(minutes / 60.0))
        self.slider.left.connect(lambda: self.set_hour(None))
        self.window.timeline.cursor_moved.connect(self.set_hour)
        desk = self.window.desk
        desk.opened.connect(self.slider.give_up)
        desk.opened.connect(lambda: self.set_hour(None))
        desk.response_changed.connect(self._show)
        desk.selection_changed.connect(self._show)
        self._show()

    def _under(self, timeline: QWidget) -> QWidget:
        both = QWidget()
        self.reading.setFixedWidth(self.window.timeline.names_px - 14)
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 10, 2)
        row.setSpacing(6)
        row.addWidget(self.reading)
        row.addWidget(self.slider, 1)
        layout = QVBoxLayout(both)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(timeline, 1)
        layout.addLayout(row)
        return both

    def go(self) -> None:
        """Bring slider and timeline to the front; the first time at the alert."""
        bring_panel(self.window, "timeline")
        self.slider.setFocus()
        if self.hour is None:
            self.set_hour(0.0)

    def set_hour(self, hour: float | None) -> None:
        """Stand at an hour from the alert; None stands at none, and the map shows no carriers."""
        self.hour = hour
        self._show()
        for listener in self.listeners:
            listener()

    def _show(self) -> None:
        desk, hour = self.window.desk, self.hour
        end_h = self.window.timeline.end_h
        with QSignalBlocker(self.slider):
            self.slider.setMaximum(max(1, int(end_h * 60)))
            self.slider.setValue(round((hour or 0.0) * 60))
        self.slider.setEnabled(desk.response is not None)
        self.window.timeline.set_cursor(hour)
        if hour is None:
            self.reading.setText(tr("Time slider"))
            self.slider.setAccessibleName(tr("Time slider"))
            self.layer.show_carriers(())
            return
        alert = desk.case.alert
        at = alert + timedelta(minutes=round(hour * 60))
        self.reading.setText(f"{t_plus(at, alert)}  {moment(at)}")
        # A screen reader would say the minutes that the slider counts in.
        self.slider.setAccessibleName(tr("Time slider") + colon() + self.reading.text())
        self.layer.show_carriers(carriers(desk.option, hour) if desk.option is not None else ())
