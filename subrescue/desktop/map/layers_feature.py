"""Which layers the map shows: chosen in a panel, remembered for the next start; day and night at the window's hour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from subrescue.desktop.features import Feature, feature_of
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.layers import BY_ID, LAYERS, LayerChoice, MapLayer, choice_from_text
from subrescue.desktop.map.layers_panel import LayerRow, LayersPanel
from subrescue.desktop.map.night_layer import NightLayer
from subrescue.desktop.parts.words import moment, tr
from subrescue.desktop.timeline.clock_words import runs
from subrescue.desktop.timeline.time_slider import TimeSliderFeature
from subrescue.desktop.window.docks import bring_panel, leave_title_to_tab
from subrescue.earth.sea_and_sky.sun import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.parts.themes import Theme

_REMEMBERED = "map_layers"
_MINUTE_MS = 60_000
# The map counts as at rest so long after a frame that stretched something.
_REST_MS = 120


class LayersFeature(Feature):
    """The panel, and what it does to the map."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.panel = LayersPanel()
        self._rest = QTimer(window)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._settle)
        self.night = NightLayer(self._rest.start)
        self.choice = choice_from_text(window.preferences.text(_REMEMBERED, ""))
        self.more_rows: list[Callable[[], tuple[str, list[LayerRow]]]] = []  # groups of other features, above ours
        self.listeners: list[Callable[[], object]] = []  # are told when another choice is shown
        self.titles: dict[str, Callable[[], str]] = {}  # of layers of other features, by id: what they show now
        self._timer = QTimer(window)
        self._timer.setInterval(_MINUTE_MS)
        self._timer.timeout.connect(self._tell_time)

    def panels(self) -> Mapping[str, QWidget]:
        """The panel of the layers."""
        return {"layers": self.panel}

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Go to the panel; night on and off."""
        return {"layers": self.go, "night_layer": lambda: self.show_layer("night", not self.choice.shows("night"))}

    def connect(self) -> None:
        """Listen to the panel, to what moves the hour, and paint."""
        window = self.window
        leave_title_to_tab(window, "layers")
        self.panel.ticked.connect(self.show_layer)
        self.panel.faded.connect(self.fade_layer)
        self.panel.reset_wanted.connect(lambda: self.choose(LayerChoice()))
        feature_of(window, TimeSliderFeature).listeners.append(self._tell_time)
        window.desk.opened.connect(self._tell_time)
        window.map.ground.add(self.night)
        window.map.canvas.underlays.append(self.night.paint_names)
        window.map.overlays.append(self._paint_missing)
        self.choose(self.choice)

    def set_theme(self, theme: Theme) -> None:
        """Keep the layers in other colours."""
        self.window.map.show_layers(self.choice, theme.map)

    def go(self) -> None:
        """Bring the panel to the front."""
        bring_panel(self.window, "layers")
        self.panel.tree.setFocus()
        if not self.panel.current_id():
            self.panel.choose(LAYERS[0].id)

    def show_layer(self, layer: str, shown: bool) -> None:
        """Show a layer or take it away."""
        if layer in BY_ID:
            self.choose(self.choice.with_shown(layer, shown))

    def fade_layer(self, layer: str, percent: int) -> None:
        """Paint a layer stronger or fainter."""
        if layer in BY_ID and BY_ID[layer].fades:
            self.choose(self.choice.with_percent(layer, percent))

    def choose(self, choice: LayerChoice) -> None:
        """Show the layers of a choice, and remember it."""
        self.choice = choice
        self.window.preferences.set_text(_REMEMBERED, choice.as_text())
        self.window.map.show_layers(choice, self.window.theme.map)
        if choice.shows("night"):
            self._timer.start()
        else:
            self._timer.stop()
        self.night.at = self.light_at()
        self.refresh()
        for listener in self.listeners:
            listener()

    def light_at(self) -> datetime | None:
        """The moment whose day and night is shown; None in years for which the sun is not worked out."""
        desk = self.window.desk
        alert, now = desk.case.alert, desk.clock()
        hour = feature_of(self.window, TimeSliderFeature).hour
        at = now if alert <= now and runs(alert, now) else alert
        if hour is not None:
            at = alert + timedelta(hours=hour)
        return at if FIRST_YEAR < at.year < LAST_YEAR else None

    def _tell_time(self) -> None:
        self.night.at = self.light_at()
        if self.choice.shows("night"):  # only then does a line of the panel tell the hour
            self.refresh()
            self.window.map.update()

    def _settle(self) -> None:
        self.night.settle()
        self.window.map.update()

    def refresh(self) -> None:
        """Show in the panel what holds now."""
        of_case = [self._row(layer) for layer in LAYERS if layer.of_case]
        of_earth = [self._row(layer) for layer in LAYERS if not layer.of_case]
        more = [rows() for rows in self.more_rows]
        self.panel.show_rows([*(group for group in more if group[1]), (tr("Case"), of_case), (tr("Earth"), of_earth)])

    def _row(self, layer: MapLayer) -> LayerRow:
        title, choice = tr(layer.title), self.choice
        if layer.id in self.titles and choice.shows(layer.id):
            title = self.titles[layer.id]() or title
        if layer.id == "night" and choice.shows("night") and self.night.at is not None:
            title = tr("{layer}, {when}", layer=title, when=moment(self.night.at))
        return LayerRow(
            layer.id, title, tr(layer.help), choice.shows(layer.id), choice.percent(layer.id) if layer.fades else None
        )

    def _paint_missing(self, painter: QPainter, canvas: Canvas) -> None:
        """Say on the map which layers of the case are taken away: nobody shall take them for things that are not."""
        missing = self.choice.missing_of_case()
        if not missing:
            return
        words = tr("Not shown: {layers}", layers=", ".join(tr(layer.title) for layer in missing))
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        room = QRectF(0, 0, max(canvas.view.width - 90.0, 120.0), 100)
        flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        box = painter.boundingRect(room, flags, words).translated(16, 28)
        painter.setBrush(QColor(canvas.palette.panel))
        painter.setPen(QPen(QColor(canvas.palette.panel_line), 1.0))
        painter.drawRoundedRect(box.adjusted(-6, -3, 6, 3), 3, 3)
        painter.setPen(QColor(canvas.palette.text))
        painter.drawText(box, flags, words)

    def stop(self) -> None:
        """End the clocks."""
        self._timer.stop()
        self._rest.stop()
