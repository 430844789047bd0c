"""Live positions in the registry's window: the dialog, a line that says what is heard, and ages that grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLabel

from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.registry.ais_dialog import AisDialog, state_words

if TYPE_CHECKING:
    from subrescue.desktop.registry.window import RegistryWindow

_TICK_MS = 10_000


class LivePositions(QObject):
    """What belongs to live positions in one registry's window; the run itself is the desk's and outlives it."""

    def __init__(self, window: RegistryWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk = window.desk
        self._ais = window.desk.positions
        self.dialog: AisDialog | None = None
        self.line: QLabel | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.show_ages)
        window.model.clock = window.detail.clock = lambda: self._desk.today
        window.installEventFilter(self)
        self._ais.progressed.connect(self._show_line)
        self._ais.ended.connect(self._show_line)

    def show(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self.dialog is None:
            self.dialog = AisDialog(self._desk, self._ais, self._window.preferences, self._window)
        self.dialog.show_state()
        self.dialog.show()
        self.dialog.raise_()

    def show_ages(self) -> None:
        """Draw what has an age anew: it is one tick older."""
        self._window.table.viewport().update()
        self._window.detail.show_ages()
        self._show_line()
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_state()

    def _show_line(self, *_: object) -> None:
        if self.line is None:
            if not self._ais.is_listening:
                return
            self.line = PlainLabel()
            self._window.statusBar().addWidget(self.line, 1)
        on = self._ais.is_listening
        self.line.setText(state_words(self._ais.progress, self._desk.today) if on else "")
        self._window.statusBar().setVisible(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let ages grow while the window is seen."""
        if watched is self._window and event.type() == QEvent.Type.Show:
            self._timer.start()
            self.show_ages()
        elif watched is self._window and event.type() == QEvent.Type.Hide:
            self._timer.stop()
        return False
