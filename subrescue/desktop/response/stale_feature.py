"""Says below the ranked table that it still answers the case as it was: under stress nobody looks at a status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from subrescue.desktop.features import Feature
from subrescue.desktop.parts.flow_row import WrappedLabel
from subrescue.desktop.parts.words import tr

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

_AFTER_MS = 700
"""An answer that comes sooner replaces the old one before anybody has read it."""


class StaleFeature(Feature):
    """A line that comes when a new response takes its time, and goes with it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        words = tr("This is still the response to the case as it was; the new one is being worked out.")
        self.line = WrappedLabel(words)
        self.line.setProperty("role", "doubt")
        self.line.hide()
        self._soon = QTimer(self.line)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MS)
        self._soon.timeout.connect(self._show)

    def connect(self) -> None:
        """Follow the desk."""
        window, desk = self.window, self.window.desk
        window.response.add_above_details(self.line)  # above the table it would move the rows under the hand
        desk.working.connect(self._work)
        desk.case_changed.connect(self._begin)
        desk.response_changed.connect(self._end)

    @property
    def is_stale(self) -> bool:
        """Whether the response that is shown answers another case than the one on the desk, and no row says so."""
        desk = self.window.desk
        # Under the hand the line would say what the grey italics of the table say.
        return desk.response is not None and desk.shows_preview and not desk.marks_what_it_tries

    def _work(self, working: bool) -> None:
        if working:
            self._begin()
        else:
            self._end()

    def _begin(self) -> None:
        if self.is_stale and not self._soon.isActive() and self.line.isHidden():
            self._soon.start()

    def _show(self) -> None:
        self.line.setVisible(self.is_stale)

    def _end(self) -> None:
        self._soon.stop()
        self.line.hide()

    def stop(self) -> None:
        """Wait no longer."""
        self._soon.stop()
