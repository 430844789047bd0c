"""Import of a nation's declaration: the file, as what it is filed, what it would change, and what of that is taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QTabWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.casualty.form_parts import note
from subrescue.desktop.parts.background import Job, Tick
from subrescue.desktop.parts.boxes import make_room
from subrescue.desktop.parts.file_drops import FileDrops
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.registry.difference_model import DifferenceModel
from subrescue.desktop.registry.findings_model import FindingsModel
from subrescue.desktop.registry.import_filing import Filing
from subrescue.desktop.registry.import_work import ImportWork
from subrescue.desktop.registry.views import dress
from subrescue.domain.errors import InputError
from subrescue.exchange.declarations.choice import Choice, acceptances, fields_where
from subrescue.exchange.declarations.difference import DeclarationDifference, RowState
from subrescue.exchange.declarations.reading import FORMATS, Declaration
from subrescue.exchange.problem_words import told_error
from subrescue.exchange.wording import text
from subrescue.store.files import from_home

_MOST_OPENED = 60
"""Entries whose fields are unfolded at first; more would make a long page, and each opens by a key."""


class ImportDialog(FileDrops, QDialog):
    """Nothing changes before Apply; reading, comparing and applying run beside the window."""

    def __init__(self, work: ImportWork, theme: Theme, save_template: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(text("registry.import.title"))
        self.setAcceptDrops(True)
        self.take_files(FORMATS, self.open_file)
        make_room(self, 1160, 660)
        self.work = work
        self.done_words = ""
        self._job: Job | None = None
        self._declaration: Declaration | None = None
        self._path: Path | None = None
        self.model, self.findings = DifferenceModel(self), FindingsModel(self)
        self.model.theme = self.findings.theme = theme
        self.filing = Filing(work.desk.registry.sources)
        self.file = QLineEdit()
        self.browse, self.template, self.read = (_button(name) for name in ("browse", "template", "read"))
        self.tree, self.table, self.tabs = QTreeView(), QTableView(), QTabWidget()
        self.status, self.trouble = PlainLabel(text("registry.import.choose")), note("problem")
        self.bar, self.stop = QProgressBar(), _button("stop")
        self.all, self.nothing, self.proposed = (_button(name) for name in ("all", "nothing", "proposed"))
        self.conflicts, self.cleared = QCheckBox(), QCheckBox()
        self.apply, self.leave = _button("apply"), QPushButton(text("registry.import.close"))
        self._lay_out()
        self._connect(save_template)
        self._show_state()
        self.file.setFocus()

    # Layout

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        first = QHBoxLayout()
        words = PlainLabel(text("registry.import.file"))
        words.setBuddy(self.file)
        self.file.setAccessibleName(text("registry.import.file").replace("&", ""))
        self.file.setToolTip(text("registry.import.file_help"))
        first.addWidget(words)
        first.addWidget(self.file, 1)
        for button in (self.browse, self.read, self.template):
            first.addWidget(button)
        layout.addLayout(first)
        layout.addWidget(self.filing)
        self.tree.setModel(self.model)
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.tree.setAccessibleName(text("registry.import.title"))
        self.tabs.setAccessibleName(text("registry.import.title"))
        header = self.tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, width in enumerate((400, 210, 230)):
            self.tree.setColumnWidth(place, width)
        self.table.setModel(self.findings)
        dress(self.table)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setAccessibleName(text("registry.import.tab.findings", {"count": 0}).replace("&", ""))
        self.tabs.addTab(self.tree, "")
        self.tabs.addTab(self.table, "")
        layout.addWidget(self.tabs, 1)
        ticks = QHBoxLayout()
        for widget in (self.all, self.nothing, self.proposed, self.conflicts, self.cleared):
            ticks.addWidget(widget)
        ticks.addStretch(1)
        layout.addLayout(ticks)
        layout.addWidget(self.trouble)
        last = QHBoxLayout()
        self.status.setWordWrap(True)  # with large letters its longest words are wider than a small screen
        last.addWidget(self.status, 1)
        self.bar.setMaximumWidth(220)
        last.addWidget(self.bar)
        for button in (self.stop, self.apply, self.leave):
            last.addWidget(button)
        self.leave.setAutoDefault(False)
        layout.addLayout(last)
        for box, name in ((self.conflicts, "take_conflicts"), (self.cleared, "take_cleared")):
            box.setToolTip(text(f"registry.import.{name}_help"))

    def _connect(self, save_template: Callable[[], None]) -> None:
        self.file.returnPressed.connect(lambda: self.open_file(Path(self.file.text().strip())))
        self.browse.clicked.connect(self._browse)
        self.read.clicked.connect(self.read_again)
        self.template.clicked.connect(save_template)
        self.filing.source_chosen.connect(self.compare_again)
        self.work.desk.changed.connect(self.compare_again)
        self.stop.clicked.connect(self._stop)
        self.all.clicked.connect(lambda: self.model.tick_all(True))
        self.nothing.clicked.connect(lambda: self.model.tick_all(False))
        self.proposed.clicked.connect(self.model.as_proposed)
        self.conflicts.clicked.connect(lambda on: self.model.tick(self._fields("conflict"), on))
        self.cleared.clicked.connect(lambda on: self.model.tick(self._fields("cleared"), on))
        self.apply.clicked.connect(self.apply_taken)
        self.leave.clicked.connect(self.reject)
        self.model.ticked.connect(self._show_state)
        self.model.ticked.connect(self.tree.viewport().update)
        for keys, act in (("F5", self.read_again), ("Ctrl+Return", self.apply_taken), ("Ctrl+Enter", self.apply_taken)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # Reading and comparing

    def _browse(self) -> None:
        path = self.work.ask_file(self)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Read a file and show what it would change."""
        if str(path) in ("", "."):
            return
        self.file.setText(str(path))
        self._path = from_home(path)
        self.filing.blockSignals(True)
        self.filing.propose(self._path)
        self.filing.blockSignals(False)
        self.read_again()

    def read_again(self) -> None:
        """Read the chosen file anew."""
        if self._path is None:
            return
        path, source = self._path, self.filing.source_id()
        self._declaration = None
        self._begin(
            lambda tick: self.work.read(path, source, tick),
            lambda found: self._take(*found),
            text("registry.import.reading", {"name": path.name}),
        )  # fmt: skip

    def compare_again(self) -> None:
        """Compare anew: another source, or a registry that another desk changed; the ticks stay."""
        declaration, source = self._declaration, self.filing.source_id()
        if declaration is None or self._is_applying():
            return
        self._begin(
            lambda tick: self.work.compare(declaration, source, tick),
            lambda found: self._show(*found, anew=True),
            text("registry.import.comparing"),
        )  # fmt: skip

    def _begin(self, act: Callable[[Tick], object], done: Callable[..., None], words: str) -> None:
        if self._job is not None:
            self._job.cancel()
        self._say("")
        self.status.setText(words)
        self.bar.setRange(0, 0)

        def told(count: int, of: int) -> None:
            self.bar.setRange(0, of)
            self.bar.setValue(count)

        def over(result: object) -> None:
            self._job = None
            done(result)
            self._show_state()

        self._job = self.work.background.run(act, over, self._failed, told)
        self._show_state()

    def _take(self, declaration: Declaration, difference: DeclarationDifference, choice: Choice) -> None:
        self._declaration = declaration
        self._show(difference, choice)
        self.tabs.setCurrentIndex(1 if self.findings.faults else 0)
        (self.table if self.findings.faults else self.tree).setFocus()

    def _show(self, difference: DeclarationDifference, choice: Choice, *, anew: bool = False) -> None:
        opened, current = self._opened() if anew else ({RowState.CHANGED, RowState.NEW}, self.tree.currentIndex())
        keep = self.model.row_at(current) if anew and current.isValid() else None
        self.model.show(difference, choice, anew=anew)
        self.findings.show(difference.findings)
        self.table.resizeColumnsToContents()
        few = len(difference.of(RowState.CHANGED)) <= _MOST_OPENED
        for place, (state, rows) in enumerate(self.model.groups):
            group = self.model.index(place, 0)
            self.tree.setExpanded(group, state in opened and (anew or len(rows) <= 10 * _MOST_OPENED))
            for row in range(len(rows) if state is RowState.CHANGED and few else 0):
                self.tree.setExpanded(self.model.index(row, 0, group), True)
            for row, one in enumerate(rows if keep is not None else ()):
                if keep is not None and (one.kind, one.entry_id) == (keep.kind, keep.entry_id):
                    self.tree.setCurrentIndex(self.model.index(row, 0, group))
        if not self.tree.currentIndex().isValid() and self.model.groups:
            self.tree.setCurrentIndex(self.model.index(0, 0))

    def _opened(self) -> tuple[set[RowState], QModelIndex]:
        states = [state for state, _ in self.model.groups]
        opened = {state for place, state in enumerate(states) if self.tree.isExpanded(self.model.index(place, 0))}
        return opened, self.tree.currentIndex()

    def _stop(self) -> None:
        if self._job is not None and not self._is_applying():
            self._job.cancel()
            self._job = None
            self._show_state()
            self.status.setText(text("registry.import.stopped"))

    def _failed(self, error: InputError) -> None:
        self._job = None
        self._show_state()
        self._say(told_error(error))

    # Choosing and applying

    def _fields(self, which: str) -> list[tuple[tuple[str, str], str]]:
        return fields_where(self.model.difference, conflict=which == "conflict", cleared=which == "cleared")

    def apply_taken(self) -> None:
        """Apply what is ticked as one command."""
        if not self.apply.isEnabled():
            return
        try:
            filed = self.filing.filed()
        except InputError as error:
            self._say(told_error(error))
            return
        difference, taken = self.model.difference, acceptances(self.model.difference, self.model.taken)
        self.setProperty("applying", True)
        words = text("registry.import.applying", {"count": len(taken)})
        self._begin(lambda _: self.work.apply(difference, taken, *filed), self._applied, words)

    def _is_applying(self) -> bool:
        return self._job is not None and bool(self.property("applying"))

    def _applied(self, count: int) -> None:
        name = self._path.name if self._path is not None else ""
        words = text("registry.import.done", {"count": count, "name": name})
        self.done_words = words if count else text("registry.import.nothing_changed")
        self._declaration = None
        self.work.desk.refresh()
        self.accept()

    def _say(self, words: str) -> None:
        self.trouble.setText("\n".join(words.splitlines()[:5]))
        self.trouble.setVisible(bool(words))

    def _show_state(self) -> None:
        busy, model = self._job is not None, self.model
        if not busy:
            self.setProperty("applying", False)
        for widget in (self.bar, self.stop):
            widget.setVisible(busy)
        self.stop.setEnabled(not self._is_applying())
        has = bool(model.groups) and not busy
        count, faults = model.count(), self.findings.faults
        for widget in (self.all, self.nothing, self.proposed):
            widget.setEnabled(has)
        for box, which, name in ((self.conflicts, "conflict", "conflicts"), (self.cleared, "cleared", "cleared")):
            fields = self._fields(which)
            box.setEnabled(has and bool(fields))
            box.setText(text(f"registry.import.take_{name}", {"count": len(fields)}))
            box.setChecked(bool(fields) and all(field in model.taken.get(key, ()) for key, field in fields))
        differing = sum(len(rows) for state, rows in model.groups if state is not RowState.UNCHANGED)
        self.tabs.setTabText(0, text("registry.import.tab.difference", {"count": differing}))
        self.tabs.setTabText(1, text("registry.import.tab.findings", {"count": len(self.findings.findings)}))
        self.read.setEnabled(self._path is not None and not self._is_applying())
        self.apply.setEnabled(has and not faults and bool(count))
        if busy or self._declaration is None:
            return
        if faults:
            self.status.setText(text("registry.import.faults", {"count": faults}))
        elif count:
            self.status.setText(text("registry.import.ready", {"count": count}))
        else:
            self.status.setText(text("registry.import.none_taken" if differing else "registry.import.none"))

    def reject(self) -> None:
        """Close; what is being applied is waited for, all else is stopped."""
        if self._is_applying():
            return
        if self._job is not None:
            self._job.cancel()
        super().reject()


def _button(name: str) -> QPushButton:
    group = "registry" if name == "browse" else "registry.import"
    button = QPushButton(text(f"{group}.{name}"))
    button.setAutoDefault(False)
    tip = f"{group}.{name}_help"
    button.setToolTip(text(tip) if name != "template" else text("registry.action.template_help"))
    return button
