"""Asks how the report is to look - paper, language, marking, originator, log - and shows how far its making is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QProgressBar, QWidget

from subrescue.desktop.paper.frame import Paper
from subrescue.desktop.paper.pages import STEPS
from subrescue.desktop.paper.paper_language import MARKING, ORIGINATOR, choices, choose, chosen, in_paper, spoken_by
from subrescue.desktop.parts.background import Background, Job, Tick
from subrescue.desktop.parts.words import later, tr
from subrescue.desktop.registry.dialogs import Question
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.errors import InputError
from subrescue.exchange.exports.product import checked_text
from subrescue.exchange.problem_words import told_error
from subrescue.exchange.report import ReportWishes

Goal = Literal["pdf", "print", "preview"]
GOALS: dict[Goal, tuple[str, str]] = {
    "pdf": (later("Export PDF"), later("&Export…")),
    "print": (later("Print"), later("&Print…")),
    "preview": (later("Print preview"), later("&Show")),
}
"""Title of the form and words of its button by what becomes of the report."""

Make = Callable[[Tick], Any]
Begin = Callable[["ReportDialog"], "Make | None"]
"""Asks where the report goes and returns what makes it on another thread; None where the user turned back."""


class ReportDialog(Question):
    """A form that remembers what was chosen last; it stays while the report is made, and Cancel ends that."""

    def __init__(
        self, goal: Goal, preferences: Preferences, background: Background, begin: Begin, parent: QWidget
    ) -> None:
        title, button = GOALS[goal]
        super().__init__(tr(title), tr("Response, map and timeline on pages with a title block."), parent)
        self.goal = goal
        self.job: Job | None = None
        self.finish: Callable[[Any], None] = lambda _: None
        self._preferences, self._background, self._begin = preferences, background, begin
        self.marking = QLineEdit(preferences.text("export_marking", MARKING))
        self.originator = QLineEdit(preferences.text("export_originator", ORIGINATOR))
        self.paper, self.language = QComboBox(), QComboBox()
        for name, size in (("A4", Paper.A4), (tr("Letter"), Paper.LETTER)):
            self.paper.addItem(name, size.value)
        for code, name in choices():
            self.language.addItem(name, code)
        self.paper.setCurrentIndex(max(self.paper.findData(preferences.text("report_paper", "a4")), 0))
        self.language.setCurrentIndex(max(self.language.findData(chosen(preferences)), 0))
        self.language.currentIndexChanged.connect(self._follow)
        self._follow()
        self.with_log = QCheckBox(tr("The lo&g too"))
        self.with_log.setChecked(preferences.text("report_log", "no") == "yes")
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setAccessibleName(tr("How far the report is"))
        self.bar.hide()
        self._lay_out()
        self.ok.setText(tr(button))
        self.ok.setDefault(True)
        self._say("")
        self.marking.setFocus()
        self.marking.selectAll()

    def _lay_out(self) -> None:
        of_language = tr("Of reports and texts for people; files for programs never depend on it")
        rows: tuple[tuple[str, QWidget, str], ...] = (
            (tr("&Marking"), self.marking, tr("Classification or release marking: above and below on every page")),
            (tr("&Originator"), self.originator, tr("Who makes the report: at the foot of every page")),
            (tr("P&aper"), self.paper, tr("Tables upright, map and timeline across")),
            (tr("&Language"), self.language, of_language),
            ("", self.with_log, tr("Put the log of the case at the end of the tables")),
        )
        for words, widget, tip in rows:
            self.form.addRow(words, widget)
            widget.setToolTip(tip)
            widget.setAccessibleName((words or self.with_log.text()).replace("&", ""))
        self.form.addRow(self.bar)

    def _follow(self) -> None:
        """Put what the user has not written into the language of the report."""
        code = spoken_by(self.language.currentData())
        for field, own in ((self.marking, MARKING), (self.originator, ORIGINATOR)):
            field.setText(in_paper(field.text(), own, code))

    def wishes(self, now: datetime) -> ReportWishes:
        """What is asked for. Raises InputError for a marking or originator that cannot stand on a product."""
        return ReportWishes(
            as_of=now,
            language=spoken_by(self.language.currentData()),
            marking=checked_text(tr("Marking"), self.marking.text()),
            originator=checked_text(tr("Originator"), self.originator.text()),
            with_log=self.with_log.isChecked(),
        )

    def size_of_paper(self) -> Paper:
        """The paper that is chosen."""
        return Paper(self.paper.currentData())

    def _ok(self) -> None:
        try:
            make = self._begin(self)
        except InputError as error:
            self._say(told_error(error))
            return
        if make is None:
            return
        self._say("")
        self._enable(False)
        self.bar.setValue(0)
        self.bar.show()
        self.job = self._background.run(make, self._done, self._failed, self._told)

    def _told(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def _done(self, result: Any) -> None:
        remembered = {
            "export_marking": self.marking.text().strip(),
            "export_originator": self.originator.text().strip(),
            "report_paper": self.paper.currentData(),
            "report_log": "yes" if self.with_log.isChecked() else "no",
        }
        for key, value in remembered.items():
            self._preferences.set_text(key, value)
        choose(self._preferences, self.language.currentData())
        self.accept()
        self.finish(result)

    def _failed(self, error: InputError) -> None:
        self._enable(True)
        self.bar.hide()
        self._say(told_error(error))

    def _enable(self, on: bool) -> None:
        for widget in (self.marking, self.originator, self.paper, self.language, self.with_log, self.ok):
            widget.setEnabled(on)

    def reject(self) -> None:
        """End the making where it runs, and close; nothing is written then."""
        if self.job is not None:
            self.job.cancel()
        super().reject()
