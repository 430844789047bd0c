"""Asks how the table as it is seen goes into a file: type, name, marking, originator, language, exercise, time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from subrescue.desktop.paper.paper_language import MARKING, ORIGINATOR, choose, in_paper, paper_language
from subrescue.desktop.parts.background import Background, Job
from subrescue.desktop.parts.boxes import by_letters
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.parts.words import language
from subrescue.desktop.registry.dialogs import Question
from subrescue.desktop.registry.export_request import EXERCISE, ExportRequest, proposed_name
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.errors import InputError
from subrescue.exchange.declarations.headings import LANGUAGES
from subrescue.exchange.exports.files import SUFFIXES
from subrescue.exchange.exports.product import Selection
from subrescue.exchange.problem_words import told_error
from subrescue.exchange.wording import text
from subrescue.store.files import from_home, is_file, is_folder
from subrescue.store.instant_text import parse_instant

Write = Callable[[ExportRequest, Callable[[int, int], None]], int]
"""Writes a request on another thread; returns how many entries it has."""

_REMEMBERED = ("marking", "originator")
_PAPER = frozenset({".pdf", ".html"})
"""Kinds of file that people read and print."""


class ExportDialog(Question):
    """One compact form that remembers what was chosen last; Enter writes the file."""

    def __init__(
        self,
        selection: Selection,
        now: datetime,
        preferences: Preferences,
        dialogs: Dialogs,
        background: Background,
        write: Write,
        parent: QWidget,
    ) -> None:
        count = len(selection.keys or ())
        words = text("registry.export.words", {"count": count, "filter": selection.words(language())})
        super().__init__(text("registry.export.title"), words, parent)
        self.setMinimumWidth(by_letters(620))
        self.written = ""
        self._selection, self._now = selection, now
        self._preferences, self._dialogs, self._background, self._write = preferences, dialogs, background, write
        self._job: Job | None = None
        self._own_name = False
        self.marking = QLineEdit(preferences.text("export_marking", MARKING))
        self.originator = QLineEdit(preferences.text("export_originator", ORIGINATOR))
        self.suffix, self.language = QComboBox(), QComboBox()
        for suffix in SUFFIXES:
            self.suffix.addItem(text(f"registry.export{suffix}"), suffix)
        for code in LANGUAGES:
            self.language.addItem(text(f"registry.export.language.{code}"), code)
        self.suffix.setCurrentIndex(max(self.suffix.findData(preferences.text("export_suffix", ".xlsx")), 0))
        self._own_language = False
        self._proposing_language = False
        self.exercise = QCheckBox(text("registry.export.exercise"))
        self.exercise.setChecked(preferences.text("export_exercise", "no") == "yes")
        self.as_of = QLineEdit()
        self.as_of.setPlaceholderText(f"{now:%Y-%m-%dT%H:%MZ}")
        self.file = QLineEdit()
        self.browse = QPushButton(text("registry.browse"))
        self.browse.setAutoDefault(False)
        self._lay_out()
        self.ok.setText(text("registry.export.ok"))
        self.ok.setDefault(True)
        self.suffix.currentIndexChanged.connect(self._propose)
        self.suffix.currentIndexChanged.connect(self._propose_language)
        self.language.currentIndexChanged.connect(self._follow_language)
        self._propose_language()
        self.exercise.toggled.connect(self._propose)
        self.file.textEdited.connect(self._named)
        self.browse.clicked.connect(self._browse)
        self._propose()
        self.marking.setFocus()
        self.marking.selectAll()

    def _lay_out(self) -> None:
        file = QWidget()
        line = QHBoxLayout(file)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.file, 1)
        line.addWidget(self.browse)
        rows: tuple[tuple[str, QWidget, QWidget], ...] = (
            ("marking", self.marking, self.marking),
            ("originator", self.originator, self.originator),
            ("suffix", self.suffix, self.suffix),
            ("language", self.language, self.language),
            ("as_of", self.as_of, self.as_of),
            ("exercise", self.exercise, self.exercise),
            ("file", self.file, file),
        )
        for name, widget, shown in rows:
            words = text(f"registry.export.{name}")
            self.form.addRow("" if name == "exercise" else words, shown)
            label = self.form.labelForField(shown)
            if isinstance(label, QLabel) and shown is not widget:
                label.setBuddy(widget)
            widget.setAccessibleName(words.replace("&", ""))
            widget.setToolTip(text(f"registry.export.{name}_help"))
        self.browse.setToolTip(text("registry.browse_help"))

    def _folder(self) -> str:
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = self._preferences.text("export_folder", place)
        return folder if is_folder(Path(folder)) else str(Path.home())

    def _propose(self) -> None:
        """Name the file for what is in it, unless the user named it; its ending follows the kind of file."""
        suffix, exercise = self.suffix.currentData(), self.exercise.isChecked()
        if self._own_name:
            path = Path(self.file.text())
            plain = path.name.removeprefix(f"{EXERCISE}-")
            name = f"{EXERCISE}-{plain}" if exercise else plain
            path = path.with_name(name).with_suffix(suffix) if plain else path
        else:
            kind = next(iter(self._selection.kinds), None)
            nation = next(iter(self._selection.nations), None)
            path = Path(self._folder()) / proposed_name(kind, nation, self._now, suffix, exercise)
        self.file.setText(str(path))
        self._warn()

    def _propose_language(self) -> None:
        """Headings of tables as chosen last, English at first; paper as the window or what was chosen for paper."""
        if not self._own_language:
            of_paper = self.suffix.currentData() in _PAPER
            code = paper_language(self._preferences) if of_paper else self._preferences.text("export_language", "en")
            self._proposing_language = True
            self.language.setCurrentIndex(max(self.language.findData(code), 0))
            self._proposing_language = False

    def _follow_language(self) -> None:
        """Put what the user has not written into the language of the file; one that the user chose stays chosen."""
        self._own_language |= not self._proposing_language
        for field, own in ((self.marking, MARKING), (self.originator, ORIGINATOR)):
            field.setText(in_paper(field.text(), own, self.language.currentData()))

    def _named(self) -> None:
        self._own_name = True
        place = self.suffix.findData(Path(self.file.text()).suffix.lower())
        if place >= 0:
            self.suffix.blockSignals(True)
            self.suffix.setCurrentIndex(place)
            self.suffix.blockSignals(False)
            self._propose_language()
        self._warn()

    def _warn(self) -> None:
        there = is_file(Path(self.file.text().strip()))
        self._say(text("registry.export.replaces") if there else "", "doubt")

    def _browse(self) -> None:
        kinds = ";;".join(f"{text(f'registry.export{suffix}')} (*{suffix})" for suffix in SUFFIXES)
        path = self._dialogs.save_file(self, text("registry.export.title"), self.file.text(), kinds)
        if path is not None:
            self.file.setText(str(path if path.suffix else path.with_suffix(self.suffix.currentData())))
            self._named()

    def request(self) -> ExportRequest:
        """What is asked for. Raises InputError for a time that cannot be read."""
        typed = self.as_of.text().strip()
        return ExportRequest(
            path=from_home(Path(self.file.text().strip())),
            selection=self._selection,
            language=self.language.currentData(),
            marking=self.marking.text(),
            originator=self.originator.text(),
            exercise=self.exercise.isChecked(),
            now=self._now,
            as_of=parse_instant(typed, text("registry.export.as_of").replace("&", "")) if typed else None,
        )

    def _ok(self) -> None:
        try:
            request = self.request()
        except InputError as error:
            self._say(told_error(error))
            return
        self._enable(False)
        self._say(text("registry.export.writing", {"name": request.path.name}), "doubt")
        self._job = self._background.run(
            lambda tick: self._write(request, tick), lambda count: self._done(request, count), self._failed
        )

    def _done(self, request: ExportRequest, count: int) -> None:
        for name in _REMEMBERED:
            self._preferences.set_text(f"export_{name}", getattr(request, name).strip())
        if request.path.suffix.lower() not in _PAPER:
            self._preferences.set_text("export_language", request.language)
        elif self._own_language:
            choose(self._preferences, request.language)
        self._preferences.set_text("export_suffix", request.path.suffix.lower())
        self._preferences.set_text("export_folder", str(request.path.parent))
        self._preferences.set_text("export_exercise", "yes" if request.exercise else "no")
        self.written = text("registry.export.written", {"count": count, "path": str(request.path)})
        self.accept()

    def _failed(self, error: InputError) -> None:
        self._enable(True)
        self.file.setFocus()  # it was shut meanwhile, and the keys had gone on to the button that cancels
        self._say(told_error(error))

    def _enable(self, on: bool) -> None:
        self.ok.setEnabled(on)
        for widget in (self.marking, self.originator, self.suffix, self.language, self.as_of, self.exercise, self.file):
            widget.setEnabled(on)
        self.browse.setEnabled(on)

    def reject(self) -> None:
        """Cancel the writing where there is one, and close."""
        if self._job is not None:
            self._job.cancel()
        super().reject()
