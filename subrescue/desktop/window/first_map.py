"""The map of the last case, on the screen before the rest of the program is read: the earth alone, until the window
with everything else stands in its place."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from subrescue.desktop.features import Feature
from subrescue.desktop.map.base_image import BaseImage, render_base
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.map.viewport import Viewport, view_of_place
from subrescue.desktop.parts.boxes import first_size
from subrescue.desktop.parts.letters import letter_size
from subrescue.desktop.parts.screens import restore_place
from subrescue.desktop.parts.themes import THEMES
from subrescue.desktop.window.kept_view import kept_view
from subrescue.domain.errors import InputError

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.window.preferences import Preferences
    from subrescue.domain.case import Case

# Where the map stands in a window of the first layout: left, top, right and bottom panels in pixels.
_FIRST_PANELS = (324, 47, 684, 323)
_LEAST_PX = 200
_REMEMBERED = "map_panels"
_SIZE = (1600, 1000)
_LONGEST_WAIT_MS = 300


class FirstMap(QWidget):
    """A window as large as the one to come, with the earth where that shows it. Nothing of the case stands on it:
    what the desk restores may be newer than the file that was read for the place.
    """

    def __init__(self, preferences: Preferences, case: Case) -> None:
        super().__init__()
        theme = THEMES[preferences.text("theme", "day", tuple(THEMES))]
        self._ground = QColor(theme.window)
        self._palette = _map_palette(preferences, theme.map)
        self._panels = _panels(preferences)
        self._preferences = preferences
        self._case, self._projection = case, preferences.text("projection", "azimuthal")
        self.base: BaseImage | None = None
        self.was_painted = False
        self.setWindowTitle("Subrescue")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(first_size(self, *_SIZE))
        restore_place(self, preferences.bytes("geometry"))

    def box(self) -> QRect:
        """Where the map stands: everywhere, if the panels that are remembered leave no room in this window."""
        left, top, right, bottom = self._panels
        box = self.rect().adjusted(left, top, -right, -bottom)
        return box if min(box.width(), box.height()) >= _LEAST_PX else self.rect()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the coarse earth, and the ground of the panels to come."""
        box, letters = self.box(), letter_size(self._preferences) / 100
        ratio = self.devicePixelRatioF() * letters
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        view = self._view(round(box.width() / letters), round(box.height() / letters))
        view = replace(
            view, scale=view.scale * ratio, width=round(view.width * ratio), height=round(view.height * ratio)
        )
        if self.base is None or self.base.view != view:
            self.base = render_base(view, self._palette, None, "110m")
        if self.base is not None:
            painter.drawImage(QRectF(box), self.base.image)
        painter.end()
        self.was_painted = True

    def _view(self, width: int, height: int) -> Viewport:
        fix = self._case.dissub.fix
        begun = partial(view_of_place, self._projection, fix.position, fix.error_radius_nm, width, height)
        kept = kept_view(self._preferences, self._case, self._projection, begun())
        if kept is None:
            return begun()
        view, was_fitted = kept
        return begun(view.turn_deg) if was_fitted else view

    def hand_over(self, window: MainWindow) -> None:
        """Let a window show the earth that is here until it has its own, and close when it stands on the screen."""
        if window.preferences.bytes("geometry") is None:
            window.setGeometry(self.geometry())
        window.map.canvas.base = self.base
        window.map.first_painted.connect(self._end)

    def _end(self) -> None:
        self.close()
        self.deleteLater()


def _map_palette(preferences: Preferences, palette: MapPalette) -> MapPalette:
    """The colours of the map with the layers that were chosen; read only where some were."""
    chosen = preferences.text("map_layers", "")
    if not chosen:
        return palette
    from subrescue.desktop.map.layers import choice_from_text

    return choice_from_text(chosen).palette(palette)


def _panels(preferences: Preferences) -> tuple[int, int, int, int]:
    try:
        left, top, right, bottom = (int(part) for part in preferences.text(_REMEMBERED, "").split())
    except ValueError:
        return _FIRST_PANELS
    return left, top, right, bottom


class FirstMapFeature(Feature):
    """Remembers where the map stands in the window, for the next start."""

    def stop(self) -> None:
        """Remember it."""
        window = self.window
        at = window.map.mapTo(window, QPoint(0, 0))
        right, bottom = window.width() - at.x() - window.map.width(), window.height() - at.y() - window.map.height()
        window.preferences.set_text(_REMEMBERED, f"{at.x()} {at.y()} {right} {bottom}")
        window.preferences.save()


def show_first_map(preferences: Preferences, case_path: Path | None) -> FirstMap | None:
    """Show the earth about the DISSUB of the case that will be opened; None where it cannot be read."""
    from subrescue.desktop.case.case_files import first_case
    from subrescue.store.cases import read_case

    try:
        case = read_case(case_path or first_case(preferences.last_case))
    except InputError:
        return None  # told once the window is there
    shown = FirstMap(preferences, case)
    shown.show()
    deadline = QDeadlineTimer(_LONGEST_WAIT_MS)
    while not shown.was_painted and not deadline.hasExpired():  # a window is not painted before the screen has it
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return shown
