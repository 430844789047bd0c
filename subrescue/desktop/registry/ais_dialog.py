"""The question that starts live positions: which file or address, and below it what is heard and what became of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.casualty.form_parts import note
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.registry.ais_desk import AisDesk
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.problem_words import told_error, told_lines
from subrescue.exchange.sightings import ago
from subrescue.exchange.wording import text

if TYPE_CHECKING:
    from subrescue.desktop.registry.desk import RegistryDesk
    from subrescue.exchange.ais.listening import Progress
    from subrescue.exchange.ais.tally import Tally

_SOURCE = "ais_source"
_ENTER = QDialogButtonBox.ButtonRole.ActionRole


class AisDialog(QDialog):
    """Starts and stops a run. It can be closed while one is on: the run goes on, and the window says so."""

    def __init__(
        self,
        desk: RegistryDesk,
        ais: AisDesk,
        preferences: Preferences,
        parent: QWidget,
        dialogs: Dialogs | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._ais, self._preferences = desk, ais, preferences
        self._dialogs = dialogs or Dialogs()
        self._name = ""
        self.setWindowTitle(text("ais.title"))
        self.setMinimumSize(720, 460)
        self.source = QLineEdit(preferences.text(_SOURCE, ""))
        self.source.setPlaceholderText(text("ais.source.placeholder"))
        self.source.setToolTip(text("ais.source.help"))
        self.source.setAccessibleName(text("ais.source"))
        self.recorded_at = QLineEdit()
        self.recorded_at.setPlaceholderText("2026-11-23T14:07Z")
        self.recorded_at.setToolTip(text("ais.recorded_at.help"))
        self.recorded_at.setAccessibleName(text("ais.recorded_at"))
        file = QPushButton(text("ais.file"))
        file.setAutoDefault(False)
        file.clicked.connect(self._choose_file)
        row = QHBoxLayout()
        row.addWidget(self.source, 1)
        row.addWidget(file)
        form = QFormLayout()
        form.addRow(text("ais.source"), row)
        form.addRow(text("ais.recorded_at"), self.recorded_at)
        self.state = note("quiet")
        self.problem = note("problem")
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setPlaceholderText(text("ais.report.placeholder"))
        self.report.setAccessibleName(text("ais.report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.start_button = buttons.addButton(text("ais.start"), _ENTER)
        self.stop_button = buttons.addButton(text("ais.stop"), _ENTER)
        for button in buttons.buttons():  # else Enter would be that of the button which had the keys last
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        self.start_button.setDefault(True)
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(ais.stop)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        for widget in (self.problem, self.state):
            layout.addWidget(widget)
        layout.addWidget(self.report, 1)
        layout.addWidget(buttons)
        ais.progressed.connect(lambda _: self.show_state())
        ais.ended.connect(self._show_end)
        self.show_state()

    def start(self) -> None:
        """Start a run over what is typed; what is wrong with it is said below."""
        words = self.source.text().strip()
        try:
            self._ais.start(self._desk.workspace, words, self._recorded_at())
        except InputError as error:
            self._say(told_error(error))
            return
        self._name = words
        self._preferences.set_text(_SOURCE, words)
        self._say("")
        self.report.clear()
        self.show_state()

    def _recorded_at(self) -> datetime | None:
        words = self.recorded_at.text().strip()
        if not words:
            return None
        try:
            at = datetime.fromisoformat(words)
        except ValueError:
            at = None
        if at is None or at.tzinfo is None or at > self._desk.today:
            allowed = "a past time with its zone is needed: 2026-11-23T14:07Z"
            raise InputError(Problem(text("ais.recorded_at"), f"'{words}'", allowed))
        return at

    def _choose_file(self) -> None:
        known = self.source.text()
        folder = str(Path(known).parent) if known and "://" not in known else ""
        path = self._dialogs.open_file(self, text("ais.file"), folder, text("ais.files"))
        if path is not None:
            self.source.setText(str(path))

    def show_state(self) -> None:
        """Say what the run is doing, as of now."""
        on = self._ais.is_listening
        if not on and self.stop_button.hasFocus():
            self.source.setFocus()  # Qt would give the keys to the button that closes
        self.start_button.setEnabled(not on)
        self.stop_button.setEnabled(on)
        words = state_words(self._ais.progress, self._desk.today) if on else ""
        self.state.setText(words)
        self.state.setVisible(bool(words))

    def _show_end(self, tally: Tally | None, trouble: str) -> None:
        from subrescue.exchange.ais.report import as_text

        self._say(told_lines(trouble))
        if tally is not None and tally.lines:
            self.report.setPlainText(as_text(tally, self._desk.registry, self._name, self._desk.today, unknown=True))
        self.show_state()

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def state_words(progress: Progress | None, now: datetime) -> str:
    """A run in a line: the source, the last sentence and its age, ships and rows, trouble."""
    if progress is None:
        return text("ais.state.begins")
    parts = [progress.state] if progress.state else []
    last = ago(progress.last_at, now) if progress.last_at is not None else text("ais.state.silent")
    values = {"sentences": progress.sentences, "last": last, "ships": progress.ships, "rows": progress.rows}
    parts.append(text("ais.state", values))
    parts += [progress.trouble] if progress.trouble else []
    return "; ".join(parts)
